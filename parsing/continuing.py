"""Whether an unlabelled row goes on with the labelled part above it, or begins the body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing import labels
from parsing.dates import MONTH
from parsing.flow import Row
from parsing.loose import THI, either, loose
from parsing.parts import LABELS, Part, is_full
from parsing.tables import column

SHORT = 5  # letters: with its marks forgiven, a shorter word would stand inside names
_ENTRY = re.compile(r"^\s*(?:\d{1,2}\s*[.)]|จำนวน|ลงวันที่|และนาย|หนังสือ|สำเนา|ที่\s|เรื่อง|[-–])")
# What no addressee's name holds: "จังหวัดกระบี่ขอส่งสำเนา …" begins a body without one of its usual first words.
TELLS = re.compile(
    "|".join(loose(word) if len(word) >= SHORT else re.escape(word) for word in labels.words("tells"))
    + "|นั้น$|จะ(?!นะ|แนะ)"
)
_ADDRESSED = [word for kind in ("post", "office", "likeness") for word in column("addressees", "word", kind=kind)]
_ADDRESSEE = re.compile(rf"^\s*(?P<item>(?:\(?\d{{1,2}}\s*[.)]|[-–•]|และ|กับ)\s*)?{either(*_ADDRESSED, spaced=True)}")
_ALL_OF_A_KIND = re.compile(r"ทุก[ก-์]{2,20}\s*$")
_GOES_ON = re.compile(r"^\s*(?:พ\s?\.\s?ศ\s?\.|ประจำปี|ครั้งที่|ฉบับที่|ระยะที่)")
_UNFINISHED = re.compile(r"(?:ประจำปีงบประมาณ|ประจำปี|งบประมาณ|พ\.ศ\.|และ|หรือ|ของ|เพื่อ|กับ|ด้าน|ตาม|ใน)\s*$")
# A citation that is not at its end: at its date's month, before its day, or at the slash of its number.
_OPEN_CITATION = re.compile(
    rf"(?:{either('ลงวันที่', spaced=True)}\s*(?:\d{{1,2}}\s*(?:{MONTH}\s*(?:พ\s?\.\s?ศ\s?\.?)?)?)?|/\s*ว?)\s*$"
)
_CITES_ON = re.compile(rf"{THI}\s*[ก-ฮ]{{2,3}}\s?\.?\s*\d{{4}}|{either('ลงวันที่', spaced=True)}")
_COUNTED = re.compile(r"จำนวน\s*\d+\s*[ก-์]{2,8}\s*$")  # ends an entry of the list of enclosures
_COMPLETE = re.compile(rf"{MONTH}\s*(?:พ\s?\.\s?ศ\s?\.\s*)?(?:\d{{4}}|\d{{2}})\s*$")  # the date ends a citation
_YEAR_ALONE = re.compile(r"^\s*(?:พ\s?\.\s?ศ\s?\.\s*)?25\d\d\s*$")
_NO_YEAR = re.compile(rf"\d\s*{MONTH}\s*$")
_AND = re.compile(rf"^\s*(?:{either('และ', 'พร้อม', 'รวมทั้ง', 'กับ')}|[(/])")
_TITLE = re.compile(rf"^{either('ประกาศ', 'คำสั่ง')}\s*")
_OFFICE = re.compile(either("กรม", "กระทรวง", "สำนัก", "จังหวัด", "อำเภอ", "เทศบาล", "องค์การ", "มหาวิทยาลัย", "สถาบัน"))
_NAMED = 8  # letters of the shortest name of an office, and of what it tells


def continues(part: Part, text: str, *, blank: bool, row: Row, rows: Sequence[Row], position: int) -> bool:
    """Whether an unlabelled row goes on with a labelled part instead of beginning the body."""
    if labels.BODY_STARTS.match(text) or labels.PURPOSE.match(text):
        return False
    if (part is Part.ADDRESS and TELLS.search(text)) or _sender_tells(part, text, rows[:position]):
        return False
    listed = _ADDRESSEE.match(text) if part is Part.ADDRESS else None
    if listed and (listed["item"] or _ALL_OF_A_KIND.search(text) or not is_full(rows, position)):
        return True
    if part is Part.SUBJECT and (_GOES_ON.match(text) or _UNFINISHED.search(rows[position - 1].text)):
        return True
    if part in (Part.REFERENCE, Part.ENCLOSURE) and (
        _ENTRY.match(text) or _is_open(rows, position, part) or _is_year(rows, position)
    ):
        return True
    if blank or ((part in (Part.ADDRESS, Part.SUBJECT) or row.line.box is None) and not is_full(rows, position - 1)):
        return False
    if part in (Part.REFERENCE, Part.ENCLOSURE) and _is_whole(rows, position - 1, part):
        return bool(_AND.match(text))
    return not _indented_deeper(row, rows, position)


def _sender_tells(part: Part, text: str, above: Sequence[Row]) -> bool:
    """Whether a row begins with the office that the head names, and goes on: กรมควบคุมมลพิษประมาณการว่า … A subject may
    name its office too, so that there a word of telling is wanted."""
    begun = text.strip()
    offices = (_TITLE.sub("", row.text.strip()) for row in above)
    names = [name for name in offices if len(name) >= _NAMED and begun.startswith(name) and _OFFICE.match(name)]
    tells = part is Part.ADDRESS or (part is Part.SUBJECT and bool(TELLS.search(text)))
    return tells and any(len(begun) >= len(name) + _NAMED for name in names)


def _is_whole(rows: Sequence[Row], position: int, part: Part) -> bool:
    """Whether an entry has come to its end at a row: with its date, or with its count."""
    if part is Part.ENCLOSURE and _COUNTED.search(rows[position].folded):
        return True
    text = rows[position].folded.rstrip()
    return text[-2:].isdigit() and bool(_COMPLETE.search(f"{rows[position - 1].folded[-40:]} {text[-40:]}"))


def _is_open(rows: Sequence[Row], position: int, part: Part) -> bool:
    """Whether the citation above a row ends before its date, or lacks the number or date that the row brings."""
    if _OPEN_CITATION.search(rows[position - 1].folded):
        return True
    above, row = rows[position - 1], rows[position]
    broken = row.line.box is None and not _CITES_ON.search(above.folded) and not _is_whole(rows, position - 1, part)
    return broken and bool(_CITES_ON.search(row.folded))


def _is_year(rows: Sequence[Row], position: int) -> bool:
    """Whether a row brings the year alone of a day and month that end the row above."""
    return bool(_YEAR_ALONE.match(rows[position].folded) and _NO_YEAR.search(rows[position - 1].folded))


def _indented_deeper(row: Row, rows: Sequence[Row], position: int) -> bool:
    """A body paragraph starts right of the label's own text column or left of it, never at it (needs boxes)."""
    if position == 0 or row.line.box is None:
        return False
    labelled = next(
        (other for other in reversed(rows[:position]) if any(pattern.match(other.text) for _, pattern in LABELS)), None
    )
    if labelled is None or labelled.line.box is None or not labelled.height:
        return False
    return row.line.box.left - labelled.line.box.left < 0.02 * labelled.height

"""Which part of the letter each row belongs to: head, labelled lines, body, closing, office block, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from parsing import labels
from parsing.dates import MONTH, find_dates
from parsing.faxed import is_fax_line
from parsing.flow import Row, is_print
from parsing.loose import THI, either, loose
from parsing.names import BRACKETED, NAME_ROW, bare_name, rank_above
from parsing.numberline import own_number
from parsing.tables import column


class Part(StrEnum):
    """Parts of a letter in the order in which they stand."""

    HEAD = "head"
    SUBJECT = "subject"
    ADDRESS = "address"
    REFERENCE = "reference"
    ENCLOSURE = "enclosure"
    BODY = "body"
    CLOSING = "closing"
    OFFICE = "office"
    NOTE = "note"  # routing slips, catch-words, page numbers, copy marks
    STAMP = "stamp"  # received stamps and other inks


_LABELS = (
    (Part.SUBJECT, labels.SUBJECT),
    (Part.ADDRESS, labels.SALUTATION),
    (Part.ADDRESS, labels.TO),
    (Part.REFERENCE, labels.REFERENCE),
    (Part.ENCLOSURE, labels.ENCLOSURE),
)
SHORT = 5  # letters: with its marks forgiven, a shorter word would stand inside names
_LABELLED = {Part.SUBJECT, Part.ADDRESS, Part.REFERENCE, Part.ENCLOSURE}
_ENTRY = re.compile(r"^\s*(?:\d{1,2}\s*[.)]|จำนวน|ลงวันที่|และนาย|หนังสือ|สำเนา|ที่\s|เรื่อง|[-–])")
# What no addressee's name holds: "จังหวัดกระบี่ขอส่งสำเนา …" begins a body without one of its usual first words.
_TELLS = re.compile(
    "|".join(loose(word) if len(word) >= SHORT else re.escape(word) for word in labels.words("tells"))
    + "|นั้น$|จะ(?!นะ|แนะ)"
)
_ADDRESSED = [word for kind in ("post", "office", "likeness") for word in column("addressees", "word", kind=kind)]
_ADDRESSEE = re.compile(rf"^\s*(?P<item>(?:\(?\d{{1,2}}\s*[.)]|[-–•])\s*)?{either(*_ADDRESSED, spaced=True)}")
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
_AND = re.compile(rf"^\s*(?:{either('และ', 'พร้อม', 'รวมทั้ง', 'กับ')}|[(/])")
_TITLE = re.compile(rf"^{either('ประกาศ', 'คำสั่ง')}\s*")
_OFFICE = re.compile(either("กรม", "กระทรวง", "สำนัก", "จังหวัด", "อำเภอ", "เทศบาล", "องค์การ", "มหาวิทยาลัย", "สถาบัน"))
_NAMED = 8  # letters of the shortest name of an office, and of what it tells
_DASHED = re.compile(r"^\s*[-–—]+\s*[ก-ฮเแโใไ]")
LONGEST_DATE = 36
SIGNATURE_ROWS = 6  # from the closing words to the name below the signature
LONGEST_STAMP = 60  # characters of a stamp's row
_LONG_START = re.compile(labels.BODY_STARTS.pattern + r".{30}")
_STAMP_OFFICE = re.compile(r"^\s*(?!ที่\s)[^\d]{3,45}$")
_STAMP_ROW = re.compile(r"^\s*(?:วัน\s?ที่?|เวลา)")
_SLIP = re.compile(
    r"^\s*[-–]?\s*(?:เพื่อโปรด|เห็นควร|(?:-\s*)?ทราบ\s*(?:$|[-–/.])|โปรดสั่งการ|ความเห็น[ก-์]{3,40}\s*$|แจ้ง\.{2,}|มอบ)"
)


def parts_of(rows: Sequence[Row]) -> list[Part]:
    """The part each row of one letter belongs to, same length and order as ``rows``.

    A routing slip's ``เรียน`` stands after the body has begun and is a note (DOMAIN section 2), never the salutation.
    """
    parts: list[Part] = []
    current, blank, slip, broken = Part.HEAD, False, False, False
    body = _body_start(rows)
    for position, row in enumerate(rows):
        text = row.folded
        if not text.strip():
            parts.append(current)
            blank = True
            continue
        aside = _aside(rows, position, current, slip=slip)
        if aside is None:
            following = _next_part(current, text, blank=blank, row=row, rows=rows, position=position)
            broken = (
                current in _LABELLED
                and position < body
                and (following is Part.BODY or (broken and following is current))
            )
            if broken:
                aside = Part.NOTE  # written between the labelled lines
            else:
                current = following
        slip = (slip or (aside is Part.NOTE and bool(labels.SALUTATION.match(text)))) and current is Part.BODY
        parts.append(aside or current)
        blank = False
    return _with_whole_stamps(rows, parts)


def _with_whole_stamps(rows: Sequence[Row], parts: list[Part]) -> list[Part]:
    """Office, day and time of a received stamp stand right above and below its number row."""
    for position in [index for index, part in enumerate(parts) if part is Part.STAMP]:
        above = next((i for i in range(position - 1, max(-1, position - 3), -1) if rows[i].text.strip()), None)
        if above is not None and parts[above] is Part.HEAD and _STAMP_OFFICE.match(rows[above].text):
            parts[above] = Part.STAMP
        for below in range(position + 1, min(len(rows), position + 4)):
            if parts[below] is Part.HEAD and _STAMP_ROW.match(rows[below].folded):
                parts[below] = Part.STAMP
    return parts


def _body_start(rows: Sequence[Row]) -> int:
    """The last labelled row before the first row that begins as bodies do: what stands before it and belongs to no
    label was written between the labels. 0 where no row begins so, so that nothing is held back."""
    addressed = next(
        (i for i, row in enumerate(rows) if labels.SALUTATION.match(row.text) or labels.TO.match(row.text)), None
    )
    if addressed is None:
        return 0
    begins = next((i for i in range(addressed + 1, len(rows)) if labels.BODY_STARTS.match(rows[i].text)), 0)
    return max((i for i in range(begins) if any(label.match(rows[i].text) for _, label in _LABELS)), default=0)


def _aside(rows: Sequence[Row], position: int, current: Part, *, slip: bool) -> Part | None:
    """The part of a row that is no part of the letter's course: it stands between rows without ending their part."""
    row, text = rows[position], rows[position].folded
    if not is_print(row):
        return Part.STAMP
    if (
        labels.CATCH_WORD.match(text)
        or labels.RULE.match(text)
        or labels.COPY_MARK.match(text)
        or (current is Part.BODY and labels.PAGE_NUMBER.match(text))
    ):
        return Part.NOTE
    if len(text.strip()) < LONGEST_STAMP and labels.STAMP.search(text) and current is not Part.BODY:
        return Part.STAMP
    if current in (Part.BODY, Part.CLOSING, Part.OFFICE) and (labels.SALUTATION.match(text) or _is_slip(text)):
        return Part.NOTE
    if _written_in(rows, position, current):
        return Part.NOTE
    ends = (labels.CLOSING, labels.OFFICE_BLOCK, labels.BODY_STARTS, NAME_ROW)
    if slip and not any(pattern.match(text) for pattern in ends):
        return Part.NOTE
    return None


def _is_slip(text: str) -> bool:
    """Whether a row begins as officers' notes do; these are short, a body's row may begin with the same words."""
    return len(text.strip()) < LONGEST_STAMP and bool(_SLIP.match(text))


def _written_in(rows: Sequence[Row], position: int, current: Part) -> bool:
    """Whether a row was put on the letter by a fax machine, or by those who handled it: where the signature goes, or
    below the foot."""
    if position == 0 or rows[position - 1].page != rows[position].page:
        return is_fax_line(rows[position].folded)
    if current is Part.HEAD:
        return False
    if current is Part.CLOSING:
        return _under_the_closing(rows, position)
    if current is Part.BODY and _DASHED.match(rows[position].text):  # memos end without closing words
        purpose = any(labels.PURPOSE.match(row.text) for row in rows[max(0, position - SIGNATURE_ROWS) : position])
        return purpose and any(_names(row) for row in rows[position + 1 : position + SIGNATURE_ROWS])
    return current is Part.OFFICE and _below_the_foot(rows, position)


def _under_the_closing(rows: Sequence[Row], position: int) -> bool:
    """Whether a row was written where the signature goes: between the closing words and the name nothing is printed but
    a rank."""
    below = next((row for row in rows[position + 1 : position + 2] if _names(row)), None)
    name = BRACKETED.search(below.text) if below else None
    if BRACKETED.search(rows[position].text) or rank_above(rows[position].text, name["name"] if name else ""):
        return False
    above = next((row for row in reversed(rows[:position]) if labels.CLOSING.match(row.text) or _names(row)), None)
    named = any(BRACKETED.search(row.text) for row in rows[position + 1 : position + SIGNATURE_ROWS])
    return named and above is not None and not _names(above)


def _below_the_foot(rows: Sequence[Row], position: int) -> bool:
    """Whether a second name stands between the telephone and this row: an officer's stamp, who handled the letter."""
    above = [row for row in rows[: position + 1] if row.page == rows[position].page]
    signed, *stamped = [at for at, row in enumerate(above) if _names(row)] or [0]
    return any(labels.CONTACT.search(row.text) for at in stamped[-1:] for row in above[signed + 1 : at])


def _names(row: Row) -> bool:
    return bool(NAME_ROW.match(row.text)) and not labels.COPY_MARK.match(row.folded)


def _next_part(current: Part, text: str, *, blank: bool, row: Row, rows: Sequence[Row], position: int) -> Part:
    if current in (Part.HEAD, *_LABELLED):
        for part, pattern in _LABELS:
            if pattern.match(text) and not _labels_another(part, current, text, rows[:position]):
                return part
    if labels.CLOSING.match(text) or (current is Part.BODY and _ends_body(text, rows, position)):
        return Part.CLOSING
    if current in (Part.HEAD, Part.SUBJECT, Part.ADDRESS) and labels.RADIO_TEXT.match(text):
        return Part.BODY
    if current is Part.ADDRESS and (own_number(row.text) or labels.DATE_LABEL.match(text) or labels.RADIO.match(text)):
        return Part.HEAD  # forms of radio messages name urgency, number and day below the addressees
    if current is Part.HEAD:
        return Part.BODY if _LONG_START.match(text) else Part.HEAD  # the labels were lost
    if current in _LABELLED:
        return current if _continues(current, text, blank=blank, row=row, rows=rows, position=position) else Part.BODY
    office = current is Part.BODY and _is_office_block(text, rows, position)
    if office or (current is Part.CLOSING and labels.OFFICE_BLOCK.match(text)):
        return Part.OFFICE
    return current


def _labels_another(part: Part, current: Part, text: str, above: Sequence[Row]) -> bool:
    """Whether a label is none of the letter's own: the sender of a radio message, or the subject of a letter cited
    below the letter's own subject."""
    if part is Part.SUBJECT and current in (Part.REFERENCE, Part.ENCLOSURE):
        return any(labels.SUBJECT.match(row.text) for row in above)
    return part is Part.ADDRESS and current is Part.HEAD and bool(labels.RADIO_FROM.match(text))


def _continues(part: Part, text: str, *, blank: bool, row: Row, rows: Sequence[Row], position: int) -> bool:
    """Whether an unlabelled row goes on with a labelled part instead of beginning the body."""
    if labels.BODY_STARTS.match(text) or labels.PURPOSE.match(text):
        return False
    if (part is Part.ADDRESS and _TELLS.search(text)) or _sender_tells(part, text, rows[:position]):
        return False
    listed = _ADDRESSEE.match(text) if part is Part.ADDRESS else None
    if listed and (listed["item"] or _ALL_OF_A_KIND.search(text) or not _is_full(rows, position)):
        return True
    if part is Part.SUBJECT and (_GOES_ON.match(text) or _UNFINISHED.search(rows[position - 1].text)):
        return True
    if part in (Part.REFERENCE, Part.ENCLOSURE) and (_ENTRY.match(text) or _is_open(rows, position, part)):
        return True
    if blank or ((part in (Part.ADDRESS, Part.SUBJECT) or row.line.box is None) and not _is_full(rows, position - 1)):
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
    tells = part is Part.ADDRESS or (part is Part.SUBJECT and bool(_TELLS.search(text)))
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


def _is_full(rows: Sequence[Row], position: int) -> bool:
    """Whether a row runs to the right margin, so that its sentence may go on in the next."""
    row = rows[position]
    if row.line.box is not None:
        margin = max(other.line.box.right for other in rows if other.line.box and other.page == row.page)
        return row.line.box.right > 0.8 * margin
    lengths = sorted(len(other.text.strip()) for other in rows if other.text.strip())
    return len(row.text.strip()) > 0.6 * min(100, lengths[int(len(lengths) * 0.8)])


def _indented_deeper(row: Row, rows: Sequence[Row], position: int) -> bool:
    """A body paragraph starts right of the label's own text column or left of it, never at it (needs boxes)."""
    if position == 0 or row.line.box is None:
        return False
    labelled = next(
        (other for other in reversed(rows[:position]) if any(pattern.match(other.text) for _, pattern in _LABELS)), None
    )
    if labelled is None or labelled.line.box is None or not labelled.height:
        return False
    return row.line.box.left - labelled.line.box.left < 0.02 * labelled.height


def _ends_body(text: str, rows: Sequence[Row], position: int) -> bool:
    return _signs_without_closing(text, rows, position) or _seals(rows, position)


def _signs_without_closing(text: str, rows: Sequence[Row], position: int) -> bool:
    """Memos, radio messages and orders are signed right below the body: a row that is a name in brackets."""
    printed = (row.text for row in rows[position + 1 : position + SIGNATURE_ROWS] if row.text.strip() and is_print(row))
    below = next(printed, "")
    ranked = NAME_ROW.match(below) and rank_above(text, BRACKETED.sub(r"\g<name>", below).strip())
    named = NAME_ROW.match(text) or ranked or bare_name(rows, position)
    return bool(named) and not any(labels.CLOSING.match(row.text) for row in rows[position:])


def _seals(rows: Sequence[Row], position: int) -> bool:
    """The end of a stamped letter (Regulation, form 3): the sender's name and the date, each on a row of its own."""
    if _is_date(rows[position].text):
        below = next((row.text for row in rows[position + 1 : position + 4] if row.text.strip()), "")
        sealed = not _is_full(rows, position - 1) or bool(
            labels.OFFICE_BLOCK.match(below)
        )  # or a sentence ends in a date
    else:
        following = next((row.text for row in rows[position + 1 : position + 4] if row.text.strip()), "")
        sealed = len(rows[position].text.strip()) < LONGEST_STAMP and _is_date(following)
    return sealed and any(labels.TO.match(row.text) for row in rows[:position])


def _is_date(text: str) -> bool:
    """Whether a row holds a date and nothing else; its day may be left blank."""
    short = text.strip()
    found = find_dates(text) if len(short) < LONGEST_DATE and short[-2:].isdigit() else []
    return len(found) == 1 and len(text[: found[0].start].strip(" .…")) + len(text[found[0].end :].strip()) <= 3


def _is_office_block(text: str, rows: Sequence[Row], position: int) -> bool:
    """The owner's office at the foot of a letter without a closing: a short office row, soon followed by a phone."""
    if not labels.OFFICE_BLOCK.match(text) or len(text.strip()) > 80:
        return False
    if any(labels.PURPOSE.match(other.text) for other in rows[position:]):
        return False  # the body goes on
    following = [other.text for other in rows[position : position + 8] if other.text.strip()]
    return any(labels.CONTACT.search(other) for other in following[:4])

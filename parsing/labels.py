"""The printed labels by which a letter is laid out (Regulation on Correspondence, forms 1–3), matched loosely."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from parsing.loose import MARKS, THI, either, loose
from parsing.tables import column

_START = r"^\s*(?:[|!¦]\s{0,4}){0,2}"  # the edge of a sheet or a table is read as upright strokes


def words(label: str) -> tuple[str, ...]:
    """The printed forms of a label (``parsing/data/labels.tsv``), in file order."""
    return column("labels", "form", label=label)


def _any(label: str, *, spaced: bool = True) -> str:
    return either(*words(label), spaced=spaced)


_COLON = r"\s*[:：]?\s*(?:[-–]\s+)?"  # typists put a stroke behind the labels of memos
SUBJECT = re.compile(_START + _any("subject") + r"(?!เดิม\s*$)" + _COLON)
SALUTATION = re.compile(_START + f"(?P<form>{_any('salutation')})" + r"\s*[:：]?\s+")
_DOES = rf"(?:\s?{loose('ผู้รับปฏิบัติ')})?"  # of radio messages, beside ผู้รับทราบ
TO = re.compile(
    _START + f"(?P<form>{_any('to')})" + _DOES + r"\s*[:：.]?\s+(?!พ\s?\.\s?ศ|[\d๐-๙]|วันที่|ปี|เดือน)"
)
_STROKE = r"(?:[-–•|]\s*\|?\s*:?\s*[-|:\s]*)?"  # before a label, of a list or of dirt
REFERENCE = re.compile(_START + _STROKE + _any("reference") + _COLON)
ENCLOSURE = re.compile(_START + _STROKE + _any("enclosure") + _COLON)
CLOSING = re.compile(_START + r".{0,40}" + _any("closing"))
PURPOSE = re.compile(_START + _any("purpose"))
MEMO = re.compile(_START + r".{0,12}" + _any("memo"))
MEMO_OFFICE = re.compile(_START + _any("memo_office") + _COLON)
RADIO = re.compile(f"{_any('radio')}|{_any('radio_form')}")
RADIO_FORM = re.compile(_START + _any("radio_form") + r"[^\d]{0,60}$")
RADIO_FROM = re.compile(_START + _any("radio_from", spaced=False) + r"\s*[:：]?\s+")
RADIO_TEXT = re.compile(_START + _any("radio_text") + _COLON)
_AREA = rf"(?:{loose('เขต')}\s?(?:{loose('พื้นที่')}\s?)?[\d๐-๙]{{1,2}}\s*)?"  # of an education or police area
ORDER = re.compile(_START + f"(?P<title>{_any('order', spaced=False)}[^\\d]{{2,60}}{_AREA})$")
ANNOUNCEMENT = re.compile(_START + f"(?P<title>{_any('announcement', spaced=False)}[^\\d]{{2,80}}{_AREA})$")
ORDER_NUMBER = re.compile(_START + THI + r"\s*(?P<serial>\d{1,5})\s*/\s*(?P<year>25\d\d)\s*[|.]?\s*$")
BODY_STARTS = re.compile(_START + _any("body", spaced=False))

PAGE_NUMBER = re.compile(r"^\s*[-–—]?\s*\d{1,2}\s*[-–—]?\s*$")
CATCH_WORD = re.compile(r"^\s*/\s*\S.{0,60}(?:\.{2,}|…)\s*$")
DATE_LABEL = re.compile(_START + either("วันที่", "ลงวันที่", "วันเดือนปี", spaced=True) + r"\s*[:：]?\s*(?=[\d.…])")
COPY_WORDS = words("copy")
COPY_MARK = re.compile(_START + rf"[(\[–-]?\s*(?P<word>{_any('copy', spaced=False)})\s*[)\]–-]?\s*$")
RULE = re.compile(r"^\s*(?:[-–—_=*.…~]\s?){4,}\s*$")  # a line drawn between heading and text

URGENCY = words("urgency")
SECRECY = words("secrecy")
URGENCY_MARK = re.compile(
    rf"(?:(?<![ก-๙])|{loose('ความเร่งด่วน')}\s?)(?P<mark>"
    + "|".join(loose(word, spaced=True) for word in URGENCY)
    + rf")(?:(?![ก-๙])|(?={THI}\s))"
)
_BESIDE = "(?:" + "|".join(loose(word, spaced=True) for word in URGENCY) + ")"  # both classes may stand on one row
SECRECY_MARK = re.compile(
    rf"^[\s|\"“”–-]*(?:{_BESIDE}\s+)?(?P<mark>{'|'.join(loose(word, spaced=True) for word in SECRECY)})"
    rf"(?:\s+{_BESIDE})?[\s\"“”–-]*$"
    rf"|{loose('ชั้นความลับ', spaced=True)}\s*[:：]?\s*(?P<named>{either(*SECRECY, spaced=True)})(?![ก-๙])"
)

STAMP = re.compile(rf"{_any('received', spaced=False)}|(?<![ก-๙]){loose('รับ')}\s?{THI}(?!\s?[ก-ฮ]{{3}})")
OFFICE_BLOCK = re.compile(_START + _any("office", spaced=False))
CONTACT = re.compile(
    _any("contact", spaced=False) + rf"|{loose('โทร')}\s*(?:[.:/]|[\d๐-๙]|$)|E-?mail|\bFax\b|\bTel\b", re.IGNORECASE
)
ADDRESS = re.compile(_any("address", spaced=False) + r"|\d{5}\s*$")
ITEM = re.compile(r"^\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[.)]\s*(?=\D)")


_LEADERS = re.compile(r"[.…]{3,}")
_FILLED = either(*words("memo_office"), "วันที่", "เรื่อง", "เรียน")
_LED = re.compile(_START + rf"(?:{_FILLED}|{THI})\s?[.…]{{3,}}")


def without_leaders(text: str) -> str:
    """A row of a filled-in form with blanks for the dots after its label and around its entries: same length."""
    return _LEADERS.sub(lambda dots: " " * len(dots[0]), text) if _LED.match(text) else text


_FIRST_WORD = re.compile(r"^(\s*)([^\s:：]{3,16})(?=\s{2,}\S|\s?[:：]\s)")
_WHOLE = {word: re.sub(f"[{MARKS}]", "", word) for word in ("เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ข้อความ")}


def with_whole_label(text: str) -> str:
    """A row whose first word, set off by a wide gap or a colon, is a label but for a letter or two, with it whole.

    ``เรื่ออ  การสำรวจ`` → ``เรื่อง  การสำรวจ``. What is as near to two labels stays as it is.
    """
    first = _FIRST_WORD.match(text)
    if first is None:
        return text
    read = re.sub(f"[{MARKS}]", "", first[2])
    near = sorted((Levenshtein.distance(read, bare), word) for word, bare in _WHOLE.items())
    distance, word = near[0]
    if 0 < distance <= len(_WHOLE[word]) // 4 and distance < near[1][0]:
        return f"{first[1]}{word}{text[first.end() :]}"
    return text


def word_of(printed: str, words: tuple[str, ...]) -> str:
    """The listed word that a loosely printed one stands for (longest first): ``ด่วนทีสุด`` → ``ด่วนที่สุด``."""
    return next((word for word in words if re.fullmatch(loose(word, spaced=True), printed.strip())), printed.strip())

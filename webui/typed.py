"""What a clerk typed for a field, checked and brought to the form in which corrections keep values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from letters import Kind, LetterDate, Precision
from letters.date import BE_OFFSET
from letters.errors import BadRequest
from letters.text import arabic, mend
from parsing.corrections import written
from parsing.corrections.model import date_of, number_of, parts_of
from webui.dates import read_day

URGENCIES = ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
SECRECIES = ("ลับ", "ลับมาก", "ลับที่สุด")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "urgency": URGENCIES, "secrecy": SECRECIES, "kind": tuple(kind.value for kind in Kind)}
"""Fields with set values."""

OLDEST_BE = 2440
_AHEAD = {"date": 1, "deadlines": 20}
"""Years from today beyond which a date is a slip of the pen: of a letter, of a deadline."""

LONGEST = {"number": 100, "date": 60, "issuer": 300, "subject": 1000, "recipients": 4000, "deadlines": 600,
           "references": 300}
_ECHO = 40


class Refused(BadRequest):
    """What was typed cannot be meant; ``subject`` says why and what would do, in Thai."""


def read_typed(field: str, values: Mapping[str, str], today: dt.date) -> str | None:
    """The value of a posted field in written form; ``None`` where the clerk says there is none. Raises
    :class:`Refused`.

    ``values``: ``value``, and of a list's entry also ``date``.
    """
    text = _tidy(values.get("value", ""), lines=field == "recipients")
    _no_longer_than(LONGEST.get(field, 100), text)
    if field in ("references", "deadlines"):
        return _entry(field, text, _tidy(values.get("date", "")), today)
    if not text:
        return None
    readers: Mapping[str, Callable[[], str]] = {
        "number": lambda: _number(text), "date": lambda: _date(text, today, "date")}
    if field in CHOICES and text not in CHOICES[field]:
        raise Refused(f"“{_cut(text)}” ไม่มีในรายการให้เลือก")
    return readers[field]() if field in readers else text


def prefilled(field: str, before: str | None) -> dict[str, str]:
    """What the inputs of a field hold before anybody types: dates in words of the Buddhist era."""
    if field in ("references", "deadlines"):
        date, rest = parts_of(before or "|")
        return {"date": _words(date), "value": rest}
    return {"value": _words(before or "") if field == "date" else before or ""}


def untouched(field: str, before: str | None, values: Mapping[str, str]) -> bool:
    """Whether the inputs still hold what they were filled with: the value is accepted as it is."""
    return all(_tidy(values.get(name, ""), lines=True) == _tidy(text, lines=True)
               for name, text in prefilled(field, before).items())


def _words(iso: str) -> str:
    """``2023-06-14`` → ``14 มิถุนายน 2566``; an unknown day is left out."""
    if not iso:
        return ""
    return date_of(iso, day_meant=False).thai()


def _entry(field: str, text: str, date: str, today: dt.date) -> str:
    day = _date(date, today, "deadlines" if field == "deadlines" else "date") if date else ""
    if not text and not day:
        raise Refused("ยังไม่ได้กรอก หากไม่มีรายการนี้ในหนังสือ ให้กดลบรายการ")
    if field == "references" and any(sign.isdigit() for sign in text):  # else the title of one without a number
        text = _number(text)
    return f"{day}|{text.replace('|', ' ')}"


def _number(text: str) -> str:
    try:
        found = number_of(re.sub(r"^ที่\s*", "", arabic(mend(text))))
    except ValueError as error:
        raise Refused(f"“{_cut(text)}” ไม่ใช่เลขที่หนังสือ ตัวอย่าง: มท 0810.7/ว 908, ว 25 หรือคำสั่งที่ 12/2566") from error
    return written(found) or ""


def _date(text: str, today: dt.date, kind: str) -> str:
    _no_longer_than(LONGEST["date"], text)
    try:
        date = read_day(text)
    except BadRequest as error:
        raise Refused(f"“{_cut(text)}” ไม่มีในปฏิทินหรืออ่านไม่เข้าใจ ตัวอย่าง: 14 มิถุนายน 2566 หรือ 14/6/2566") from error
    if date.precision is Precision.YEAR:
        raise Refused("กรอกอย่างน้อยเดือนและปี เช่น มิถุนายน 2566")
    _plausible(date, today, _AHEAD[kind])
    return date.iso


def _plausible(date: LetterDate, today: dt.date, ahead: int) -> None:
    newest = today.year + BE_OFFSET + ahead
    if not OLDEST_BE <= date.be_year <= newest:
        raise Refused(f"ปี พ.ศ. {date.be_year} ไม่น่าเป็นไปได้ (รับปี {OLDEST_BE}–{newest}) "
                      "ตรวจปีอีกครั้ง ปี พ.ศ. มากกว่าปี ค.ศ. 543 ปี")


def _no_longer_than(most: int, text: str) -> None:
    if len(text) > most:
        raise Refused(f"ยาวเกินไป: {len(text):,} ตัวอักษร รับได้ไม่เกิน {most:,} ตัวอักษร")


def _tidy(text: str, *, lines: bool = False) -> str:
    """Without control characters and needless blanks; of several lines each by itself."""
    rows = (" ".join("".join(sign if sign.isprintable() else " " for sign in row).split()) for row in text.splitlines())
    return ("\n" if lines else " ").join(row for row in rows if row)


def _cut(text: str) -> str:
    return text if len(text) <= _ECHO else text[:_ECHO] + "…"

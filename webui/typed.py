"""What a clerk typed for a field, checked and brought to the form in which corrections keep values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from letters import Kind, LetterDate, Precision
from letters.date import BE_OFFSET
from letters.errors import BadRequest
from letters.text import arabic, mend
from parsing.corrections import PARTS, SIGNATORY, parts_of, written
from parsing.corrections.model import date_of, number_of
from registers.rules import clock_time
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
           "references": 300, "enclosures": 1000, "received_stamps": 200, SIGNATORY: 150}
_LONGEST_PART = {"date": 60, "number": 40, "time": 20, "count": 60, "post": 300}
_ECHO = 40


class Refused(BadRequest):
    """What was typed cannot be meant; ``subject`` says why and what would do, in Thai."""


def read_typed(field: str, values: Mapping[str, str], today: dt.date) -> str | None:
    """The value of a posted field in written form; ``None`` where the clerk says there is none. Raises
    :class:`Refused`.

    ``values``: ``value``, and of a field in parts (:data:`parsing.corrections.PARTS`) the others by their names.
    """
    text = _tidy(values.get("value", ""), lines=field == "recipients")
    _no_longer_than(LONGEST.get(field, 100), text)
    if field in PARTS:
        return _in_parts(field, {name: _tidy(values.get(name, "").replace("|", " ")) for name in PARTS[field]}, today)
    if not text:
        return None
    readers: Mapping[str, Callable[[], str]] = {
        "number": lambda: _number(text), "date": lambda: _date(text, today, "date")}
    if field in CHOICES and text not in CHOICES[field]:
        raise Refused(f"“{_cut(text)}” ไม่มีในรายการให้เลือก")
    return readers[field]() if field in readers else text


def prefilled(field: str, before: str | None) -> dict[str, str]:
    """What the inputs of a field hold before anybody types: dates in words of the Buddhist era."""
    if field in PARTS:
        parts = dict(zip(PARTS[field], parts_of(field, before or ""), strict=True))
        return parts | ({"date": _words(parts["date"])} if "date" in parts else {})
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


def _in_parts(field: str, typed: dict[str, str], today: dt.date) -> str | None:
    """What was typed in several inputs, in written form."""
    for name, most in _LONGEST_PART.items():
        _no_longer_than(most, typed.get(name, ""))
    if field == SIGNATORY and not any(typed.values()):
        return None
    _whole(field, typed)
    if typed.get("date"):
        typed["date"] = _date(typed["date"], today, "deadlines" if field == "deadlines" else "date")
    if field == "references" and any(sign.isdigit() for sign in typed["value"]):  # else a title, without a number
        typed["value"] = _number(typed["value"])
    if field == "received_stamps":
        _not_to_come(typed["date"], today)
        typed |= {"number": _received_number(typed["number"]), "time": _clock(typed["time"])}
    return "|".join(typed[name] for name in PARTS[field])


def _whole(field: str, typed: Mapping[str, str]) -> None:
    """Raises :class:`Refused` where what makes an entry is missing."""
    if field == SIGNATORY and not typed["value"]:
        raise Refused("ยังไม่ได้กรอกชื่อผู้ลงนาม หากหนังสือไม่มีผู้ลงนาม ให้เว้นทั้งชื่อและตำแหน่ง")
    if not typed["value"] and (field == "enclosures" or not any(typed.values())):
        raise Refused("ยังไม่ได้กรอก หากไม่มีรายการนี้ในหนังสือ ให้กดลบรายการ")


def _received_number(text: str) -> str:
    """A received number with what offices write beside it: ``1290``, ``1290/2566``, ``ล 12``."""
    if text and not any(sign.isdigit() for sign in text):
        raise Refused(f"“{_cut(text)}” ไม่ใช่เลขรับ ตัวอย่าง: 1290, 1290/2566 หรือ ล 12")
    return re.sub(r"\s*/\s*", "/", arabic(text))


def _not_to_come(iso: str, today: dt.date) -> None:
    if iso and date_of(iso).earliest > today:
        raise Refused(f"ยังไม่ถึงวันที่รับ {_words(iso)} ตรวจวัน เดือน และปีอีกครั้ง")


def _clock(text: str) -> str:
    try:
        return clock_time(text)
    except BadRequest as error:
        raise Refused(f"“{_cut(text)}” ไม่ใช่เวลา ตัวอย่าง: 9.30 หรือ 13:05") from error


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

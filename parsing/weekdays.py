"""The printed weekday against the calendar: where they disagree, either may have been misread."""

from __future__ import annotations

import datetime as dt
import re

from letters import LetterDate, Rival
from letters.text import thai
from ocr.confusions import load
from parsing.confusion import misread
from parsing.loose import loose

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")  # Monday first, as datetime counts
_NAMED = re.compile(rf"\s*(?:{loose('วัน')}\s?)?(?P<weekday>{'|'.join(map(loose, WEEKDAYS))})")
SHARED = 0.6  # how much of the doubt the other days get together; the rest is the day as read, or a wrong weekday


def weekday_rivals(value: LetterDate, weekday: str | None) -> list[Rival[LetterDate]]:
    """Days of the same month that agree with the printed weekday where the read day does not, each as likely as the
    reader takes its digits for the ones read (``ocr.confusions``: the shapes of the digits, whoever read them)."""
    if not weekday or value.date is None or value.day is None:
        return []
    number = _number(weekday)
    if value.date.weekday() == number:
        return []
    table = load()
    days = days_on(value, weekday, value.day)
    chances = {day: misread(thai(f"{value.day:02d}"), thai(f"{day:02d}"), table) for day in days}
    total = sum(chances.values())
    reason = f"ตรงกับวัน{WEEKDAYS[number]}ที่พิมพ์ไว้"
    ranked = sorted(chances, key=lambda day: (-chances[day], day))
    return [Rival(_on(value, day), SHARED * chances[day] / total, reason) for day in ranked]


def days_on(value: LetterDate, weekday: str, read: int) -> list[int]:
    """Days of a date's month that fall on a printed weekday and differ by one digit from the day as read."""
    return [day for day in _days_of(value, _number(weekday)) if _one_digit_apart(day, read)]


def falls_on(value: LetterDate, printed: str) -> bool | None:
    """Whether a date falls on the weekday that is printed with it; ``None`` where none is, or the day is not known."""
    named = _NAMED.match(printed)
    return None if named is None or value.date is None else value.date.weekday() == _number(named["weekday"])


def _number(weekday: str) -> int:
    """A loosely matched weekday as datetime counts it, Monday 0."""
    return next(i for i, name in enumerate(WEEKDAYS) if re.fullmatch(loose(name), weekday))


def _days_of(value: LetterDate, weekday: int) -> list[int]:
    """Days of a date's month that fall on a weekday."""
    month, last = value.month or 1, value.earliest.replace(day=28)
    length = 28 + next(extra for extra in (3, 2, 1, 0) if (last + dt.timedelta(days=extra)).month == month)
    return [day for day in range(1, length + 1) if dt.date(value.year, month, day).weekday() == weekday]


def _on(value: LetterDate, day: int) -> LetterDate:
    return LetterDate(value.year, value.month, day)


def _one_digit_apart(day: int, other: int) -> bool:
    return sum(x != y for x, y in zip(f"{day:02d}", f"{other:02d}", strict=True)) == 1

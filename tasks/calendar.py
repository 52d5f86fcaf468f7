"""Thai working days: weekends and public holidays, and what a clerk should be told of a due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from functools import cache

import holidays

from letters import LetterDate

_SATURDAY = 5
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@cache
def thai_holidays() -> holidays.HolidayBase:
    """Public holidays of Thailand by day (CE) with their Thai names, substitute days included, for any year."""
    return holidays.country_holidays("TH", language="th")


def is_working_day(day: dt.date, free: Container[dt.date] | None = None) -> bool:
    """Whether offices work on a day. ``free``: the public holidays; Thailand's where not given."""
    return day.weekday() < _SATURDAY and day not in (thai_holidays() if free is None else free)


def last_working_day(due: dt.date) -> dt.date:
    """The last day on which offices work up to and including the due day: work must be handed in by then."""
    while not is_working_day(due):
        due -= dt.timedelta(days=1)
    return due


def working_day_note(due: dt.date) -> str:
    """What to tell about a due day on which offices are closed, in Thai; empty on a working day."""
    if is_working_day(due):
        return ""
    name = thai_holidays().get(due) or f"วัน{_WEEKDAYS[due.weekday()]}"
    return f"ตรงกับ{name} วันทำการสุดท้ายคือ {LetterDate.of(last_working_day(due)).thai(short=True)}"

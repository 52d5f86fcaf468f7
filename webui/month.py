"""A month as a grid of weeks, Sunday first, as Thai calendars have it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive import DayRow
from tasks.calendar import is_working_day, thai_holidays

_FORM = re.compile(r"(\d{4})-(\d{2})")
_EARLIEST, _LATEST = 1957, 2257  # years (CE) a calendar is drawn for


@dataclass(frozen=True, slots=True)
class Cell:
    """A day (CE) of the grid with what is due. ``inside``: of the month itself; ``holiday``: its name."""

    day: dt.date
    inside: bool
    working: bool
    holiday: str
    rows: tuple[DayRow, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The weeks of a month; ``before`` and ``after`` are the next ones as ``YYYY-MM``."""

    first: dt.date
    weeks: tuple[tuple[Cell, ...], ...]
    before: str
    after: str


def first_of(text: str, today: dt.date) -> dt.date:
    """The first day of the month ``YYYY-MM`` (CE); of today's for anything else."""
    found = _FORM.fullmatch(text)
    if found and _EARLIEST <= int(found[1]) <= _LATEST and 1 <= int(found[2]) <= 12:
        return dt.date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def span(first: dt.date) -> tuple[dt.date, dt.date]:
    """First day of a month's grid and the first one after it."""
    weeks = calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1] + dt.timedelta(days=1)


def month_of(first: dt.date, rows: Iterable[DayRow]) -> Month:
    """The grid of a month with what is due on its days."""
    every = tuple(rows)
    weeks = tuple(tuple(_cell(day, first, every) for day in week) for week in
                  calendar.Calendar(calendar.SUNDAY).monthdatescalendar(first.year, first.month))
    before, after = first - dt.timedelta(days=1), first + dt.timedelta(days=31)
    return Month(first, weeks, f"{before:%Y-%m}", f"{after:%Y-%m}")


def _cell(day: dt.date, first: dt.date, rows: tuple[DayRow, ...]) -> Cell:
    return Cell(day, day.month == first.month, is_working_day(day), thai_holidays().get(day, ""),
                tuple(row for row in rows if row.day == day))

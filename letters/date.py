"""A letter's date at the precision the page gives: an imprecise date is an interval, never a guessed day.

Stored as Common Era; shown as Buddhist Era (CE + 543).
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering

BE_OFFSET = 543

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


class Precision(StrEnum):
    """How much of a date the page shows."""

    DAY = "day"
    UNKNOWN_DAY = "unknown-day"  # a day is meant but could not be read: written by hand, or under a stamp
    MONTH = "month"  # only a month is meant: ภายในเดือนมีนาคม
    YEAR = "year"


@total_ordering
@dataclass(frozen=True, slots=True)
class LetterDate:
    """A date in CE with its precision. ``month`` is set unless the precision is YEAR, ``day`` only for DAY.

    Raises ``ValueError`` for a day the calendar does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if (self.precision is Precision.DAY) != (self.day is not None):
            raise ValueError("a day is given exactly when the precision is DAY")
        if (self.precision is Precision.YEAR) != (self.month is None):
            raise ValueError("a month is given unless the precision is YEAR")
        dt.date(self.year, self.month or 1, self.day or 1)

    def __eq__(self, other: object) -> bool:
        # Written out because millions are compared, and most of them differ in the day.
        if not isinstance(other, LetterDate):
            return NotImplemented
        return (self.day == other.day and self.month == other.month and self.year == other.year
                and self.precision is other.precision)

    def __hash__(self) -> int:
        return hash((self.year, self.month, self.day, self.precision))

    @classmethod
    def of(cls, date: dt.date) -> LetterDate:
        """The day-precise date of a calendar day."""
        return cls(date.year, date.month, date.day)

    @classmethod
    def from_be(
        cls, year: int, month: int | None = None, day: int | None = None, precision: Precision = Precision.DAY
    ) -> LetterDate:
        """From a four-digit Buddhist-Era year (2566 → 2023)."""
        return cls(year - BE_OFFSET, month, day, precision)

    @property
    def be_year(self) -> int:
        """Year of the Buddhist Era."""
        return self.year + BE_OFFSET

    @property
    def date(self) -> dt.date | None:
        """The calendar day, or ``None`` unless day-precise."""
        return dt.date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def earliest(self) -> dt.date:
        """First day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """Last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def meets(self, other: LetterDate) -> bool:
        """Whether both can mean the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def iso(self) -> str:
        """``2023-03-24``, ``2023-03`` or ``2023`` (CE), as far as known."""
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    def thai(self, *, short: bool = False) -> str:
        """As a Thai reader expects it, in BE: ``24 มีนาคม 2566``; an unreadable day is ``..``."""
        if self.month is None:
            return str(self.be_year)
        month = (SHORT_MONTHS if short else MONTHS)[self.month - 1]
        day = {Precision.DAY: f"{self.day} ", Precision.UNKNOWN_DAY: ".. "}.get(self.precision, "")
        return f"{day}{month} {self.be_year}"

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, LetterDate):
            return NotImplemented
        return (self.earliest, self.latest) < (other.earliest, other.latest)


def fiscal_year(day: dt.date) -> int:
    """Fiscal year (ปีงบประมาณ) of a day, in BE: October to September, named after the year it ends in."""
    return day.year + BE_OFFSET + (1 if day.month >= 10 else 0)

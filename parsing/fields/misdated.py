"""Days asked for that cannot be meant as they were read: before the letter's own date, or older than the Regulation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from letters import LetterDate, Rival
from letters.date import BE_OFFSET

REGULATION = 2526  # BE, of the Regulation on Correspondence: no letter of the archive is older
SOON = 400  # days after a letter's date within which what it asks for is due


def is_misdated(value: LetterDate, letter_date: LetterDate | None) -> bool:
    """Whether a day that is asked for is over before the letter was written, or older than any letter."""
    return value.be_year < REGULATION or (letter_date is not None and value.latest < letter_date.earliest)


def years_meant(value: LetterDate, letter_date: LetterDate | None) -> tuple[Rival[LetterDate], ...]:
    """The same day in the years that one digit makes of the one read, where it lies soon after the letter's date."""
    if letter_date is None:
        return ()
    years = range(letter_date.year, letter_date.year + 2)
    meant = [_in_year(value, year) for year in years if _one_digit_apart(year + BE_OFFSET, value.be_year)]
    fitting = [day for day in meant if day and 0 <= (day.latest - letter_date.earliest).days <= SOON]
    reason = "ปีที่อ่านได้อยู่ก่อนวันที่ของหนังสือ ปีนี้ต่างกันหนึ่งหลักและเข้ากับวันที่ของหนังสือ"
    return tuple(Rival(day, 0.6 / len(fitting), reason) for day in fitting)


def _in_year(value: LetterDate, year: int) -> LetterDate | None:
    try:
        dt.date(year, value.month or 1, value.day or 1)
    except ValueError:
        return None
    return replace(value, year=year)


def _one_digit_apart(year: int, other: int) -> bool:
    return sum(one != two for one, two in zip(str(year), str(other), strict=True)) == 1

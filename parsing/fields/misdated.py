"""Years that cannot be meant as they were read: of a day asked for that lies before the letter's own date or years away
from it, or of the letter's date itself. One digit of a year is easily misread, and misprinted too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from letters import LetterDate, Precision, Repair, Rival
from letters.date import BE_OFFSET
from letters.text import arabic
from parsing.dates import FoundDate
from parsing.fields.around import Place
from parsing.fields.cues import cue_of
from parsing.fields.history import is_history
from parsing.fields.phrases import TIME
from parsing.fields.roles import asks_for_what_is_over
from parsing.weekdays import falls_on

REGULATION = 2526  # BE, of the Regulation on Correspondence: no letter of the archive is older
SOON = 400  # days after a letter's date within which what it asks for is due
FAR = 1100  # days, three years: what is asked for by a day is not due later
STALE, AT_ONCE = 400, 200  # days before the letter's date; after its date as it must have been
MENDED = 0.5  # how sure a day is whose year was mended
FITS = "ปีที่อ่านได้อยู่ก่อนวันที่ของหนังสือหรือห่างกันเกินสามปี ปีนี้ต่างกันหนึ่งหลักและเข้ากับวันที่ของหนังสือ"
YEAR_MENDED = "year of the letter"  # the repair's rule
AS_READ = "ตามที่อ่านได้"


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
    return tuple(Rival(day, 0.6 / len(fitting), FITS) for day in fitting)


def in_years_meant(
    text: str,
    dates: Sequence[FoundDate],
    history: Sequence[tuple[int, int]],
    letter_date: LetterDate | None,
    cited: Sequence[LetterDate],
) -> list[FoundDate]:
    """The dates of a body; a day asked for that lies years away from the letter's date stands in the only year that one
    digit makes of it and that fits. The year as read is kept as a rival. Only where another day that the letter cites
    or tells lies about its own date: else that may be the one misread."""
    if letter_date is None or not any(_is_years_away(found.reading.value, letter_date) for found in dates):
        return list(dates)
    others = (*cited, *(found.reading.value for found in dates))
    if not any(day and abs((day.latest - letter_date.earliest).days) <= SOON for day in others):
        return list(dates)
    return [_in_year_meant(text, found, history, letter_date) for found in dates]


def _is_years_away(value: LetterDate | None, letter_date: LetterDate) -> bool:
    """Whether a day or month lies more than three years from the letter's date; a bare year may be a plan's."""
    if value is None or value.precision is Precision.YEAR:
        return False
    return abs((value.latest - letter_date.earliest).days) > FAR


def _in_year_meant(
    text: str, found: FoundDate, history: Sequence[tuple[int, int]], letter_date: LetterDate
) -> FoundDate:
    value, reading = found.reading.value, found.reading
    if value is None or not _is_years_away(value, letter_date) or falls_on(value, reading.printed):
        return found
    place = Place.of(text, found, value)
    asked = cue_of(place) is not None and not is_history(found.start, history)
    if not asked or (value.latest < letter_date.earliest and not asks_for_what_is_over(place, history)):
        return found
    meant = [rival.value for rival in years_meant(value, letter_date)]
    meant = [day for day in meant if falls_on(day, reading.printed) is not False]
    if len(meant) != 1:
        return found
    repair = Repair(YEAR_MENDED, str(value.be_year), str(meant[0].be_year), FITS, MENDED)
    rivals = (Rival(value, 1 - MENDED, AS_READ),)  # others were days of the year as read
    mended = replace(reading, value=meant[0], confidence=MENDED, repairs=(*reading.repairs, repair), rivals=rivals)
    first = _in_year(found.first, found.first.year + meant[0].year - value.year) if found.first else None
    return replace(found, reading=mended, first=first)


def is_stale(
    text: str, dates: Sequence[FoundDate], history: Sequence[tuple[int, int]], letter_date: LetterDate | None
) -> bool:
    """Whether all days that a letter asks for lie years before its own date, and soon after it in a year that one digit
    makes of its own: then that was misread, and rules nothing out."""
    values = [found.reading.value for found in dates if found.reading.value]
    if letter_date is None or letter_date.month is None or all(_is_near(value, letter_date) for value in values):
        return False
    places = [Place.of(text, found, found.reading.value) for found in dates if found.reading.value]
    now = [place for place in places if not is_history(place.found.start, history)]
    asked = [place.value for place in now if cue_of(place) or TIME.match(arabic(place.after))]
    return bool(asked) and all(
        not _is_near(due, letter_date)
        and _one_digit_apart(letter_date.be_year, due.be_year)
        and due.be_year >= REGULATION
        and 0 <= (due.latest - _first_day_in(letter_date, due.year)).days <= AT_ONCE
        for due in asked
    )


def _is_near(day: LetterDate, letter_date: LetterDate) -> bool:
    """Whether a day lies after a letter's date, or not long before it."""
    return (letter_date.earliest - day.latest).days <= STALE


def _first_day_in(date: LetterDate, year: int) -> dt.date:
    """The first day that a date could be in another year."""
    return dt.date(year, date.month or 1, min(date.day or 1, 28))


def _in_year(value: LetterDate, year: int) -> LetterDate | None:
    try:
        dt.date(year, value.month or 1, value.day or 1)
    except ValueError:
        return None
    return replace(value, year=year)


def _one_digit_apart(year: int, other: int) -> bool:
    return sum(one != two for one, two in zip(str(year), str(other), strict=True)) == 1

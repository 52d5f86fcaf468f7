"""Dates keep the precision of the page and never guess a day."""

import datetime as dt

import pytest

from letters import LetterDate, Precision, fiscal_year

MARCH = LetterDate.from_be(2566, 3, precision=Precision.MONTH)
UNREAD = LetterDate.from_be(2566, 3, precision=Precision.UNKNOWN_DAY)
DAY = LetterDate.from_be(2566, 3, 24)
YEAR = LetterDate.from_be(2566, precision=Precision.YEAR)


@pytest.mark.parametrize(
    ("date", "iso", "thai", "short", "first", "last"),
    [
        (DAY, "2023-03-24", "24 มีนาคม 2566", "24 มี.ค. 2566", "2023-03-24", "2023-03-24"),
        (MARCH, "2023-03", "มีนาคม 2566", "มี.ค. 2566", "2023-03-01", "2023-03-31"),
        (UNREAD, "2023-03", ".. มีนาคม 2566", ".. มี.ค. 2566", "2023-03-01", "2023-03-31"),
        (YEAR, "2023", "2566", "2566", "2023-01-01", "2023-12-31"),
    ],
)
def test_shows_only_what_is_known(date, iso, thai, short, first, last):
    assert (date.iso, date.thai(), date.thai(short=True)) == (iso, thai, short)
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (first, last)


def test_meets_what_can_be_the_same_day():
    assert DAY.meets(MARCH)
    assert MARCH.meets(YEAR)
    assert not DAY.meets(LetterDate.from_be(2566, 3, 25))


def test_only_a_day_is_a_calendar_day():
    assert DAY.date == dt.date(2023, 3, 24)
    assert MARCH.date is None


@pytest.mark.parametrize(
    ("year", "month", "day", "precision"),
    [
        (2566, 2, 30, Precision.DAY),
        (2566, 13, 1, Precision.DAY),
        (2566, 3, None, Precision.DAY),
        (2566, 3, 4, Precision.MONTH),
        (2566, None, None, Precision.MONTH),
        (2566, 3, None, Precision.YEAR),
    ],
)
def test_refuses_what_the_calendar_has_not(year, month, day, precision):
    with pytest.raises(ValueError, match=r"."):
        LetterDate.from_be(year, month, day, precision)


@pytest.mark.parametrize(("day", "year"), [("2023-09-30", 2566), ("2023-10-01", 2567), ("2024-01-01", 2567)])
def test_fiscal_year_begins_in_october(day, year):
    assert fiscal_year(dt.date.fromisoformat(day)) == year


def test_orders_in_time():
    assert sorted([LetterDate.from_be(2566, 4, 1), DAY, YEAR]) == [YEAR, DAY, LetterDate.from_be(2566, 4, 1)]

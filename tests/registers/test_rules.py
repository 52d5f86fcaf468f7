"""Order of days, numbers that go out, times as typed, how long letters are kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import BadRequest, Conflict
from registers import (
    RETENTION,
    BadDay,
    Book,
    Mark,
    Place,
    clock_time,
    is_due,
    kept_until,
    list_year,
    outgoing,
    owner_of,
    placed,
)

TODAY = dt.date(2023, 3, 2)


def day(text: str) -> dt.date:
    """A day of March 2023, or any as ISO."""
    return dt.date.fromisoformat(text if "-" in text else f"2023-03-{int(text):02d}")


@pytest.mark.parametrize(("last", "asked", "reason", "expected"), [
    (None, None, "", Place(2023, TODAY)),
    ("1", None, "", Place(2023, TODAY)),
    ("2", "2", "", Place(2023, TODAY)),
    ("3", None, "", Place(2023, day("3"))),                    # begun before midnight, overtaken after it
    ("1", "1", "ไฟดับ", Place(2023, day("1"), Mark.LATE)),      # its number is of today
    (None, "2022-12-30", "ไฟดับ", Place(2023, day("2022-12-30"), Mark.LATE)),
])
def test_where_a_row_goes(last: str | None, asked: str | None, reason: str, expected: Place) -> None:
    assert placed(TODAY, day(last) if last else None, day(asked) if asked else None, reason) == expected


@pytest.mark.parametrize(("last", "asked", "reason", "error"), [
    (None, "1", "", BadDay), (None, "1", "  ", BadDay), (None, "3", "พรุ่งนี้", BadDay), ("5", None, "", Conflict)])
def test_what_the_order_forbids(last: str | None, asked: str | None, reason: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        placed(TODAY, day(last) if last else None, day(asked) if asked else None, reason)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.booleans())))
def test_days_never_fall_but_for_marked_rows(steps: list[tuple[int, int, bool]]) -> None:
    today, last, rows = TODAY, None, []
    for on, back, late in steps:
        today += dt.timedelta(days=on)
        place = placed(today, last, today - dt.timedelta(days=back) if late else None, "เหตุ")
        rows.append(place)
        last = place.day if place.mark is Mark.NONE else last
    in_order = [(place.year, place.day) for place in rows if place.mark is Mark.NONE]
    assert in_order == sorted(in_order)
    assert [place.year for place in rows] == sorted(place.year for place in rows)


@pytest.mark.parametrize(("prefix", "book", "expected"), [
    ("พช 72401", Book.SENT, "พช 72401/7"), ("พช  72401", Book.CIRCULAR, "พช 72401/ว 7"),
    ("พช 72401/55", Book.SENT, "พช 72401/55"), ("", Book.SENT, "")])
def test_the_number_of_a_letter_that_goes_out(prefix: str, book: Book, expected: str) -> None:
    assert outgoing(prefix, book, 7) == expected


@pytest.mark.parametrize(("number", "owner"), [
    ("พช 72401/ว 7", "พช 72401"), ("มท 0810.7/908", "มท 0810.7"), ("", ""), ("ไม่มีเลข", "")])
def test_the_owner_of_a_number(number: str, owner: str) -> None:
    assert owner_of(number) == owner


@pytest.mark.parametrize(("typed", "time"), [
    ("9.30", "09:30"), ("๑๓:๐๕", "13:05"), ("9.30 น.", "09:30"), ("  ", ""), ("00.00", "00:00")])
def test_times_as_typed(typed: str, time: str) -> None:
    assert clock_time(typed) == time


@pytest.mark.parametrize("typed", ["24.00", "9", "9.60", "เช้า", "9.30.10"])
def test_times_nobody_understands(typed: str) -> None:
    with pytest.raises(BadRequest):
        clock_time(typed)


def test_whole_years_have_passed_when_keeping_ends() -> None:
    assert kept_until(1, dt.date(2023, 12, 31)) == 2024
    assert [is_due(2024, year) for year in (2023, 2024, 2025)] == [False, True, True]
    assert not is_due(None, 2999)
    assert list_year(dt.date(2025, 1, 1)) == 2024


def test_classes_of_keeping() -> None:
    assert {key: one.years for key, one in RETENTION.items()} == {
        "forever": None, "ten": 10, "five": 5, "one": 1, "law": None}
    assert all(one.thai and one.english and one.clause.startswith("57") for one in RETENTION.values())

"""The benchmark of entries by hand: which entry of a page counts, what is right, how far few cases go."""

from __future__ import annotations

import pytest

from bench.handwriting import Case, _letter_cases, interval, summary
from letters import Alternative, Box, Ink, Line, Page, Source, Word


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(7, 15, 0.248, 0.699), (15, 15, 0.796, 1.0), (0, 15, 0.0, 0.204), (700, 1500, 0.442, 0.492), (0, 0, 0.0, 1.0)],
)
def test_few_cases_leave_a_wide_interval(right: int, count: int, low: float, high: float) -> None:
    assert interval(right, count) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def line(top: float, *words: tuple[str, Ink], rivals: tuple[str, ...] = ()) -> Line:
    """A line of a page 1000 high; its words by hand have rivals."""
    made = tuple(
        Word(text, 0.97, None, tuple(Alternative(one, 0.01) for one in rivals) if ink is Ink.HAND else (), ink)
        for text, ink in words
    )
    return Line("".join(text for text, _ in words), made, Box(0, top, 500, top + 20))


def page(*lines: Line) -> Page:
    return Page(1, lines, Source.OCR, 700, 1000, 100)


LETTER = {
    "number": {"serial": "908", "printed": "ที่ มท 0810.7/ว 908"},
    "number_style": "handwritten",
    "date": "2023-02-27",
    "date_day_handwritten": True,
}


@pytest.mark.parametrize("month", ["กุมภาพันธ์", "เมษายน", "พ.ย.", "สิงหาคม พ.ศ."])
def test_number_and_day_of_a_head(month: str) -> None:
    number = line(100, ("ที่ มท 0810.7/", Ink.PRINT), ("ว903", Ink.HAND), rivals=("ว908",))
    day = line(160, ("๒๗", Ink.HAND), (f" {month} ๒๕๖๖", Ink.PRINT), rivals=("๒๑",))
    first, second = _letter_cases("a", LETTER, page(number, day))
    assert (first.group, first.first, first.among_five, first.looked_at) == ("number by hand", "903", True, True)
    assert (second.group, second.first, second.trust) == ("day by hand", "27", 0.97)


def test_the_day_of_an_order_is_the_one_below() -> None:
    letter = {"kind": "order", "date": "2023-02-27", "date_day_handwritten": True}
    other = line(160, ("๓ มกราคม ๒๕๖๖", Ink.PRINT))
    given = line(800, ("สั่ง ณ วันที่ ", Ink.PRINT), ("๒๗", Ink.HAND), (" กุมภาพันธ์ พ.ศ. ๒๕๖๖", Ink.PRINT), rivals=("๒๑",))
    (case,) = _letter_cases("a", letter, page(other, given))
    assert (case.first, case.right) == ("27", ("27",))


def test_what_is_missing_is_wrong_but_not_above_the_threshold() -> None:
    (case,) = _letter_cases("a", {"date": "2023-02-27"}, page())
    assert (case.first, case.trust) == ("", 0.0)


def test_a_reading_that_is_only_offered_counts_but_is_not_put_in() -> None:
    number = line(100, ("ที่ มท 0810.7/", Ink.PRINT), ("", Ink.HAND), rivals=("ว908", "ว903"))
    (case,) = _letter_cases("a", {key: LETTER[key] for key in ("number", "number_style")}, page(number))
    assert (case.first, case.trust, case.put_in, case.among_five) == ("908", 0.01, False, True)
    row = summary([case])["number by hand"]
    assert (row["first"], row["put in of these"], row["accepted"]) == (1, 0, 0)


def test_a_summary_counts() -> None:
    cases = [
        Case("day by hand", "a", ("27",), *read)
        for read in (("27", 0.99, ()), ("21", 0.6, ("27",)), ("21", 0.96, ()), ("", 0.0, ()))
    ]
    row = summary(cases)["day by hand"]
    assert [row[name] for name in ("entries", "first", "five", "accepted", "wrong above threshold")] == [4, 1, 2, 2, 1]
    assert row["first, %"] == "25 % (5–70)"

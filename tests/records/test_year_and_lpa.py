"""The year rule and the LPA indicator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import Standing, State, all_forms, entry_year, lpa_score
from tests.records.made import FORMS

CODES = [form.code for form in all_forms().assessed]


@pytest.mark.parametrize(("form", "certified", "year", "words"), [
    ("INFO08", (), 2557, "ยังไม่เคยรับรอง"),
    ("INFO08", (2555, 2556), 2556, "รับรองล่าสุด พ.ศ. 2556"),
    ("INFO08", (2556, 2557), 2557, "2557 แล้ว"),
    ("INFO09", (2554,), 2554, "ยังไม่รับรองข้อมูลปีงบประมาณ พ.ศ. 2557"),
    ("INFO08", (2558,), 2557, "ยังไม่เคยรับรอง"),
    ("D1", (2556,), 2557, "ล่าสุด"),
])
def test_which_year_an_entry_goes_to(form, certified, year, words):
    chosen = entry_year(FORMS[form], 2557, certified)
    assert chosen.year == year and words in chosen.reason
    assert str(year) in chosen.english or "latest fiscal year" in chosen.english


def score(**states: Standing):
    return lpa_score(all_forms(), states)


def every(state: State, complete: bool = True, **other: Standing):
    return score(**{**{code: Standing(state, complete) for code in CODES}, **other})


@pytest.mark.parametrize(("result", "points", "following", "missing"), [
    (score(), 0, 1, {"ยังไม่ได้บันทึก": 8}),
    (score(D1=Standing(State.DRAFT, False)), 1, 3, {"ยังไม่ได้บันทึก": 7, "ข้อมูลยังไม่ครบ": 1}),
    (every(State.DRAFT), 1, 3, {"ยังไม่ได้ส่งตรวจ": 8}),
    (every(State.SUBMITTED, D2=Standing(State.CHECKED, True)), 1, 3, {"รอผู้ตรวจสอบ": 7, "รอ อปท. รับรอง": 1}),
    (every(State.CERTIFIED), 3, 5, {"รอ สถจ. รับรอง": 8}),
    (every(State.ACCEPTED, D8=Standing(State.CERTIFIED, True)), 3, 5, {"รอ สถจ. รับรอง": 1}),
    (every(State.ACCEPTED), 5, None, {}),
    (every(State.ACCEPTED, D8=Standing(State.DRAFT, True)), 1, 3, {"ยังไม่ได้ส่งตรวจ": 1}),
    (every(State.CERTIFIED, complete=False), 1, 3, {"ข้อมูลยังไม่ครบ": 8}),
])
def test_points_and_what_is_missing(result, points, following, missing):
    assert (result.points, result.next_points) == (points, following)
    counted: dict[str, int] = {}
    for one in result.missing:
        counted[one.what] = counted.get(one.what, 0) + 1
    assert counted == missing


@given(st.dictionaries(st.sampled_from(CODES), st.builds(Standing, st.sampled_from(State), st.booleans())))
def test_something_is_missing_exactly_below_five(standings):
    result = lpa_score(all_forms(), standings)
    assert (result.points == 5) == (result.missing == ()) == (result.next_points is None)
    better = {code: Standing(State.ACCEPTED, True) for code in standings}
    assert lpa_score(all_forms(), better).points >= result.points

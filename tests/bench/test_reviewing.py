"""What checking a letter takes: keys, looks and typing counted."""

import pytest

from bench.reviewing import KEY, LOOK, MIND, OVERVIEW, checked

NUMBER = {"code": "ชย", "agency": "0023.6", "circular": True, "serial": "12", "printed": "ชย 0023.6/ว 12"}
TRUE = {"number": NUMBER, "date": "2023-06-12"}
ONE = LOOK + MIND + KEY


def read(number="12", date="2023-06-12", rivals=(), doubts=()):
    return {"number": {**NUMBER, "serial": number, "rivals": [{"number": rival} for rival in rivals]}, "date": date,
            "review": [{"field": field} for field in doubts]}


@pytest.mark.parametrize(("letter", "seconds", "typed", "unseen"), [
    (read(), OVERVIEW, 0, 0),
    (read(doubts=["number", "references[1]"]), OVERVIEW + 2 * ONE, 0, 0),
    (read("13", rivals=["ชย 0023.6/ว 12"], doubts=["number"]), OVERVIEW + ONE, 0, 0),
    (read("13", doubts=["number"]), OVERVIEW + ONE + MIND + KEY * (len(NUMBER["printed"]) + 1), 1, 0),
    (read("13"), OVERVIEW, 0, 1),
    (read(date=None), OVERVIEW, 0, 1),
])
def test_a_letter(letter, seconds, typed, unseen):
    found = checked(TRUE, letter)
    assert found.seconds == pytest.approx(seconds)
    assert (found.typed, found.unseen) == (typed, unseen)

"""Stamps: fields read right, and words that got into the letter."""

from __future__ import annotations

from typing import Any

import pytest

from bench.scoring import Tally
from bench.stamps import report, score

STAMP = {"office": "เทศบาลตำบลน้ำก้อ", "number": "1142/66", "date": "2023-06-15", "time": "10:20"}
TEXT = "เรื่อง การบันทึกข้อมูล\nเรียน นายอำเภอ ทุกอำเภอ"


def packet(text: str = TEXT, **stamp: Any) -> dict[str, Any]:
    return {"letters": [{"pages": [1], "text": text, "received_stamps": [{**STAMP, **stamp}]}]}


def share(tally: Tally, measure: str) -> float | None:
    return tally.value(measure, "share")


def test_the_truth_itself_is_right() -> None:
    tally = score(packet(), packet())
    assert [share(tally, name) for name in ("stamp dates", "stamp numbers", "stamp words in body")] == [1.0, 1.0, 0.0]
    assert tally.counts["stamp words in body"][1] == 3


@pytest.mark.parametrize(("fault", "measure"), [
    ({"date": "2023-06-16"}, "stamp dates"),
    ({"date": None}, "stamp dates"),
    ({"number": "1142/65"}, "stamp numbers"),
])
def test_a_wrong_field_is_wrong_alone(fault: dict[str, Any], measure: str) -> None:
    tally = score(packet(), packet(**fault))
    assert {name: share(tally, name) for name in ("stamp dates", "stamp numbers")} == {
        "stamp dates": 1.0, "stamp numbers": 1.0, measure: 0.0}


@pytest.mark.parametrize(("intruder", "words"), [
    ("เทศบาลตำบลน้ำก้อ", 1), ("เทศบาลตำบล นำก้อ", 1), ("๑๑๔๒/๖๖ เวลา ๑๐.๒๐ น.", 2), ("โรงเรียนบ้านดง", 0)])
def test_words_of_a_stamp_in_the_body_are_counted(intruder: str, words: int) -> None:
    tally = score(packet(), packet(text=f"{TEXT}\n{intruder}"))
    assert tally.counts["stamp words in body"][:2] == [words, 3]


def test_a_word_that_is_printed_too_is_no_intruder() -> None:
    printed = f"{TEXT}\nเรียน เทศบาลตำบลน้ำก้อ"
    assert score(packet(text=printed), packet(text=printed)).counts["stamp words in body"][:2] == [0, 2]


def test_a_letter_not_found_has_no_stamp_and_no_body() -> None:
    tally = score(packet(), {"letters": []})
    assert share(tally, "stamp dates") == 0.0
    assert share(tally, "stamp words in body") is None
    assert "| received stamps: date right | 0.000 of 1 |" in list(report({"all": tally}))

"""Periods without a day: which of them the addressee has (``cases/periods.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from letters import DeadlineKind
from tests.parsing.texts import body, parsed

CASES = tomllib.loads((Path(__file__).parent / "cases" / "periods.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("words", "days"), CASES["asked"])
def test_a_period_that_is_asked_to_be_kept(words: str, days: int) -> None:
    (found,) = parsed(body(f"ด้วยมีงานต้องทำ {words}")).letters[0].deadlines
    assert (found.kind, found.days) == (DeadlineKind.RELATIVE, days)


@pytest.mark.parametrize("words", CASES["told"])
def test_a_period_that_is_only_told(words: str) -> None:
    assert parsed(body(words)).letters[0].deadlines == ()


@pytest.mark.parametrize("broken", ["กำหนด\nให้", "กำ\nหนดให้", "กำหนดให้"])
def test_a_rule_is_known_where_its_words_break_over_rows(broken: str) -> None:
    words = f"ด้วยกฎหมายว่าด้วยการควบคุมอาคารซึ่ง{broken}เจ้าของอาคารแก้ไขภายในสามสิบวันนับแต่วันที่ได้รับคำสั่ง จึงขอให้ติดตาม"
    assert parsed(body(words)).letters[0].deadlines == ()

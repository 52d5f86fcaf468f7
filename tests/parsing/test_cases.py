"""Bodies and heads as people write them, with what a person reads in them (``cases/*.toml``)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from letters import LetterDate
from tests.parsing.texts import body, parsed

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", cases("deadlines"), ids=lambda case: case["body"].strip()[:40])
def test_deadlines_of_a_body(case: dict[str, Any]) -> None:
    written = LetterDate.of(dt.date.fromisoformat(case["date"])).thai()
    letter = parsed(body(case["body"], written)).letters[0]
    assert sorted({item.date.latest.isoformat() for item in letter.deadlines if item.date}) == sorted(set(case["due"]))
    assert Counter(item.kind.value for item in letter.deadlines) == Counter(case["kinds"])

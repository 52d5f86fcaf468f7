"""Errors and confusions are counted right."""

from __future__ import annotations

import pytest

from training.evaluate import NOTHING, aligned


@pytest.mark.parametrize(("printed", "read", "pairs"), [
    ("๔๕", "๕๕", [("๔", "๕"), ("๕", "๕")]),
    ("มท ๑", "มท๑", [("ม", "ม"), ("ท", "ท"), ("๑", "๑")]),
    ("ที่", "ที", [("ท", "ท"), ("ี", "ี"), ("่", NOTHING)]),
    ("ว", "/ว", [(NOTHING, "/"), ("ว", "ว")]),
])
def test_alignment(printed: str, read: str, pairs: list[tuple[str, str]]) -> None:
    assert list(aligned(printed, read)) == pairs

"""Pieces of the engine become words where the page shows white, whatever the engine thought of spaces."""

from __future__ import annotations

import pytest

from letters import Box
from ocr.spaces import Gap
from ocr.words import Piece, assemble


def pieces(*texts: str, width: float = 10) -> list[Piece]:
    """Pieces side by side, ``width`` pixels each."""
    return [Piece(text, 0.9, Box(width * at, 0, width * (at + 1), 20)) for at, text in enumerate(texts)]


@pytest.mark.parametrize(("texts", "gaps", "line"), [
    (["ก", "า", "ร"], [], "การ"),
    (["ก", "า", "ร"], [Gap(19, 21, wide=False)], "กา ร"),
    (["ที่", "นม"], [Gap(9, 11, wide=True)], "ที่  นม"),
    (["ท", "ี", "่", "น", "ม"], [Gap(18, 22, wide=False)], "ที่ นม"),   # a mark's box may lie beyond the gap
    (["ก", "ำ", "ข"], [Gap(14, 22, wide=False)], "กำ ข"),
    (["12", "34"], [Gap(4.9, 5.1, wide=False), Gap(14, 16, wide=True)], "1 23  4"),
    (["เ", "เ", "ล", "ะ"], [], "และ"),
    (["น", "ํ", "า"], [], "นำ"),
    ([], [Gap(1, 2, wide=False)], None),
    (["ก"], [Gap(-9, -5, wide=True), Gap(30, 40, wide=True)], "ก"),
])
def test_words_part_where_the_white_is(texts: list[str], gaps: list[Gap], line: str | None) -> None:
    made = assemble(pieces(*texts), gaps)
    assert (made.text if made else None) == line


def test_a_piece_across_a_gap_is_torn_there() -> None:
    made = assemble([Piece("ที่ว่า", 0.5, Box(0, 0, 60, 20))], [Gap(28, 32, wide=False)])
    assert made is not None
    assert made.text == "ที่ ว่า"
    assert [word.box for word in made.words] == [Box(0, 0, 28, 20), Box(32, 0, 60, 20)]


def test_confidence_is_the_mean_over_characters() -> None:
    made = assemble([Piece("กขค", 0.9, Box(0, 0, 30, 20)), Piece("ง", 0.5, Box(30, 0, 40, 20))], [])
    assert made is not None
    assert made.confidence == pytest.approx(0.8)
    assert made.box == Box(0, 0, 40, 20)

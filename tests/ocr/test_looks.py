"""Which lines are looked at twice, and which look is believed."""

from __future__ import annotations

import pytest

from letters import Alternative, Box
from ocr.looks import WIDER, believed, second_look
from ocr.rivals import Sign
from ocr.words import Piece

CITED = "หนังสือจังหวัดภูเก็ตที่ภก๐๐๒๓.๓/ว๑๑๕๒"


def pieces(text: str, sure: float = 0.94, digits: float = 0.998) -> list[Piece]:
    return [Piece(sign, sure, Box(10 * at, 0, 10 * at + 9, 30),
                  signs=(Sign(sign, digits if sign.isdecimal() else sure),)) for at, sign in enumerate(text)]


def entry(text: str) -> Piece:
    return Piece(text, 0.6, Box(400, 0, 460, 40), rivals=(Alternative("8", 0.3),), signs=(Sign(text, 0.4),))


@pytest.mark.parametrize(("read", "again"), [
    (pieces(CITED), False),
    (pieces(CITED, digits=0.8), True),
    (pieces(CITED, sure=0.8, digits=0.8), False),              # hardly print
    (pieces("โทร. ๐๓๗", digits=0.8), False),                    # no line of words
    ([*pieces("ที่ภก๐๐๒๓.๓/วเรื่องอื่นๆ"), entry("3")], False),  # by hand: has rivals of its own
    ([], False),
])
def test_lines_worth_a_second_look(read: list[Piece], again: bool) -> None:
    assert second_look(read) is again


def test_the_surer_look_stands_with_its_boxes_on_the_line() -> None:
    first, second = pieces(CITED, 0.93), pieces(CITED, 0.94)
    assert believed(first, second)[-1].box.left == pytest.approx(second[-1].box.left / WIDER)
    assert believed(second, first) is second
    assert believed(first, []) is first

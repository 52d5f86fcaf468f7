"""What is decided about a page's lines once they are read: second looks at doubtful digits, lines that are entries."""

from __future__ import annotations

import pytest

from letters import Alternative, Box, Ink, Line, Word
from ocr.handwriting.fill import Reading
from ocr.layout import _has_doubtful_digit, _is_by_hand, _is_entry, _surer
from ocr.rivals import Sign
from ocr.words import Piece

CITED = "หนังสือจังหวัดภูเก็ตที่ภก๐๐๒๓.๓/ว๑๑๕๒"


def pieces(text: str, sure: float = 0.94, digits: float = 0.998) -> list[Piece]:
    return [Piece(sign, sure, Box(10 * at, 0, 10 * at + 9, 30),
                  signs=(Sign(sign, digits if sign.isdecimal() else sure),)) for at, sign in enumerate(text)]


def entry(text: str) -> Piece:
    return Piece(text, 0.6, Box(400, 0, 460, 40), rivals=(Alternative("8", 0.3),), signs=(Sign(text, 0.4),))


@pytest.mark.parametrize(("read", "doubtful"), [
    (pieces(CITED), False),
    (pieces(CITED, digits=0.8), True),
    (pieces(CITED, sure=0.8, digits=0.8), False),              # hardly print
    (pieces("โทร. ๐๓๗", digits=0.8), False),                    # no line of words
    ([*pieces("ที่ภก๐๐๒๓.๓/วเรื่องอื่นๆ"), entry("3")], False),  # by hand: has rivals of its own
])
def test_lines_worth_a_second_look(read: list[Piece], doubtful: bool) -> None:
    assert _has_doubtful_digit(Reading((), tuple(read), ())) is doubtful


def test_the_surer_look_stands_with_its_boxes_on_the_line() -> None:
    first, second = pieces(CITED, 0.93), pieces(CITED, 0.94)
    assert _surer(first, second)[-1].box.left == pytest.approx(second[-1].box.left / 1.15)
    assert _surer(second, first) is second
    assert _surer(first, []) is first


@pytest.mark.parametrize(("box", "alone"), [
    (Box(400, 300, 540, 350), False),   # the entry itself, read once more
    (Box(396, 293, 640, 346), False),   # with a little beside it
    (Box(358, 330, 1851, 398), True),   # the next line, which the entry reaches into
    (Box(1000, 300, 1140, 350), True),
])
def test_digits_by_hand_are_read_once(box: Box, alone: bool) -> None:
    hand = Box(390, 290, 560, 360)
    assert _is_entry(Line("๕๑๐๕", box=box, ink=Ink.PRINT), [hand]) is not alone


@pytest.mark.parametrize(("words", "confidence", "by_hand"), [
    ({"กรกฎาคม": 0.94, "ทางเว็บไซต์": 0.9, "https://aed.example.go.th": 0.97}, 0.39, False),  # its own was 0
    ({"กรกฎาคม": 0.94, "ทางเว็บไซต์": 0.9}, 0.92, False),
    ({"ปลั": 0.88, "๒/8s/wV": 0.71, "สนชาย": 0.79}, 0.26, True),
    ({"จำเจริญ": 0.95}, 0.4, True),                                   # a name signed: too short to tell
])
def test_black_ink_read_badly_is_a_hands(words: dict[str, float], confidence: float, by_hand: bool) -> None:
    line = Line(" ".join(words), tuple(Word(*word) for word in words.items()), confidence=confidence)
    assert _is_by_hand(line) is by_hand

"""What is decided about a page's lines once they are read: which are entries, which are by hand."""

from __future__ import annotations

import pytest

from letters import Box, Ink, Line, Word
from ocr.layout import _is_by_hand, _is_entry


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

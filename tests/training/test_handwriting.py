"""Made entries by hand: what the finder would cut out, and writing beside print."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from training.handwriting.compose import _beside, _cut_out, _uneven, number


def paper(height: int, width: int, level: int = 240) -> np.ndarray:
    return np.full((height, width), level, np.uint8)


def test_only_ink_is_cut_out() -> None:
    sheet = paper(60, 200)
    sheet[10:50, 40:46] = 60      # a stroke
    sheet[10:50, 120:126] = 215   # one too pale for ink
    sheet[5, 190] = 0             # a speck
    crop = _cut_out(sheet, Random(1))
    assert crop.shape == (44, 10)
    assert (crop[2:-2, 2:-2] == 60).all()
    assert set(np.unique(crop)) <= {60, 240, 255}


def test_a_sheet_without_ink_stays() -> None:
    sheet = paper(30, 40)
    assert _cut_out(sheet, Random(1)) is sheet


@pytest.mark.parametrize("seed", range(20))
def test_writing_stands_right_of_print_and_nothing_is_cut_off(seed: int) -> None:
    printed, drawn = paper(30, 25, 10), paper(72, 90, 90)
    sheet = _beside(printed, drawn, Random(seed))
    assert (sheet[:, :20] == 10).any() and (sheet[:, -5:] == 90).any()
    assert (sheet == 10).sum() >= 0.9 * printed.size


@pytest.mark.parametrize("seed", range(6))
def test_uneven_ink_is_ink(seed: int) -> None:
    sheet = paper(72, 120, 255)
    sheet[20:50, 20:100] = 0
    made = _uneven(sheet, Random(seed))
    assert made.shape == sheet.shape
    assert made[20:50, 20:100].max() <= 110 and (made[:15] == 255).all()


@pytest.mark.parametrize("thai", [True, False])
def test_numbers_are_of_one_script(thai: bool) -> None:
    rng = Random(3)
    for _ in range(200):
        digits = {sign for sign in number(rng, thai=thai) if sign.isdecimal()}
        assert digits and digits <= set("๐๑๒๓๔๕๖๗๘๙" if thai else "0123456789")

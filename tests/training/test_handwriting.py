"""Made entries by hand: what the finder would cut out, and writing beside print."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest

from ocr.handwriting.model import MODELS
from ocr.handwriting.signs import SIGNS
from training.handwriting.compose import _beside, _uneven, grouped, number
from training.handwriting.scans import _in_steps, cut_out, scanned
from training.handwriting.shapes import bent, shapes
from training.handwriting.writer import Hand, inked


def paper(height: int, width: int, level: int = 240) -> np.ndarray:
    return np.full((height, width), level, np.uint8)


def test_only_ink_iscut_out() -> None:
    sheet = paper(60, 200)
    sheet[10:50, 40:46] = 60      # a stroke
    sheet[10:50, 120:126] = 215   # one too pale for ink
    sheet[5, 190] = 0             # a speck
    crop = cut_out(sheet, Random(1))
    assert crop.shape == (44, 10)
    assert (crop[2:-2, 2:-2] == 60).all()
    assert set(np.unique(crop)) <= {60, 240, 255}


def test_an_entry_mostly_lost_in_cutting_out_stays_whole() -> None:
    sheet = paper(60, 200)
    sheet[10:50, 40:46] = 60       # a stroke
    sheet[10:50, 120:160] = 190    # more ink, all of it too pale
    assert cut_out(sheet, Random(1)) is sheet


def test_a_sheet_without_ink_stays() -> None:
    sheet = paper(30, 40)
    assert cut_out(sheet, Random(1)) is sheet


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
    assert made[20:50, 20:100].max() <= 160 and (made[:15] == 255).all()


@pytest.mark.parametrize("thai", [True, False])
def test_numbers_are_of_one_script(thai: bool) -> None:
    rng = Random(3)
    for _ in range(200):
        digits = {sign for sign in number(rng, thai=thai) if sign.isdecimal()}
        assert digits and digits <= set("๐๑๒๓๔๕๖๗๘๙" if thai else "0123456789")


def test_shapes_of_all_digits_are_taught_and_others_tested() -> None:
    teach, test = shapes("teach"), shapes("test")
    assert set(teach) == set(test) == {*SIGNS, ","} - {"."}
    for sign in teach:
        assert len(teach[sign]) >= 3 and test[sign]
        known, unknown = (
            {b"|".join(stroke.tobytes() for stroke in one) for one in found[sign]} for found in (teach, test))
        assert not known & unknown


@pytest.mark.parametrize("seed", range(5))
def test_shapes_are_drawn_anew_each_time(seed: int) -> None:
    rng = Random(seed)
    for sign, found in shapes("teach").items():
        for shape in found:
            one, other = bent(shape, rng), bent(shape, rng)
            assert one[:, :, 0].min() == 0 and 0.6 < one[:, :, 1].max() < 1.4, sign
            assert one.shape != other.shape or not np.allclose(one, other)


def test_a_stroke_is_as_wide_as_the_pen() -> None:
    upright = np.array([[[0.0, 0.0], [0.0, 1.0]]], np.float32)
    thin, thick = (inked(upright, pen) for pen in (0.05, 0.12))
    assert (thin[36] < 128).sum() == pytest.approx(0.05 * 72, abs=1.5)
    assert (thick[36] < 128).sum() == pytest.approx(0.12 * 72, abs=1.5)


def stem(sign: str, tail: list[list[float]]) -> dict[str, list[np.ndarray]]:
    """A sign whose body is an upright stroke, with a tail."""
    points = np.array([[0.3, 1.0], [0.3, 0.5], *tail], np.float32)
    return {sign: [np.stack([points[:-1], points[1:]], axis=1)]}


def test_a_tail_runs_over_the_next_digit() -> None:
    """Most digits stand beside the body of the one before, wherever its tail leads."""
    ways = stem("๔", [[2.0, -0.4]]) | stem("๑", [[0.3, 0.0]])
    over = 0
    for seed in range(60):
        strokes = Hand(Random(seed)).row("๔๑", ways)
        over += float(strokes[:2, :, 0].max()) > float(strokes[2:, :, 0].max())
    assert 30 <= over < 60


def test_a_comma_stands_low_and_takes_no_room() -> None:
    ways = stem("7", [[0.3, 0.0]]) | {",": [np.array([[[0.1, 0.0], [0.0, 1.0]]], np.float32)]}
    for seed in range(30):
        strokes = Hand(Random(seed)).row("7,7", ways)
        first, comma, last = strokes[:2], strokes[2:3], strokes[-2:]
        assert comma[:, :, 1].max() > 0 and np.ptp(comma[:, :, 1]) < 0.6
        assert float(last[:, :, 0].min() - first[:, :, 0].max()) < 1.2


@pytest.mark.parametrize(("text", "shown"), [
    ("7377", "7,377"), ("/12345", "/12,345"), ("ว๑๒๓๔", "ว๑,๒๓๔"), ("377", "377"), ("1290/66", "1290/66")])
def test_commas_stand_before_the_last_three_digits(text: str, shown: str) -> None:
    assert grouped(text) == shown


@pytest.mark.parametrize("seed", range(8))
def test_scans_in_black_and_white_are_coarse(seed: int) -> None:
    sheet = paper(72, 140, 255)
    sheet[10:62, 60:70] = 0
    made = _in_steps(sheet, Random(seed))
    assert made.min() == 0 and made.max() == 255 and made.shape[0] < 95


@pytest.mark.parametrize("seed", range(12))
def test_scans_keep_the_ink(seed: int) -> None:
    sheet = paper(72, 140, 255)
    sheet[10:62, 60:75] = 0
    made = scanned(sheet, Random(seed))
    assert made.dtype == np.uint8 and int(made.max()) - int(made.min()) > 80


def test_the_mean_of_a_network_and_itself_is_that_network(tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="for training only")
    made = pytest.importorskip("training.handwriting.mean", reason="for training only")
    made.mean([MODELS[0], MODELS[0]], tmp_path / "mean.onnx")
    one, other = (onnx.load(str(path)).graph.initializer for path in (MODELS[0], tmp_path / "mean.onnx"))
    assert all(a.raw_data == b.raw_data for a, b in zip(one, other, strict=True))


def test_only_some_hands_tie_digits_together_and_only_near_ones() -> None:
    hands = [Hand(Random(seed)) for seed in range(300)]
    near = sum(hand.joins(np.array([0.3, 0.2], np.float32)) for hand in hands)
    assert 20 < near < 90
    assert not any(hand.joins(np.array([0.9, 0.0], np.float32)) for hand in hands)

"""Harms that the bench does to pages: what they change, and what they leave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.harms import HARMS, fading, fringes, write
from bench.material import samples
from ocr import Limits, open_document


def stroke() -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """A level black stroke on white paper, in colour."""
    page = np.full((40, 60, 3), 255, np.float32)
    page[18:22] = 0
    return page


def test_fringes_are_blue_above_and_red_below_and_nowhere_else() -> None:
    page = fringes(stroke(), np.random.default_rng(1))
    red, blue = page[..., 0], page[..., 2]
    assert (blue[17] == 255).all() and (red[17] < 255).all()
    assert (red[22] == 255).all() and (blue[22] < 255).all()
    assert (page[:16] == 255).all() and (page[24:] == 255).all()
    assert (page[..., 1] == stroke()[..., 1]).all()


def test_a_grey_page_has_no_fringes() -> None:
    page = stroke()[..., 0]
    assert fringes(page, np.random.default_rng(1)) is page


def test_print_fades_to_one_side() -> None:
    row = fading(stroke(), np.random.default_rng(1))[18:22].mean(axis=(0, 2))
    ends = sorted((float(row[:5].mean()), float(row[-5:].mean())))
    assert ends[0] < 30 and 160 < ends[1] < 200


@pytest.mark.parametrize("harm", HARMS)
def test_harmed_packets_are_packets_with_their_truth(harm: str, tmp_path: Path) -> None:
    one = next(sample for sample in samples(Path("samples/build")) if not sample.born_digital)
    write([one], harm, tmp_path)
    (again,) = samples(tmp_path)
    assert again.truth == one.truth and again.page_count == one.page_count
    with open_document(again.scan, Limits()) as document, open_document(one.scan, Limits()) as before:
        assert document.dpi(1) == pytest.approx(before.dpi(1), abs=1)

"""What counts as ink, where print is pale, where paper is dark, and where the back of the sheet shows."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from ocr.glyphs import binarise
from ocr.lines import find_lines
from ocr.raster import Grey, grey_of
from tests.ocr.paper import DPI, letter, sheet, write

PALE_FROM = 1000  # column


def page_of_text() -> Image.Image:
    """Lines as large as letters are typed."""
    page = sheet()
    for row in range(16):
        write(page, (180, 300 + 70 * row), "องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้แล้วเสร็จ และรายงานจังหวัดทราบโดยด่วน", 30)
    return page


def scanned(page: Image.Image, *, noise: float = 4.0) -> Grey:
    """The page a little blurred, on paper that is not quite white."""
    grey = cv2.GaussianBlur(grey_of(np.asarray(page)), (0, 0), 0.9).astype(np.float32)
    grain = np.random.default_rng(7).normal(0, noise, grey.shape)
    return np.asarray(np.clip(grey - 5 + grain, 0, 255), np.uint8)


def paled(page: Image.Image, left: float) -> Image.Image:
    """The page with so much of the toner left from the column ``PALE_FROM`` on."""
    pixels = np.asarray(page).astype(np.float32)
    pixels[:, PALE_FROM:] = 255 - left * (255 - pixels[:, PALE_FROM:])
    return Image.fromarray(pixels.astype(np.uint8))


@pytest.mark.parametrize("left", [0.5, 0.35, 0.28])
def test_print_that_lost_toner_is_ink_as_the_rest_is(left: float) -> None:
    whole, pale = (binarise(scanned(page)) for page in (page_of_text(), paled(page_of_text(), left)))
    inked = [[int(ink[:, part].sum()) for part in (slice(PALE_FROM), slice(PALE_FROM, None))] for ink in (whole, pale)]
    assert inked[1] == pytest.approx(inked[0], rel=0.3)


def test_lines_reach_to_the_end_of_pale_print() -> None:
    whole, pale = (find_lines(scanned(page), DPI) for page in (page_of_text(), paled(page_of_text(), 0.28)))
    assert whole is not None
    assert pale is not None
    ends = [[row[-1].right for row in layout.rows] for layout in (whole, pale)]
    assert ends[1] == pytest.approx(ends[0], abs=8)


@pytest.mark.parametrize("darkness", [220, 230, 240])
def test_dark_paper_is_no_ink(darkness: int) -> None:
    """A fold's shadow that was not evened out, its grain as on the rest of the page."""
    page = scanned(letter())
    page[1200:1500] = np.clip(page[1200:1500].astype(np.int16) - (250 - darkness), 0, 255)
    assert binarise(page)[1210:1490].sum() == 0


def test_print_of_the_back_is_no_ink() -> None:
    page, back = scanned(letter()), sheet()
    write(back, (300, 1400), "องค์กรปกครองส่วนท้องถิ่น")
    shows = 0.14 * (255 - cv2.GaussianBlur(grey_of(np.asarray(back)), (0, 0), 1.6).astype(np.float32))
    assert binarise(np.clip(page - shows, 0, 255).astype(np.uint8))[1300:1600].sum() == 0


def test_a_scrap_of_a_page_is_binarised_too() -> None:
    scrap = np.full((3, 40), 255, np.uint8)
    scrap[:, 10:13] = 0
    assert binarise(scrap).sum() == 9


def test_a_pale_streak_beside_dark_print_is_no_ink() -> None:
    page = grey_of(np.asarray(letter())).copy()
    page[200:700, 700:703] = 190
    assert not binarise(page)[600:700, 690:710].any()


def test_what_never_was_toner_keeps_one_threshold() -> None:
    page = scanned(paled(page_of_text(), 0.28))
    assert binarise(page, toner=False).sum() < 0.9 * binarise(page).sum()

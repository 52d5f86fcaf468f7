"""Coloured ink is set apart, print under it stays, and light is made even."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from ocr.clean import clean
from tests.ocr.paper import letter, sheet, write

BLUE, RED, PURPLE = "#2850c8", "#d02030", "#5a3ab0"


def dark(grey: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return grey < 140


def test_black_page_has_no_coloured_ink() -> None:
    sheet = clean(letter())
    assert not sheet.ink.any()
    assert (sheet.print == sheet.plain).all()


@pytest.mark.parametrize("ink", [BLUE, RED, PURPLE])
@pytest.mark.parametrize("quality", [95, 60])
def test_stamp_leaves_the_print_and_the_print_stays(ink: str, quality: int) -> None:
    """Also after JPEG, which smears colour over eight pixels and more."""
    plain = dark(clean(letter()).print)
    stamped = letter()
    write(stamped, (1000, 900), "รับที่ 125", ink=ink)                       # beside the print
    ImageDraw.Draw(stamped).rectangle((900, 250, 1500, 460), outline=ink, width=4)  # across the print
    sheet = clean(_through_jpeg(stamped, quality))
    found = dark(sheet.print)
    assert found[880:1000].sum() < 0.03 * dark(sheet.plain)[880:1000].sum()
    assert (found & plain).sum() > 0.97 * plain.sum()
    assert (found & ~plain).sum() < 0.04 * plain.sum()
    assert dark(sheet.coloured)[880:1000].sum() > 500


@pytest.mark.parametrize("ink", [BLUE, PURPLE])
def test_letters_under_the_words_of_a_stamp_stay(ink: str) -> None:
    """Print of a usual copier is a dark grey; where a stamp lies on it, it has a tint of the stamp."""
    page, stamp = sheet(), sheet()
    write(page, (180, 420), "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", ink="#464646")
    plain = dark(clean(page).print)
    write(stamp, (300, 425), "(นางสาวสมมุติ)", size=44, ink=ink)
    found = dark(clean(_through_jpeg(ImageChops.multiply(page, stamp), 80)).print)
    assert (found & plain).sum() > 0.92 * plain.sum()
    assert (found & ~plain).sum() < 0.08 * plain.sum()


@pytest.mark.parametrize("ink", ["#c81e3c", "#2846a0"])
def test_letters_under_the_ring_of_a_seal_stay_whole(ink: str) -> None:
    """A seal is pale where print is not: JPEG smears its colour over the letters, but they stay the darker."""
    page, seal = sheet(), sheet()
    write(page, (180, 420), "ภายในวันที่ ๑๑ กุมภาพันธ์ ๒๕๖๕ จังหวัดสระบุรี", size=34)
    plain = dark(clean(page).print)
    for left in (240, 420, 560):
        ImageDraw.Draw(seal).ellipse((left, 300, left + 280, 580), outline=ink, width=12)
    seal = Image.blend(sheet(), seal, 0.72)
    found = dark(clean(_through_jpeg(ImageChops.multiply(page, seal), 70)).print)
    assert (found & plain).sum() > 0.95 * plain.sum()
    assert (found & ~plain).sum() < 0.05 * plain.sum()


def test_print_of_a_scanner_that_draws_fringes_is_print() -> None:
    """Red, green and blue are scanned one after the other: level strokes are red on one side and blue on the other."""
    page = letter()
    write(page, (180, 700), "85701 โทร 5757")
    write(page, (1000, 900), "รับที่ 125", ink=BLUE)
    cleaned = clean(_through_jpeg(_fringed(page, 0.4), 85))
    plain = dark(clean(page).print)
    assert (dark(cleaned.print) & plain)[:860].sum() > 0.97 * (dark(cleaned.plain) & plain)[:860].sum()
    assert dark(cleaned.print)[880:1000].sum() < 0.03 * dark(cleaned.plain)[880:1000].sum()


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (40, 5)])
def test_smallest_pages_are_cleaned(size: tuple[int, int]) -> None:
    assert clean(Image.new("RGB", size, BLUE)).plain.shape == size[::-1]


def test_grey_scan_is_all_print() -> None:
    sheet = clean(letter().convert("L"))
    assert not sheet.ink.any()


def test_shadow_is_taken_out() -> None:
    page = np.asarray(letter().convert("L")).astype(float)
    shade = np.linspace(0.5, 1.0, page.shape[1])
    sheet = clean(Image.fromarray((page * shade).astype(np.uint8)))
    paper = sheet.plain[700:, :]
    assert paper.min() > 235
    assert (dark(sheet.print) ^ dark(clean(letter()).print)).mean() < 0.002


def test_dark_surround_of_the_paper_goes_and_print_that_touches_it_stays() -> None:
    page, framed = letter(), letter()
    draw = ImageDraw.Draw(framed)
    draw.rectangle((0, 0, page.width, 60), fill="#181818")
    draw.polygon([(0, 0), (190, 0), (120, page.height), (0, page.height)], fill="#202020")  # the book's gutter, aslant
    cleaned, plain = dark(clean(framed).print), dark(clean(page).print)
    assert cleaned[:, :100].mean() < 0.01
    assert cleaned[:50].mean() < 0.01
    assert (cleaned & plain)[:, 200:].sum() > 0.995 * plain[:, 200:].sum()


def test_punch_holes_go_and_a_full_stop_stays() -> None:
    page, punched = letter(), letter()
    for image in (page, punched):
        ImageDraw.Draw(image).ellipse((600, 1200, 612, 1212), fill="black")
    for top in (800, 1430):
        ImageDraw.Draw(punched).ellipse((60, top, 110, top + 50), fill="#303030")
    assert (dark(clean(punched).print) ^ dark(clean(page).print)).sum() < 200


def test_squares_of_a_qr_code_at_the_edge_stay() -> None:
    page = letter()
    ImageDraw.Draw(page).rectangle((60, 800, 110, 850), fill="black")
    assert dark(clean(page).print)[810:840, 70:100].all()


def test_the_image_itself_is_not_changed() -> None:
    page = letter()
    before = page.tobytes()
    clean(page)
    assert page.tobytes() == before


def _fringed(page: Image.Image, rows: float) -> Image.Image:
    """The page with its red so many rows higher and its blue as many lower."""
    pixels = np.asarray(page).astype(np.float32)
    for channel, drop in ((0, -1), (2, 1)):
        moved = np.roll(pixels[..., channel], drop, axis=0)
        pixels[..., channel] += rows * (moved - pixels[..., channel])
    return Image.fromarray(pixels.astype(np.uint8))


def _through_jpeg(page: Image.Image, quality: int) -> Image.Image:
    kept = io.BytesIO()
    page.save(kept, "JPEG", quality=quality)
    return Image.open(kept).convert("RGB")

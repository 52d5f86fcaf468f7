"""Pages come any way up and askew; they are turned before they are read, and boxes fit the turned image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from letters import Source
from letters.text import squeeze
from ocr import open_document, read_pages, turned
from ocr.clean import clean
from ocr.lines import find_lines
from ocr.upright import stands, tilt
from tests.ocr.paper import DPI, page_of_text, pdf, sheet
from tests.ocr.test_reader import STOCK, one, saved


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 30])
def test_turning_clockwise(degrees: int) -> None:
    page = Image.new("L", (60, 80), 255)
    page.paste(0, (0, 0, 30, 40))
    there = turned(page, degrees)
    back = turned(there, -degrees)
    if degrees % 90:
        assert there.width > 60
        assert there.height > 80  # nothing is cut off
    else:
        corner = {0: (5, 5), 90: (75, 5), 180: (55, 75), 270: (5, 55)}[degrees]
        assert there.getpixel(corner) == 0
        assert back.tobytes() == page.tobytes()


@pytest.mark.parametrize("askew", [0.0, -4.0, 10.0])
@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_lines_are_level_after_turning(quarter: int, askew: float) -> None:
    grey = clean(turned(page_of_text(), quarter + askew)).plain
    rest = (tilt(grey, DPI) + quarter + askew) % 180
    assert min(rest, 180 - rest) == pytest.approx(0, abs=0.25)


@pytest.mark.parametrize("degrees", [-0.8, 0, 0.5, 0.8])
def test_small_tilt_is_left_to_the_line_finder(degrees: float) -> None:
    assert tilt(clean(turned(page_of_text(), degrees)).plain, DPI) == 0


def test_marks_tell_head_from_foot() -> None:
    page = clean(page_of_text()).print
    for image, upright in ((page, True), (np.rot90(page, 2), False)):
        layout = find_lines(np.ascontiguousarray(image), DPI)
        assert layout is not None
        assert stands(layout) is upright


@pytest.mark.parametrize("page", [sheet(), sheet(60, 80), sheet(2339, 1654)])
def test_empty_page_lies_as_it_lies(page: Image.Image) -> None:
    assert tilt(clean(page).plain, DPI) == 0


def test_figures_without_text_are_not_turned() -> None:
    page = sheet()
    draw = ImageDraw.Draw(page)
    for row in range(12):
        draw.rectangle((200, 200 + 120 * row, 1400, 260 + 120 * row), outline="black", width=3)
    assert tilt(clean(page).plain, DPI) == 0


@pytest.mark.tesseract
@pytest.mark.parametrize("degrees", [90, 180, 270, 8, -7, 187])
def test_turned_page_is_read_and_its_boxes_fit_the_turned_image(tmp_path: Path, degrees: int) -> None:
    text = "องค์กรปกครองส่วนท้องถิ่น"
    path = saved(tmp_path, turned(page_of_text(text), degrees))
    page = one(path)
    assert (page.rotation + degrees + 180) % 360 - 180 == pytest.approx(0, abs=0.3)
    assert squeeze(page.lines[0].text) == squeeze(text)
    with open_document(path) as document:
        image = turned(document.image(1), page.rotation)
    assert image.size == (page.width, page.height)
    for line in page.lines:
        assert line.box
        box = (round(line.box.left), round(line.box.top), round(line.box.right), round(line.box.bottom))
        assert (np.asarray(image.convert("L").crop(box)) < 128).mean() > 0.08


@pytest.mark.tesseract
@pytest.mark.parametrize("text", ["2 4 5 3 7 4 2 5 3 7 1 2 4 5", "the house for local records"])
def test_print_without_marks_is_tried_both_ways(tmp_path: Path, text: str) -> None:
    page = page_of_text(text, lines=6)
    assert one(saved(tmp_path, page)).rotation == 0
    assert one(saved(tmp_path, turned(page, 180))).rotation == 180


@pytest.mark.tesseract
def test_every_page_of_a_packet_lies_its_own_way(tmp_path: Path) -> None:
    pages = [turned(page_of_text(lines=8), degrees) for degrees in (0, 90, 180)]
    pages[0].save(tmp_path / "a.tiff", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    with open_document(tmp_path / "a.tiff") as document:
        read = {page.number: page.rotation for page in read_pages(document, [1, 2, 3], STOCK)}
    assert read == {1: 0, 2: -90, 3: 180}


@pytest.mark.tesseract
def test_what_the_pdf_says_of_its_rotation_comes_first(tmp_path: Path) -> None:
    """A scan stored sideways with /Rotate is upright on the screen already: nothing is left to turn."""
    path = pdf(tmp_path / "a.pdf", (0.0, 0.0, 842.0, 595.0), image=turned(page_of_text(), 270), rotate=90)
    page = one(path)
    assert (page.source, page.rotation, page.width < page.height) == (Source.OCR, 0, True)

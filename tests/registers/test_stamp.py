"""The receiving stamp: what it says, where it goes, and that it stands upright on every page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pikepdf import Pdf

from letters import Box, Line, Page, Source, Word
from letters.errors import DamagedFile, NotFound
from registers.stamp import DPI, HEIGHT_CM, WIDTH_CM, Stamp, drawn, spot, stamp_of
from registers.stamped import stamped
from tests.registers.test_forms import ROW

A4 = (21.0, 29.7)
STAMP = Stamp("อำเภอตัวอย่าง", "๑๒", "๒๐ มิ.ย. ๒๕๖๖", "๐๙.๐๕ น.")


def blank(path: Path, turn: int = 0, crop: bool = False) -> Path:
    """A PDF of two empty A4 pages."""
    with Pdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].Rotate = turn
            if crop:
                pdf.pages[-1].CropBox = [50, 100, 545, 742]
        pdf.save(path)
    return path


def seen(data: bytes, page: int) -> tuple[float, float, float, float] | None:
    """Where ink is on the page as shown, in cm from the left and the top: left, top, right, bottom."""
    with pypdfium2.PdfDocument(data) as document:
        picture = np.asarray(document[page - 1].render(scale=2).to_pil().convert("L"))
    rows, columns = np.nonzero(picture < 200)
    if not len(rows):
        return None
    return tuple(float(value) / 144 * 2.54 for value in (columns.min(), rows.min(), columns.max(), rows.max()))


def test_what_it_says() -> None:
    assert stamp_of(ROW, "อำเภอตัวอย่าง") == STAMP


def test_its_size_is_the_forms() -> None:
    image = drawn(STAMP)
    assert (image.width / DPI * 2.54, image.height / DPI * 2.54) == pytest.approx((WIDTH_CM, HEIGHT_CM), abs=0.01)


@pytest.mark.parametrize("office", ["ก", "องค์การบริหารส่วนตำบล" * 4])
def test_every_name_fits(office: str) -> None:
    ink = np.asarray(drawn(Stamp(office, "๑๒๓๔๕๖๗", "๒๐ มิ.ย. ๒๕๖๖", "")))
    frame = round(0.05 / 2.54 * DPI)
    assert not ink[frame:-frame, frame:2 * frame].any() and not ink[frame:-frame, -2 * frame:-frame].any()
    assert ink[frame:ink.shape[0] // 3, :].any()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
def test_it_stands_at_the_top_right_however_the_page_is_turned(tmp_path: Path, turn: int, crop: bool) -> None:
    wide, high = (17.46, 22.65) if crop else (20.99, 29.7)
    if turn in (90, 270):
        wide, high = high, wide
    data = stamped(blank(tmp_path / "a.pdf", turn, crop), 2, STAMP)
    found = seen(data, 2)
    assert seen(data, 1) is None and found is not None
    left, top, right, bottom = found
    assert (right - left, bottom - top) == pytest.approx((WIDTH_CM, HEIGHT_CM), abs=0.1)
    assert (wide - right, top) == pytest.approx((1.0, 0.6), abs=0.15)


@pytest.mark.parametrize("taken", [
    (0.6, 0.0, 1.0, 0.1), (0.6, 0.0, 1.0, 0.2), (0.0, 0.11, 1.0, 0.3), (0.55, 0.0, 0.8, 0.06)])
def test_it_keeps_clear_of_print(taken: tuple[float, float, float, float]) -> None:
    place = spot(*A4, [taken])
    right, bottom = place.left + WIDTH_CM / A4[0], place.top + HEIGHT_CM / A4[1]
    apart = place.left >= taken[2] or right <= taken[0] or place.top >= taken[3] or bottom <= taken[1]
    assert apart and place.left >= 0 and right <= 1 and place.top >= 0


def test_a_full_page_gets_it_in_the_corner() -> None:
    assert spot(*A4, [(0, 0, 1, 1)]) == spot(*A4, [])


def test_a_crowded_page_gets_it_where_it_covers_least() -> None:
    crowded = [(0, 0, 1, 0.5), (0.1, 0.1, 0.9, 0.5), (0.7, 0.0, 1.0, 0.1)]
    place = spot(*A4, crowded)
    assert place.top < 0.05 and place.left + WIDTH_CM / A4[0] < 0.7, "above the print, beside the other stamp"


def test_gaps_in_a_line_and_places_kept_clear_are_known(tmp_path: Path) -> None:
    words = tuple(Word("คำ", 1.0, box) for box in (Box(60, 60, 200, 100), Box(980, 60, 995, 100)))
    read = Page(1, (Line("คำ  คำ", words, Box(60, 60, 995, 100)),), Source.OCR, 1000, 1414, 121)
    beside = seen(stamped(blank(tmp_path / "a.pdf"), 1, STAMP, read), 1)
    assert beside is not None and beside[0] > 13 and beside[1] < 1.5, "between the words"
    below = seen(stamped(blank(tmp_path / "b.pdf"), 1, STAMP, read, [Box(560, 0, 960, 200)]), 1)
    assert below is not None and (below[1] > 4.2 or below[2] < 12)


def test_what_was_read_is_kept_clear(tmp_path: Path) -> None:
    line = Line("ตรา", (), Box(600, 0, 1000, 200))
    read = Page(1, (line,), Source.OCR, 1000, 1414, 121)
    found = seen(stamped(blank(tmp_path / "a.pdf"), 1, STAMP, read), 1)
    assert found is not None and (found[2] < 12.6 or found[1] > 4.2)


def test_the_original_is_not_touched(tmp_path: Path) -> None:
    path = blank(tmp_path / "a.pdf")
    before = path.read_bytes()
    assert stamped(path, 1, STAMP) != before
    assert path.read_bytes() == before


def test_what_cannot_be_stamped(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        stamped(blank(tmp_path / "a.pdf"), 3, STAMP)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    with pytest.raises(DamagedFile):
        stamped(tmp_path / "b.pdf", 1, STAMP)

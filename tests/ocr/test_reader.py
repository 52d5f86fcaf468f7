"""Whole pages through the reader; the real Tesseract where marked."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from rapidfuzz.distance import Levenshtein

from letters import Box, Ink, Page, Source
from letters.codec import dump, load
from letters.errors import LimitExceeded, MissingProgram
from letters.text import squeeze
from ocr import Limits, Reader, open_document, read_page, read_pages, tesseract
from ocr.layout import Print, read_print
from ocr.tesseract import PACKAGED, default_languages, model_files, system_folder, version
from ocr.together import Underway, together
from ocr.words import Piece
from tests.ocr.paper import DPI, a4, letter, pdf, sheet, write

STOCK = Reader(languages="tha+eng")
PRINTED = ["ที่ ชม 0023.3/ว 125  ศาลากลางจังหวัดเชียงใหม่", "เรื่อง  การบันทึกข้อมูลในระบบ",
           "ผู้ว่าราชการจังหวัดที่นี้ได้ขอให้ปู่ฟื้นฟูน้ำ"]


def saved(tmp_path: Path, page: Image.Image, name: str = "a.png") -> Path:
    page.save(tmp_path / name, dpi=(DPI, DPI))
    return tmp_path / name


def one(path: Path, reader: Reader = STOCK, limits: Limits | None = None) -> Page:
    with open_document(path, limits or Limits()) as document:
        return read_page(document, 1, reader)


@pytest.mark.tesseract
def test_letter_is_read_line_by_line(tmp_path: Path) -> None:
    page = one(saved(tmp_path, letter()))
    assert (page.source, page.width, page.height, page.dpi) == (Source.OCR, 1654, 2339, DPI)
    assert "  " in page.lines[0].text
    assert Levenshtein.normalized_distance(squeeze(page.text), squeeze("".join(PRINTED))) < 0.06
    assert load(dump(page), Page) == page
    for line in page.lines:
        for word in line.words:
            assert word.box and line.box
            assert line.box.union(word.box) == line.box
    assert page.lines[1].box and 420 < page.lines[1].box.top < page.lines[1].box.bottom < 510


def test_a_line_that_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blue frame that turns out to be no stamp has the page gone over once more."""
    page = letter()
    ImageDraw.Draw(page).rectangle((900, 700, 1350, 900), outline=(40, 60, 200), width=5)
    write(page, (940, 760), "ไม่ใช่ตรารับ", ink="#283cc8")
    asked: list[bytes] = []

    def read(images: Sequence[NDArray[np.uint8]], *_: object) -> list[list[Piece]]:
        asked.extend(image.tobytes() for image in images)
        return [[Piece("ก", 0.9, Box(1, 1, 9, 9))] for _ in images]

    monkeypatch.setattr(tesseract, "read_lines", read)
    reading = Underway("page", read_print(page, DPI), 60)
    together([reading], read)
    assert isinstance(reading.came_to, Print)
    lines = reading.came_to.lines
    assert len(lines) >= len(PRINTED)
    assert len(asked) == len(set(asked))


@pytest.mark.tesseract
def test_skewed_words_have_their_boxes_on_the_page(tmp_path: Path) -> None:
    page = sheet()
    write(page, (150, 1000), "เชียงใหม่  องค์กรปกครองส่วนท้องถิ่น  เชียงใหม่")
    askew = one(saved(tmp_path, page.rotate(0.9, fillcolor="white", resample=Image.Resampling.BICUBIC)))
    assert askew.rotation == 0
    line = askew.lines[0]
    first, last = line.words[0].box, line.words[-1].box
    assert first and last
    assert first.top - last.top == pytest.approx((last.left - first.left) * 0.0157, abs=7)


@pytest.mark.tesseract
def test_stamps_come_last_and_entries_are_read_with_their_line(tmp_path: Path) -> None:
    page = sheet()
    write(page, (180, 300), "ที่ ชม 0023.3/")
    write(page, (470, 300), "5125", ink="#2850c8")
    write(page, (180, 420), "เรื่อง  การบันทึกข้อมูลในระบบ")
    write(page, (180, 150), "ด่วนที่สุด", size=80, ink="#d02030")
    lines = one(saved(tmp_path, page)).lines
    assert "0023.3/5125" in squeeze(lines[0].text)
    assert [line.ink for line in lines[:2]] == [Ink.PRINT, Ink.PRINT]
    assert [squeeze(line.text) for line in lines if line.ink is Ink.STAMP] == ["ด่วนที่สุด"]


@pytest.mark.tesseract
def test_pages_are_read_side_by_side_and_each_once(tmp_path: Path) -> None:
    pages = []
    for number in range(4):
        page = sheet()
        write(page, (180, 300), f"Page number {number + 1}")
        pages.append(page)
    pages[0].save(tmp_path / "four.tiff", save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    with open_document(tmp_path / "four.tiff") as document:
        read = {page.number: page.text for page in read_pages(document, [4, 2, 1], STOCK, workers=2)}
    assert {number: text[-1:] for number, text in read.items()} == {1: "1", 2: "2", 4: "4"}


@pytest.mark.tesseract
def test_what_was_read_is_kept_and_not_read_again(tmp_path: Path) -> None:
    reader = dataclasses.replace(STOCK, cache=tmp_path / "cache")
    path = saved(tmp_path, letter())
    first = one(path, reader)
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(dump(dataclasses.replace(first, reader="from the cache")))
    assert one(path, reader).reader == "from the cache"
    other = dataclasses.replace(reader, languages="eng")
    assert one(path, other).reader == other.version


@pytest.mark.tesseract
def test_page_over_the_time_limit_is_named(tmp_path: Path) -> None:
    page = sheet()
    for row in range(25):  # all different: a line that was read is not read again
        write(page, (100, 100 + 85 * row), f"องค์กรปกครองส่วนท้องถิ่น จังหวัดเชียงใหม่ {row}")
    path = saved(tmp_path, page)
    start = time.monotonic()
    with pytest.raises(LimitExceeded, match="seconds"):
        one(path, dataclasses.replace(STOCK, seconds=0.2))
    with pytest.raises(LimitExceeded, match="seconds"):
        one(path, STOCK, Limits(seconds=0.2))
    assert time.monotonic() - start < 20


def test_engine_is_killed_at_the_deadline() -> None:
    image = np.full((40, 400), 255, np.uint8)
    with pytest.raises(LimitExceeded, match=r"a\.pdf p\. 3.*seconds"):
        tesseract.read_lines([image], "tha+eng", PACKAGED, -1, "a.pdf p. 3")


def test_empty_page_has_no_lines(tmp_path: Path) -> None:
    assert one(saved(tmp_path, sheet())).lines == ()


def test_qr_code_on_a_page(tmp_path: Path) -> None:
    barcode = zxingcpp.create_barcode("https://info.dla.go.th/form?id=9", zxingcpp.BarcodeFormat.QRCode)
    square = Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=8))
    page = sheet()
    page.paste(square, (300, 500))
    (code,) = one(saved(tmp_path, page)).codes
    assert code.text == "https://info.dla.go.th/form?id=9"
    assert code.box and 300 <= code.box.left < code.box.right <= 300 + square.width


def test_actual_text_of_a_layer_is_believed(tmp_path: Path) -> None:
    text = "องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้แล้วเสร็จ"
    actual = ("\ufeff" + text).encode("utf-16-be").hex()
    content = f"BT /F1 14 Tf 100 700 Td /Span <</ActualText <{actual}>>> BDC (kkkk) Tj (kkk) Tj EMC ET"
    path = pdf(tmp_path / "a.pdf", *a4(), content=content.encode())
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        document.save(path)
    page = one(path)
    assert (page.source, page.text) == (Source.TEXT_LAYER, text)
    box = page.lines[0].box
    assert box and box.left == pytest.approx(100 * 300 / 72, abs=1)
    assert box.top == pytest.approx((842 - 712) * 300 / 72, abs=20)


@pytest.mark.tesseract
def test_layer_under_a_scan_is_not_believed(tmp_path: Path) -> None:
    content = b"BT /F1 14 Tf 100 700 Td (what another program read here before) Tj ET "
    path = pdf(tmp_path / "a.pdf", *a4(), content=content, image=letter())
    page = one(path)
    assert page.source is Source.OCR
    assert "another" not in page.text


def test_languages_and_models(tmp_path: Path) -> None:
    assert default_languages(tmp_path) == "tha+eng"
    (tmp_path / "tha_own.traineddata").write_bytes(b"weights")
    assert default_languages(tmp_path) == "tha_own"
    assert model_files("tha_own+eng", tmp_path) == (tmp_path / "tha_own.traineddata",
                                                    system_folder() / "eng.traineddata")
    assert "tha_own:" in version("tha_own+eng", tmp_path)
    with pytest.raises(MissingProgram, match="tesseract-ocr-xyz"):
        model_files("xyz", tmp_path)


@pytest.mark.tesseract
def test_own_model_and_debians_are_used_together(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "own.traineddata").write_bytes((system_folder() / "tha.traineddata").read_bytes())
    page = one(saved(tmp_path, letter()), Reader(languages="own+eng", models=tmp_path / "models"))
    assert "จังหวัดเชียงใหม่" in squeeze(page.text)

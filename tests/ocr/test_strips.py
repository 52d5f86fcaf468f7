"""Rows of received stamps: labels known by likeness, number and day apart though they stand in one row."""

from __future__ import annotations

import numpy as np
import pytest

from letters.page import Box, Ink
from ocr.frames import Frame
from ocr.handwriting.decode import Kind
from ocr.raster import PAPER
from ocr.stamps import Stamp
from ocr.strips import Strip, is_dated, names_office
from ocr.words import Piece
from tests.ocr.paper import sheet, write

FRAME = Frame(np.array([[0, 0], [700, 0], [700, 200], [0, 200]], np.float32))
STEP = 14  # pixels of a character


def strip(text: str) -> tuple[Strip, list[Piece]]:
    """A row as an image of its print and as Tesseract's pieces, a character each."""
    page = sheet()
    boxes = [Box(STEP * at, 5, STEP * at + STEP - 4, 45) for at in range(len(text))]
    for sign, box in zip(text, boxes, strict=True):
        write(page, (int(box.left), 5), sign, 30, "black")
    image = np.asarray(page.convert("L"))[:60, :700]
    pieces = [Piece(sign, 0.95, box) for sign, box in zip(text, boxes, strict=True) if sign != " "]
    return Strip(image, FRAME, 0, 50), pieces


@pytest.mark.parametrize(("text", "labels"), [
    ("เลขรับที่ 1290", {Kind.RECEIVED}),
    ("เลนรบที 1290", {Kind.RECEIVED}),
    ("วันที 15 มี.ค. 67", {Kind.DAY}),
    ("วันเดือนปี 15 มี.ค. 67", {Kind.DAY}),
    ("เวลา 10.30", {Kind.TIME}),
    ("เลขรับ 1290 วันที่ 15 มี.ค. 67", {Kind.RECEIVED, Kind.DAY}),
    ("ที่ว่าการอำเภอเมือง", set()),
    ("สำเนาถูกต้อง", set()),
])
def test_labels_are_known_by_likeness(text: str, labels: set[Kind]) -> None:
    row, pieces = strip(text)
    assert row.labels(pieces) == labels


def test_number_and_day_of_one_row_become_lines_of_their_own() -> None:
    row, pieces = strip("เลขรับที่ 1290   วันที่ 15 มี.ค. 67")
    number, day = row.lines(pieces)
    assert number.text.startswith("เลขรับที่")
    assert day.text.startswith("วันที่")
    assert number.box and day.box
    assert number.box.right <= day.box.left
    assert number.ink is day.ink is Ink.STAMP
    assert "67" in day.text


def test_empty_row_gives_no_line() -> None:
    assert list(Strip(np.full((40, 200), PAPER, np.uint8), FRAME, 0, 0).lines([])) == []


PALE = 14 * " "  # where the label would stand
ROWS = ("ที่ทำการองค์การบริหารส่วนตำบลบ้านใหม่", f"{PALE}1290", f"{PALE}15 มี.ค. 2567", f"{PALE}10.30")


@pytest.mark.parametrize(("rows", "coloured", "received"), [
    (ROWS, True, True),
    (ROWS, False, False),                             # black frames stand around much else
    (("สำเนาถูกต้อง", *ROWS[1:]), True, False),
    ((*ROWS[:2], f"{PALE}15", ROWS[3]), True, False),
    ((ROWS[0], "รับที่ 1290", f"{PALE}15", ROWS[3]), True, True),
    ((ROWS[0], "รับที่ 1290", f"{PALE}15", ROWS[3]), False, True),
    ((ROWS[0], f"{PALE}1290", "วันที่ 15 มี.ค. 67", ROWS[3]), False, False),  # so does a letter's head begin
    (ROWS[:3], True, False),                          # no four rows: one cannot tell which is which
    (("สำเนาถูกต้อง", "เลขรับที่ 1290", "วันที่ 15 มี.ค. 67"), False, True),
])
def test_a_stamp_with_pale_labels_is_known_by_office_and_date(
    rows: tuple[str, ...], coloured: bool, received: bool
) -> None:
    strips, read = zip(*map(strip, rows), strict=True)
    assert Stamp(FRAME, strips, (), coloured).received(read) == received


def test_rows_without_labels_are_what_the_form_has_there() -> None:
    strips, read = zip(*map(strip, ROWS), strict=True)
    office, number, day, hour = Stamp(FRAME, strips, (), coloured=True).lines(read)
    assert office.text.startswith("ที่ทำการ")
    assert number.text.startswith("เลขรับที่") and "1290" in number.text
    assert day.text.startswith("วันที่") and "15" in day.text and day.text.endswith("2567")
    assert hour.text.startswith("เวลา")
    assert number.words[0].confidence <= 0.5


@pytest.mark.parametrize(("text", "office", "dated"), [
    ("ที่ทำการองค์การบริหารส่วนตำบล", True, False), ("ที่คำการองกการบริหารค่านตำบล", True, False),
    ("เทศบาลตำบลบ้านใหม่", True, False),
    ("สำเนาถูกต้อง", False, False), ("15พ.ย.2553", False, True), ("15ย12553", False, True), ("๑๕ มี.ค. ๒๕๖๗", False, True),
    ("2060/53", False, False), ("10.30", False, False), ("", False, False),
])
def test_signs_of_a_received_stamp(text: str, office: bool, dated: bool) -> None:
    assert (names_office(text), is_dated(text)) == (office, dated)

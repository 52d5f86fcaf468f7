"""Rows of received stamps: labels known by likeness, number and day apart though they stand in one row."""

from __future__ import annotations

import numpy as np
import pytest

from letters.page import Box, Ink
from ocr.frames import Frame
from ocr.handwriting.decode import Kind
from ocr.raster import PAPER
from ocr.strips import Strip
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
    ("เวลา 10.30", {None}),
    ("เลขรับ 1290 วันที่ 15 มี.ค. 67", {Kind.RECEIVED, Kind.DAY}),
    ("ที่ว่าการอำเภอเมือง", set()),
    ("สำเนาถูกต้อง", set()),
])
def test_labels_are_known_by_likeness(text: str, labels: set[Kind | None]) -> None:
    row, pieces = strip(text)
    assert row.labels(pieces) == {str(label) for label in labels}


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

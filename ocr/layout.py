"""From a page image to its lines of text."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from letters.page import Ink, Line
from letters.text import squeeze
from ocr import tesseract
from ocr.clean import Sheet, clean
from ocr.crops import Crop, cut
from ocr.entries import better, with_entry
from ocr.handwriting.fill import Reading, fill
from ocr.lines import Layout, Segment, find_lines
from ocr.raster import Grey
from ocr.upright import stands, tilt, turned
from ocr.words import Gap, Piece, assemble, mean

# Body heights of white between words, and of two spaces. Measured on real scans: letters stand at most 0.4 apart, one
# space is 0.55 to 0.9 wide, two are 1.0 and more.
_SPACE, _WIDE = 0.5, 0.95
_SOME_INK = 0.0005         # share of the page's pixels from which coloured ink is worth reading
_STAMP_LETTERS = 4
_STAMP_CONFIDENCE = 0.75
_TRIED, _TRIAL_LETTERS, _BETTER = 4, 4, 0.1  # lines read both ways; how much surer the page must be on its head
_HAND_CONFIDENCE = 0.5      # black ink read worse than this is a signature or handwriting


@dataclass(frozen=True, slots=True)
class Print:
    """What was read of a page: its lines, and the ``image`` they refer to, turned clockwise by ``rotation`` degrees."""

    lines: tuple[Line, ...]
    image: Image.Image
    rotation: float


_Read = Callable[[Sequence[Grey]], list[list[Piece]]]


def read_print(image: Image.Image, dpi: int, languages: str, models: Path, deadline: float, subject: str) -> Print:
    """Lines in reading order, boxes in pixels of the page turned upright (a page of ``dpi``). Those of coloured ink
    (stamps, pens) come last, as ``Ink.STAMP``; black handwriting stands among the print, as ``Ink.HAND``.

    Raises ``LimitExceeded`` after ``deadline`` (of the monotonic clock); ``subject`` is what the error calls the page.
    """
    def read(images: Sequence[Grey]) -> list[list[Piece]]:
        return tesseract.read_lines(images, languages, models, deadline - time.monotonic(), subject)

    page = _upright(image, dpi, read)
    return Print(_lines(page.sheet, page.layout, dpi, read), page.image, page.rotation)


def _lines(sheet: Sheet, layout: Layout | None, dpi: int, read_all: _Read) -> tuple[Line, ...]:
    coloured = sheet.ink.mean() > _SOME_INK
    rows = _cut(sheet.print, layout, Ink.PRINT, sheet if coloured else None)
    if coloured:
        rows += _cut(sheet.coloured, find_lines(sheet.coloured, dpi), Ink.STAMP, None)
    images = [crop.image for row in rows for crop in (*row.crops, *row.entered.values())]
    read = iter(read_all(images))
    found = [_read(row, [next(read) for _ in row.crops], {at: next(read) for at in row.entered}) for row in rows]
    lines = [_line(one, row.ink) for one, row in zip(fill(sheet, found), rows, strict=True)]
    kept = [line for line in lines if line is not None and _worth_keeping(line)]
    printed = [line for line in kept if line.ink is not Ink.STAMP]
    return (*printed, *(line for line in kept if line.ink is Ink.STAMP and not _entered(line, printed)))


@dataclass(frozen=True, slots=True)
class _Page:
    """A page turned upright by ``rotation`` degrees, cleaned, with the lines of its print."""

    image: Image.Image
    rotation: float
    sheet: Sheet
    layout: Layout | None


def _upright(image: Image.Image, dpi: int, read: _Read) -> _Page:
    """The page turned so that it can be read. An upright page costs no more than it would anyway."""
    sheet = clean(image)
    rotation = tilt(sheet.plain, dpi)
    if rotation:
        image = turned(image, rotation)
        sheet = clean(image)
    layout = find_lines(sheet.print, dpi)
    if layout is not None and not _stands(sheet.print, layout, read):
        image = turned(image, 180)
        sheet = clean(image)
        layout, rotation = find_lines(sheet.print, dpi), rotation + (180 if rotation <= 0 else -180)
    return _Page(image, round(rotation, 1), sheet, layout)


def _stands(grey: Grey, layout: Layout, read: _Read) -> bool:
    """Whether the page stands upright: by its marks, and where these do not tell, by reading a few lines both ways."""
    told = stands(layout)
    if told is not None:
        return told
    segments = sorted((segment for row in layout.rows for segment in row), key=lambda one: -len(one.letters))
    crops = [cut(grey, layout, one).image for one in segments[:_TRIED] if len(one.letters) >= _TRIAL_LETTERS]
    found = read([*crops, *(np.rot90(crop, 2) for crop in crops)])
    upright, turned_over = (mean([piece for pieces in half for piece in pieces])
                            for half in (found[:len(crops)], found[len(crops):]))
    return turned_over <= upright + _BETTER


@dataclass(frozen=True, slots=True)
class _Row:
    """A visual line cut out of the page: its segments, those of them that hold coloured entries once more with these
    (by position), its ink, and its body height in pixels."""

    segments: tuple[Segment, ...]
    crops: tuple[Crop, ...]
    entered: dict[int, Crop]
    ink: Ink
    body: float


def _cut(grey: Grey, layout: Layout | None, ink: Ink, sheet: Sheet | None) -> list[_Row]:
    """The lines of ``layout`` cut out of ``grey``, with entries from ``sheet`` if one is given."""
    if layout is None:
        return []
    least = _STAMP_LETTERS if ink is Ink.STAMP else 1
    rows = []
    for row in layout.rows:
        segments = [segment for segment in row if len(segment.letters) >= least]
        entered = {at: crop for at, segment in enumerate(segments)
                   if sheet is not None and (crop := with_entry(sheet, segment)) is not None}
        if segments:
            crops = tuple(cut(grey, layout, segment) for segment in segments)
            rows.append(_Row(tuple(segments), crops, entered, ink, min(segment.body for segment in segments)))
    return rows


def _worth_keeping(line: Line) -> bool:
    """Not a line of specks or rules, and no stamp that could hardly be read: those are mostly handwriting."""
    if not any(sign.isalnum() for sign in line.text):
        return False
    return line.ink is not Ink.STAMP or line.confidence >= _STAMP_CONFIDENCE


def _entered(stamp: Line, printed: Sequence[Line]) -> bool:
    """Whether coloured ink was read already, as part of a printed line."""
    return any(line.box and stamp.box and line.box.union(stamp.box) == line.box
               and squeeze(stamp.text) in squeeze(line.text) for line in printed)


def _read(row: _Row, read: Sequence[Sequence[Piece]], entered: Mapping[int, Sequence[Piece]]) -> Reading:
    """What was read of a visual line, on the page; white between segments is a wide gap."""
    crops, found = list(row.crops), list(read)
    for at, pieces in entered.items():
        if better(found[at], pieces):
            crops[at], found[at] = row.entered[at], pieces
    placed = [Piece(piece.text, piece.confidence, crop.on_page(piece.box))
              for crop, pieces in zip(crops, found, strict=True) for piece in pieces]
    white = [gap for crop in crops for gap in crop.gaps(_SPACE * row.body, _WIDE * row.body)]
    white += [Gap(one.right, other.left, wide=True) for one, other in pairwise(crops)]
    return Reading(row.segments, tuple(placed), tuple(sorted(white, key=lambda gap: gap.middle)))


def _line(read: Reading, ink: Ink) -> Line | None:
    """One visual line as words."""
    line = assemble(read.pieces, read.gaps, ink)
    if line is not None and line.ink is Ink.PRINT and line.confidence < _HAND_CONFIDENCE:
        return replace(line, ink=Ink.HAND)
    return line

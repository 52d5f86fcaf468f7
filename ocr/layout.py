"""From a page image to its lines of text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PIL import Image

from letters.page import Ink, Line
from ocr import tesseract
from ocr.clean import clean
from ocr.crops import Crop, cut
from ocr.lines import Layout, find_lines
from ocr.raster import Grey
from ocr.words import Gap, Piece, assemble

_SPACE, _WIDE = 0.5, 0.95  # body heights of white between words, and of two spaces. Measured on
# real scans: letters stand at most 0.4 apart, one space is 0.55 to 0.9 wide, two are 1.0 and more


_SOME_INK = 0.0005         # share of the page's pixels from which coloured ink is worth reading
_STAMP_LETTERS = 4
_STAMP_CONFIDENCE = 0.75


def read_print(image: Image.Image, dpi: int, languages: str, models: Path, deadline: float,
               subject: str) -> tuple[Line, ...]:
    """Lines in reading order, boxes in pixels of ``image``; those of coloured ink (stamps, pens) come last, as
    ``Ink.STAMP``. Raises ``LimitExceeded`` after ``deadline``."""
    sheet = clean(image)
    layers = [(sheet.print, Ink.PRINT)]
    if sheet.ink.mean() > _SOME_INK:
        layers.append((sheet.coloured, Ink.STAMP))
    rows = [row for grey, ink in layers for row in _cut(grey, find_lines(grey, dpi), ink)]
    images = [crop.image for row in rows for crop in row.crops]
    read = iter(tesseract.read_lines(images, languages, models, deadline - time.monotonic(), subject))
    lines = [_line(row, [next(read) for _ in row.crops]) for row in rows]
    return tuple(line for line in lines if line is not None and _worth_keeping(line))


@dataclass(frozen=True, slots=True)
class _Row:
    """A visual line cut out of the page, its ink, and its body height in pixels."""

    crops: tuple[Crop, ...]
    ink: Ink
    body: float


def _cut(grey: Grey, layout: Layout | None, ink: Ink) -> list[_Row]:
    if layout is None:
        return []
    least = _STAMP_LETTERS if ink is Ink.STAMP else 1
    rows = [[segment for segment in row if len(segment.letters) >= least] for row in layout.rows]
    return [_Row(tuple(cut(grey, layout, segment) for segment in row), ink, min(segment.body for segment in row))
            for row in rows if row]


def _worth_keeping(line: Line) -> bool:
    """Not a line of specks or rules, and no stamp that could hardly be read: those are mostly handwriting."""
    if not any(sign.isalnum() for sign in line.text):
        return False
    return line.ink is not Ink.STAMP or line.confidence >= _STAMP_CONFIDENCE


def _line(row: _Row, read: Sequence[Sequence[Piece]]) -> Line | None:
    """One visual line of its segments; white between segments is a wide gap."""
    pieces = [Piece(piece.text, piece.confidence, crop.on_page(piece.box))
              for crop, found in zip(row.crops, read, strict=True) for piece in found]
    white = [gap for crop in row.crops for gap in crop.gaps(_SPACE * row.body, _WIDE * row.body)]
    white += [Gap(one.right, other.left, wide=True) for one, other in pairwise(row.crops)]
    return assemble(pieces, sorted(white, key=lambda gap: gap.middle), row.ink)

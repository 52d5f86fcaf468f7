"""From a page image to its lines of text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from letters.page import Ink, Line
from ocr import tesseract
from ocr.clean import Grey, clean
from ocr.crops import Crop, cut, gaps
from ocr.lines import Layout, find_lines
from ocr.words import Piece, join

_SPACE, _WIDE = 0.42, 1.3  # body heights of white between words, and of what is printed as two spaces


def read_print(image: Image.Image, dpi: int, languages: str, models: Path, deadline: float,
               subject: str) -> tuple[Line, ...]:
    """Lines in reading order, boxes in pixels of ``image``. Raises ``LimitExceeded`` after ``deadline``."""
    sheet = clean(image)
    layout = find_lines(sheet.print, dpi)
    if layout is None:
        return ()
    return _read(sheet.print, layout, languages, models, deadline, subject)


def _read(grey: Grey, layout: Layout, languages: str, models: Path, deadline: float,
          subject: str) -> tuple[Line, ...]:
    crops = [[cut(grey, layout, segment) for segment in row] for row in layout.rows]
    images = [crop.image for row in crops for crop in row]
    read = iter(tesseract.read_lines(images, languages, models, deadline - time.monotonic(), subject))
    lines = [_line(row, [next(read) for _ in row], layout.body) for row in crops]
    return tuple(line for line in lines if line is not None)


def _line(crops: Sequence[Crop], read: Sequence[Sequence[Piece]], body: float) -> Line | None:
    """One visual line of its segments."""
    pieces = [Piece(piece.text, piece.confidence, crop.on_page(piece.box))
              for crop, found in zip(crops, read, strict=True) for piece in found]
    return join(pieces, _SPACE * body, _WIDE * body, Ink.PRINT)

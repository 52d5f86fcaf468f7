"""From a page image to its lines of text."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from PIL import Image

from letters.page import Line
from ocr import tesseract
from ocr.words import Piece, join


def read_print(image: Image.Image, dpi: int, languages: str, models: Path, deadline: float,
               subject: str) -> tuple[Line, ...]:
    """Lines in reading order, boxes in pixels of ``image``. Raises ``LimitExceeded`` after ``deadline``."""
    found = tesseract.read_image(image, languages, models, deadline - time.monotonic(), subject)
    lines = []
    for pieces in found:
        body = median(piece.box.height for piece in pieces)
        line = join(pieces, 0.35 * body, 1.2 * body)
        if line:
            lines.append(line)
    return tuple(sorted(lines, key=lambda line: line.box.top if line.box else 0))

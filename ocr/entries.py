"""Running numbers and days entered in coloured ink into printed lines: read from plain grey, print and entry together.

The running number and the day of the date are often stamped or written in afterwards, in blue (DOMAIN section 2). The
image without coloured ink has lost them, so the number line and the date line are read a second time with all ink.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from letters.date import MONTHS
from ocr.clean import Sheet
from ocr.crops import Crop
from ocr.lines import Segment
from ocr.raster import PAPER, levelled
from ocr.words import Piece, mean

_HEAD = 0.45                  # of the page's height holds number and date
_ABOVE, _BELOW = 1.9, 0.9     # rows of a line around its baseline, in body heights
_REACH, _BREAK = 12.0, 2.5    # how far an entry may stand from the print, and the widest white before it
_INKED = 200
_ENTRY_PIXELS = 0.3           # of a body height squared: less coloured ink than that is no digit
_LESS_SURE = 0.05
_NUMBER = re.compile(r"^\W*ที่?\s*่?")
_DATE = re.compile(rf"^.{{0,6}}({'|'.join(MONTHS)})")


def with_entry(sheet: Sheet, segment: Segment) -> Crop | None:
    """The segment with the coloured ink in and beside it, from plain grey; ``None`` if it has none or stands too low
    on the page for a number or a date."""
    height, width = sheet.plain.shape
    if segment.middle > _HEAD * height:
        return None
    top = max(0, round(segment.middle - _ABOVE * segment.body))
    bottom = min(height, round(segment.middle + _BELOW * segment.body))
    left = max(0, round(segment.left - _REACH * segment.body))
    right = min(width, round(segment.right + _REACH * segment.body))
    inked = (sheet.plain[top:bottom, left:right] < _INKED).any(axis=0)
    start, end = _extent(np.flatnonzero(inked) + left, segment)
    if sheet.ink[top:bottom, start:end].sum() < _ENTRY_PIXELS * segment.body ** 2:
        return None
    pad = round(segment.body / 3)
    image = np.pad(sheet.plain[top:bottom, start:end], pad, constant_values=PAPER)
    top -= pad + round(max(0.0, segment.slope * image.shape[1]))
    return Crop(levelled(image, segment.slope), start - pad, top, segment.slope)


def _extent(columns: np.ndarray[tuple[int], np.dtype[np.int64]], segment: Segment) -> tuple[int, int]:
    """From the segment outwards to the first white wider than a break."""
    gap = _BREAK * segment.body
    start, end = segment.left, segment.right
    for column in columns[columns < start][::-1]:
        if start - column > gap:
            break
        start = int(column)
    for column in columns[columns >= end]:
        if column - end > gap:
            break
        end = int(column) + 1
    return start, end


def better(printed: Sequence[Piece], entered: Sequence[Piece]) -> bool:
    """Whether the second reading tells more: of a number or date line, with more characters than the first, and no
    less sure (an entry by hand can spoil the print before it)."""
    if not printed or not entered or mean(entered) < mean(printed) - _LESS_SURE:
        return False
    first, second = ("".join(piece.text for piece in pieces) for pieces in (printed, entered))
    same = (_NUMBER.match(first) and _NUMBER.match(second)) or (_DATE.match(first) and _DATE.match(second))
    return bool(same) and len(second) > len(first)

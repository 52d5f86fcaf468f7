"""The sides of a stamp's frame taken out of black print that they run through.

A side is a stroke a few pixels thick, a little bent, and often worn. It is followed from end to end, so that no more is
taken away than the stroke itself: a side often runs through the heads of the letter's own words.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.raster import Ink, closed, opened

_REACH, _WINDOW = 0.03, 0.3      # inches: how far a side may be off the straight line, and what is followed at a time
_THICKEST = 0.03                 # inches
_RAGGED = 1                      # pixels that a stroke's edges stray

_Rows = NDArray[np.intp]


def remove_side(ink: Ink, start: tuple[float, float], end: tuple[float, float], dpi: int) -> None:
    """Takes the stroke about the straight line between two points (column, row) out of a page's ink (1), in place;
    strokes of letters that cross it stay."""
    if abs(end[1] - start[1]) > abs(end[0] - start[0]):
        remove_side(ink.T, start[::-1], end[::-1], dpi)
        return
    left, right = sorted((start, end))
    columns = np.arange(max(0, round(left[0])), min(ink.shape[1], round(right[0]) + 1))
    reach = max(3, round(_REACH * dpi))
    line = np.rint(np.interp(columns, (left[0], right[0]), (left[1], right[1]))).astype(np.intp)
    rows = np.clip(line + np.arange(-2 * reach, 2 * reach + 1)[:, None], 0, ink.shape[0] - 1)
    strip = ink[rows, columns]
    ink[rows, columns] = strip & ~_stroke(strip, reach, dpi)


def _stroke(strip: Ink, reach: int, dpi: int) -> Ink:
    """The stroke in a level strip of ink, whose middle row is where a straight side would be."""
    middle = strip.shape[0] // 2
    near = strip[middle - reach:middle + reach + 1]
    track = middle - reach + _followed(near, max(8, round(_WINDOW * dpi)))
    thick = _thickness(strip, track, round(_THICKEST * dpi))
    off = np.abs(np.arange(strip.shape[0])[:, None] - track)
    return np.asarray(strip & (off <= thick / 2 + _RAGGED) & ~opened(strip, thick + _RAGGED + 1, 1), np.uint8)


def _followed(strip: Ink, window: int) -> _Rows:
    """The row of the stroke in each column of a level strip: a parabola through where each window has most ink."""
    width = strip.shape[1]
    starts = np.arange(0, width, window)
    shares = np.add.reduceat(closed(strip, 1, 3), starts, axis=1) / np.diff([*starts, width])
    best = shares.argmax(axis=0)
    if starts.size < 3:
        return np.full(width, int(np.median(best)))
    middles = np.minimum(starts + window / 2, width)
    bend = np.polyfit(middles, best, 2, w=shares.max(axis=0) ** 2 + 1e-3)
    rows = np.rint(np.polyval(bend, np.arange(width)))
    return np.asarray(np.clip(rows, 0, strip.shape[0] - 1), np.intp)


def _thickness(strip: Ink, track: _Rows, most: int) -> int:
    """Pixels of ink up and down from a track, as most columns have that have any."""
    rows = np.clip(track + np.arange(-most, most + 1)[:, None], 0, strip.shape[0] - 1)
    level = strip[rows, np.arange(strip.shape[1])].astype(bool)
    inked = level[most]
    up, down = (np.logical_and.accumulate(half).sum(axis=0) for half in (level[most::-1], level[most:]))
    return int(np.median((up + down - 1)[inked])) if inked.any() else 1

"""Thin streaks down the page, as worn fax machines and copiers draw them, taken out of the ink.

A streak is a pixel or two wide and mostly broken into dashes. Where it crosses a letter they are one piece of ink, and
the letters of several lines hang together by it: none of them would be read.

All sizes but those in pixels are in body heights.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.glyphs import Glyphs
from ocr.raster import Ink, opened

_THIN, _LONGEST = 0.1, 5.0    # width and length of a dash; what is longer is a rule
_LEAST = 12.0                 # of dashes make a streak
_CLOSE = 0.4                  # from dash to dash; letters one below the other stand further apart
_ASIDE = 2                    # pixels that a streak wavers
_LEAN, _LEANS = 0.002, 25     # columns per row, and how many of them a streak leans at most: 3 degrees

_Some = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Streak:
    """The line ``column + lean * row``, about ``width`` pixels wide."""

    column: float
    lean: float
    width: int


def without_streaks(ink: Ink, glyphs: Glyphs, body: float) -> Ink:
    """The ink without streaks; letters that they cross stay. The page may have been turned a little."""
    rest = ink
    for streak in find_streaks(glyphs, body):
        track, foot = np.zeros_like(ink), ink.shape[0]
        ends = ((round(streak.column), 0), (round(streak.column + streak.lean * foot), foot))
        cv2.line(track, *ends, 1, 2 * _ASIDE + 1)
        rest = np.asarray(rest & ~(track & ~opened(ink, 1, streak.width + 1)), np.uint8)
    return rest


def find_streaks(glyphs: Glyphs, body: float) -> list[Streak]:
    """Lines on which dashes make up more than letters would."""
    thin = np.flatnonzero((glyphs.width <= max(2, _THIN * body)) & (glyphs.height <= _LONGEST * body)
                          & (glyphs.height > glyphs.width) & (glyphs.height > 0))
    found = []
    while glyphs.height[thin].sum() >= _LEAST * body:
        column, lean, length = _longest(glyphs, thin)
        if length < _LEAST * body:
            break
        left, middle = glyphs.left[thin], (glyphs.top[thin] + glyphs.bottom[thin]) / 2
        near = np.abs(left - lean * middle - column) <= 2 * _ASIDE
        if _is_dashed(glyphs, thin[near], body):
            lean, column = np.polyfit(middle[near], left[near], 1)
            found.append(Streak(float(column), float(lean), round(float(np.median(glyphs.width[thin[near]])))))
        thin = thin[~near]
    return found


def _longest(glyphs: Glyphs, thin: _Some) -> tuple[int, float, float]:
    """Column at the upper edge, lean and length of the line on which most of the components lie."""
    left, middle = glyphs.left[thin], (glyphs.top[thin] + glyphs.bottom[thin]) / 2
    best = (0, 0.0, 0.0)
    for lean in np.arange(-_LEANS, _LEANS + 1) * _LEAN:
        places = np.rint(left - lean * middle).astype(np.intp)
        first = int(places.min())
        lengths = np.bincount(places - first, weights=glyphs.height[thin], minlength=2 * _ASIDE + 1)
        beside = np.convolve(lengths, np.ones(2 * _ASIDE + 1), "same")
        best = max(best, (int(beside.argmax()) + first, float(lean), float(beside.max())), key=lambda one: one[2])
    return best


def _is_dashed(glyphs: Glyphs, some: _Some, body: float) -> bool:
    """Whether enough of them follow one another closely."""
    some = some[np.argsort(glyphs.top[some])]
    close = glyphs.top[some][1:] - glyphs.bottom[some][:-1] <= _CLOSE * body
    followed = np.append(close, False) | np.insert(close, 0, False)
    return bool(glyphs.height[some][followed].sum() >= _LEAST / 2 * body)

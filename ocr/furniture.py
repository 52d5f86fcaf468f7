"""Ink that is no text: rules and frames, dotted leaders, emblems, the rings of round seals.

All sizes are in body heights (pixels of a letter without ascender), which follow the print and not the paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.glyphs import Glyphs, components, relabelled
from ocr.raster import Ink, Mask, closed, grown, labelled, opened
from ocr.rings import Ring, find_ring, without_ring

_RULE_LENGTH, _RULE_THICKNESS = 5.0, 0.35
_DOT, _DOTS = 0.4, 6
_UNEVEN, _EVEN = 0.35, 0.6        # of a step it may be off, and how many steps of a dotted line are not
_SEAL, _DENSE, _NEAR_SEAL = 4.0, 0.15, 0.5
_EMBLEM, _THICK = 16.0, 0.2       # its longest side; no stroke of print is as thick
_RING = 8.0                       # width of the smallest ring; a round seal is 3 cm and more


class Box(NamedTuple):
    """Around a figure, in pixels of the page."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def longest(self) -> int:
        """The longer side."""
        return max(self.right - self.left, self.bottom - self.top)


def without_rules(ink: Ink, body: float, glyphs: Glyphs | None = None) -> Ink:
    """The ink without long straight strokes: table rules, underlines, frames. Letters that cross them stay. Only
    ``glyphs`` (the ink's own) as long as a rule are looked at; all ink, if they are not known."""
    length = max(3, round(_RULE_LENGTH * body))
    thick = max(2, round(_RULE_THICKNESS * body))
    if glyphs is None:
        return _ruleless(ink, length, thick)
    rest = ink
    for one in np.flatnonzero(np.maximum(glyphs.width, glyphs.height) >= length):
        place = np.s_[max(0, glyphs.top[one] - thick):glyphs.bottom[one] + thick,
                      max(0, glyphs.left[one] - thick):glyphs.right[one] + thick]
        part = np.pad(ink[place], 1)  # or a letter that the box cuts looks as if it went on
        free = _ruleless(part, length, thick)
        if free is not part:
            rest = ink.copy() if rest is ink else rest
            rest[place] &= free[1:-1, 1:-1]
    return rest


def _ruleless(ink: Ink, length: int, thick: int) -> Ink:
    """The ink without level and upright strokes of at least this length and at most this thickness in pixels."""
    across = opened(ink, 1, length)
    across &= ~opened(across, thick + 1, 1)
    down = _upright(ink, length, thick)
    if not (across | down).any():
        return ink
    rest = ink & ~(grown(across, 3, 1) | down)
    return np.asarray(rest | (closed(rest, 2 * thick + 3, 1) & across), np.uint8)


def _upright(ink: Ink, length: int, thick: int) -> Ink:
    """Upright strokes, also a little aslant, but for the rows in which they touch a letter: there the ink is wider than
    the stroke."""
    found = opened(grown(ink, 1, 3), length, 1) & ink
    strokes = np.zeros_like(ink)
    labels, stats = labelled(found) if found.any() else (found, np.zeros((0, 5), np.int32))
    for one, (left, top, width, height, _) in enumerate(stats.tolist()):
        if one and height >= length / 2:
            place = np.s_[top:top + height, max(0, left - thick - 2):left + width + thick + 2]
            strokes[place] |= _alone(ink[place], (labels[place] == one).astype(np.uint8), thick)
    return strokes


def _alone(ink: Ink, stroke: Ink, thick: int) -> Ink:
    """The pixels of a stroke where the ink is no wider than usual along it; none if it is too thick for a rule."""
    half = int(stroke.sum()) / 2
    for width in range(1, thick + 1):
        if int((opened(ink, 1, width + 1) & stroke).sum()) < half:
            return np.asarray(stroke & ~opened(ink, 1, width + 2), np.uint8)
    return np.zeros_like(ink)


def leaders(glyphs: Glyphs, body: float) -> Mask:
    """Which components are dots of a dotted line: six or more small ones in a row, mostly evenly spaced. Scraps of
    broken print stand in rows, too."""
    small = np.flatnonzero((glyphs.height <= _DOT * body) & (glyphs.width <= _DOT * body) & (glyphs.height > 0))
    small = small[np.argsort(glyphs.left[small], kind="stable")]
    left, right, bottom = glyphs.left[small], glyphs.right[small], glyphs.bottom[small]
    chain = np.arange(small.size)  # the first dot of the chain that each one belongs to
    starts, ends = np.searchsorted(left, right), np.searchsorted(left, right + body, side="right")
    for dot, (start, end) in enumerate(zip(starts, ends, strict=True)):
        beside = np.flatnonzero(np.abs(bottom[start:end] - bottom[dot]) <= 0.15 * body)
        if beside.size:
            chain[start + beside[0]] = chain[dot]
    found = np.zeros(glyphs.left.shape, bool)
    for first in np.flatnonzero(np.bincount(chain) >= _DOTS) if small.size else ():
        dots = np.flatnonzero(chain == first)
        found[small[dots]] = _is_even(left[dots])
    return found


def _is_even(places: NDArray[np.int32]) -> bool:
    """Whether most steps from dot to dot are about as long as usual."""
    steps = np.diff(places)
    usual = float(np.median(steps))
    return float((np.abs(steps - usual) <= _UNEVEN * usual).mean()) >= _EVEN


def without_photographs(ink: Ink, glyphs: Glyphs, body: float) -> tuple[Ink, list[Box]]:
    """The ink without what is large, dense and thicker than any stroke, from outline to outline, and boxes around it:
    photographs, which may lie askew, so that such a box also holds captions and grain."""
    if not any(_box(glyphs, one).longest > _EMBLEM * body for one in _dense(glyphs, body)):
        return ink, []
    thick = max(2, round(_THICK * body))
    masses = components(opened(ink, thick, thick))  # streaks and frames hang several pictures together
    parts = {one: _box(masses, one) for one in _dense(masses, body)}
    rest = ink.copy()
    for one, (left, top, right, bottom) in parts.items():
        own = (masses.labels[top:bottom, left:right] == one).view(np.uint8)
        outline = cv2.convexHull(cv2.findNonZero(own)) + np.array([left, top], np.int32)
        cv2.fillConvexPoly(rest, outline, 0)
        cv2.polylines(rest, [outline], isClosed=True, color=0, thickness=2 * thick)  # and what is thin there
    return rest, [box for box in _together(parts.values()) if box.longest > _EMBLEM * body]


def in_emblems(glyphs: Glyphs, body: float) -> Mask:
    """Which components lie within large and dense ones, or between such as stand together: feathers of the Garuda, not
    letters."""
    inside = np.zeros(glyphs.left.shape, bool)
    for left, top, right, bottom in _together(_box(glyphs, one) for one in _dense(glyphs, body)):
        inside |= ((glyphs.left >= left) & (glyphs.right <= right) & (glyphs.top >= top) & (glyphs.bottom <= bottom))
    return inside


def _dense(glyphs: Glyphs, body: float) -> list[int]:
    large = np.flatnonzero((glyphs.height > _SEAL * body) & (glyphs.width > _SEAL * body))
    return [int(one) for one in large if _is_dense(glyphs, int(one))]


def _box(glyphs: Glyphs, one: int) -> Box:
    return Box(int(glyphs.left[one]), int(glyphs.top[one]), int(glyphs.right[one]), int(glyphs.bottom[one]))


def _together(boxes: Iterable[Box]) -> list[Box]:
    """Boxes around figures, whose parts stand nearer than half of their own size."""
    found: list[Box] = []
    for box in boxes:
        near = [other for other in found if _stand_together(box, other)]
        found = [other for other in found if other not in near]
        parts = [box, *near]
        found.append(Box(min(one.left for one in parts), min(one.top for one in parts),
                         max(one.right for one in parts), max(one.bottom for one in parts)))
    return found


def _is_dense(glyphs: Glyphs, seal: int) -> bool:
    box = np.s_[glyphs.top[seal]:glyphs.bottom[seal], glyphs.left[seal]:glyphs.right[seal]]
    return bool((glyphs.labels[box] == seal).mean() > _DENSE)


def _stand_together(one: Box, other: Box) -> bool:
    reach = _NEAR_SEAL * min(one.longest, other.longest)
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down) <= reach


def without_rings(ink: Ink, glyphs: Glyphs, body: float) -> tuple[Ink, Glyphs, list[Ring]]:
    """The ink without the rings of round seals, its components, and the rings; the inner ones come free when the outer
    are gone."""
    rings: list[Ring] = []
    while found := _rings(glyphs, body):
        rings += found
        rest = ink
        for ring in found:
            rest = without_ring(rest, ring)
        ink, glyphs = rest, relabelled(glyphs, ink, rest)
    return ink, glyphs, rings


def _rings(glyphs: Glyphs, body: float) -> list[Ring]:
    found = []
    for one in np.flatnonzero((glyphs.height > _RING * body) & (glyphs.width > _RING * body)):
        box = np.s_[glyphs.top[one]:glyphs.bottom[one], glyphs.left[one]:glyphs.right[one]]
        found.append(find_ring(glyphs.labels[box] == one, int(glyphs.left[one]), int(glyphs.top[one])))
    return [ring for ring in found if ring is not None]

"""Rectangular frames of stamps (form 12 of the Regulation on Correspondence: about 5 by 2.5 cm), a little aslant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import product
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.page import Box
from ocr.raster import PAPER, Grey, Ink, grown

DARK = 205                                 # ink of stamps
_WORK_DPI = 100
_INKED = 40                                # of 255 that a pixel at that resolution must be covered
_WIDTH, _HEIGHT = (1.2, 4.5), (0.5, 2.2)   # inches; rubber stamps are larger than the form
_SLANT = 0.13                              # rows per column: 7 degrees
_SIDE_INKED, _WORN = 0.55, 0.05            # of a side at least; one may be worn
_SOUND = 5                                 # so much more whole sides count than size: rows of print look like sides
_NEAR, _FAR = 0.1, 0.7                     # inches that a side may end off its corners: the nearer, the farther
_OFF, _NEARER = 16, 0.001                  # pixels that a side's end may be off; of its ink that each of them costs
_BETWEEN = 0.12                            # of the width that a level stroke covers at least
_LONGEST = 2.6                             # inches of an upright stroke that may be a side: edges of paper are longer
_MOST, _CLOSING = 24, 6                    # upright strokes worth pairing; level ones worth trying at each end

_Stroke = NDArray[np.float64]              # x, y of one end, x, y of the other; left to right or top to bottom


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame by its ``corners`` on the page in pixels: left top, right top, right bottom, left bottom."""

    corners: NDArray[np.float32]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what is inside, in pixels."""
        left_top, right_top, right_bottom, left_bottom = self.corners
        width = (np.linalg.norm(right_top - left_top) + np.linalg.norm(right_bottom - left_bottom)) / 2
        height = (np.linalg.norm(left_bottom - left_top) + np.linalg.norm(right_bottom - right_top)) / 2
        return round(float(width)), round(float(height))

    def straight(self, grey: Grey) -> Grey:
        """What lies in the frame, as if the frame stood straight."""
        return np.asarray(cv2.warpPerspective(grey, self._way(), self.size, borderValue=PAPER), np.uint8)

    def on_page(self, box: Box) -> Box:
        """The box on the page around a box of the straight image."""
        points = np.array([[[box.left, box.top], [box.right, box.top], [box.right, box.bottom],
                            [box.left, box.bottom]]], np.float32)
        placed = cv2.perspectiveTransform(points, np.linalg.inv(self._way()))[0]
        (left, top), (right, bottom) = placed.min(axis=0), placed.max(axis=0)
        return Box(float(left), float(top), float(right), float(bottom))

    def in_frame(self, x: float, y: float) -> tuple[float, float]:
        """Column and row in the straight image of a point of the page."""
        point = cv2.perspectiveTransform(np.array([[[x, y]]], np.float32), self._way())[0, 0]
        return float(point[0]), float(point[1])

    def mask(self, shape: tuple[int, ...], margin: int) -> NDArray[np.bool_]:
        """Which pixels of a page of this shape lie within the frame or ``margin`` pixels around it."""
        inside = np.zeros(shape[:2], np.uint8)
        cv2.fillConvexPoly(inside, np.round(self.corners).astype(np.int32), 1)
        return grown(inside, 2 * margin + 1, 2 * margin + 1) > 0

    def _way(self) -> NDArray[np.float64]:
        width, height = self.size
        goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        return np.asarray(cv2.getPerspectiveTransform(self.corners, goal), np.float64)


def find_frames(grey: Grey, dpi: int) -> list[Frame]:
    """Frames of stamp size on a page (dark ink on even paper), each once; where several fit, the largest that is inked
    well: rows of dots inside a stamp look like sides, and so does print below."""
    scale = _WORK_DPI / dpi
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    _, ink = cv2.threshold(grey, DARK - 1, 255, cv2.THRESH_BINARY_INV)
    small = (cv2.resize(ink, size, interpolation=cv2.INTER_AREA) > _INKED).astype(np.uint8)
    near = grown(small, 5, 5)
    strokes = _strokes(small, _HEIGHT[0])
    level = [one for one in strokes if abs(one[3] - one[1]) < _SLANT * abs(one[2] - one[0])]
    upright = [one for one in strokes if abs(one[2] - one[0]) < _SLANT * abs(one[3] - one[1])]
    kept: list[Frame] = []

    def is_taken(corners: _Stroke) -> bool:
        frame = Frame((corners / scale).astype(np.float32))
        return any(overlap(frame, other) for other in kept)

    for corners in _best_first(_rectangles(level, upright, near), near, is_taken):
        kept.append(Frame((_settled(corners, small) / scale).astype(np.float32)))
    return kept


def _best_first(rectangles: Iterable[_Rectangle], near: Ink, is_taken: Callable[[_Stroke], bool]) -> Iterator[_Stroke]:
    """Corners of those that look like stamps, from the likeliest on. They wait in the order of what they could be worth
    at most: of many that are all but one stamp, few have their upright sides looked at before the place is taken."""
    waiting = [(-one.most, False, place, one) for place, one in enumerate(rectangles)]
    heapify(waiting)
    while waiting:
        _, is_weighed, place, one = heappop(waiting)
        if is_taken(one.corners):
            continue
        if is_weighed:
            yield one.corners
        elif worth := one.worth(near):
            heappush(waiting, (-worth, True, place, one))


def _settled(corners: _Stroke, ink: Ink) -> _Stroke:
    """The corners with each side moved to where, near by, it lies on most ink: what closes a frame may be print."""
    sides = [_best_side(start, end, ink) for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    top, right, foot, left = sides
    return np.array([_cross(row, column) for row, column in ((top, left), (top, right), (foot, right), (foot, left))])


def _best_side(start: _Stroke, end: _Stroke, ink: Ink) -> _Stroke:
    """The stroke near a side that has most ink on it; of several the nearest. Left to right or top to bottom."""
    along = end - start
    upright = abs(along[1]) > abs(along[0])
    steps = np.linspace(0, 1, int(np.hypot(*along)))
    points = start + along * steps[:, None]
    moves = np.arange(-_OFF, _OFF + 1, 2)
    off = moves[:, None, None] * (1 - steps) + moves[None, :, None] * steps
    x, y = (points[:, 0] + off, points[:, 1] + 0 * off) if upright else (points[:, 0] + 0 * off, points[:, 1] + off)
    inside = (x >= 0) & (y >= 0) & (x < ink.shape[1] - 0.5) & (y < ink.shape[0] - 0.5)
    hits = np.where(inside, ink[np.rint(y).astype(int) % ink.shape[0], np.rint(x).astype(int) % ink.shape[1]], 0)
    worth = hits.mean(axis=2) - _NEARER * (np.abs(moves)[:, None] + np.abs(moves)[None, :])
    first, last = (moves[place] for place in np.unravel_index(worth.argmax(), worth.shape))
    shift = np.array([1.0, 0.0] if upright else [0.0, 1.0])
    ends = sorted((start + first * shift, end + last * shift), key=lambda point: float(point[1 if upright else 0]))
    return np.concatenate(ends)


def _strokes(ink: Ink, shortest: float) -> list[_Stroke]:
    found = cv2.HoughLinesP(ink, 1, np.pi / 720, 40, minLineLength=0.8 * shortest * _WORK_DPI, maxLineGap=6)
    if found is None:
        return []
    strokes = [np.asarray(one, float) for one in found.reshape(-1, 4)]
    return [one if (one[2] - one[0]) + (one[3] - one[1]) > 0 else one[[2, 3, 0, 1]] for one in strokes]


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """``corners`` of what may be a frame, its ``size`` in square pixels, and the shares of its level sides inked."""

    corners: _Stroke
    size: float
    level: tuple[float, float]

    @property
    def most(self) -> float:
        """How much it would look like a stamp, were its upright sides whole."""
        return self._worth([*self.level, 1.0, 1.0])

    def worth(self, near: Ink) -> float:
        """How much it looks like a stamp; 0 where a side is bare or two are worn."""
        left_top, right_top, right_bottom, left_bottom = self.corners
        return self._worth([*self.level, _share(right_top, right_bottom, near), _share(left_bottom, left_top, near)])

    def _worth(self, shares: Sequence[float]) -> float:
        least, *others = sorted(shares)
        if least < _WORN or others[0] < _SIDE_INKED:
            return 0.0
        return self.size * (max(least, _SIDE_INKED) + sum(others)) ** _SOUND


def _rectangles(level: Sequence[_Stroke], upright: Sequence[_Stroke], near: Ink) -> Iterator[_Rectangle]:
    """Every pair of upright strokes that is closed above and below by level ones."""
    columns = sorted((one for one in upright if _length(one) <= _LONGEST * _WORK_DPI), key=_length)[-_MOST:]
    rows = np.array(level).reshape(-1, 4)
    for left, right in _pairs(columns, rows):
        tops = list(_closing(rows[_at_end(rows, left[:2], right[:2])], (left, right), near))
        feet = list(_closing(rows[_at_end(rows, left[2:], right[2:])], (right, left), near)) if tops else []
        for (above, over), (below, under) in product(tops, feet):
            height = (below[0, 1] + below[1, 1] - above[0, 1] - above[1, 1]) / 2
            if _HEIGHT[0] <= height / _WORK_DPI <= _HEIGHT[1] and max(over, under) >= _SIDE_INKED:
                size = height * (above[1, 0] - above[0, 0])
                yield _Rectangle(np.concatenate([above, below]), size, (over, under))


def _closing(rows: _Stroke, columns: Sequence[_Stroke], near: Ink) -> Iterator[tuple[_Stroke, float]]:
    """Where level strokes meet two upright ones, in the order of these, with the share of ink between; bare ones are
    left out."""
    for row in rows[:_CLOSING]:
        ends = np.array([_cross(row, column) for column in columns])
        share = _share(ends[0], ends[1], near)
        if share >= _WORN:
            yield ends, share


def _pairs(columns: Sequence[_Stroke], rows: _Stroke) -> Iterator[tuple[_Stroke, _Stroke]]:
    """Upright strokes as far apart as sides are, and single ones with where a level stroke from their top ends."""
    for one, other in product(columns, columns):
        if _fits(one, other):
            yield one, other
    for one in columns:
        for end, far in ((rows[:, :2], rows[:, 2:]), (rows[:, 2:], rows[:, :2])):
            for reach in (far - end)[np.hypot(*(end - one[:2]).T) <= _FAR / 2 * _WORK_DPI]:
                other = one + np.tile(reach, 2)
                if _fits(one, other):
                    yield one, other
                elif _fits(other, one):
                    yield other, one


def _fits(left: _Stroke, right: _Stroke) -> bool:
    return bool(_WIDTH[0] <= (right[0] + right[2] - left[0] - left[2]) / 2 / _WORK_DPI <= _WIDTH[1])


def _length(stroke: _Stroke) -> float:
    return float(np.hypot(stroke[2] - stroke[0], stroke[3] - stroke[1]))


def _at_end(rows: _Stroke, left: _Stroke, right: _Stroke) -> NDArray[np.bool_]:
    """Which level strokes, drawn on, pass the ends of two upright ones and lie between them."""
    slope = (rows[:, 3] - rows[:, 1]) / np.maximum(1.0, rows[:, 2] - rows[:, 0])
    off = np.abs([rows[:, 1] + slope * (end[0] - rows[:, 0]) - end[1] for end in (left, right)])
    between = np.minimum(rows[:, 2], right[0]) - np.maximum(rows[:, 0], left[0])
    return np.asarray((off.min(axis=0) <= _NEAR * _WORK_DPI) & (off.max(axis=0) <= _FAR * _WORK_DPI)
                      & (between >= _BETWEEN * (right[0] - left[0])))


def _cross(row: _Stroke, column: _Stroke) -> _Stroke:
    """Where two strokes, drawn on, meet."""
    slope = (row[3] - row[1]) / max(1.0, row[2] - row[0])
    lean = (column[2] - column[0]) / max(1.0, column[3] - column[1])
    y = (row[1] + slope * (column[0] - lean * column[1] - row[0])) / (1 - slope * lean)
    return np.array([column[0] + lean * (y - column[1]), y])


def _share(start: _Stroke, end: _Stroke, near: Ink) -> float:
    """Share of a straight line that has ink on it, as far as it lies on the page."""
    (from_x, from_y), (to_x, to_y) = start.tolist(), end.tolist()
    steps = max(2, int(hypot(to_x - from_x, to_y - from_y)))
    along = np.arange(steps)
    x = np.rint(along * ((to_x - from_x) / (steps - 1)) + from_x).astype(np.intp)
    y = np.rint(along * ((to_y - from_y) / (steps - 1)) + from_y).astype(np.intp)
    height, width = near.shape
    if not all(0 <= end < size for ends, size in ((x, width), (y, height)) for end in (ends[0], ends[-1])):
        on_page = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        x, y = x[on_page], y[on_page]
    return np.count_nonzero(near[y, x]) / x.size if x.size else 0.0


def overlap(one: Frame, other: Frame) -> bool:
    """Whether the middle of one lies in the other."""
    return any(cv2.pointPolygonTest(a.corners, tuple(map(float, b.corners.mean(axis=0))), measureDist=False) >= 0
               for a, b in ((one, other), (other, one)))

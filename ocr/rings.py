"""Round seals over print (หนังสือประทับตรา): their rings taken out of the ink, so that letters they cross stand free.

A seal stands where a signature would, over the office's name and the date, and on a black copy its ring grows together
with the letters that it crosses. The ring is known to be a circle, so it can be taken away stroke by stroke.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.raster import Ink, Mask, closed

_SECTORS = 180            # directions in which the outermost ink is looked for
_SQUARE = 1.5             # long to short side at most, letters that stick out among it
_DENSITY = 0.3            # of the box that a ring and what it touches fill at most
_FITS, _AROUND = 0.015, 0.5  # of the radius off the circle; share of the directions that must agree
_ROUNDS = 6
_WORDS = 0.6              # of the radius: within it stands an emblem
_THICKEST = 0.06          # of the radius
_STROKE = 0.5             # of a ring's rows that are still its stroke
_RAGGED = 3               # pixels that a worn ring's edges stray


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle of ink by its middle and ``radius``, in pixels of the page."""

    x: float
    y: float
    radius: float

    def holds(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a box lies within the circle."""
        corners = ((left, top), (right, top), (left, bottom), (right, bottom))
        return all((x - self.x) ** 2 + (y - self.y) ** 2 <= self.radius ** 2 for x, y in corners)

    def words_at(self, x: float, y: float) -> bool:
        """Whether a point lies where the seal's own words run around."""
        return _WORDS * self.radius <= float(np.hypot(x - self.x, y - self.y)) <= self.radius


def find_ring(ink: Mask, left: int, top: int) -> Ring | None:
    """The circle that a component draws; ``ink`` is its box, ``left`` and ``top`` where that lies on the page."""
    height, width = ink.shape
    if max(height, width) > _SQUARE * min(height, width) or ink.mean() > _DENSITY:
        return None
    rows, columns = np.nonzero(ink)
    circle = _fitted(columns.astype(float), rows.astype(float), (width / 2, height / 2))
    return Ring(left + circle[0], top + circle[1], circle[2]) if circle is not None else None


def _fitted(x: NDArray[np.float64], y: NDArray[np.float64],
            middle: tuple[float, float]) -> tuple[float, float, float] | None:
    """Middle and radius of the circle through the outermost points, those that stick out left away step by step."""
    edge = _outermost(x, y, middle)
    px, py = x[edge], y[edge]
    for _ in range(_ROUNDS):
        centre_x, centre_y, radius = _circle(px, py)
        off = np.abs(np.hypot(px - centre_x, py - centre_y) - radius)
        good = off <= max(1.0, float(np.median(off)))
        if good.all():
            break
        px, py = px[good], py[good]
    off = np.abs(np.hypot(x[edge] - centre_x, y[edge] - centre_y) - radius)
    return (centre_x, centre_y, radius) if (off <= _FITS * radius).sum() >= _AROUND * _SECTORS else None


def _circle(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float, float]:
    """Middle and radius of the circle nearest to points (least squares)."""
    (a, b, c), *_ = np.linalg.lstsq(np.stack([x, y, np.ones_like(x)], axis=1), x ** 2 + y ** 2, rcond=None)
    return float(a / 2), float(b / 2), float(np.sqrt(max(0.0, c + a * a / 4 + b * b / 4)))


def _outermost(x: NDArray[np.float64], y: NDArray[np.float64], middle: tuple[float, float]) -> NDArray[np.intp]:
    """The point farthest from the middle in each direction."""
    away = np.hypot(x - middle[0], y - middle[1])
    sector = ((np.arctan2(y - middle[1], x - middle[0]) / (2 * np.pi) + 0.5) * _SECTORS).astype(int) % _SECTORS
    order = np.lexsort((-away, sector))
    _, first = np.unique(sector[order], return_index=True)
    return np.asarray(order[first], np.intp)


def without_ring(ink: Ink, ring: Ring) -> Ink:
    """The ink without the circle's stroke but where it lies between other ink above and below, or at both sides: there
    letters run through."""
    reach = int(ring.radius) + 4
    top, left = max(0, int(ring.y) - reach), max(0, int(ring.x) - reach)
    place = np.s_[top:int(ring.y) + reach + 1, left:int(ring.x) + reach + 1]
    part = ink[place]
    rows, columns = np.indices(part.shape)
    inwards = ring.radius - np.hypot(columns + left - ring.x, rows + top - ring.y)
    thick = _thickness(part, inwards, ring.radius)
    stroke = (inwards <= thick + _RAGGED) & (inwards >= -_RAGGED)
    rest = np.where(stroke, 0, part).astype(np.uint8)
    across = round(thick) + 2 * _RAGGED + 2
    whole = ink.copy()
    whole[place] = rest | ((closed(rest, across, 1) | closed(rest, 1, across)) & part)
    return whole


def _thickness(part: Ink, inwards: NDArray[np.float64], radius: float) -> float:
    """Pixels from the outer edge inwards in which most of the circle is inked."""
    thick = 0.0
    for depth in range(max(2, round(_THICKEST * radius))):
        row = (inwards > depth - 0.5) & (inwards <= depth + 0.5)
        if depth > 1 and part[row].mean() < _STROKE:
            break
        thick = float(depth)
    return thick

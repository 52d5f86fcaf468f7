"""Shapes of digits as office hands draw them: ways of a pen through a few points, bent anew each time they are drawn.

The collected digits were drawn one by one, for a machine; hands that fill in numbers all day tie the cap of a 5 to the
next digit, leave an 8 open and curl the foot of a 2.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from training.corpus import Part
from training.handwriting.ways import Way

SHAPES = Path(__file__).parents[1] / "data" / "pen_ways.txt"
_HIGH = 10.0
_SHAKE = (0.15, 0.45)      # how far points stray, of the ten in a shape's height
_HELD_OUT = 4              # every so many shapes are for the test
_DENSE, _SMOOTH = 6, (3, 5, 7)  # points between two given ones; how many are taken together

Shape = tuple[NDArray[np.float64], ...]  # strokes of points (right, down)
Shapes = dict[str, list[Shape]]


@cache
def shapes(part: Part) -> Shapes:
    """The shapes of each sign, to teach or to test with. A sign with fewer than four has the same for both."""
    found: dict[str, list[Shape]] = {}
    for line in SHAPES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sign, _, ways = line.partition(" ")
            found.setdefault(sign, []).append(tuple(_points(stroke) for stroke in ways.split("|")))
    return {sign: [one for place, one in enumerate(ways) if (place % _HELD_OUT == 1) == (part == "test")]
            for sign, ways in found.items()}


def _points(stroke: str) -> NDArray[np.float64]:
    return np.array([point.split(",") for point in stroke.split()], float)


def bent(shape: Shape, rng: Random) -> Way:
    """A shape with its points moved a little, its corners rounded and its ends drawn in, as a quick pen draws it. It
    begins at column 0; its rows stay, 0 to 1, those of a tail that runs far up below 0."""
    shake, together = rng.uniform(*_SHAKE), rng.choice(_SMOOTH)
    strokes = [_smooth(stroke + [[rng.gauss(0, shake), rng.gauss(0, shake)] for _ in stroke], together)
               for stroke in shape]
    way = np.concatenate([np.stack([one[:-1], one[1:]], axis=1) for one in strokes]) / _HIGH
    return np.asarray(way - [way[:, :, 0].min(), 0.0], np.float32)


def _smooth(points: NDArray[np.float64], together: int) -> NDArray[np.float64]:
    at = np.linspace(0, len(points) - 1, _DENSE * (len(points) - 1) + 1)
    dense = (np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1))
    kernel, edge = np.ones(together) / together, together // 2
    return np.stack([np.convolve(np.pad(one, edge, "edge"), kernel, "valid") for one in dense], axis=1)

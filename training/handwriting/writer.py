"""A writer: whole entries drawn sign by sign with one pen, one slant and one spacing."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.text import THAI_DIGITS
from ocr.raster import PAPER, Grey
from training.handwriting.ways import Way

TALL = 72           # pixels of a digit before the scan's resolution
_LOW = "๐๑๓ว"       # as high as a consonant; the other Thai digits rise above it
_TAILED = "๒๔๕๗๘๙"
_BODY = 0.6         # of a sign's height, from its foot: what is above may be a tail over the signs beside it
_REACHES = 0.8      # of digits begin beside the body of the one before, under its tail; the others behind all of it

Strokes = NDArray[np.float32]  # (strokes, 2 ends, x and y); heights of a digit, foot at 0, up negative


class Hand:
    """Pen, slant, size and spacing, which stay much the same through one entry."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.pen = rng.uniform(0.03, 0.13)
        self.slant = rng.gauss(0.1, 0.2)
        self.width = rng.uniform(0.6, 1.15)
        self.gap = rng.choice((rng.uniform(-0.08, 0.08), rng.uniform(0.02, 0.2), rng.uniform(0.1, 0.5)))
        self.overlap = -rng.choice((0.02, 0.12, 0.2))  # how far a digit may reach into the one before it
        self.slope = rng.gauss(0, 0.06)
        self.bow = rng.gauss(0, 0.008)
        self.rise = rng.uniform(1.1, 1.55)
        self.joined = rng.random() < 0.2

    def joins(self, way: NDArray[np.float32]) -> bool:
        """Whether the pen stays on the paper over a ``way`` from one digit to the next."""
        return self.joined and float(np.hypot(*way)) < 0.7 and self.rng.random() < 0.7

    def row(self, text: str, ways: dict[str, list[Way]]) -> Strokes:
        """A text's strokes in one row; each sign in one of its ``ways``, mostly the same one each time."""
        strokes, x = list[Strokes](), 0.0
        for sign in text:
            way = ways[sign][0] if self.rng.random() < 0.6 else self.rng.choice(ways[sign])
            drawn = self.sign(way, sign)
            start, end = self._extent(drawn)
            if sign == ",":  # below the row, between two digits, which stand no wider for it
                at = x + self.rng.uniform(-0.15, 0.1)
                strokes.append(drawn + np.array([at, self.slope * at], np.float32))
                continue
            x += max(self.overlap, self.rng.gauss(self.gap, 0.09)) - start
            placed = drawn + np.array([x, self.slope * x + self.bow * x * x], np.float32)
            if strokes and sign.isdecimal() and self.joins(placed[0, 0] - strokes[-1][-1, 1]):
                strokes.append(np.stack([strokes[-1][-1, 1], placed[0, 0]])[None])
            strokes.append(placed)
            x += end + (self.rng.uniform(0, 0.8) if sign in "/ว" else 0.0)
        return np.concatenate(strokes)

    def _extent(self, drawn: Strokes) -> tuple[float, float]:
        """The columns that a sign takes up in its row: all of it, or its body without the tail."""
        points = drawn.reshape(-1, 2)
        low = points[points[:, 1] > _BODY * float(points[:, 1].min())]
        kept = low if low.size and self.rng.random() < _REACHES else points
        return float(kept[:, 0].min()), float(kept[:, 0].max())

    def sign(self, way: Way, sign: str) -> Strokes:
        """A sign's strokes, its foot at 0 and most of it above (negative), bent a little."""
        rng = self.rng
        wide = float(way[:, :, 0].max())
        points = way * np.array([self.width * min(1.0, 1.5 / max(wide, 0.1)), 1.0], np.float32)
        if sign in _TAILED and rng.random() < 0.4:  # tails that run far up, often to the right
            tail = np.clip(0.35 - points[:, :, 1:], 0, None)
            points = points + tail * np.array([rng.uniform(-0.2, 1.2), -rng.uniform(0.2, 1.3)], np.float32)
        bend = np.array([[rng.gauss(0, 0.045) for _ in range(2)] for _ in range(2)], np.float32)
        for axis in (0, 1):
            points = points + bend[axis] * np.sin(2.6 * points[:, :, axis:axis + 1] + rng.uniform(0, 6))
        points = (points - np.array([0, 1], np.float32)) * self._height(sign)
        turn = rng.gauss(0, 0.08)
        lean = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn) - self.slant, np.cos(turn)]], np.float32)
        drop = rng.uniform(0.05, 0.35) if sign == "," else rng.gauss(0.0, 0.06)
        return np.asarray(points @ lean + np.array([0, drop], np.float32), np.float32)

    def _height(self, sign: str) -> float:
        rng = self.rng
        if sign in "./":
            return rng.uniform(1.2, 2.0)
        if sign == ",":
            return rng.uniform(0.15, 0.5)
        high = rng.gauss(1.0, 0.08) * (1.0 if sign in _LOW else self.rise if sign in THAI_DIGITS else 1.2)
        small = sign == "ว" and rng.random() < 0.5  # beside a large hand
        return high * rng.uniform(0.5, 0.9) if small else high


def inked(strokes: Strokes, pen: float) -> Grey:
    """Strokes drawn with a round pen, ``pen`` in heights of a digit, tightly cut out."""
    low = strokes.min(axis=(0, 1))
    wide, high = np.ptp(strokes[:, :, 0]), np.ptp(strokes[:, :, 1])
    scale = TALL / max(float(high), 0.8)
    edge = pen * scale / 2 + 1
    size = (int(high * scale + 2 * edge) + 1, int(wide * scale + 2 * edge) + 1)
    line = np.ones((2 * size[0], 2 * size[1]), np.uint8)  # at twice the size: wide lines drawn smoothly are slow
    cv2.polylines(line, list((2 * ((strokes - low) * scale + edge)).astype(np.int32)), False, 0)
    away = cv2.distanceTransform(line, cv2.DIST_L2, 3) - pen * scale
    large = np.where(away < 0, 0, PAPER).astype(np.uint8)
    return np.asarray(cv2.resize(large, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)

"""A line of a page as an image of its own: only its own ink, level, and what it takes to find the way back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.page import Box
from ocr.clean import Grey
from ocr.lines import Layout, Segment

_PAD = 0.35          # of a body height, around the ink
_LEVEL = 0.003       # slopes below this (0.2 degrees) do not harm reading
_PAPER = 255


@dataclass(frozen=True, slots=True)
class Crop:
    """A line image at ``scale`` of the page; ``left``, ``top`` and ``slope`` lead back to the page."""

    image: Grey
    left: int
    top: int
    scale: float
    slope: float

    def on_page(self, box: Box) -> Box:
        """A box of the line image in pixels of the page."""
        left, right = (self.left + x / self.scale for x in (box.left, box.right))
        tilt = self.slope * ((left + right) / 2 - self.left)
        top, bottom = (self.top + y / self.scale + tilt for y in (box.top, box.bottom))
        return Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


def cut(grey: Grey, layout: Layout, segment: Segment, body_pixels: float = 0.0) -> Crop:
    """The segment cut out of ``grey``, everybody else's ink white; scaled so that bodies are ``body_pixels`` high."""
    glyphs, members = layout.glyphs, np.array(segment.letters + segment.marks)
    pad = max(2, round(_PAD * layout.body))
    left, right = int(glyphs.left[members].min()), int(glyphs.right[members].max())
    top, bottom = int(glyphs.top[members].min()), int(glyphs.bottom[members].max())
    own = np.isin(glyphs.labels[top:bottom, left:right], members).astype(np.uint8)
    own = cv2.dilate(cv2.copyMakeBorder(own, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0), np.ones((3, 3), np.uint8))
    image = np.full(own.shape, _PAPER, np.uint8)
    image[pad:-pad, pad:-pad] = grey[top:bottom, left:right]
    image[own == 0] = _PAPER
    slope = segment.slope if abs(segment.slope) > _LEVEL else 0.0
    image = _levelled(image, slope)
    scale = body_pixels / layout.body if body_pixels else 1.0
    if scale != 1.0:
        image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale,
                                      interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)
    return Crop(image, left - pad, top - pad, scale, slope)


def _levelled(image: Grey, slope: float) -> Grey:
    """Sheared so that the baseline is level; a small tilt needs no turning."""
    if not slope:
        return image
    height, width = image.shape
    drop = slope * width
    matrix = np.array([[1, 0, 0], [-slope, 1, max(0.0, drop)]], np.float64)
    grown = (width, height + int(abs(drop)) + 1)
    return np.asarray(cv2.warpAffine(image, matrix, grown, flags=cv2.INTER_LINEAR, borderValue=_PAPER), np.uint8)


def gaps(image: Grey) -> NDArray[np.int32]:
    """Columns without ink between the first and the last inked one, as rows of start and end."""
    inked = np.flatnonzero((image < 160).any(axis=0))
    if inked.size < 2:
        return np.zeros((0, 2), np.int32)
    breaks = np.flatnonzero(np.diff(inked) > 1)
    return np.stack([inked[breaks] + 1, inked[breaks + 1]], axis=1).astype(np.int32)

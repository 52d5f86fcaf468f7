"""A line of a page as an image of its own: only its own ink, level, and what it takes to find the way back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from letters.page import Box
from ocr.lines import Layout, Segment
from ocr.raster import PAPER, Grey, grown, levelled, resized
from ocr.words import Gap

_PAD = 0.35          # of a body height, around the ink
_LEVEL = 0.003       # slopes below this (0.2 degrees) do not harm reading
_INKED = 200          # the lightest that may count as ink


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

    @property
    def right(self) -> float:
        """Column of the page where the line image ends."""
        return self.left + float(self.image.shape[1]) / self.scale

    def gaps(self, space: float, wide: float) -> list[Gap]:
        """White of at least ``space`` pixels of the page between inked columns; ``wide`` from that many on."""
        inked = np.flatnonzero((self.image < _INKED).any(axis=0))
        runs = [(self.left + (one + 1) / self.scale, self.left + other / self.scale)
                for one, other in pairwise(inked.tolist()) if other > one + 1]
        return [Gap(one, other, other - one >= wide) for one, other in runs if other - one >= space]


def cut(grey: Grey, layout: Layout, segment: Segment, body_pixels: float = 0.0) -> Crop:
    """The segment cut out of ``grey``, everybody else's ink white; scaled so that bodies are ``body_pixels`` high."""
    glyphs, members = layout.glyphs, np.array(segment.letters + segment.marks)
    pad = max(2, round(_PAD * segment.body))
    left, right = int(glyphs.left[members].min()), int(glyphs.right[members].max())
    top, bottom = int(glyphs.top[members].min()), int(glyphs.bottom[members].max())
    belongs = np.zeros(glyphs.left.shape, np.uint8)
    belongs[members] = 1
    own = grown(np.pad(belongs[glyphs.labels[top:bottom, left:right]], pad), 3, 3)
    image = np.pad(grey[top:bottom, left:right], pad, constant_values=PAPER)
    image[own == 0] = PAPER
    slope = segment.slope if abs(segment.slope) > _LEVEL else 0.0
    top -= pad + round(max(0.0, slope * image.shape[1]))  # levelling adds rows above where the line falls
    if slope:
        image = levelled(image, slope)
        inked = np.flatnonzero((image < _INKED).any(axis=1))
        above = max(0, int(inked[0]) - pad)
        image, top = image[above:int(inked[-1]) + pad + 1], top + above
    scale = body_pixels / segment.body if body_pixels else 1.0
    height, width = image.shape
    image = image if scale == 1.0 else resized(image, round(width * scale), round(height * scale))
    return Crop(image, left - pad, top, scale, slope)

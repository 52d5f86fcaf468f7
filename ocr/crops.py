"""A line of a page as an image of its own: only its own ink, level, and what it takes to find the way back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from letters.page import Box
from ocr.lines import Layout, Segment
from ocr.raster import PAPER, Grey, grown, levelled
from ocr.words import Gap

_PAD = 0.35          # of a body height, around the ink
_LEVEL = 0.003       # slopes below this (0.2 degrees) do not harm reading
_INKED = 200          # the lightest that may count as ink


@dataclass(frozen=True, slots=True)
class Crop:
    """A line image in the page's own resolution; ``left``, ``top`` and ``slope`` lead back to the page."""

    image: Grey
    left: int
    top: int
    slope: float

    def on_page(self, box: Box) -> Box:
        """A box of the line image in pixels of the page."""
        down = self.top + round(self.slope * (box.left + box.right) / 2)
        return Box(self.left + box.left, down + box.top, self.left + box.right, down + box.bottom)

    @property
    def right(self) -> float:
        """Column of the page where the line image ends."""
        return self.left + float(self.image.shape[1])

    def gaps(self, space: float, wide: float) -> list[Gap]:
        """White of at least ``space`` pixels of the page between inked columns; ``wide`` from that many on."""
        inked = np.flatnonzero((self.image < _INKED).any(axis=0))
        runs = [(self.left + one + 1, self.left + other)
                for one, other in pairwise(inked.tolist()) if other > one + 1]
        return [Gap(one, other, other - one >= wide) for one, other in runs if other - one >= space]


def cut(grey: Grey, layout: Layout, segment: Segment) -> Crop:
    """The segment cut out of ``grey``, everybody else's ink white, its baseline level."""
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
    return Crop(image, left - pad, top, slope)

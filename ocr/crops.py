"""A line of a page as an image of its own: only its own ink, level, and what it takes to find the way back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from letters.page import Box
from ocr.lines import Layout, Segment
from ocr.raster import PAPER, Grey, grown, levelled, resized
from ocr.spaces import Gap

_PAD = 0.35          # of a body height, around the ink
_LEVEL = 0.003       # slopes below this (0.2 degrees) do not harm reading
_INKED = 200          # the lightest that may count as ink
# Letters' usual width in body heights: of narrow faces 0.55 to 0.62, of others 0.67 to 0.85.
_NARROW, _EASY, _STRETCH = 0.65, 0.72, 1.25


@dataclass(frozen=True, slots=True)
class Crop:
    """A line image in the page's own resolution; ``left``, ``top`` and ``slope`` lead back to the page. It is read
    ``stretch`` times as wide."""

    image: Grey
    left: int
    top: int
    slope: float
    stretch: float = 1.0

    @property
    def to_read(self) -> Grey:
        """The image as the engine gets it."""
        if self.stretch == 1.0:
            return self.image
        height, width = self.image.shape
        return resized(self.image, round(width * self.stretch), height)

    def on_page(self, box: Box) -> Box:
        """A box of the image as read in pixels of the page."""
        left, right = box.left / self.stretch, box.right / self.stretch
        down = self.top + round(self.slope * (left + right) / 2)
        return Box(self.left + left, down + box.top, self.left + right, down + box.bottom)

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


def stretch_of(layout: Layout) -> float:
    """How many times as wide the lines of a page are best read: 1, but more for narrow faces (those of Angsana,
    Browallia and Cordia), whose repeated digits and joined letters the engine, which looks at every third column of a
    line, takes for one."""
    glyphs = layout.glyphs
    wide = [glyphs.width[segment.letters] / segment.body for row in layout.rows for segment in row if segment.letters]
    usual = float(np.median(np.concatenate(wide)))
    return min(_STRETCH, round(_EASY / usual, 2)) if 0 < usual < _NARROW else 1.0


def cut(grey: Grey, layout: Layout, segment: Segment, stretch: float = 1.0) -> Crop:
    """The segment cut out of ``grey``, everybody else's ink white, its baseline level; to be read ``stretch`` times as
    wide."""
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
        above, below = (max(0, int(inked[0]) - pad), int(inked[-1]) + pad + 1) if inked.size else (0, len(image))
        image, top = image[above:below], top + above
    return Crop(image, left - pad, top, slope, stretch)

"""Connected pieces of ink: what the line finder and the finders of stamps and entries work on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Grey, Ink, Labels, labelled, otsu

_GREY = 250                       # what is lighter is paper
_BODY_INCHES = (0.03, 0.18)       # 8 pt small print to 48 pt headings


@dataclass(slots=True)
class Glyphs:
    """Connected components of ink: ``labels`` gives each pixel its component; the rest are columns by component."""

    labels: Labels
    left: NDArray[np.int32]
    top: NDArray[np.int32]
    right: NDArray[np.int32]
    bottom: NDArray[np.int32]
    area: NDArray[np.int32]

    @property
    def height(self) -> NDArray[np.int32]:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> NDArray[np.int32]:
        """Pixels from left to right."""
        return self.right - self.left


def binarise(grey: Grey) -> Ink:
    """Ink as 1. The threshold is Otsu's, held between faint print and grime."""
    threshold = min(max(otsu(grey, _GREY), 130), 200)
    return np.asarray((grey < threshold).view(np.uint8))


def components(ink: Ink) -> Glyphs:
    """Connected components; label 0 is paper and stays as an empty row."""
    labels, stats = labelled(ink)
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    stats[0, cv2.CC_STAT_WIDTH:] = 0  # width, height and area of the paper
    return Glyphs(labels, left, top, left + stats[:, cv2.CC_STAT_WIDTH],
                  top + stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA])


def body_height(glyphs: Glyphs, dpi: int) -> float | None:
    """The commonest height of components (weighted by width, so that specks count for little)."""
    least, most = (inches * dpi for inches in _BODY_INCHES)
    fits = (glyphs.height >= least) & (glyphs.height <= most) & (glyphs.width <= 3 * most)
    if fits.sum() < 3:
        return None
    counts = np.bincount(glyphs.height[fits], weights=glyphs.width[fits], minlength=int(most) + 2)
    smooth = cv2.GaussianBlur(counts.reshape(1, -1), (0, 0), max(1.0, dpi / 200)).ravel()
    return float(np.argmax(smooth))

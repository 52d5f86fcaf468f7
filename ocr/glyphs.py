"""Connected pieces of ink: what the line finder and the finders of stamps and entries work on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import PAPER, Grey, Ink, Labels, labelled, otsu

_GREY = 250                       # what is lighter is paper
_CELL, _AROUND = 8, (25, 9)       # pixels of a cell, and cells around one that tell how dark print is there
_LEAST_DARK, _READABLE = 25, 50   # from paper (0) to black (255): what may be print, and what print usually is at least
_GHOST, _FADED, _AS_DARK = 0.4, 0.75, 0.95  # of the usual darkness: of other pages' print, faded print, and all print
_SOME = 0.03                      # of the print that has faded, if any has
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
    """Ink as 1. The threshold is Otsu's, held between faint print and grime, and lighter where the print fades."""
    threshold = min(max(otsu(grey, _GREY), 130), 200)
    ink = np.asarray((grey < threshold).view(np.uint8))
    fading = _fading(grey)
    if fading is not None:
        lighter = cv2.resize((PAPER - (PAPER - threshold) * fading).astype(np.uint8), grey.shape[::-1])
        ink |= (grey < lighter).view(np.uint8)
    return ink


def _fading(grey: Grey) -> NDArray[np.float32] | None:
    """How dark the print is around each cell of the page, of what it is elsewhere (1: as dark); ``None`` where it
    nowhere fades. What is paler still is not the page's own print: it shows through from the other side."""
    every = _CELL // 2
    half = cv2.resize(grey, (grey.shape[1] // 2, grey.shape[0] // 2), interpolation=cv2.INTER_NEAREST)
    darkest = cv2.erode(half, np.ones((every, every), np.uint8))[every // 2::every, every // 2::every]
    dark = (PAPER - darkest).astype(np.float32)
    some = cv2.boxFilter(dark, -1, _AROUND) + np.float32(1)
    around = cv2.boxFilter(dark * dark, -1, _AROUND) / some  # what is dark counts for more than grime beside it
    print_ = dark >= _LEAST_DARK
    usual = float(np.quantile(around[print_], 0.75)) if print_.any() else 0.0
    share = around / np.float32(max(usual, 1.0))
    pale = share >= _GHOST
    if usual < _READABLE or np.count_nonzero(pale & (share < _FADED) & print_) < _SOME * np.count_nonzero(print_):
        return None
    return np.asarray(np.where(pale & (share < _AS_DARK), share, 1), np.float32)


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

"""Connected pieces of ink: what the line finder and the finders of stamps and entries work on."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.raster import Grey, Ink, Labels, labelled, otsu

_GREY = 250                       # what is lighter is paper
_DARK = 170                       # print with a lower threshold is dark all over; what is paler is a pen or a streak
_SQUARE, _AROUND, _FEW = 8, (9, 3), 0.3  # a square in pixels; squares (across, down) seen together; share with strokes
_CONTRAST, _PALER = 40, 0.6       # of strokes to their paper; how near to the paper is still ink
_LIFT = 2.0                       # how much the threshold rises for each grey that print is paler than usual
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


def binarise(grey: Grey, *, toner: bool = True) -> Ink:
    """Ink as 1. The threshold is Otsu's, held between faint print and grime. ``toner``: it may have come off in places.
    There, print is paler than usual on the page, and the threshold rises up to a grey between that print and its
    paper."""
    threshold = min(max(otsu(grey, _GREY), 130), 200)
    if not toner or threshold < _DARK:
        return np.asarray((grey < threshold).view(np.uint8))
    between = _between(grey)
    usual = float(np.median(between[between > 0])) if between.any() else 0.0
    limits = np.minimum(between, threshold + _LIFT * (between - usual))
    if not (limits > threshold).any():
        return np.asarray((grey < threshold).view(np.uint8))
    small = np.maximum(limits, threshold).astype(np.uint8)
    return np.asarray((grey < cv2.resize(small, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)).view(np.uint8))


def _between(grey: Grey) -> NDArray[np.float32]:
    """For each square of the page a grey between the strokes around and their paper; 0 where there are hardly any."""
    box = np.ones((_SQUARE, _SQUARE), np.uint8)
    middles = tuple(slice(min(_SQUARE // 2, size - 1), None, _SQUARE) for size in grey.shape)
    dark, light = (found(grey, box)[middles].astype(np.float32) for found in (cv2.erode, cv2.dilate))
    strokes = (light - dark > _CONTRAST).astype(np.float32)
    share = cv2.boxFilter(strokes, -1, _AROUND)
    between = cv2.boxFilter((dark + _PALER * (light - dark)) * strokes, -1, _AROUND) / np.maximum(share, _FEW)
    return np.asarray(np.where(share > _FEW, between, 0), np.float32)


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

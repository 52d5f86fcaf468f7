"""The few image operations of the room, with the types they really have."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]   # rows of pixels, 0 black to 255 white
Ink = NDArray[np.uint8]    # 1 where there is ink
Mask = NDArray[np.bool_]
Labels = NDArray[np.integer[Any]]  # which component each pixel belongs to; 0 is paper

PAPER = 255
_NONE = 1e-7  # share of pixels

# Pages are read side by side, one a core; threads inside an operation then only wait for one another (a tenth of the
# time of a page's image work).
cv2.setNumThreads(1)


def opened(ink: Ink, height: int, width: int) -> Ink:
    """What of the ink a box of this size fits into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((height, width), np.uint8)), np.uint8)


def closed(ink: Ink, height: int, width: int) -> Ink:
    """The ink with gaps filled that a box of this size does not fit into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8)), np.uint8)


def grown(ink: Ink, height: int, width: int) -> Ink:
    """The ink spread by half of a box of this size (on a grey image: the brightest around each pixel)."""
    return np.asarray(cv2.dilate(ink, np.ones((height, width), np.uint8)), np.uint8)


def labelled(ink: Ink) -> tuple[Labels, NDArray[np.int32]]:
    """Connected components (also across corners): each pixel's, and OpenCV's statistics of each, a row for a component.

    Labels of 16 bits take a third of the time of those of 32; a page of noise has more components than they can count.
    """
    try:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    except cv2.error:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
        return np.asarray(labels, np.int32), np.asarray(stats, np.int32)
    return np.asarray(labels, np.uint16), np.asarray(stats, np.int32)


def grey_of(pixels: NDArray[np.uint8]) -> Grey:
    """Grey of an RGB image."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def only(grey: Grey, mask: Mask) -> Grey:
    """The image where the mask is set, white elsewhere."""
    return np.asarray(cv2.copyTo(grey, mask.view(np.uint8), np.full_like(grey, PAPER)), np.uint8)


def spread(pixels: NDArray[np.uint8], among: Mask) -> Grey:
    """Difference between the strongest and the weakest of red, green, blue in each pixel of the mask; 0 elsewhere."""
    places = np.flatnonzero(among)
    red, green, blue = pixels.reshape(-1, 3)[places].T
    found = np.zeros(among.shape, np.uint8)
    found.ravel()[places] = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    return found


def resized(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The image (grey or RGB) at another size."""
    width, height = max(1, width), max(1, height)
    rows, columns = pixels.shape[:2]
    fold = min(columns // width, rows // height)
    if fold > 1:  # first by a whole number, without what is left over at the end: that is several times as fast
        rows, columns = rows // fold, columns // fold
        pixels = np.asarray(cv2.resize(pixels[:rows * fold, :columns * fold], (columns, rows),
                                       interpolation=cv2.INTER_AREA), np.uint8)
    if (columns, rows) == (width, height):
        return pixels
    way = cv2.INTER_AREA if width < columns else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), np.uint8)


def otsu(grey: Grey, below: int = PAPER + 1) -> int:
    """Otsu's threshold between dark and light among the pixels darker than ``below``; 0 where there are none. (OpenCV's
    own takes no mask, and to pick the pixels out takes three times as long.)"""
    counts = cv2.calcHist([grey], [0], None, [PAPER + 1], [0, PAPER + 1]).ravel().astype(np.float64)
    counts[below:] = 0
    if not counts.any():
        return 0
    share = counts / counts.sum()
    dark, so_far = np.cumsum(share), np.cumsum(share * np.arange(len(share)))
    both = (dark > _NONE) & (dark < 1 - _NONE)
    apart = (so_far[-1] * dark - so_far) ** 2
    return int(np.argmax(np.where(both, apart / np.where(both, dark * (1 - dark), 1), 0)))


def levelled(grey: Grey, slope: float) -> Grey:
    """Sheared so that a line of ``slope`` (rows per column) becomes level; a small tilt needs no turning."""
    height, width = grey.shape
    drop = slope * width
    matrix = np.array([[1, 0, 0], [-slope, 1, max(0.0, drop)]], np.float64)
    size = (width, height + int(abs(drop)) + 1)
    return np.asarray(cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_LINEAR, borderValue=PAPER), np.uint8)

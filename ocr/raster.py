"""The few image operations of the room, with the types they really have."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]   # rows of pixels, 0 black to 255 white
Ink = NDArray[np.uint8]    # 1 where there is ink
Mask = NDArray[np.bool_]

PAPER = 255


def opened(ink: Ink, height: int, width: int) -> Ink:
    """What of the ink a box of this size fits into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((height, width), np.uint8)), np.uint8)


def closed(ink: Ink, height: int, width: int) -> Ink:
    """The ink with gaps filled that a box of this size does not fit into."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((height, width), np.uint8)), np.uint8)


def grown(ink: Ink, height: int, width: int) -> Ink:
    """The ink spread by half of a box of this size (on a grey image: the brightest around each pixel)."""
    return np.asarray(cv2.dilate(ink, np.ones((height, width), np.uint8)), np.uint8)


def grey_of(pixels: NDArray[np.uint8]) -> Grey:
    """Grey of an RGB image."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def spread(pixels: NDArray[np.uint8]) -> Grey:
    """Difference between the strongest and the weakest of red, green, blue in each pixel."""
    red, green, blue = cv2.split(pixels)
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(cv2.subtract(most, least), np.uint8)


def resized(grey: Grey, width: int, height: int) -> Grey:
    """The image at another size."""
    smaller = width < grey.shape[1]
    return np.asarray(cv2.resize(grey, (max(1, width), max(1, height)),
                                 interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC), np.uint8)


def otsu(grey: NDArray[np.uint8]) -> float:
    """Otsu's threshold between dark and light."""
    return float(cv2.threshold(grey, 0, PAPER, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])


def levelled(grey: Grey, slope: float) -> Grey:
    """Sheared so that a line of ``slope`` (rows per column) becomes level; a small tilt needs no turning."""
    height, width = grey.shape
    drop = slope * width
    matrix = np.array([[1, 0, 0], [-slope, 1, max(0.0, drop)]], np.float64)
    size = (width, height + int(abs(drop)) + 1)
    return np.asarray(cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_LINEAR, borderValue=PAPER), np.uint8)

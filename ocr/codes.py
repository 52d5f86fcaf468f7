"""QR codes and other matrix codes on a page."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from letters.page import Box, Code
from ocr.raster import Grey, closed, grey_of, labelled, otsu, resized

_WORK = 1170                 # pixels of the long side: A4 at 100 dpi
_JOIN = 9                    # white that modules of a code leave between them at most, at that size
_SIDE = (40, 400)            # of a code
_SQUARE, _FULL = 1.35, 0.45  # long to short side; share of the box that is taken (half, if it stands on a corner)
_DARK = (0.2, 0.75)          # share of the code that is ink
_LARGER = 2


def find_codes(pixels: NDArray[np.uint8]) -> tuple[Code, ...]:
    """Every code that could be read on a page (grey or RGB), with its box in pixels.

    What looks like a code and could not be read is looked at again, larger: that helps with blur and noise.
    """
    grey = pixels if pixels.ndim == 2 else grey_of(pixels)
    found = [Code(code.text, _box(code.position)) for code in _read(grey) if code.text]
    for place in _squares(grey):
        if not any(code.box and _within(code.box, place) for code in found):
            found += _looked_at_again(grey, place)
    return tuple(found)


def _read(grey: Grey) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))


def _squares(grey: Grey) -> Iterator[Box]:
    """Places about square and about half black, as codes are (and emblems, which cost little to look at)."""
    scale = _WORK / max(grey.shape)
    small = resized(grey, round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    ink = (small < otsu(small)).astype(np.uint8)
    _, stats = labelled(closed(ink, _JOIN, _JOIN))
    for left, top, width, height, area in stats[1:].tolist():
        if not (_SIDE[0] <= min(width, height) and max(width, height) <= min(_SIDE[1], _SQUARE * min(width, height))):
            continue
        dark = float(ink[top:top + height, left:left + width].mean()) * width * height / area
        if area >= _FULL * width * height and _DARK[0] <= dark <= _DARK[1]:
            yield Box((left - _JOIN) / scale, (top - _JOIN) / scale, (left + width + _JOIN) / scale,
                      (top + height + _JOIN) / scale)


def _looked_at_again(grey: Grey, place: Box) -> list[Code]:
    left, top = max(0, int(place.left)), max(0, int(place.top))
    crop = grey[top:int(place.bottom) + 1, left:int(place.right) + 1]
    larger = resized(crop, _LARGER * crop.shape[1], _LARGER * crop.shape[0])
    for attempt in (larger, np.asarray(cv2.GaussianBlur(larger, (0, 0), _LARGER), np.uint8)):
        codes = [Code(code.text, _moved(_box(code.position), left, top)) for code in _read(attempt) if code.text]
        if codes:
            return codes
    return []


def _moved(box: Box, left: int, top: int) -> Box:
    """A box of the larger image on the page."""
    return Box(left + box.left / _LARGER, top + box.top / _LARGER, left + box.right / _LARGER,
               top + box.bottom / _LARGER)


def _within(box: Box, place: Box) -> bool:
    middle, row = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return place.left <= middle <= place.right and place.top <= row <= place.bottom


def _box(position: zxingcpp.Position) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(min(across), min(down), max(across), max(down))

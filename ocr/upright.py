"""Which way up a page lies: sideways, upside down or askew. Told by its own lines, before anything is read.

Letters stand on lines, so their feet pile up on few rows if the page is level, and on none if it lies sideways. Thai
has four marks over its letters for one below, so a page upside down shows most of its marks under its lines. A page
that gives no clear answer is tried by reading.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.clean import Sheet, evened, separated
from ocr.crops import cut
from ocr.lines import Layout, Segment, components, find_lines
from ocr.raster import Grey, resized
from ocr.together import Asking
from ocr.words import mean

_WORK_DPI = 100               # letters of 8 to 40 points are 5 to 25 pixels high
_DARK = 170
_SIZES = (0.04, 0.2)          # inches of a letter's longer side
_LEAST_LETTERS = 25           # fewer tell nothing
_SIDEWAYS = 1.6               # so much better the feet must line up the other way; letters show 3 to 9
_STEEPEST, _COARSE, _FINE = 12.0, 0.5, 0.1  # degrees
_HARMLESS = 1.0               # degrees that the line finder takes as they are
_ROW = 2.0                    # pixels of a row at the working resolution
_BIG, _OVER, _UNDER = 0.2, 0.9, 0.1        # of a body height: the least mark, and where it stands off the baseline
_LEAST_MARKS, _CLEAR = 12, 0.62
_TRIED, _TRIAL_LETTERS, _BETTER = 4, 4, 0.1  # lines read both ways; how much surer the page must be on its head

_Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Upright:
    """A page turned upright: its ``pixels`` (grey or RGB), by how many degrees clockwise they were turned, the page
    cleaned, and the lines of its print."""

    pixels: NDArray[np.uint8]
    rotation: float
    sheet: Sheet
    layout: Layout | None


def upright(image: Image.Image, dpi: int) -> Asking[Upright]:
    """The page turned so that it can be read. An upright page costs no more than cleaning and layout would anyway."""
    pixels = np.asarray(image)
    plain = evened(pixels)
    rotation = tilt(plain, dpi)
    if rotation:
        pixels = np.asarray(turned(image, rotation))
        plain = evened(pixels)
    sheet = separated(pixels, plain)
    layout = find_lines(sheet.print, dpi)
    if layout is not None and not (yield from _stands_or_reads(sheet.print, layout)):
        pixels = np.ascontiguousarray(np.rot90(pixels, 2))
        plain = evened(pixels)
        sheet = separated(pixels, plain)
        layout, rotation = find_lines(sheet.print, dpi), rotation + (180 if rotation <= 0 else -180)
    return Upright(pixels, round(rotation, 1), sheet, layout)


def _stands_or_reads(grey: Grey, layout: Layout) -> Asking[bool]:
    """Whether the page stands upright: by its marks, and where these do not tell, by reading a few lines both ways."""
    told = stands(layout)
    if told is not None:
        return told
    segments = sorted((segment for row in layout.rows for segment in row), key=lambda one: -len(one.letters))
    crops = [cut(grey, layout, one).image for one in segments[:_TRIED] if len(one.letters) >= _TRIAL_LETTERS]
    found = yield [*crops, *(np.rot90(crop, 2) for crop in crops)]
    as_is, over = (mean([piece for pieces in half for piece in pieces])
                   for half in (found[:len(crops)], found[len(crops):]))
    return over <= as_is + _BETTER


def turned(image: Image.Image, rotation: float) -> Image.Image:
    """The image turned clockwise by ``rotation`` degrees: quarters without loss, the rest on a larger white sheet.

    ``turned(document.image(n), page.rotation)`` is the image that a page's boxes refer to.
    """
    quarters = round(rotation / 90)
    turns = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
    turn = turns[quarters % 4]
    upright = image if turn is None else image.transpose(turn)
    askew = rotation - 90 * quarters
    if abs(askew) < _FINE / 2:
        return upright
    size, matrix = _way(upright.size, math.radians(askew))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return Image.fromarray(cv2.warpAffine(np.asarray(upright), matrix, size, flags=flags, borderValue=(255, 255, 255)))


def _way(size: tuple[int, int], turn: float) -> tuple[tuple[int, int], NDArray[np.float64]]:
    """Size of the sheet that holds all of an image (of ``size``, width and height) turned clockwise by ``turn``
    radians, and the affine matrix from that sheet's pixels to the image's."""
    width, height = size
    cos, sin = math.cos(turn), math.sin(turn)
    reach, drop = width * abs(cos) + height * abs(sin), width * abs(sin) + height * abs(cos)
    wide = math.ceil((width + reach) / 2) - math.floor((width - reach) / 2)
    high = math.ceil((height + drop) / 2) - math.floor((height - drop) / 2)
    across, down = (wide - 1) / 2, (high - 1) / 2
    return (wide, high), np.array([[cos, sin, (width - 1) / 2 - cos * across - sin * down],
                                   [-sin, cos, (height - 1) / 2 + sin * across - cos * down]])


def tilt(grey: Grey, dpi: int) -> float:
    """Degrees by which a page (dark print on even paper) must be turned clockwise so that its lines are level: near 0
    or near 90. Whether it then stands on its head is left open. 0 for what the line finder can take as it is."""
    scale = _WORK_DPI / dpi
    small = resized(grey, round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    glyphs = components((small < _DARK).astype(np.uint8))
    least, most = (size * _WORK_DPI for size in _SIZES)
    longer, shorter = np.maximum(glyphs.width, glyphs.height), np.minimum(glyphs.width, glyphs.height)
    letters = np.flatnonzero((longer >= least) & (longer <= most) & (shorter >= 0.5 * least))
    if letters.size < _LEAST_LETTERS:
        return 0.0
    left, right, top, bottom = (side[letters].astype(float) for side in
                                (glyphs.left, glyphs.right, glyphs.top, glyphs.bottom))
    level = _steepness((left + right) / 2, top, bottom)
    across = _steepness(-(top + bottom) / 2, left, right)
    if across.gain > _SIDEWAYS * level.gain:
        return 90.0 - across.degrees
    return -level.degrees if abs(level.degrees) > _HARMLESS else 0.0


@dataclass(frozen=True, slots=True)
class _Steepness:
    """How steeply lines fall to the right, and how well their letters then stand in rows."""

    degrees: float
    gain: float


def _steepness(along: _Points, upper: _Points, lower: _Points) -> _Steepness:
    """The slope at which feet or heads of the letters pile up on the fewest rows."""
    coarse = np.arange(-_STEEPEST, _STEEPEST + _COARSE / 2, _COARSE)
    gains = [_piled(along, lower, degrees) + _piled(along, upper, degrees) for degrees in coarse]
    best = float(coarse[int(np.argmax(gains))])
    fine = best + np.arange(-_COARSE, _COARSE + _FINE / 2, _FINE)
    finer = [_piled(along, lower, degrees) + _piled(along, upper, degrees) for degrees in fine]
    return _Steepness(float(fine[int(np.argmax(finer))]), max(finer))


def _piled(along: _Points, ends: _Points, degrees: float) -> float:
    rows = ends - np.tan(np.radians(degrees)) * along
    counts = np.bincount(((rows - rows.min()) / _ROW).astype(np.int64)).astype(float)
    return float(((counts[:-1] + counts[1:]) ** 2).sum())


def stands(layout: Layout) -> bool | None:
    """Whether the page stands upright (``True``) or on its head, by the marks over and under its lines; ``None`` where
    there are too few, or as many below as above."""
    marks = [_marks(layout, segment) for row in layout.rows for segment in row]
    above, below = sum(over for over, _ in marks), sum(under for _, under in marks)
    if above + below < _LEAST_MARKS:
        return None
    share = above / (above + below)
    return share > 0.5 if max(share, 1 - share) >= _CLEAR else None


def _marks(layout: Layout, segment: Segment) -> tuple[int, int]:
    """How many marks of a segment stand over its letters, and how many under its baseline."""
    glyphs, body, marks = layout.glyphs, segment.body, np.array(segment.marks, np.intp)
    marks = marks[np.maximum(glyphs.height[marks], glyphs.width[marks]) > _BIG * body]
    base = segment.slope * (glyphs.left[marks] + glyphs.right[marks]) / 2 + segment.rise
    return (int((glyphs.bottom[marks] < base - _OVER * body).sum()),
            int((glyphs.top[marks] > base - _UNDER * body).sum()))

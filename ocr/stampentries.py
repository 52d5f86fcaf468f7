"""What is entered in the rows of received stamps: which ink belongs together, and what it may read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from letters.page import Alternative
from ocr.glyphs import Glyphs
from ocr.handwriting.decode import Beliefs, Kind, readings, typed
from ocr.handwriting.model import temperature, views
from ocr.raster import Grey
from ocr.words import Piece

_ALONE = 0.06                  # white around a form's own slash, in heights of the stamp
_STROKE, _NARROW = 0.11, 0.6   # height of a form's own slash at most, likewise; its width, of its height
_BROAD = 2.5                   # width of a day with its month, of its height
_TYPED, _SURE = 0.5, 0.8       # from here on it is print, and Tesseract's reading is good
_NUMBER = re.compile(r"[๐-๙]+|\d+")
_YEAR = re.compile(r"[๐-๙]{1,4}|\d{1,4}")
_YEARS, _SERIALS = 4, 3        # readings of either that are weighed together
_THAI = 0.1                    # of stamps are entered in Thai digits
_SAME_SCRIPT = 0.65            # Tesseract takes digits by hand for those of the other script about so often
_SURER = 0.5                   # of the temperature: hands in stamps are small and plain, and read surer than in heads
# Of received numbers: with ว, with the year behind a slash, with a zero first, with a slash before it by mistake.
_MARKED, _DATED, _ZERO, _SLASHED = 0.01, 0.3, 0.1, 0.01


def together(glyphs: Glyphs, here: NDArray[np.intp], apart: float) -> list[list[int]]:
    """Components from left to right in groups with wide white between them."""
    groups: list[list[int]] = []
    for one in here[np.argsort(glyphs.left[here], kind="stable")]:
        if not groups or glyphs.left[one] - max(glyphs.right[groups[-1]]) > apart:
            groups.append([])
        groups[-1].append(int(one))
    return groups


def without_slashes(glyphs: Glyphs, here: NDArray[np.intp], high: int) -> NDArray[np.intp]:
    """Components without the slashes that a form has on its dotted lines: low and narrow ones that stand alone."""
    order = here[np.argsort(glyphs.left[here], kind="stable")]
    ends = np.maximum.accumulate(glyphs.right[order])
    white = np.concatenate([[high], glyphs.left[order][1:] - ends[:-1], [high]])
    alone = np.minimum(white[:-1], white[1:]) >= _ALONE * high
    slash = (glyphs.height < _STROKE * high) & (glyphs.width < _NARROW * glyphs.height)
    return np.asarray(order[~(alone & slash[order])], np.intp)


def is_broad(glyphs: Glyphs, group: Sequence[int]) -> bool:
    """Whether components are too wide together for a day."""
    width = glyphs.right[group].max() - glyphs.left[group].min()
    return bool(width > _BROAD * (glyphs.bottom[group].max() - glyphs.top[group].min()))


def read_groups(crops: Sequence[Grey], kind: Kind, heard: Sequence[Piece]) -> tuple[Alternative, ...]:
    """What an entry in one or more groups may read: the last of several is its year if it reads like one."""
    ranked = _read_entry(crops[0], kind, heard if len(crops) == 1 else ())
    years = [one for one in _read_entry(crops[-1], kind, ()) if _YEAR.fullmatch(one.text)] if len(crops) > 1 else []
    sure = sum(one.probability for one in years)
    if not years:
        return ranked
    dated = [Alternative(f"{serial.text}/{year.text}", round(serial.probability * year.probability / sure, 4))
             for serial in ranked[:_SERIALS] for year in years[:_YEARS]]
    return tuple(sorted(dated, key=lambda one: -one.probability))


def _read_entry(crop: Grey, kind: Kind, heard: Sequence[Piece]) -> tuple[Alternative, ...]:
    """What an entry may read, likeliest first; ``heard`` is what Tesseract read there. Empty where it is no number, or
    print that Tesseract is sure of."""
    text = "".join(piece.text for piece in heard)
    seen = views(crop)
    if _NUMBER.fullmatch(text) and typed(seen) >= _TYPED and min(piece.confidence for piece in heard) >= _SURE:
        return ()
    plain = re.sub(r"/+", "/", re.sub(r"[^๐-๙\d/]", "", text))
    thai = _SAME_SCRIPT if re.search("[๐-๙]", plain) else 1 - _SAME_SCRIPT if plain else _THAI
    return readings(seen, kind, Beliefs(thai, _MARKED, plain, _DATED, _ZERO, _SLASHED), _SURER * temperature())

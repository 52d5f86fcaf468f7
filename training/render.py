"""A line of text as ink on white, shaped as Thai is (Pillow with Raqm), larger than it will be scanned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from training.charset import THAI_DIGITS
from training.faces import CONSONANT_HEIGHT, Face

#: Lines are drawn this many times larger than they will be in the scan, since a scanner sees no pixel grid of a font.
OVERSAMPLE = 2
# What a Thai reader sees as one column: a letter with the marks above and below it, and ำ that leans over it.
_COLUMN = re.compile(r"[^\u0e31\u0e33-\u0e3a\u0e47-\u0e4e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*\u0e33?|.")
_LATIN_RUN = re.compile(r"[!-~“”‘’–…•«»°×½²]+(?: +[!-~“”‘’–…•«»°×½²]+)*")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ink of a line, 0 none to 255 full, OVERSAMPLE times as large; baseline row and height of ก in its pixels."""

    ink: NDArray[np.uint8]
    baseline: int
    consonant: int


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line is set: pixels per em of TH Sarabun, added letter space in ems, factors on word space and Latin."""

    size: float
    tracking: float = 0.0
    word_space: float = 1.0
    other_latin: bool = False
    latin_size: float = 1.0


def setting(rng: Random, size: float, face: Face) -> Setting:
    """A setting as letters have them: mostly plain, a fifth spaced out or drawn together as justified lines are."""
    tracking = rng.choices((0.0, rng.uniform(0.01, 0.09), rng.uniform(-0.02, 0.0)), (78, 16, 6))[0]
    tracking *= not face.monospaced
    other = face.latin is not None and (face.latin_always or rng.random() < 0.5)
    return Setting(size, tracking, rng.choices((1.0, rng.uniform(0.7, 3.0)), (3, 1))[0], other, rng.uniform(0.86, 1.12))


def draw(text: str, face: Face, how: Setting) -> Drawn:
    """The ink of a text. Spaces at its ends draw nothing."""
    nominal = how.size * OVERSAMPLE
    size = nominal * face.scale
    above, below = round(nominal * 1.5), round(nominal * 0.8)
    pieces = list(_pieces(text, face, how, size))
    width = round(sum(advance for _, _, advance in pieces) + size * 1.5)
    image = Image.new("L", (max(width, 8), above + below), 0)
    pen, at = ImageDraw.Draw(image), size * 0.5
    for piece, font, advance in pieces:
        if piece != " ":
            pen.text((at, above), piece, font=font, fill=255, anchor="ls")
        at += advance
    consonant = round(nominal * CONSONANT_HEIGHT)
    return Drawn(np.asarray(image), above, consonant)


def _pieces(text: str, face: Face, how: Setting, size: float) -> Iterator[tuple[str, ImageFont.FreeTypeFont, float]]:
    """The runs that are drawn in one go, each with its font and its advance in pixels."""
    for run, is_latin in _runs(text, how.other_latin):
        path = face.latin if is_latin and face.latin else face.path
        factor = _latin_factor(face) * how.latin_size if is_latin else 1.0
        font = _font(path, round(size * factor * 4) / 4)
        for piece in _split(run, plain=how.tracking == 0.0):
            extra = how.tracking * size * len(_COLUMN.findall(piece))
            yield piece, font, font.getlength(piece) * (how.word_space if piece == " " else 1.0) + extra


def _split(run: str, *, plain: bool) -> list[str]:
    """Words and single spaces; single columns where letters are spaced out, which no shaping crosses."""
    return re.findall(r" |[^ ]+", run) if plain else _COLUMN.findall(run)


def _runs(text: str, separate_latin: bool) -> Iterator[tuple[str, bool]]:
    if not separate_latin:
        yield text, False
        return
    at = 0
    for found in _LATIN_RUN.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


@lru_cache(maxsize=64)
def _latin_factor(face: Face) -> float:
    """The size of the Latin face against the Thai one at which a digit is 1.22 times as high as ก, as in TH Sarabun."""
    assert face.latin is not None  # noqa: S101 (asked for only where there is one)
    heights = []
    for path, character in ((face.path, "ก"), (face.latin, "0")):
        box = _font(path, 200.0).getbbox(character)
        heights.append(box[3] - box[1])
    return float(1.22 * heights[0] / heights[1])


@lru_cache(maxsize=512)
def _font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)


def printed(text: str, face: Face) -> str:
    """What the face shows for a text: single spaces, and Thai digits where the face draws no others."""
    shown = text.translate(str.maketrans("0123456789", THAI_DIGITS)) if face.thai_digits_only else text
    return " ".join(shown.split())

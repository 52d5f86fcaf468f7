"""Entries by hand and in print as the finder cuts them out of scans: what they look like and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from letters.text import THAI_DIGITS
from ocr.handwriting.signs import ARABIC_DIGITS
from ocr.raster import PAPER, Grey
from training.corpus import Part
from training.faces import cabinet, font_file
from training.handwriting.scans import scanned
from training.handwriting.shapes import Shapes, bent, shapes
from training.handwriting.ways import Way, Ways
from training.handwriting.writer import TALL, Hand, inked

_LENGTHS = ((1, 2, 3, 4, 5), (5, 12, 26, 44, 13))
_CONSONANTS = "กขคงจชดตทนบปพมยรลวสหอเแ"
_SHAPED = 0.55   # of entries are in shapes of office hands
_OWN_WAYS = 3   # a writer has of each sign
_PRINTED = 0.35  # of ว stand in print before the digits
_GROUPED = 0.15  # of numbers have a comma before the last three digits, which is read as nothing
_MACHINES = ("DejaVuSans-Bold", "LiberationSans-Bold", "LiberationSansNarrow-Bold", "Garuda-Bold")


@dataclass(frozen=True, slots=True)
class Entry:
    """A crop, dark on light; its ``text`` (empty where there is nothing to read); whether it is ``typed`` (``None``
    where neither answer would be right)."""

    crop: Grey
    text: str
    typed: bool | None


@dataclass(frozen=True, slots=True)
class Composer:
    """Draws entries of digits by hand from ``ways`` and of print in the faces of ``part``."""

    ways: Ways
    part: Part = "teach"

    @property
    def shapes(self) -> Shapes:
        """Shapes of digits of office hands; one of four is kept for the test."""
        return shapes(self.part)

    def entry(self, rng: Random) -> Entry:
        """One entry: mostly by hand, else typed, stamped by a numbering machine, or no number at all."""
        kind = rng.choices(("hand", "typed", "machine", "nothing"), (67, 18, 9, 6))[0]
        if kind == "nothing":
            return Entry(scanned(self._nothing(rng), rng), "", None)
        text = number(rng, thai=rng.random() < (0.25 if kind == "machine" else 0.6))
        if kind == "hand":
            return Entry(scanned(self._by_hand(text, rng), rng), text, False)
        if kind == "typed":
            return Entry(scanned(self._typed(text, rng), rng), text, True)
        return Entry(scanned(_machine(text.replace("ว", ""), rng), rng), text.replace("ว", ""), None)

    def _by_hand(self, text: str, rng: Random) -> Grey:
        """The whole by one writer; a ว may be printed and only the digits behind it written."""
        if text.startswith("ว") and rng.random() < _PRINTED:
            return _beside(self._typed("ว", rng), _uneven(self._drawn(text[1:], rng), rng), rng)
        return _uneven(self._drawn(text, rng), rng)

    def _drawn(self, text: str, rng: Random) -> Grey:
        hand, shaped = Hand(rng), rng.random() < _SHAPED
        shown = grouped(text) if rng.random() < _GROUPED else text
        ways = {sign: [self._way(sign, rng, shaped=shaped) for _ in range(_OWN_WAYS)] for sign in sorted(set(shown))}
        return inked(hand.row(shown, ways), hand.pen)

    def _way(self, sign: str, rng: Random, *, shaped: bool) -> Way:
        if sign == ".":
            return np.array([[[0.0, 1.0], [-0.02, 0.97]]], np.float32)
        if sign not in self.ways or (sign == "ว" and rng.random() < 0.75) or (shaped and sign != "ว"):
            wide = rng.uniform(1.0, 1.7) if sign in THAI_DIGITS else rng.uniform(1.0, 1.4) if sign == "ว" else 1.0
            return bent(rng.choice(self.shapes[sign]), rng) * np.array([wide, 1.0], np.float32)
        return rng.choice(self.ways[sign])

    def _typed(self, text: str, rng: Random) -> Grey:
        shown = text.replace("ว", "ว ") if rng.random() < 0.4 else text
        face = cabinet(self.part).draw(rng, shown)
        asked = shown.translate(_AS_ASCII) if face.thai_digits_only and rng.random() < 0.5 else shown
        path = face.latin if face.latin and asked.isascii() and (face.latin_always or rng.random() < 0.5) else face.path
        return _written(asked, str(path), round(TALL * 1.6 * face.scale))

    def _nothing(self, rng: Random) -> Grey:
        if rng.random() < 0.5:
            text = "".join(rng.choices(_CONSONANTS, k=rng.randint(1, 5)))
            return self._typed(text, rng)
        points = np.cumsum(np.array([[rng.uniform(-0.2, 0.4), rng.gauss(0, 0.4)] for _ in range(rng.randint(2, 9))]), 0)
        points[:, 1] -= points[:, 1].min()
        curve = _smooth(points / max(1.0, float(points[:, 1].max())))
        return inked(np.stack([curve[:-1], curve[1:]], axis=1).astype(np.float32), rng.uniform(0.04, 0.12))


_AS_ASCII = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)


def number(rng: Random, *, thai: bool) -> str:
    """A running number or a day, perhaps with what stands before it."""
    if rng.random() < 0.3:
        text = str(rng.randint(1, 31))
    else:
        length = rng.choices(*_LENGTHS)[0]
        text = "".join(rng.choices(ARABIC_DIGITS, k=length)).lstrip("0") or "0"
        text = ("0" + text if rng.random() < 0.05 else text)
        text = (f"{text}.{rng.randint(1, 40)}" if rng.random() < 0.02 else text)
        text = (f"{text}/{rng.randint(50, 70)}" if rng.random() < 0.18 else text)  # as received stamps number
        text = "ว" + text if rng.random() < 0.28 else text
        text = "/" + text if rng.random() < 0.22 else text
    return text.translate(str.maketrans(ARABIC_DIGITS, THAI_DIGITS)) if thai else text


def grouped(text: str) -> str:
    """A number with a comma before its last three digits, as sums of money are written."""
    digits = text.lstrip("/ว")
    return f"{text[:-3]},{text[-3:]}" if digits.isdecimal() and len(digits) > len("999") else text


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    at = np.linspace(0, len(points) - 1, 8 * len(points))
    kernel = np.ones(7) / 7
    dense = [np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1)]
    return np.stack([np.convolve(np.pad(one, 3, "edge"), kernel, "valid") for one in dense], axis=1)


def _written(text: str, path: str, size: int) -> Grey:
    font = ImageFont.truetype(path, size)
    left, top, right, bottom = font.getbbox(text)
    sheet = Image.new("L", (max(4, int(right - left)), max(4, int(bottom - top))), 255)
    ImageDraw.Draw(sheet).text((-left, -top), text, 0, font=font)
    return np.asarray(sheet)


def _beside(printed: Grey, drawn: Grey, rng: Random) -> Grey:
    """Print with writing to its right: larger, its foot higher or lower, touching the print or apart from it."""
    high = round(printed.shape[0] * drawn.shape[0] / TALL * rng.uniform(1.0, 2.2))
    wide = max(4, round(drawn.shape[1] * high / drawn.shape[0]))
    drawn = np.asarray(cv2.resize(drawn, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)
    drop = round(high * rng.uniform(-0.25, 0.3)) if high > printed.shape[0] else 0
    apart = round(printed.shape[0] * rng.uniform(-0.05, 1.2))
    top, foot = max(0, high - drop - printed.shape[0]), max(0, drop)
    size = (max(high, printed.shape[0] + top + foot), max(1, printed.shape[1] + apart) + wide)
    sheet = np.full(size, PAPER, np.uint8)
    row = min(top, sheet.shape[0] - printed.shape[0])
    sheet[row:row + printed.shape[0], :printed.shape[1]] = printed[:, :sheet.shape[1]]
    place = np.s_[:high, sheet.shape[1] - wide:]
    sheet[place] = np.minimum(sheet[place], drawn)
    return sheet


def _uneven(sheet: Grey, rng: Random) -> Grey:
    """Ink of a pen that presses now more, now less."""
    if rng.random() < 0.5:
        return sheet
    spots = max(2, sheet.shape[1] // 30)
    palest = rng.choice((110, 110, 160))
    levels = np.array([[rng.uniform(0, palest) for _ in range(spots)] for _ in range(3)], np.float32)
    return np.asarray(np.maximum(sheet, cv2.resize(levels, sheet.shape[::-1])), np.uint8)


def _machine(text: str, rng: Random) -> Grey:
    """A numbering machine's bold figures, apart and unevenly inked."""
    path = next(str(found) for name in rng.sample(_MACHINES, 4) if (found := font_file(name)))
    shown = text if path.endswith("Garuda-Bold.ttf") else text.translate(_AS_ASCII)
    sheet = _written((" " * rng.randint(0, 1)).join(shown), path, TALL)
    high, wide = sheet.shape
    levels = np.array([[rng.uniform(0, 150) for _ in range(8)] for _ in range(3)], np.float32)
    patches = cv2.resize(levels, (wide, high))
    return np.asarray(np.maximum(sheet, np.where(sheet < 128, patches, sheet)), np.uint8)



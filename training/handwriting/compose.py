"""Entries by hand and in print as the finder cuts them out of scans: what they look like and what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from letters.text import THAI_DIGITS
from ocr.handwriting.signs import ARABIC_DIGITS
from ocr.handwriting.view import PALE, SPECK, alone
from ocr.lines import components
from ocr.raster import PAPER, Grey
from training.corpus import Part
from training.faces import cabinet, font_file
from training.handwriting.shapes import Shapes, bent, shapes
from training.handwriting.ways import Way, Ways

_TALL = 72  # pixels of a digit before the scan's resolution
_LOW = "๐๑๓ว"  # as high as a consonant; the other Thai digits rise above it
_TAILED = "๒๔๕๗๘๙"
_LENGTHS = ((1, 2, 3, 4, 5), (5, 12, 26, 44, 13))
_CONSONANTS = "กขคงจชดตทนบปพมยรลวสหอเแ"
_SHAPED = 0.45  # of entries are in shapes of office hands, as far as there are any
_STAYS = 0.7    # of the ink at least, where an entry is cut out: what is mostly lost is no entry any more
_MACHINES = ("DejaVuSans-Bold", "LiberationSans-Bold", "LiberationSansNarrow-Bold", "Garuda-Bold")

Strokes = NDArray[np.float32]


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
            return Entry(_scanned(self._nothing(rng), rng), "", None)
        text = number(rng, thai=rng.random() < (0.25 if kind == "machine" else 0.6))
        if kind == "hand":
            return Entry(_scanned(self._by_hand(text, rng), rng), text, False)
        if kind == "typed":
            return Entry(_scanned(self._typed(text, rng), rng), text, True)
        return Entry(_scanned(_machine(text.replace("ว", ""), rng), rng), text.replace("ว", ""), None)

    def _by_hand(self, text: str, rng: Random) -> Grey:
        """The whole by one writer; a ว is often printed and only the digits behind it are written."""
        if text.startswith("ว") and rng.random() < 0.6:
            return _beside(self._typed("ว", rng), _uneven(self._drawn(text[1:], rng), rng), rng)
        return _uneven(self._drawn(text, rng), rng)

    def _drawn(self, text: str, rng: Random) -> Grey:
        hand = _Hand(rng)
        shaped = rng.random() < _SHAPED
        strokes, x, known = list[Strokes](), 0.0, dict[str, Way]()
        for sign in text:
            if sign not in known or rng.random() < 0.4:  # a writer's digits are alike
                known[sign] = self._way(sign, rng, shaped=shaped)
            drawn = hand.sign(known[sign], sign)
            x += max(hand.overlap, rng.gauss(hand.gap, 0.09)) - float(drawn[:, :, 0].min())
            placed = drawn + np.array([x, hand.slope * x + hand.bow * x * x], np.float32)
            if strokes and sign.isdecimal() and hand.joins(placed[0, 0] - strokes[-1][-1, 1]):
                strokes.append(np.stack([strokes[-1][-1, 1], placed[0, 0]])[None])
            strokes.append(placed)
            x += float(drawn[:, :, 0].max()) + (rng.uniform(0, 0.8) if sign in "/ว" else 0.0)
        return _inked(np.concatenate(strokes), hand.pen)

    def _way(self, sign: str, rng: Random, *, shaped: bool) -> Way:
        if sign == ".":
            return np.array([[[0.0, 1.0], [-0.02, 0.97]]], np.float32)
        if sign == "/" or (shaped and sign in self.shapes):
            return bent(rng.choice(self.shapes[sign]), rng)
        if sign == "ว" and rng.random() < 0.5:
            return _circular(rng)
        return rng.choice(self.ways[sign])

    def _typed(self, text: str, rng: Random) -> Grey:
        shown = text.replace("ว", "ว ") if rng.random() < 0.4 else text
        face = cabinet(self.part).draw(rng, shown)
        asked = shown.translate(_AS_ASCII) if face.thai_digits_only and rng.random() < 0.5 else shown
        path = face.latin if face.latin and asked.isascii() and (face.latin_always or rng.random() < 0.5) else face.path
        return _written(asked, str(path), round(_TALL * 1.6 * face.scale))

    def _nothing(self, rng: Random) -> Grey:
        if rng.random() < 0.5:
            text = "".join(rng.choices(_CONSONANTS, k=rng.randint(1, 5)))
            return self._typed(text, rng)
        points = np.cumsum(np.array([[rng.uniform(-0.2, 0.4), rng.gauss(0, 0.4)] for _ in range(rng.randint(2, 9))]), 0)
        points[:, 1] -= points[:, 1].min()
        curve = _smooth(points / max(1.0, float(points[:, 1].max())))
        return _inked(np.stack([curve[:-1], curve[1:]], axis=1).astype(np.float32), rng.uniform(0.04, 0.12))


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


class _Hand:
    """A writer: pen, slant, size and spacing stay much the same through one entry."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.pen = rng.uniform(0.035, 0.13)
        self.slant = rng.gauss(0.1, 0.2)
        self.width = rng.uniform(0.6, 1.15)
        self.gap = rng.choice((rng.uniform(-0.05, 0.12), rng.uniform(0.02, 0.2), rng.uniform(0.1, 0.5)))
        self.overlap = -rng.choice((0.02, 0.12, 0.2))  # how far a digit may reach into the one before it
        self.slope = rng.gauss(0, 0.06)
        self.bow = rng.gauss(0, 0.008)
        self.rise = rng.uniform(1.1, 1.55)
        self.joined = rng.random() < 0.12

    def joins(self, way: NDArray[np.float32]) -> bool:
        """Whether the pen stays on the paper over a ``way`` from one digit to the next."""
        return self.joined and float(np.hypot(*way)) < 0.7 and self.rng.random() < 0.7

    def sign(self, way: Way, sign: str) -> Strokes:
        """A sign's strokes, its foot at 0 and most of it above (negative), bent a little."""
        rng = self.rng
        wide = float(way[:, :, 0].max())
        points = way * np.array([self.width * min(1.0, 1.3 / max(wide, 0.1)), 1.0], np.float32)
        if sign in _TAILED and rng.random() < 0.4:  # tails that run far up, often to the right
            tail = np.clip(0.35 - points[:, :, 1:], 0, None)
            points = points + tail * np.array([rng.uniform(-0.2, 1.2), -rng.uniform(0.2, 1.3)], np.float32)
        high = rng.gauss(1.0, 0.08) * (1.0 if sign in _LOW else self.rise if sign in THAI_DIGITS else 1.2)
        if sign in "./":
            high = rng.uniform(1.2, 2.0)
        if sign == "ว" and rng.random() < 0.5:  # printed: small beside the hand
            high *= rng.uniform(0.5, 0.9)
        bend = np.array([[rng.gauss(0, 0.045) for _ in range(2)] for _ in range(2)], np.float32)
        for axis in (0, 1):
            points = points + bend[axis] * np.sin(2.6 * points[:, :, axis:axis + 1] + rng.uniform(0, 6))
        points = (points - np.array([0, 1], np.float32)) * high
        turn = rng.gauss(0, 0.08)
        lean = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn) - self.slant, np.cos(turn)]], np.float32)
        return np.asarray(points @ lean + np.array([0, rng.gauss(0.0, 0.06)], np.float32), np.float32)


def _circular(rng: Random) -> Way:
    """A quickly written ว: from a loop or none on the left, over the top, down on the right."""
    start, end = rng.uniform(-3.3, -2.4), rng.uniform(0.6, 1.9)
    turn = np.linspace(start, end, 16)
    points = np.stack([0.35 + 0.35 * np.cos(turn), 0.45 + 0.45 * np.sin(turn)], axis=1)
    if rng.random() < 0.5:
        loop = np.linspace(0, 5.5, 10) + rng.uniform(0, 3)
        small = np.stack([0.08 + 0.1 * np.cos(loop), 0.5 + 0.12 * np.sin(loop)], axis=1)
        points = np.concatenate([small, points])
    if rng.random() < 0.5:
        points = np.concatenate([points, [[points[-1, 0] - rng.uniform(-0.1, 0.25), 1.0]]])
    points -= points.min(axis=0)
    points /= max(float(points[:, 1].max()), 0.3)
    return np.stack([points[:-1], points[1:]], axis=1).astype(np.float32)


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    at = np.linspace(0, len(points) - 1, 8 * len(points))
    kernel = np.ones(7) / 7
    dense = [np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1)]
    return np.stack([np.convolve(np.pad(one, 3, "edge"), kernel, "valid") for one in dense], axis=1)


def _inked(strokes: Strokes, pen: float) -> Grey:
    """Strokes drawn with a round pen, ``pen`` in heights of a digit, tightly cut out."""
    low = strokes.min(axis=(0, 1))
    wide, high = np.ptp(strokes[:, :, 0]), np.ptp(strokes[:, :, 1])
    scale = _TALL / max(float(high), 0.8)
    edge = pen * scale / 2 + 1
    size = (int(high * scale + 2 * edge) + 1, int(wide * scale + 2 * edge) + 1)
    line = np.ones((2 * size[0], 2 * size[1]), np.uint8)  # at twice the size: wide lines drawn smoothly are slow
    cv2.polylines(line, list((2 * ((strokes - low) * scale + edge)).astype(np.int32)), False, 0)
    away = cv2.distanceTransform(line, cv2.DIST_L2, 3) - pen * scale
    large = np.where(away < 0, 0, PAPER).astype(np.uint8)
    return np.asarray(cv2.resize(large, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)


def _written(text: str, path: str, size: int) -> Grey:
    font = ImageFont.truetype(path, size)
    left, top, right, bottom = font.getbbox(text)
    sheet = Image.new("L", (max(4, int(right - left)), max(4, int(bottom - top))), 255)
    ImageDraw.Draw(sheet).text((-left, -top), text, 0, font=font)
    return np.asarray(sheet)


def _beside(printed: Grey, drawn: Grey, rng: Random) -> Grey:
    """Print with writing to its right: larger, its foot higher or lower, touching the print or apart from it."""
    high = round(printed.shape[0] * drawn.shape[0] / _TALL * rng.uniform(1.0, 2.2))
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
    sheet = _written((" " * rng.randint(0, 1)).join(shown), path, _TALL)
    high, wide = sheet.shape
    levels = np.array([[rng.uniform(0, 150) for _ in range(8)] for _ in range(3)], np.float32)
    patches = cv2.resize(levels, (wide, high))
    return np.asarray(np.maximum(sheet, np.where(sheet < 128, patches, sheet)), np.uint8)


# --- what scanner, copier and neighbours do --------------------------------------------------------------------------

Harm = Callable[[Grey, Random], Grey]


def _scanned(sheet: Grey, rng: Random) -> Grey:
    """The crop as a scan has it: turned, among remains of other print, at 150 to 300 dpi, blurred, compressed."""
    pads = [round(rng.uniform(0, 0.14) * _TALL) for _ in range(4)]
    sheet = np.pad(sheet, ((pads[0], pads[1]), (pads[2], pads[3])), constant_values=255)
    for harm, share in _HARMS:
        if rng.random() < share:
            sheet = harm(sheet, rng)
    scale = rng.uniform(18, 72) / sheet.shape[0]
    size = (max(4, round(sheet.shape[1] * scale)), max(8, round(sheet.shape[0] * scale)))
    sheet = np.asarray(cv2.resize(sheet, size, interpolation=cv2.INTER_AREA), np.uint8)
    ink, paper = rng.uniform(0, 150), rng.uniform(240, 255)
    grey = paper - (paper - ink) * (255 - sheet.astype(np.float32)) / 255
    if rng.random() < 0.7:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 0.02 * sheet.shape[0] + 0.4))
    grey += np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0, 12), grey.shape).astype(np.float32)
    out = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        out = np.where(out < ink + (paper - ink) * rng.uniform(0.35, 0.8), 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        coded = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(25, 92)])[1]
        out = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    return _cut_out(out, rng) if rng.random() < 0.8 else out


def _cut_out(sheet: Grey, rng: Random) -> Grey:
    """Only the ink, as the finder cuts it out: what is pale breaks the strokes, and specks are lost."""
    glyphs = components((sheet < PALE).astype(np.uint8))
    kept = np.maximum(glyphs.height, glyphs.width) > SPECK * sheet.shape[0] / rng.uniform(1.4, 3.0)
    kept[0] = False
    own, dark = kept[glyphs.labels], PAPER - sheet.astype(np.float32)
    if not kept.any() or dark[own].sum() < _STAYS * dark[dark > PAPER / 4].sum():
        return sheet
    return alone(sheet, own, np.zeros_like(own))


def _underlined(sheet: Grey, rng: Random) -> Grey:
    out, row = sheet.copy(), round(sheet.shape[0] * rng.uniform(0.8, 0.99))
    if rng.random() < 0.5:
        out[row:row + rng.randint(1, 4)] = rng.randrange(120)
    else:
        for x in range(rng.randrange(8), sheet.shape[1], rng.randint(7, 16)):
            cv2.circle(out, (x, row), rng.randint(1, 3), rng.randrange(120), -1)
    return out


def _neighboured(sheet: Grey, rng: Random) -> Grey:
    """Tone marks and feet of the lines above and below."""
    out, (high, wide) = sheet.copy(), sheet.shape
    for _ in range(rng.randint(1, 3)):
        x, size = rng.randrange(wide), rng.randint(4, 14)
        row = rng.choice((0, high - 1))
        cv2.line(out, (x, row), (x + rng.randint(-size, size), row + (size if row == 0 else -size)),
                 rng.randrange(140), rng.randint(2, 6), cv2.LINE_AA)
    return out


def _stamped(sheet: Grey, rng: Random) -> Grey:
    """Pale strokes of a stamp across."""
    out, (high, wide) = sheet.copy(), sheet.shape
    for _ in range(rng.randint(1, 3)):
        ends = [(rng.randrange(wide), rng.randrange(high)) for _ in range(2)]
        cv2.line(out, *ends, rng.randint(120, 220), rng.randint(2, 8), cv2.LINE_AA)
    return np.minimum(out, sheet)


def _faded(sheet: Grey, rng: Random) -> Grey:
    """Toner or ink missing in places."""
    high, wide = sheet.shape
    small = np.array([[rng.random() for _ in range(max(2, wide // 8))] for _ in range(9)], np.float32)
    gone = cv2.resize(small, (wide, high), interpolation=cv2.INTER_CUBIC) < rng.uniform(0.05, 0.3)
    return np.where(gone, np.maximum(sheet, rng.randint(140, 255)), sheet).astype(np.uint8)


def _turned(sheet: Grey, rng: Random) -> Grey:
    high, wide = sheet.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.gauss(0, 2.0), 1.0)
    return np.asarray(cv2.warpAffine(sheet, matrix, (wide, high), borderValue=255), np.uint8)


_HARMS: tuple[tuple[Harm, float], ...] = (
    (_faded, 0.15), (_turned, 0.5), (_stamped, 0.08), (_underlined, 0.14), (_neighboured, 0.18))

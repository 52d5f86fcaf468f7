"""What pen, scanner, copier and neighbours do to an entry, and how the finder cuts it out of the page."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import cv2
import numpy as np

from ocr.handwriting.view import PALE, SPECK, alone
from ocr.lines import components
from ocr.raster import PAPER, Grey
from training.handwriting.writer import TALL

_STAYS = 0.7    # of the ink at least, where an entry is cut out: what is mostly lost is no entry any more
_BOUND = (0.35, 0.85)  # between the darkest ink and the paper lies what becomes black
_ENLARGED = (cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC)

Harm = Callable[[Grey, Random], Grey]


def scanned(sheet: Grey, rng: Random) -> Grey:
    """The crop as a scan has it: a good one, a usual one, or one in black and white at 100 to 150 dpi."""
    kind = rng.choices(("good", "usual", "bitonal"), (35, 45, 20))[0]
    pads = [round(rng.uniform(0, 0.14) * TALL) for _ in range(4)]
    sheet = np.pad(sheet, ((pads[0], pads[1]), (pads[2], pads[3])), constant_values=255)
    for harm, share in _HARMS:
        if rng.random() < (share / 3 if kind == "good" else share):
            sheet = harm(sheet, rng)
    out = _in_steps(sheet, rng) if kind == "bitonal" else _in_greys(sheet, rng, good=kind == "good")
    return cut_out(out, rng) if rng.random() < 0.8 else out


def _in_greys(sheet: Grey, rng: Random, *, good: bool) -> Grey:
    """At 150 to 300 dpi, blurred, noisy, compressed."""
    sheet = _sized(sheet, rng.uniform(26 if good else 18, 72))
    ink, paper = rng.uniform(0, 110 if good else 150), rng.uniform(240, 255)
    grey = paper - (paper - ink) * (255 - sheet.astype(np.float32)) / 255
    if rng.random() < 0.7:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.3, 0.4 + (0.008 if good else 0.02) * sheet.shape[0]))
    noise = rng.uniform(0, 4 if good else 12)
    grey += np.random.default_rng(rng.getrandbits(32)).normal(0, noise, grey.shape).astype(np.float32)
    out = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        out = np.where(out < ink + (paper - ink) * rng.uniform(0.35, 0.8), 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        coded = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(60 if good else 25, 92)])[1]
        out = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    return out


def _in_steps(sheet: Grey, rng: Random) -> Grey:
    """Black and white in few pixels, so that strokes are staircases; often enlarged afterwards."""
    small = _sized(sheet, rng.uniform(14, 30)).astype(np.float32)
    small += np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(0, 25), small.shape).astype(np.float32)
    darkest = float(np.percentile(small, 2))
    bound = darkest + (255 - darkest) * rng.uniform(*_BOUND)
    black = np.where(small < bound, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        by = rng.uniform(1.3, 3.0)
        black = np.asarray(cv2.resize(black, None, fx=by, fy=by, interpolation=rng.choice(_ENLARGED)), np.uint8)
    return black


def _sized(sheet: Grey, high: float) -> Grey:
    scale = high / sheet.shape[0]
    size = (max(4, round(sheet.shape[1] * scale)), max(8, round(sheet.shape[0] * scale)))
    return np.asarray(cv2.resize(sheet, size, interpolation=cv2.INTER_AREA), np.uint8)


def cut_out(sheet: Grey, rng: Random) -> Grey:
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


def _dotted(sheet: Grey, rng: Random) -> Grey:
    """Pale strokes that paper and scanner break into dots."""
    high, wide = sheet.shape
    grain = rng.uniform(2, 5)
    size = (max(2, round(wide / grain)), max(2, round(high / grain)))
    noise = np.random.default_rng(rng.getrandbits(32)).random(size[::-1]).astype(np.float32)
    gone = cv2.resize(noise, (wide, high), interpolation=cv2.INTER_LINEAR) < rng.uniform(0.2, 0.45)
    return np.where(gone, np.maximum(sheet, rng.randint(160, 255)), sheet).astype(np.uint8)


def _turned(sheet: Grey, rng: Random) -> Grey:
    high, wide = sheet.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), rng.gauss(0, 2.0), 1.0)
    return np.asarray(cv2.warpAffine(sheet, matrix, (wide, high), borderValue=255), np.uint8)


_HARMS: tuple[tuple[Harm, float], ...] = (
    (_faded, 0.12), (_dotted, 0.12), (_turned, 0.5), (_stamped, 0.08), (_underlined, 0.14), (_neighboured, 0.18))

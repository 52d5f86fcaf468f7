"""A drawn line as a scanner sees it: geometry, dirt, optics, tone, and the crop the reader will cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from training.damage import Damage
from training.render import OVERSAMPLE, Drawn

Grey = NDArray[Any]  # float32, 0 black to 1 white (or ink coverage); OpenCV's types say no more
Ink = NDArray[Any]  # uint8
MARGIN = 12  # pixels of the scan kept around the ink until the final crop
#: The screen of a printed halftone, 4 x 4 cells.
_SCREEN = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Ink coverage 0 to 1 at scan size: the line's own and all around it; baseline and ก's height in pixels."""

    own: Grey
    all: Grey
    baseline: float
    consonant: float


def scan(drawn: Drawn, damage: Damage, rng: Random, neighbours: Sequence[Drawn] = ()) -> Ink:
    """The crop of the line as the reader cuts it: 8-bit grey, dark on light, a few pixels of margin.

    ``neighbours``: the lines above and below, or none.
    """
    sheet = _printed(drawn, damage, rng, neighbours)
    dice = np.random.default_rng(rng.getrandbits(32))
    ink = _spread(sheet.all, damage)
    ink = _lose_toner(ink, damage, dice)
    grey = _tone(ink, damage)
    grey = _show_through(grey, damage, dice)
    grey = _stamp(grey, damage, rng)
    grey = _optics(grey, damage, dice)
    return _coded(_crop(grey, sheet, damage, rng), damage)


def _printed(drawn: Drawn, damage: Damage, rng: Random, neighbours: Sequence[Drawn]) -> _Sheet:
    own = drawn.ink
    everything = own.copy()
    if neighbours:
        _add_neighbours(everything, drawn, neighbours, rng)
    _add_rules(everything, drawn, damage, rng)
    if damage.weight:
        everything = _thicken(everything, damage.weight)
    height, width = own.shape
    turn = cv2.getRotationMatrix2D((width / 2, drawn.baseline), -damage.skew, 1.0)
    shrink = np.array([[damage.stretch / OVERSAMPLE, 0, MARGIN], [0, 1 / OVERSAMPLE, MARGIN], [0, 0, 1]])
    # Averaging before the reduction stands for the area a scanner's cell sees.
    size = (int(width * damage.stretch / OVERSAMPLE) + 2 * MARGIN, height // OVERSAMPLE + 2 * MARGIN)
    matrix = (shrink @ np.vstack([turn, [0, 0, 1]]))[:2]
    own, everything = (_warped(layer, matrix, size) for layer in (own, everything))
    return _Sheet(own, everything, drawn.baseline / OVERSAMPLE + MARGIN, drawn.consonant / OVERSAMPLE)


def _warped(layer: Ink, matrix: NDArray[np.float64], size: tuple[int, int]) -> Grey:
    layer = cv2.blur(layer, (OVERSAMPLE, OVERSAMPLE))
    return cv2.warpAffine(layer, matrix, size, flags=cv2.INTER_LINEAR).astype(np.float32) / 255


def _add_neighbours(ink: Ink, drawn: Drawn, neighbours: Sequence[Drawn], rng: Random) -> None:
    """Lines above and below at a line's distance; the crop lets the tips of their marks and tails in."""
    distance = round(drawn.consonant * rng.uniform(2.6, 3.6))
    for neighbour, step in zip(neighbours, (-distance, distance), strict=True):
        shift = drawn.baseline + step - neighbour.baseline
        rows = slice(max(0, shift), max(0, min(ink.shape[0], shift + neighbour.ink.shape[0])))
        source = neighbour.ink[rows.start - shift : rows.stop - shift, : ink.shape[1]]
        view = ink[rows, : source.shape[1]]
        np.maximum(view, source, out=view)


def _add_rules(ink: Ink, drawn: Drawn, damage: Damage, rng: Random) -> None:
    height, width = ink.shape
    stroke = rng.randrange(1, 4)
    if damage.underline:
        row = drawn.baseline + round(drawn.consonant * rng.uniform(0.12, 0.6))
        start = rng.choice((0, rng.randrange(width)))
        cv2.line(ink, (start, row), (rng.randrange(start, width), row), 255, stroke)
    if damage.dots:
        row = drawn.baseline + round(drawn.consonant * rng.uniform(0.0, 0.25))
        for column in range(0, width, max(4, round(drawn.consonant * rng.uniform(0.25, 0.5)))):
            cv2.circle(ink, (column, row), max(1, round(drawn.consonant * 0.05)), 255, -1)
    if damage.rules:
        for column in (rng.randrange(0, 20), width - 1 - rng.randrange(0, 20)):
            cv2.line(ink, (column, 0), (column, height), 255, stroke)
        above, below = round(drawn.consonant * 2.3), round(drawn.consonant * 0.95)
        row = rng.choice((drawn.baseline - above, drawn.baseline + below))
        cv2.line(ink, (0, row), (width, row), 255, stroke)


def _thicken(ink: Ink, steps: int) -> Ink:
    kernel = np.ones((2, 2), np.uint8)
    grown = cv2.dilate(ink, kernel) if steps > 0 else cv2.erode(ink, kernel)
    return cv2.addWeighted(ink, 0.5, grown, 0.5, 0) if abs(steps) == 1 else grown


def _spread(ink: Grey, damage: Damage) -> Grey:
    if damage.motion:
        ink = cv2.blur(ink, (damage.motion, 1))
    return cv2.GaussianBlur(ink, (0, 0), damage.blur) if damage.blur > 0.15 else ink


def _lose_toner(ink: Grey, damage: Damage, dice: np.random.Generator) -> Grey:
    if not damage.toner_loss:
        return ink
    coarse = dice.random((ink.shape[0] // 5 + 2, ink.shape[1] // 5 + 2)).astype(np.float32)
    field = cv2.resize(coarse, ink.shape[::-1], interpolation=cv2.INTER_CUBIC)
    kept = np.clip((field - damage.toner_loss * 0.6) * 6 + 0.5, 0.25, 1)
    grain = np.clip(dice.random(ink.shape, np.float32) * 2, 0, 1)
    return np.asarray(ink * np.where(kept < 1, kept * grain, kept).astype(np.float32))


def _tone(ink: Grey, damage: Damage) -> Grey:
    slope = np.linspace(0, damage.shade, ink.shape[1], dtype=np.float32)
    paper = damage.paper * (1 - slope)
    return np.asarray(paper - ink * (paper - np.float32(damage.ink)).clip(0.2))


def _show_through(grey: Grey, damage: Damage, dice: np.random.Generator) -> Grey:
    """The back of the sheet: the line itself mirrored, shifted and blurred."""
    if not damage.through:
        return grey
    back = np.roll(grey[:, ::-1], tuple(int(x) for x in dice.integers(-15, 15, 2)), (0, 1))
    back = cv2.GaussianBlur(back, (0, 0), 1.2)
    return np.asarray(grey - damage.through * (back.max() - back))


def _stamp(grey: Grey, damage: Damage, rng: Random) -> Grey:
    """Strokes of a stamp or a pen across the line, as grey as their colour becomes."""
    if not damage.stamp:
        return grey
    if rng.random() < 0.3:
        return _stamped_words(grey, min(damage.stamp, 0.5), rng)
    height, width = grey.shape
    strokes = np.zeros(grey.shape, np.uint8)
    thickness = rng.randrange(1, max(3, height // 14))
    for _ in range(rng.randrange(1, 4)):
        at = (rng.randrange(width), rng.randrange(height))
        kind = rng.randrange(3)
        if kind == 0:
            cv2.circle(strokes, at, rng.randrange(height // 2, 3 * height), 255, thickness, cv2.LINE_AA)
        elif kind == 1:
            cv2.line(strokes, at, (rng.randrange(width), rng.randrange(height)), 255, thickness, cv2.LINE_AA)
        else:
            cv2.ellipse(strokes, at, (rng.randrange(5, height), rng.randrange(5, height)), rng.randrange(180), 0,
                        rng.randrange(90, 360), 255, thickness, cv2.LINE_AA)
    return grey * (1 - damage.stamp * strokes.astype(np.float32) / 255)


def _stamped_words(grey: Grey, dark: float, rng: Random) -> Grey:
    """Words of a stamp over the line, at an angle: the line's own letters stand in for them."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-40, 40), rng.uniform(0.5, 1.4))
    turn[:, 2] += (rng.uniform(-0.5, 0.5) * width, rng.uniform(-0.4, 0.4) * height)
    words = cv2.warpAffine(grey.max() - grey, turn, (width, height))
    return np.asarray(grey * (1 - dark * words.clip(0, 1)))


def _optics(grey: Grey, damage: Damage, dice: np.random.Generator) -> Grey:
    if damage.noise:
        grey = grey + cv2.GaussianBlur(dice.normal(0, damage.noise, grey.shape).astype(np.float32), (0, 0), 0.5) * 1.5
    if damage.coarse < 1:
        small = cv2.resize(grey, None, fx=damage.coarse, fy=damage.coarse, interpolation=cv2.INTER_AREA)
        if damage.threshold is not None:
            small = _black_and_white(small, damage.threshold)
        grey = cv2.resize(small, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    if damage.halftone:
        height, width = grey.shape
        screen = np.tile(_SCREEN, (height // 4 + 1, width // 4 + 1))[:height, :width]
        grey = cv2.GaussianBlur((grey * 0.85 + 0.1 > screen).astype(np.float32), (0, 0), 0.6)
    if damage.specks:
        chances = dice.random(grey.shape)
        grey[chances < damage.specks / 2] = 0
        grey[chances > 1 - damage.specks / 2] = 1
    return grey


def _black_and_white(grey: Grey, share: float) -> Grey:
    """Cut at a share of the way from the darkest ink there is to the paper, as scanners set themselves."""
    dark, light = (float(level) for level in np.percentile(grey, (1, 90)))
    return (grey > dark + share * (light - dark)).astype(np.float32)


def _crop(grey: Grey, sheet: _Sheet, damage: Damage, rng: Random) -> Grey:
    """The reader's framing: the line's ink, often up to the height and depth a line can have, and a few pixels more."""
    rows, columns = (np.flatnonzero((sheet.own > 0.3).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return grey
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    if damage.neighbours or rng.random() < 0.6:
        top = min(top, round(sheet.baseline - sheet.consonant * rng.uniform(1.2, 2.1)))
        bottom = max(bottom, round(sheet.baseline + sheet.consonant * rng.uniform(0.1, 0.75)))
    pad = rng.randrange(1, 8)
    left, right = int(columns[0]) - rng.randrange(1, MARGIN), int(columns[-1]) + 1 + rng.randrange(1, MARGIN)
    return grey[max(0, top - pad) : bottom + pad, max(0, left) : right]


def _coded(grey: Grey, damage: Damage) -> Ink:
    if damage.threshold is not None and damage.coarse == 1:
        grey = _black_and_white(grey, damage.threshold)
    image = (np.clip(grey, 0, 1) * 255).astype(np.uint8)
    if damage.jpeg:
        _, coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE))
    return image

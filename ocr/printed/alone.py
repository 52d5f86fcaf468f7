"""Digits that stand alone, as in a cell of a table: the engine, which reads lines, takes ๓ for a 6, 3 for a ร there."""

from __future__ import annotations

from math import exp

import numpy as np

from letters.page import Box
from ocr.crops import Crop
from ocr.ctc import LogColumns, likelihoods, plainly
from ocr.printed.signs import SIGNS, Picture, picture
from ocr.rivals import Sign
from ocr.words import Piece

_INKED = 200      # the lightest that may count as ink
_WIDEST = 1.3     # body heights of a digit
_SURE = 0.95      # of 84 signs alone on pages of samples it was this sure of 61 digits, all of them right


def alone(crop: Crop, body: float) -> Picture | None:
    """The picture of a line image that holds a single sign at most; ``body``: the line's body height in pixels of the
    page."""
    inked = np.flatnonzero((crop.image < _INKED).any(axis=0))
    if not inked.size or inked[-1] - inked[0] >= _WIDEST * body:
        return None
    return picture(crop.image, body, crop.stretch)


def as_digit(crop: Crop, read: list[Piece], seen: LogColumns) -> list[Piece]:
    """What was ``read`` of such an image, or the digit that the network has surely ``seen`` there."""
    digit = plainly(seen, SIGNS)
    if len(digit) != 1 or not digit.isdecimal() or digit == "".join(piece.text for piece in read):
        return read
    chance = round(exp(float(likelihoods(seen, [digit], SIGNS)[0])), 4)
    if chance < _SURE:
        return read
    inked = crop.image < _INKED
    rows, columns = (np.flatnonzero(inked.any(axis=axis)).tolist() for axis in (1, 0))
    box = Box(columns[0] * crop.stretch, rows[0], (columns[-1] + 1) * crop.stretch, rows[-1] + 1)
    return [Piece(digit, chance, box, signs=(Sign(digit, chance),))]

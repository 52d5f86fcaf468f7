"""What the network for printed numbers can tell apart, and how a piece of a line is put before it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.text import THAI_DIGITS
from ocr.marks import COMBINING
from ocr.raster import PAPER, Grey

_CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
OTHER = "x"  # any other letter or sign that stands on the line
#: Places in the network's output; before them CTC's blank.
SIGNS = THAI_DIGITS + "0123456789" + "./()-" + _CONSONANTS + OTHER
CHANNELS = len(SIGNS) + 1
HEIGHT, WIDTH, STEP = 48, 320, 64   # pictures are as wide as so many steps, up to the whole width
BODY = 20        # pixels of a body height (that of ก) in the picture
_FOOT = 12       # rows under the baseline
_MARGIN = 4      # white columns on the left

Picture = NDArray[np.float32]  # HEIGHT rows, up to WIDTH columns: 0 paper to 1 ink


def told(text: str) -> str:
    """A text as the network is to read it: what stands on the line, without blanks and without marks above and below;
    signs it does not know are all :data:`OTHER`."""
    on_line = (sign for sign in text if not sign.isspace() and not COMBINING.match(sign))
    return "".join(sign if sign in SIGNS else OTHER for sign in on_line)


def picture(crop: Grey, body: float, stretch: float = 1.0) -> Picture:
    """A piece of a line (grey, dark on light; ``body``: height of ก in its pixels) as the network wants it: of one body
    height, on one baseline, ``stretch`` times as wide, its ink 1 and its paper 0. What is too wide is made narrower."""
    scale = BODY / body
    high = max(1, round(crop.shape[0] * scale))
    wide = min(max(1, round(crop.shape[1] * scale * stretch)), WIDTH - 2 * _MARGIN)
    small = cv2.resize(crop, (wide, high), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper, ink = float(np.percentile(small, 90)), float(np.percentile(small, 2))
    inked = np.clip((paper - small) / max(paper - ink, PAPER / 10), 0, 1)
    shown = np.zeros((HEIGHT, -(-(wide + 2 * _MARGIN) // STEP) * STEP), np.float32)
    top = HEIGHT - _FOOT - _baseline(inked)
    first, last = max(0, -top), min(high, HEIGHT - top)
    shown[top + first:top + last, _MARGIN:_MARGIN + wide] = inked[first:last]
    return shown


def _baseline(inked: NDArray[np.float32]) -> int:
    """The row under the most ink that a body height can hold."""
    rows = inked.sum(axis=1)
    within = np.convolve(rows, np.ones(min(BODY, len(rows))), "valid")
    return int(within.argmax()) + min(BODY, len(rows))

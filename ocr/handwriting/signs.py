"""What the small recogniser can read, and how a cut-out entry is put before it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.text import THAI_DIGITS
from ocr.raster import PAPER, Grey

ARABIC_DIGITS = "0123456789"
OTHERS = "ว./"
#: Places in the model's output; before them CTC's blank.
SIGNS = THAI_DIGITS + ARABIC_DIGITS + OTHERS
TYPED = len(SIGNS) + 1  # the output's last channel: how much a column looks like print
HEIGHT, WIDTH = 32, 160
_MARGIN = 2

Picture = NDArray[np.float32]  # (HEIGHT, WIDTH): 0 paper to 1 ink


def picture(crop: Grey) -> Picture:
    """The crop as the model wants it: of one height, its darkest ink 1, its paper 0, white on the right. A crop wider
    than the model sees is made narrower."""
    height, width = crop.shape
    inner = HEIGHT - 2 * _MARGIN
    wide = min(max(1, round(width * inner / height)), WIDTH - 2 * _MARGIN)
    small = cv2.resize(crop, (wide, inner), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper, ink = float(np.percentile(small, 90)), float(np.percentile(small, 2))
    shown = np.zeros((HEIGHT, WIDTH), np.float32)
    shown[_MARGIN:-_MARGIN, _MARGIN:_MARGIN + wide] = np.clip((paper - small) / max(paper - ink, PAPER / 10), 0, 1)
    return shown

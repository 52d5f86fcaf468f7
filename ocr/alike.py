"""Which digit stands before a slash, told by how the page prints that digit elsewhere.

In narrow faces ๓ and the slash behind it look like ๗ to the engine, whatever the width at which it looks. To the eye
they do not: the page's own ๓ and ๗, where nothing grows together with them, are laid over the place, and the one that
covers it much better was printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import cv2
import numpy as np
from numpy.typing import NDArray

from letters.page import Alternative
from ocr.crops import Crop
from ocr.looks import Part, edited, parts
from ocr.raster import PAPER
from ocr.rivals import Sign
from ocr.words import Piece

_THREE, _SEVEN = "๓", "๗"
_SURE, _WIDTH = 0.9, (0.5, 1.4)   # the engine of an example; columns of one, in body heights of its line
_BODY = 20                        # pixels of a body height at which examples are laid over places
_INKED = 100                      # the palest ink of an example there, of 255
_PLAY = (6, 3)                    # pixels that an example may be off the place: up and down, to either side
_REACH = 0.7                      # of a body height that its left end may lie behind what stands before it
_BEST = 2                         # examples that must cover the place: one may have been misread itself
# A ๗ lies on "๓/" nearly as well as on "๗/", a ๓ does not on "๗/": so ๗ is told only where the page's ๓ do not fit. In
# poor scans of the face like Browallia 17 of 42 such places are told by these, all of them right.
_IS_THREE, _APART = 0.7, 0.1
_IS_SEVEN, _NO_THREE = 0.85, 0.6
_RIGHT, _OTHER = 0.93, 0.05       # how likely a digit told so is right, and the other one of the pair

_Patch = NDArray[np.float32]      # ink 255, paper 0, a body height being _BODY pixels


@dataclass(frozen=True, slots=True)
class Seen:
    """A line image, what was read of it (boxes in the image as read), and its body height in pixels of the page."""

    crop: Crop
    pieces: Sequence[Piece]
    body: float

    def patch(self, left: float, right: float, pad: int = 0) -> _Patch:
        """The line from one column to another, those of the image as read."""
        first = max(0, int(left / self.crop.stretch) - pad)
        columns = self.crop.image[:, first:int(np.ceil(right / self.crop.stretch)) + pad]
        height, width = (max(1, round(side * _BODY / self.body)) for side in columns.shape)
        return np.asarray(cv2.resize(PAPER - columns, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def examples(lines: Iterable[Seen]) -> dict[str, list[_Patch]]:
    """How a page prints ๓ and ๗, where the engine is sure of them and no slash or ว stands behind."""
    found = defaultdict(list)
    for line in lines:
        for piece, behind in zip_longest(line.pieces, line.pieces[1:]):
            width = (piece.box.right - piece.box.left) / line.crop.stretch / line.body
            if (piece.text in (_THREE, _SEVEN) and piece.confidence > _SURE and _WIDTH[0] < width < _WIDTH[1]
                    and not (behind and behind.text.startswith(("/", "ว")))):
                found[piece.text].append(_trimmed(line.patch(piece.box.left, piece.box.right, 1)))
    return dict(found)


def told(line: Seen, printed: Mapping[str, Sequence[_Patch]]) -> list[Piece]:
    """The pieces of a line with ๓ and ๗ before a slash as the page's own examples tell them; what they cannot tell
    stays as it was read."""
    pieces = list(line.pieces)
    for part in reversed(list(parts(pieces))):
        if part.digits[-1] in (_THREE, _SEVEN) and (sign := _covering(line, part, printed)):
            other = _SEVEN if sign == _THREE else _THREE
            pieces = edited(pieces, part.spare, {part.last: Sign(sign, _RIGHT, (Alternative(other, _OTHER),))})
    return pieces


def _covering(line: Seen, part: Part, printed: Mapping[str, Sequence[_Patch]]) -> str | None:
    """Which of the two a part's last digit is, if that can be told."""
    if part.right - part.left < line.crop.stretch:
        return None
    place = line.patch(part.left, part.right)
    three, seven = (_covers(place, printed.get(sign, ())) for sign in (_THREE, _SEVEN))
    if not three or not seven:
        return None
    if three >= _IS_THREE and three - seven >= _APART:
        return _THREE
    return _SEVEN if seven >= _IS_SEVEN and three <= _NO_THREE else None


def _covers(place: _Patch, patches: Sequence[_Patch]) -> float:
    """How well the best examples cover the beginning of a place; 0 where there are none."""
    down, across = _PLAY
    around = cv2.copyMakeBorder(place, down, down, across, across, cv2.BORDER_CONSTANT, value=0.0)
    fitting = [patch for patch in patches if (np.array(patch.shape) <= around.shape).all()]
    best = sorted(float(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED)[:, :round(_REACH * _BODY)].max())
                  for patch in fitting)[-_BEST:]
    return float(np.mean(best)) if best else 0.0


def _trimmed(patch: _Patch) -> _Patch:
    """What has ink, or one white pixel."""
    rows, columns = np.nonzero(patch > _INKED)
    if not rows.size:
        return np.zeros((1, 1), np.float32)
    return patch[rows.min():rows.max() + 1, columns.min():columns.max() + 1]

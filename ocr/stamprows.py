"""Where the rows of a stamp begin and end: at its dotted lines, else where it is whitest."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.frames import DARK, Frame
from ocr.furniture import leaders
from ocr.glyphs import components
from ocr.raster import PAPER, Grey, grown

EDGE = 0.045                   # of a stamp's height: the stroke of its own frame
BODY = 0.085                   # a letter's body height, likewise
_COUNTS = (4, 3, 5)            # lines of a stamp: number and day may share one, an office's name may take two
_FULL, _WHITE = 0.8, 0.35      # share of the rows that have less ink than a full one; ink of a white one, of that
_PLAY = 0.08                   # how far the white between two of four lines may be off the quarter
_DOTTED = 8                    # dots make a line to write on
_ON_LINE, _DOT = 0.025, 0.034  # how far a dot may be off its line, and how large it may be; heights of the frame
_FIRST, _PITCHES = (0.3, 0.6), (0.17, 0.32)  # where the first dotted line may be; from one to the next; likewise
_LAST = 0.96                   # where the form's last row ends
_OFFICE = (0.27, 0.14)         # how far above the first dotted line the office's row may end, likewise


def inside(frame: Frame, grey: Grey) -> tuple[Grey, list[int]]:
    """What the frame holds, straight, without its sides and without dotted lines; and the rows of these."""
    straight = frame.straight(grey)
    height = straight.shape[0]
    edge = round(EDGE * height)
    inner = np.full_like(straight, PAPER)
    inner[edge:-edge, edge:-edge] = straight[edge:-edge, edge:-edge]
    glyphs = components((inner < DARK).astype(np.uint8))
    dots = leaders(glyphs, BODY * height)
    lines = _dotted(glyphs.bottom[dots], height)
    small = np.maximum(glyphs.height, glyphs.width) <= _DOT * height
    for line in lines:
        dots |= small & (glyphs.area > 0) & (abs(glyphs.bottom - line) <= _ON_LINE * height)
    inner[grown(dots[glyphs.labels].astype(np.uint8), 3, 3) > 0] = PAPER
    return inner, lines


def _dotted(feet: NDArray[np.int32], height: int) -> list[int]:
    """The rows of the form's dotted lines, by the feet of dots: the first, and below it those a row apart."""
    rows = np.sort(feet[feet >= _FIRST[0] * height])
    parts = np.split(rows, np.flatnonzero(np.diff(rows) > _ON_LINE * height) + 1)
    lines: list[int] = []
    for line in (int(np.median(part)) for part in parts if part.size >= _DOTTED):
        if not lines or _PITCHES[0] * height <= line - lines[-1] <= _PITCHES[1] * height:
            lines.append(line)
    return lines if lines and lines[0] <= _FIRST[1] * height else []


def _ruled(lines: Sequence[int], inner: Grey) -> list[int]:
    """Rows at which a stamp with dotted lines falls into its own: each entry stands on its line, the office above the
    first where it is whitest. Lines below the first may be worn. None, if there are no such lines."""
    if not lines:
        return []
    height = inner.shape[0]
    lines = [lines[0], round((lines[0] + _LAST * height) / 2)] if len(lines) == 1 else lines
    above = np.arange(*(lines[0] - round(share * height) for share in _OFFICE))
    return [0, int(above[(inner[above] < DARK).sum(axis=1).argmin()]), *lines, height]


def cuts(lines: Sequence[int], inner: Grey, whole: Grey) -> list[int]:
    """Rows at which a stamp falls into its lines, by the dotted ``lines`` that it has, if any; ``inner``: its own ink,
    ``whole``: all ink within it."""
    return _ruled(lines, inner) or _whitest(inner, whole)


def _whitest(inner: Grey, whole: Grey) -> list[int]:
    """Rows at which the stamp falls into its lines, three to five of much the same height: so that all cuts are white,
    else most of them, for the letter's own print may run through one. The stamp's own ink (``inner``) counts
    twice, all ink once."""
    height = inner.shape[0]
    inked = 2 * (inner < DARK).sum(axis=1) + (whole < DARK).sum(axis=1)
    profile = cv2.blur(inked.astype(np.float32).reshape(-1, 1), (1, 3)).ravel()
    white = _WHITE * float(np.quantile(profile, _FULL))
    tried = [_cut_into(count, profile) for count in _COUNTS]
    clear = (cuts for cuts in tried if (profile[cuts] < white).all())
    best = next(clear, None) or min(tried, key=lambda cuts: float((profile[cuts] - white).sum()))
    return [0, *best, height]


def _cut_into(count: int, profile: NDArray[np.float32]) -> list[int]:
    """The whitest rows near those that cut a stamp into so many equal lines."""
    play = round(_PLAY * profile.size * 4 / (count + 1))
    middles = [round(part * profile.size / count) for part in range(1, count)]
    off = 0.01 * abs(np.arange(-play, play + 1))
    return [middle - play + int((profile[middle - play:middle + play + 1] + off).argmin()) for middle in middles]

"""Received stamps read as regions of their own: office, number, day and time, one below the other in a frame.

The form (form 12 of the Regulation on Correspondence) has four rows. They are entered by hand, by numbering machine or
by date stamp, in any ink, often over the letter's own print; so each row is read as one line image with the frame
straightened, dots taken out, and the ink of the rows above and below left away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from rapidfuzz import fuzz

from letters.page import Alternative, Box, Ink, Line
from ocr.clean import Sheet
from ocr.frames import Frame, find_frames
from ocr.handwriting.decode import Beliefs, Kind, readings
from ocr.handwriting.model import temperature, views
from ocr.lines import Layout, Segment, components, leaders
from ocr.raster import PAPER, Grey, Mask, grown, opened
from ocr.words import Gap, Piece, assemble

_ROWS = 4
_EDGE = 0.045                  # of the frame's height: its own stroke
_BODY = 0.085                  # a letter's body height
_PLAY = 0.07                   # how far the white between two rows may be off the quarter
_LABEL, _LEAST_VALUE = 0.27, 0.0025  # columns of the row's label; share of the rest that is ink if anything is entered
_DARK = 190
_HEAD = 0.45                   # of the page holds received stamps
_ENTRY, _APART = 0.18, 0.11    # where entries begin, in widths; white after a day, in heights
_EITHER_SCRIPT = Beliefs(0.4, 0.0, "")
_PRINTED = 10                  # letters in a row make it the letter's own line
_MARGIN, _STROKE = 0.03, 0.02  # inches around a frame that are its own; thickness of its sides
_PAD = 0.04
_SPACE, _WIDE = 0.06, 0.12     # white between words, in heights of the frame
_DAY_LABEL = "วันที่"
_LABELS = ("เลขรับที่", _DAY_LABEL, "เวลา")
_ALIKE = 70                    # of a label, in hundredths
_STAMPED = 2                   # labels or more make a frame a received stamp


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a stamp as a line image, ``top`` rows below the upper side of its ``frame``."""

    image: Grey
    frame: Frame
    left: int
    top: int

    def line(self, pieces: Sequence[Piece]) -> Line | None:
        """What was read of it as a line of the page; ``None`` if nothing was."""
        height = self.frame.size[1]
        inked = np.flatnonzero((self.image < _DARK).any(axis=0))
        white = [(one + 1, other) for one, other in pairwise(inked.tolist()) if other - one > _SPACE * height]
        gaps = [Gap(start, end, wide=end - start > _WIDE * height) for start, end in white]
        line = assemble(pieces, gaps, Ink.STAMP)
        if line is None:
            return None
        words = tuple(replace(word, box=self._on_page(word.box)) for word in line.words if word.box)
        return replace(line, words=words, box=self._on_page(line.box) if line.box else None)

    def day(self) -> tuple[Alternative, ...]:
        """What the first entry after the label may read as a day written by hand, likeliest first."""
        width, height = self.frame.size
        glyphs = components((self.image < _DARK).astype(np.uint8))
        large = np.maximum(glyphs.height, glyphs.width) >= _PAD * height
        entered = np.flatnonzero(large & (glyphs.left + self.left >= _ENTRY * width) & (glyphs.area > 0))
        entry: list[int] = []
        for one in entered[np.argsort(glyphs.left[entered], kind="stable")]:
            if entry and glyphs.left[one] - max(glyphs.right[entry]) > _APART * height:
                break
            entry.append(int(one))
        if not entry:
            return ()
        top, left = int(glyphs.top[entry].min()), int(glyphs.left[entry].min())
        place = np.s_[top:int(glyphs.bottom[entry].max()), left:int(glyphs.right[entry].max())]
        crop = np.where(np.isin(glyphs.labels[place], entry), self.image[place], PAPER).astype(np.uint8)
        seen = views(np.pad(crop, 2, constant_values=PAPER))
        ranked = readings(seen, Kind.DAY, _EITHER_SCRIPT, temperature())
        return tuple(Alternative(one.text, round(float(one.probability), 4)) for one in ranked)

    def _on_page(self, box: Box) -> Box:
        return self.frame.on_page(Box(self.left + box.left, self.top + box.top, self.left + box.right,
                                      self.top + box.bottom))


@dataclass(frozen=True, slots=True)
class Stamp:
    """A frame that may be a received stamp, its rows from top to bottom (without those that are empty), and the
    ``bands`` of the straightened frame (from row to row) in which black ink is its own."""

    frame: Frame
    strips: tuple[Strip, ...]
    bands: tuple[tuple[int, int], ...]

    def lines(self, read: Iterable[Sequence[Piece]]) -> Iterator[Line]:
        """The stamp's rows as read, from top to bottom; the day as entered with what else it may be."""
        for strip, pieces in zip(self.strips, read, strict=True):
            line = strip.line(pieces)
            if line is not None and fuzz.partial_ratio(_DAY_LABEL, line.text) >= _ALIKE:
                line = _with_day(line, strip.day())
            if line is not None:
                yield line

    def owns(self, segment: Segment) -> bool:
        """Whether a segment of black print is an entry of the stamp and none of the letter's lines."""
        printed = len(segment.letters) >= _PRINTED
        return any(_lies_in(segment, self.frame, top, bottom) and (top == 0 or not printed)
                   for top, bottom in self.bands)

    def received(self, read: Iterable[Sequence[Piece]]) -> bool:
        """Whether the rows as read have the labels of a received stamp."""
        texts = ["".join(piece.text for piece in pieces) for pieces in read]
        seen = [label for label in _LABELS if any(fuzz.partial_ratio(label, text) >= _ALIKE for text in texts)]
        return len(seen) >= _STAMPED


def _with_day(line: Line, ranked: tuple[Alternative, ...]) -> Line:
    """The line with rivals for its first word of digits."""
    at = next((place for place, word in enumerate(line.words) if word.text[:1].isdigit()), None)
    if at is None:
        return line
    word = replace(line.words[at], rivals=ranked)
    return replace(line, words=(*line.words[:at], word, *line.words[at + 1:]))


def coloured_stamps(sheet: Sheet, layout: Layout | None, dpi: int) -> list[Stamp]:
    """Frames in the coloured ink that may be received stamps. What is entered in black is taken from the black print of
    ``layout``, row by row, where no letter's line runs through."""
    segments = [segment for row in layout.rows for segment in row] if layout else []
    coloured = sheet.coloured
    return [_stamp(frame, coloured, sheet.plain, segments)
            for frame in find_frames((coloured < _DARK).astype(np.uint8), dpi)]


def black_stamps(sheet: Sheet, dpi: int) -> list[Stamp]:
    """Frames in the head of a page without coloured ink that may be received stamps."""
    head = (sheet.print[:round(_HEAD * sheet.print.shape[0])] < _DARK).astype(np.uint8)
    return [_stamp(frame, sheet.print, None, ()) for frame in find_frames(head, dpi)]


def _stamp(frame: Frame, own: Grey, plain: Grey | None, segments: Sequence[Segment]) -> Stamp:
    """The stamp in a frame: its rows in its ``own`` ink, those not entered in it from ``plain`` (``None``: all ink is
    the same)."""
    inner = _inside(frame, own)
    whole = inner if plain is None else _inside(frame, plain)
    strips, bands = [], []
    for top, bottom in pairwise(_cuts(inner)):
        mixed = plain is None or (top > 0 and _is_empty(inner[top:bottom]) and not any(
            len(segment.letters) >= _PRINTED and _lies_in(segment, frame, top, bottom) for segment in segments))
        strip = _strip(frame, whole if mixed else inner, top, bottom)
        strips += [strip] if strip is not None else []
        bands += [(top, bottom)] if mixed else []
    return Stamp(frame, tuple(strips), tuple(bands))


def _lies_in(segment: Segment, frame: Frame, top: int, bottom: int) -> bool:
    """Whether the middle of a segment's letters lies between two rows of the straightened frame."""
    x = (segment.left + segment.right) / 2
    across, down = frame.in_frame(x, segment.baseline(x) - segment.body / 2)
    return 0 <= across <= frame.size[0] and top <= down < bottom


def _inside(frame: Frame, grey: Grey) -> Grey:
    """What the frame holds, straight, without its sides and without dotted lines."""
    straight = frame.straight(grey)
    edge = round(_EDGE * straight.shape[0])
    inner = np.full_like(straight, PAPER)
    inner[edge:-edge, edge:-edge] = straight[edge:-edge, edge:-edge]
    glyphs = components((inner < _DARK).astype(np.uint8))
    dots = leaders(glyphs, _BODY * straight.shape[0])
    inner[grown(dots[glyphs.labels].astype(np.uint8), 3, 3) > 0] = PAPER
    return inner


def _cuts(inner: Grey) -> list[int]:
    """Rows at which the stamp falls into its four lines: the whitest near each quarter."""
    height = inner.shape[0]
    profile = cv2.blur((inner < _DARK).sum(axis=1).astype(np.float32).reshape(-1, 1), (1, 3)).ravel()
    play = round(_PLAY * height)
    cuts = [0]
    for quarter in range(1, _ROWS):
        middle = round(quarter * height / _ROWS)
        near = profile[middle - play:middle + play + 1] + 0.01 * abs(np.arange(-play, play + 1))
        cuts.append(middle - play + int(near.argmin()))
    return [*cuts, height]


def _is_empty(row: Grey) -> bool:
    """Whether nothing is entered after the label."""
    return float((row[:, round(_LABEL * row.shape[1]):] < _DARK).mean()) < _LEAST_VALUE


def _strip(frame: Frame, inner: Grey, top: int, bottom: int) -> Strip | None:
    """The ink whose middle lies between two rows, as a line image."""
    glyphs = components((inner < _DARK).astype(np.uint8))
    middle = (glyphs.top + glyphs.bottom) / 2
    least = (_BODY * inner.shape[0] / 6) ** 2
    belongs = (middle >= top) & (middle < bottom) & (glyphs.area >= least)
    belongs[0] = False
    if not belongs.any():
        return None
    pad = max(3, round(_PAD * inner.shape[0]))
    above, below = int(glyphs.top[belongs].min()), int(glyphs.bottom[belongs].max())
    left, right = int(glyphs.left[belongs].min()), int(glyphs.right[belongs].max())
    own: Mask = grown(belongs[glyphs.labels].astype(np.uint8), 3, 3) > 0
    image = np.where(own, inner, PAPER).astype(np.uint8)[above:below, left:right]
    return Strip(np.pad(image, pad, constant_values=PAPER), frame, left - pad, above - pad)


def outside(grey: Grey, stamps: Iterable[Stamp], dpi: int) -> Grey:
    """The image with the stamps left white."""
    rest = grey.copy()
    for stamp in stamps:
        rest[stamp.frame.mask(rest.shape, round(_MARGIN * dpi))] = PAPER
    return rest


def inside(grey: Grey, stamps: Iterable[Stamp], dpi: int) -> Grey:
    """The image with all but the stamps left white."""
    kept = np.zeros(grey.shape, bool)
    for stamp in stamps:
        kept |= stamp.frame.mask(grey.shape, round(_MARGIN * dpi))
    return np.where(kept, grey, PAPER).astype(np.uint8)


def without_frames(grey: Grey, stamps: Iterable[Stamp], dpi: int) -> Grey:
    """The image without the sides of the frames; strokes of letters that cross them stay."""
    ink = (grey < _DARK).astype(np.uint8)
    thick = max(2, round(_STROKE * dpi))
    level, upright = np.zeros_like(ink), np.zeros_like(ink)
    for stamp in stamps:
        corners = [tuple(map(int, corner)) for corner in np.round(stamp.frame.corners)]
        for side, (start, end) in enumerate(zip(corners, [*corners[1:], corners[0]], strict=True)):
            cv2.line(upright if side % 2 else level, start, end, 1, 2 * thick + 1)
    rest = grey.copy()
    rest[(ink & level & ~opened(ink, 3 * thick, 1)) > 0] = PAPER
    rest[(ink & upright & ~opened(ink, 1, 3 * thick)) > 0] = PAPER
    return rest

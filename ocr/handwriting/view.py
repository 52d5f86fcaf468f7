"""The ink around one spot of a line: which of it is an entry by hand, and which is print, rule or dirt.

All sizes are in body heights of the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from letters.page import Box
from ocr.clean import Sheet
from ocr.lines import Glyphs, Segment, components, leaders, without_rules
from ocr.raster import PAPER, Grey, Mask, grown
from ocr.words import around

_ABOVE, _BELOW = 2.7, 1.3            # rows looked at, around the baseline
_TOP, _FOOT = 2.0, 0.7               # where the middle of an entry's ink may stand
# White before a number, after its first sign (perhaps ว), inside an entry, and between day and month.
_FIRST_GAP, _MARK_GAP, _NEXT_GAP, _DAY_GAP = 4.5, 3.2, 2.0, 4.0
_MARK = 1.5                          # the widest first sign
_DIRT_GAP = 0.7                      # what is lower than an entry and farther from it than this is dirt
_HIGH, _TAIL = 0.6, 0.4              # of the highest sign: what is so high gives an entry's rows; broken tails above
_LONGEST, _LONGEST_DAY = 16.0, 7.0
SPECK, _LEAST = 0.22, 0.6            # ink smaller than a speck is left out; an entry is at least so high
PALE, HALO = 190, 5                  # the lightest ink of a pen, and how far its grey edge is taken along
_FAINT, _MORE = 232, 0.4             # the lightest of a stroke that grows pale, and how far that may lead
_NOISE = 6.0                         # so many times as far from the paper's grey as its noise
_SLASH = (1.0, 2.6, 1.1)             # lowest, highest, widest
_LEAN = -0.75                        # correlation of columns and rows of a slash's ink
_HOLLOW = 0.4                        # a slash's ink is nowhere wider, in heights of the slash: else it is a leaning 0
_THERE, _NEAR, _BEFORE = 0.8, 1.6, 4.0  # a slash stands where one was read, else not far behind, or before it


@dataclass(slots=True)
class View:
    """The ink in the rows of a line, from one column to another, without rules and dotted leaders."""

    grey: Grey
    glyphs: Glyphs
    kept: NDArray[np.intp]
    left: int
    top: int
    body: float

    @classmethod
    def of(cls, sheet: Sheet, segment: Segment, left: float, right: float) -> View:
        """The rows around a segment's baseline, between two columns of the page."""
        height, width = sheet.plain.shape
        body, base = segment.body, segment.baseline((left + right) / 2)
        rows = slice(max(0, round(base - _ABOVE * body)), min(height, round(base + _BELOW * body)))
        columns = slice(max(0, round(left)), min(width, round(right)))
        grey = sheet.plain[rows, columns]
        glyphs = components(without_rules((grey < PALE).astype(np.uint8), body))
        middle = (glyphs.top + glyphs.bottom) / 2 + rows.start - base
        fits = ((middle > -_TOP * body) & (middle < _FOOT * body) & ~leaders(glyphs, body)
                & (np.maximum(glyphs.height, glyphs.width) > SPECK * body))
        fits[0] = False
        return cls(grey, glyphs, np.flatnonzero(fits), columns.start, rows.start, body)

    def box(self, glyph: int) -> Box:
        """A component's box on the page."""
        glyphs = self.glyphs
        return Box(float(self.left + glyphs.left[glyph]), float(self.top + glyphs.top[glyph]),
                   float(self.left + glyphs.right[glyph]), float(self.top + glyphs.bottom[glyph]))

    def around(self, members: Sequence[int]) -> Box:
        """The box around several."""
        return around(self.box(one) for one in members)

    def nearest(self, column: float) -> Box | None:
        """The box of the component whose middle is nearest to a column of the page."""
        boxes = (self.box(int(one)) for one in self.kept)
        return min(boxes, key=lambda box: abs((box.left + box.right) / 2 - column), default=None)

    def pitch(self, left: float, right: float) -> float:
        """From sign to sign of print between two columns, in pixels; what is written there or grown together is wider
        and does not count. 0 where there is too little."""
        boxes = [box for box in (self.box(int(one)) for one in self.kept)
                 if left - self.body / 2 < box.left < right and box.height >= _LEAST * self.body]
        steps = np.diff(sorted(box.left for box in boxes))
        return float(np.percentile(steps, 25)) if len(steps) > 1 else 0.0

    def slash(self, near: Box | None, after: float) -> int | None:
        """The component that looks like a slash: where one was read or not far before, else the first after a
        column."""
        alike = [int(one) for one in self.kept if self._leans(int(one)) and self.box(int(one)).left > after]
        if near is None:
            return min(alike, key=lambda one: self.box(one).left, default=None)
        middle = (near.left + near.right) / 2
        off = {one: (self.box(one).left + self.box(one).right) / 2 - middle for one in alike}
        there = min(alike, key=lambda one: abs(off[one]), default=None)
        if there is not None and abs(off[there]) < _THERE * self.body:
            return there
        close = [one for one in alike if -_BEFORE * self.body < off[one] < _NEAR * self.body]
        return min(close, key=lambda one: off[one], default=None)

    def _leans(self, glyph: int) -> bool:
        box = self.box(glyph)
        lowest, highest, widest = (size * self.body for size in _SLASH)
        if not (lowest <= box.height <= highest and box.width <= widest and box.height > 1.3 * box.width):
            return False
        rows, columns = np.nonzero(self.glyphs.labels == glyph)
        if np.ptp(columns) <= 1 or float(np.corrcoef(rows, columns)[0, 1]) >= _LEAN:
            return False
        starts = np.flatnonzero(np.diff(rows, prepend=-1))  # rows come in order, and columns within a row
        widths = np.maximum.reduceat(columns, starts) - np.minimum.reduceat(columns, starts) + 1
        return float(np.percentile(widths, 90)) <= _HOLLOW * box.height

    def right_of(self, where: Box, slash: int | None) -> list[int]:
        """The ink after a slash, up to the first wide white."""
        middle = (where.left + where.right) / 2
        boxes = sorted((self.box(int(one)).left, int(one)) for one in self.kept if int(one) != slash)
        end = where.right
        members: list[int] = []
        for left, one in boxes:
            box = self.box(one)
            if (box.left + box.right) / 2 <= middle or (self._is_low(box) and (
                    box.right <= where.right + 1 or left - end > _DIRT_GAP * self.body)):
                continue  # left of the slash, a part of it, or dirt
            short = bool(members) and end - self.box(members[0]).left < _MARK * self.body
            gap = _FIRST_GAP if not members else _MARK_GAP if short else _NEXT_GAP
            if left - end > gap * self.body:
                break
            members.append(one)
            end = max(end, box.right)
        return self._entry(members, _LONGEST)

    def left_of(self, edge: float, stop: float) -> list[int]:
        """The ink before a column, back to the first wide white or to ``stop``."""
        boxes = sorted((-self.box(int(one)).right, int(one)) for one in self.kept)
        start = edge
        members: list[int] = []
        for _, one in boxes:
            box = self.box(one)
            if (box.left + box.right) / 2 >= edge or box.left < stop - self.body / 3 or (
                    self._is_low(box) and start - box.right > _DIRT_GAP * self.body):
                continue
            if start - box.right > (_NEXT_GAP if members else _DAY_GAP) * self.body:
                break
            members.append(one)
            start = min(start, box.left)
        return self._entry(members, _LONGEST_DAY)

    def _is_low(self, box: Box) -> bool:
        """Whether ink is too small for a sign of its own."""
        return max(box.height, box.width) < _LEAST * self.body

    def _entry(self, members: Sequence[int], longest: float) -> list[int]:
        """Those that stand in one row; none if they are no entry for their size."""
        row = self._in_row(members)
        if not row:
            return []
        box = self.around(row)
        return row if box.height >= _LEAST * self.body and box.width <= longest * self.body else []

    def _in_row(self, members: Sequence[int]) -> list[int]:
        """Without what belongs to the lines above and below: ink off the rows of all high signs, or off those of most
        and beside what stands there, for a broken stroke stands in its own sign's columns; a ว that comes first may
        stand lower."""
        boxes = {one: self.box(one) for one in members}
        highest = max((box.height for box in boxes.values()), default=0.0)
        high = [box for box in boxes.values() if box.height >= _HIGH * highest]
        if not high:
            return []
        first, rise = min(box.left for box in high), _TAIL * highest
        tops, feet = [box.top - rise for box in high], [box.bottom for box in high]

        def within(box: Box, top: float, foot: float) -> bool:
            return top <= (box.top + box.bottom) / 2 <= foot

        there = [box for box in boxes.values() if within(box, median(tops), median(feet))]

        def belongs(box: Box) -> bool:
            column = (box.left + box.right) / 2
            inside = any(one.left <= column <= one.right for one in (*high, *there))
            return box.right <= first or box in there or (inside and within(box, min(tops), max(feet)))

        return [one for one, box in boxes.items() if belongs(box)]

    def white_near(self, column: float) -> float:
        """The middle of the white between components nearest to a column: boxes of the engine are half a letter off."""
        band = self.glyphs.labels[round((_ABOVE - 1.0) * self.body):round(_ABOVE * self.body)]
        white = np.flatnonzero((band == 0).all(axis=0)) + self.left
        runs = np.split(white, np.flatnonzero(np.diff(white) > 1) + 1) if white.size else []
        close = [run for run in runs if abs(run[-1] - column) < 1.2 * self.body or run[0] <= column <= run[-1]]
        if not close:
            return column
        best = max(close, key=lambda run: min(len(run), self.body) - 0.7 * abs(float(run[-1]) - column))
        return float(best[-1]) if len(best) < self.body else float(best[-1]) - self.body / 4

    def ink_of(self, members: Sequence[int], start: float) -> Grey:
        """These components alone on white, with the strokes in which they grow pale; nothing left of column
        ``start``."""
        glyphs, more = self.glyphs, round(_MORE * self.body)
        box = self.around(members)
        top, bottom = max(0, int(box.top) - self.top - more), int(box.bottom) - self.top + more
        left = max(0, int(box.left) - self.left - more, int(start) - self.left)
        cut = np.s_[top:bottom, left:int(box.right) - self.left + more]
        belongs = np.zeros(glyphs.left.shape, bool)
        belongs[list(members)] = True
        large = np.maximum(glyphs.height, glyphs.width) > SPECK * self.body
        large[0] = False
        labels = glyphs.labels[cut]
        return alone(self.grey[cut], belongs[labels], (large & ~belongs)[labels])


def alone(grey: Grey, own: Mask, other: Mask) -> Grey:
    """The ``own`` ink on white, cut out with its grey edge and with the pale strokes that lead on from it, unless they
    lead to ``other`` ink."""
    strokes = components((grey < _faint(grey)).astype(np.uint8)).labels
    mine = np.setdiff1d(strokes[own], strokes[other])
    whole = np.isin(strokes, mine[mine > 0]) | own
    rows, columns = np.flatnonzero(whole.any(axis=1)), np.flatnonzero(whole.any(axis=0))
    cut = np.s_[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    kept = grown(np.pad(whole[cut].astype(np.uint8), 2), HALO, HALO) > 0
    kept &= ~np.pad(other[cut], 2)
    return np.where(kept, np.pad(grey[cut], 2, constant_values=PAPER), PAPER).astype(np.uint8)


def _faint(grey: Grey) -> float:
    """The lightest grey that is a stroke and no noise of the paper."""
    paper = grey[grey >= PALE]
    usual = float(np.median(paper)) if paper.size else PAPER
    noise = float(np.median(np.abs(paper - usual))) if paper.size else 0.0
    return min(_FAINT, max(PALE, usual - _NOISE * noise))

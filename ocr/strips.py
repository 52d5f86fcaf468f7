"""The rows of a received stamp as line images, and what was read of them: labels in print, entries mostly by hand.

A row begins with a label; a wide stamp has number and day in one row. Tesseract reads the row, the small network for
digits by hand reads number and day once more, and both are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from letters.page import Box, Ink, Line
from letters.text import arabic
from ocr.frames import DARK, Frame
from ocr.glyphs import Glyphs, components
from ocr.handwriting.decode import Kind
from ocr.handwriting.find import characters, shared
from ocr.labels import WORDS, labelled, labels_in
from ocr.raster import PAPER, Grey
from ocr.spaces import Gap
from ocr.stampentries import is_broad, read_groups, together, without_slashes
from ocr.words import Piece, around, assemble

_SPACE, _WIDE = 0.06, 0.12     # white between words, in heights of the frame
_APART = 0.11                  # white that ends a day; heights of the frame
_SERIAL = 0.2                  # white that parts a number from its year; likewise
_FAR, _FARTHEST = 0.4, 1.0     # white that ends a number, and that on a dotted line; likewise
_MARKED_OFF = 0.07             # white behind the mark of a secret register; likewise
_INK, _SNAP = 0.04, 0.12       # the least ink of a digit, and how far off the engine's boxes may be; likewise
_LABELLED = 0.22               # of the frame's width holds labels
_GUESSED = 0.3                 # how sure a label is that was too pale to read
_LETTER = re.compile("[ก-ฃคฆช-ลศ-ฮเ-ไ]")  # not ว, ง, จ: digits by hand
_SECRET = re.compile(r"[ก-ฮ][ก-๎]{0,3}(?=[๐-๙\d])")  # ลับ or ล before a number, however it was read
_MARKS = ("ล", "ลับ")          # of the register of secret letters, short and in full


@dataclass(frozen=True, slots=True)
class _Part:
    """A label and what follows it: what kind of entry that is, places of the row's characters, and columns."""

    kind: Kind
    start: int
    entry: int
    end: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a stamp as a line image, ``top`` rows below the upper side of its ``frame``; ``seen``: the same with
    its ink as pale as it is (none: the image is so); ``dotted``: whether the stamp has dotted lines, with slashes of
    their own, to write on."""

    image: Grey
    frame: Frame
    left: int
    top: int
    seen: Grey | None = None
    dotted: bool = False

    def lines(self, pieces: Sequence[Piece], kind: Kind | None = None) -> Iterator[Line]:
        """What was read of it as lines of the page, one for each label (or the one line without any). ``kind``: what
        the row holds where its label was too pale to read, or misread."""
        read = characters(pieces)
        parts = self._parts(read)
        if kind is not None and read:
            read, part = self._unlabelled(read, kind)
            parts = [part]
        if not parts:
            yield from self._line(pieces)
        for part in parts:
            yield from self._line(self._entered(read, part))

    def labels(self, pieces: Sequence[Piece]) -> set[Kind]:
        """Which of the labels of a received stamp were read in it."""
        return labels_in("".join(piece.text for piece in pieces))

    def _unlabelled(self, read: Sequence[Piece], kind: Kind) -> tuple[list[Piece], _Part]:
        """The row with its label put where the form has it, and the part that follows."""
        end, word = max(1.0, _LABELLED * self.frame.size[0] - self.left), WORDS[kind]
        label = [Piece(sign, _GUESSED, box)
                 for sign, box in shared(Piece(word, _GUESSED, Box(0, 0, end, self.image.shape[0])))]
        kept = [*label, *(piece for piece in read if piece.middle > end)]
        return kept, _Part(kind, 0, len(word), len(kept), end, float(self.image.shape[1]))

    def _parts(self, read: Sequence[Piece]) -> list[_Part]:
        """The labels in a row as read, from left to right."""
        text = arabic("".join(piece.text for piece in read))
        found = labelled(text)
        if not found:
            return []
        ends = [*(start for _, start, _ in found[1:]), len(read)]
        edges = [*(self._white(read[start].box.left) for _, start, _ in found[1:]), float(self.image.shape[1])]
        return [_Part(kind, start, entry, end, self._white(read[entry - 1].box.right), edge)
                for (kind, start, entry), end, edge in zip(found, ends, edges, strict=True)]

    def _whites(self) -> list[tuple[int, int]]:
        """Runs of columns without ink: the last one with ink before each, and the first behind."""
        ends = [-1, *np.flatnonzero((self.image < DARK).any(axis=0)).tolist(), self.image.shape[1]]
        return [(one, other) for one, other in pairwise(ends) if other - one > 1]

    def _white(self, column: float) -> float:
        """The middle of the widest white near a column."""
        near = _SNAP * self.frame.size[1]
        white = [run for run in self._whites() if run[0] - near < column < run[1] + near]
        if not white:
            return column
        start, end = max(white, key=lambda run: run[1] - run[0])
        play = (end - start) / 4
        return float(min(max(column, start + play), end - play))

    def _entered(self, read: Sequence[Piece], part: _Part) -> list[Piece]:
        """The pieces of a part, its number or day as one piece with what else it may be."""
        if part.kind is Kind.TIME:
            return list(read[part.start:part.end])
        label = read[part.start:part.entry]
        part, mark = self._marked(read, part)
        groups = self._entries(read, part)
        if not groups:
            return [*label, *mark, *read[part.entry:part.end]]
        box = around(box for box, _ in groups)
        slack = _SPACE * self.frame.size[1]
        inside = [place for place in range(part.entry, part.end) if read[place].middle < box.right + slack]
        last = max(inside, default=part.entry - 1) + 1
        heard = read[part.entry:last]
        ranked = read_groups([crop for _, crop in groups], part.kind, heard)
        found = list(heard)
        if ranked:
            found = [Piece(ranked[0].text, ranked[0].probability, box, tuple(ranked[1:]))]
        elif heard and part.kind is Kind.DAY:
            found = [_joined(heard, box)]
        return [*label, *mark, *found, *read[last:part.end]]

    def _marked(self, read: Sequence[Piece], part: _Part) -> tuple[_Part, list[Piece]]:
        """The part without the mark of the register of secret letters before its number (ลับ 44, ล 7), and that."""
        mark = _SECRET.match("".join(piece.text for piece in read[part.entry:part.end]))
        if part.kind is not Kind.RECEIVED or mark is None:
            return part, []
        after = part.entry + mark.end()
        left, right, near = read[part.entry].box.left, read[after - 1].box.right, _SNAP * self.frame.size[1]
        wide = [run for run in self._whites() if run[1] - run[0] >= _MARKED_OFF * self.frame.size[1]]
        before = any(left - near <= end <= (left + right) / 2 for _, end in wide)
        behind = next((run for run in wide if (left + right) / 2 <= run[0] <= right + near), None)
        if not before or behind is None:
            return part, []
        pieces = read[part.entry:after]
        text = _MARKS[len(mark[0]) > 1]
        whole = Piece(text, min(piece.confidence for piece in pieces), around(piece.box for piece in pieces))
        return replace(part, entry=after, left=sum(behind) / 2), [whole]

    def _entries(self, read: Sequence[Piece], part: _Part) -> list[tuple[Box, Grey]]:
        """The entry of a part, where it stands and its ink alone: of a date what stands before the month, of a
        number what stands first, and what follows it farther off, as its year does on a dotted line."""
        high, end = self.frame.size[1], part.right
        if part.kind is Kind.DAY:
            month = next((place for place in range(part.entry + 1, part.end) if _LETTER.match(read[place].text)), None)
            end = end if month is None else min(end, self._white(read[month].box.left))
        glyphs = components((self.image < DARK).astype(np.uint8))
        middle = (glyphs.left + glyphs.right) / 2
        large = np.maximum(glyphs.height, glyphs.width) >= _INK * high
        here = np.flatnonzero(large & (glyphs.area > 0) & (middle >= part.left) & (middle < end))
        here = here[here > 0]
        if self.dotted:
            here = without_slashes(glyphs, here, high)
        if part.kind is Kind.DAY:
            groups = together(glyphs, here, _APART * high)[:1]
            if groups and is_broad(glyphs, groups[0]):
                groups = together(glyphs, np.array(groups[0]), _SPACE * high)[:1]
        else:
            near = together(glyphs, here, (_FARTHEST if self.dotted else _FAR) * high)[:1]
            groups = [group for one in near for group in together(glyphs, np.array(one), _SERIAL * high)]
        return [self._ink_of(glyphs, group) for group in groups]

    def _ink_of(self, glyphs: Glyphs, group: Sequence[int]) -> tuple[Box, Grey]:
        """Where components stand, and they alone."""
        members = list(group)
        top, left = int(glyphs.top[members].min()), int(glyphs.left[members].min())
        bottom, right = int(glyphs.bottom[members].max()), int(glyphs.right[members].max())
        place = np.s_[top:bottom, left:right]
        seen = self.image if self.seen is None else self.seen
        crop = np.where(np.isin(glyphs.labels[place], members), seen[place], PAPER).astype(np.uint8)
        return Box(left, top, right, bottom), np.pad(crop, 2, constant_values=PAPER)

    def _line(self, pieces: Sequence[Piece]) -> Iterator[Line]:
        """The pieces as one line of the page; nothing if there are none."""
        height = self.frame.size[1]
        inked = np.flatnonzero((self.image < DARK).any(axis=0))
        white = [(one + 1, other) for one, other in pairwise(inked.tolist()) if other - one > _SPACE * height]
        reach = around(piece.box for piece in pieces) if pieces else Box(0, 0, 0, 0)
        gaps = [Gap(start, end, wide=end - start > _WIDE * height) for start, end in white
                if reach.left <= start and end <= reach.right + _SPACE * height]
        line = assemble(pieces, gaps, Ink.STAMP)
        if line is not None:
            words = tuple(replace(word, box=self._on_page(word.box)) for word in line.words if word.box)
            yield replace(line, words=words, box=self._on_page(line.box) if line.box else None)

    def _on_page(self, box: Box) -> Box:
        return self.frame.on_page(Box(self.left + box.left, self.top + box.top, self.left + box.right,
                                      self.top + box.bottom))


def _joined(pieces: Sequence[Piece], box: Box) -> Piece:
    """Signs that were read well, as a word of its own where their ink is."""
    return Piece("".join(piece.text for piece in pieces), min(piece.confidence for piece in pieces), box, ())

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
from numpy.typing import NDArray
from rapidfuzz import fuzz

from letters.page import Alternative, Box, Ink, Line
from letters.text import arabic
from ocr.frames import Frame
from ocr.handwriting.decode import Beliefs, Kind, readings, typed
from ocr.handwriting.find import characters, shared
from ocr.handwriting.model import temperature, views
from ocr.lines import Glyphs, components
from ocr.raster import PAPER, Grey
from ocr.words import Gap, Piece, around, assemble

DARK = 205
_SPACE, _WIDE = 0.06, 0.12     # white between words, in heights of the frame
_APART = 0.11                  # white that ends a day; heights of the frame
_SERIAL = 0.2                  # white that parts a number from its year; likewise
_FAR, _FARTHEST = 0.4, 1.0     # white that ends a number, and that on a dotted line; likewise
_MARKED_OFF = 0.07             # white behind the mark of a secret register; likewise
_STROKE, _NARROW = 0.11, 0.6   # height of a form's own slash at most, likewise; its width, of its height
_BROAD = 2.5                   # width of a day with its month, of its height
_INK, _SNAP = 0.04, 0.12       # the least ink of a digit, and how far off the engine's boxes may be; likewise
# Labels by kind, and from what likeness on, in hundredths, one counts as read.
_LABELS = ((Kind.RECEIVED, 72, ("เลขรับที่", "เลขที่รับ", "เลขรับ", "รับที่", "ทะเบียนรับ")), (Kind.DAY, 60, ("วันที่", "วันเดือนปี")),
           (Kind.TIME, 70, ("เวลา",)))
_OFFICES = ("ที่ทำการ", "ที่ว่าการอำเภอ", "องค์การบริหารส่วน", "บริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร",
            "สำนักงาน", "ศาลากลาง")
_OFFICE = 72                   # likeness of one of these, in hundredths
# What is entered in the rows of form 12 below the office, however badly it was read: number, day, hour.
_ENTERED = ((Kind.RECEIVED, re.compile(r"(?<!\d)\d{2,6}(?:/\d{2,4})?(?!\d)")),
            (Kind.DAY, re.compile(r"\d\D{2,8}\d{2,4}\W*$|25[4-9]\d\W*$")),
            (Kind.TIME, re.compile(r"(?<!\d)\d{1,2}\D{0,2}\d{2}\W*$")))
_LABELLED = 0.22               # of the frame's width holds labels
_GUESSED = 0.3                 # how sure a label is that was too pale to read
_WORDS = {kind: words[0] for kind, _, words in _LABELS}
_MARKS = ("ล", "ลับ")          # of the register of secret letters, short and in full
_TYPED, _SURE = 0.5, 0.8       # from here on it is print, and Tesseract's reading is good
_NUMBER, _LETTER = re.compile(r"[๐-๙]+|\d+"), re.compile("[ก-ฃคฆช-ลศ-ฮเ-ไ]")  # not ว, ง, จ: digits by hand
_SECRET = re.compile(r"[ก-ฮ][ก-๎]{0,3}(?=[๐-๙\d])")  # ลับ or ล before a number, however it was read
_YEAR = re.compile(r"[๐-๙]{1,4}|\d{1,4}")
_YEARS, _SERIALS = 4, 3        # readings of either that are weighed together
_JUNK = 4                      # signs before the first label
_THAI = 0.1                    # of stamps are entered in Thai digits
_SAME_SCRIPT = 0.65            # Tesseract takes digits by hand for those of the other script about so often
_SURER = 0.5                   # of the temperature: hands in stamps are small and plain, and read surer than in heads
# Of received numbers: with ว, with the year behind a slash, with a zero first, with a slash before it by mistake.
_MARKED, _DATED, _ZERO, _SLASHED = 0.01, 0.3, 0.1, 0.01


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
        end, word = max(1.0, _LABELLED * self.frame.size[0] - self.left), _WORDS[kind]
        label = [Piece(sign, _GUESSED, box)
                 for sign, box in shared(Piece(word, _GUESSED, Box(0, 0, end, self.image.shape[0])))]
        kept = [*label, *(piece for piece in read if piece.middle > end)]
        return kept, _Part(kind, 0, len(word), len(kept), end, float(self.image.shape[1]))

    def _parts(self, read: Sequence[Piece]) -> list[_Part]:
        """The labels in a row as read, from left to right."""
        text = arabic("".join(piece.text for piece in read))
        found = _labelled(text)
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
        ranked = _read_groups([crop for _, crop in groups], part.kind, heard)
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
            here = _without_slashes(glyphs, here, high)
        if part.kind is Kind.DAY:
            groups = _together(glyphs, here, _APART * high)[:1]
            if groups and _is_broad(glyphs, groups[0]):
                groups = _together(glyphs, np.array(groups[0]), _SPACE * high)[:1]
        else:
            near = _together(glyphs, here, (_FARTHEST if self.dotted else _FAR) * high)[:1]
            groups = [group for one in near for group in _together(glyphs, np.array(one), _SERIAL * high)]
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


def _labelled(text: str) -> list[tuple[Kind, int, int]]:
    """Labels in a row as read: kind, start, end. The first begins the row, others follow an entry."""
    found: list[tuple[float, Kind, int, int]] = []
    for kind, least, words in _LABELS:
        hits = [(one.score, one.dest_start, one.dest_end) for word in words if len(text) >= len(word) - 2
                if (one := fuzz.partial_ratio_alignment(word, text, score_cutoff=least)) is not None
                and one.dest_end - one.dest_start >= len(word) - 1]
        if hits:
            score, start, end = max(hits, key=lambda hit: hit[0] * (hit[2] - hit[1]))
            found.append((score, kind, start, end))
    kept: list[tuple[Kind, int, int]] = []
    for _, kind, start, end in sorted(found, key=lambda one: -one[0]):
        first = start <= _JUNK or re.search(r"\d\D{0,3}$", text[:start])
        if first and all(end <= other or start >= after for _, other, after in kept):
            kept.append((kind, start, end))
    return sorted(kept, key=lambda one: one[1])


def labels_in(text: str) -> set[Kind]:
    """Which labels of a received stamp a row as read has."""
    return {kind for kind, _, _ in _labelled(arabic(text))}


def label_of(text: str) -> Kind | None:
    """The label of a received stamp that a row as read begins with."""
    return next((kind for kind, start, _ in _labelled(arabic(text)) if start <= _JUNK), None)


def names_office(text: str) -> bool:
    """Whether a row as read begins much as the name of an office that puts stamps on letters."""
    return any(fuzz.partial_ratio(word, text) >= _OFFICE for word in _OFFICES if len(text) >= len(word) - 1)


def entered_in(rows: Sequence[str]) -> set[Kind]:
    """Which rows of a received stamp below the office, as read, hold what the form has there: a number, a date, its
    month perhaps misread, an hour."""
    return {kind for (kind, entry), text in zip(_ENTERED, rows, strict=True) if entry.search(arabic(text))}


def _together(glyphs: Glyphs, here: NDArray[np.intp], apart: float) -> list[list[int]]:
    """Components from left to right in groups with wide white between them."""
    groups: list[list[int]] = []
    for one in here[np.argsort(glyphs.left[here], kind="stable")]:
        if not groups or glyphs.left[one] - max(glyphs.right[groups[-1]]) > apart:
            groups.append([])
        groups[-1].append(int(one))
    return groups


def _without_slashes(glyphs: Glyphs, here: NDArray[np.intp], high: int) -> NDArray[np.intp]:
    """Components without the slashes that a form has on its dotted lines: low and narrow ones that stand alone."""
    order = here[np.argsort(glyphs.left[here], kind="stable")]
    ends = np.maximum.accumulate(glyphs.right[order])
    white = np.concatenate([[high], glyphs.left[order][1:] - ends[:-1], [high]])
    alone = np.minimum(white[:-1], white[1:]) >= _SPACE * high
    slash = (glyphs.height < _STROKE * high) & (glyphs.width < _NARROW * glyphs.height)
    return np.asarray(order[~(alone & slash[order])], np.intp)


def _joined(pieces: Sequence[Piece], box: Box) -> Piece:
    """Signs that were read well, as a word of its own where their ink is."""
    return Piece("".join(piece.text for piece in pieces), min(piece.confidence for piece in pieces), box, ())


def _is_broad(glyphs: Glyphs, group: Sequence[int]) -> bool:
    """Whether components are too wide together for a day."""
    width = glyphs.right[group].max() - glyphs.left[group].min()
    return bool(width > _BROAD * (glyphs.bottom[group].max() - glyphs.top[group].min()))


def _read_groups(crops: Sequence[Grey], kind: Kind, heard: Sequence[Piece]) -> tuple[Alternative, ...]:
    """What an entry in one or more groups may read: the last of several is its year if it reads like one."""
    ranked = read_entry(crops[0], kind, heard if len(crops) == 1 else ())
    years = [one for one in read_entry(crops[-1], kind, ()) if _YEAR.fullmatch(one.text)] if len(crops) > 1 else []
    sure = sum(one.probability for one in years)
    if not years:
        return ranked
    dated = [Alternative(f"{serial.text}/{year.text}", round(serial.probability * year.probability / sure, 4))
             for serial in ranked[:_SERIALS] for year in years[:_YEARS]]
    return tuple(sorted(dated, key=lambda one: -one.probability))


def read_entry(crop: Grey, kind: Kind, heard: Sequence[Piece]) -> tuple[Alternative, ...]:
    """What an entry may read, likeliest first; ``heard`` is what Tesseract read there. Empty where it is no number, or
    print that Tesseract is sure of."""
    text = "".join(piece.text for piece in heard)
    seen = views(crop)
    if _NUMBER.fullmatch(text) and typed(seen) >= _TYPED and min(piece.confidence for piece in heard) >= _SURE:
        return ()
    plain = re.sub(r"/+", "/", re.sub(r"[^๐-๙\d/]", "", text))
    thai = _SAME_SCRIPT if re.search("[๐-๙]", plain) else 1 - _SAME_SCRIPT if plain else _THAI
    return readings(seen, kind, Beliefs(thai, _MARKED, plain, _DATED, _ZERO, _SLASHED), _SURER * temperature())

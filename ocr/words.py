"""Tesseract's pieces (for Thai about one per character) back into words and lines as printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from letters.page import Alternative, Box, Ink, Line, Word
from letters.text import mend
from ocr.marks import COMBINING
from ocr.rivals import Sign, rivals
from ocr.spaces import Gap, Shown, placed

WIDE = "  "  # how a gap of two spaces or more is written


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters as the engine gives it; ``confidence`` 0–1 is the engine's own, ``box`` in pixels of the page
    image. One with ``rivals`` (perhaps none) is an entry by hand and a word of its own. ``signs``: for each character
    how likely it is right and what else it may be; empty where the engine did not say. ``spaced``: whether the engine
    read a space before it."""

    text: str
    confidence: float
    box: Box
    rivals: tuple[Alternative, ...] | None = None
    signs: tuple[Sign, ...] = ()
    spaced: bool = False

    @property
    def middle(self) -> float:
        """Column of its centre."""
        return (self.box.left + self.box.right) / 2


def assemble(pieces: Sequence[Piece], gaps: Sequence[Gap], ink: Ink = Ink.PRINT) -> Line | None:
    """One line of pieces in reading order, parted where the page shows white; ``None`` if there are no pieces.

    The engine's own spaces and boxes are not trusted: it parts Thai words anywhere, and its boxes are off by half a
    character, but hardly ever by more.
    """
    if not pieces:
        return None
    if any(piece.rivals is not None for piece in pieces):
        parts, breaks = pieces, _by_boxes(pieces, gaps)  # an entry by hand has its place
    else:
        parts, breaks = _by_letters(pieces, placed(_shown(pieces), gaps, by_width=ink is Ink.PRINT))
    runs: list[list[Piece]] = [[]]
    text = ""
    for at, part in enumerate(parts):
        if at in breaks:
            text += WIDE if breaks[at] else " "
            runs.append([])
        elif runs[-1] and (part.rivals is not None or runs[-1][-1].rivals is not None):
            runs.append([])
        text += part.text
        runs[-1].append(part)
    return Line(mend(text), tuple(map(_word, runs)), around(piece.box for piece in pieces), mean(pieces), ink)


def _by_boxes(pieces: Sequence[Piece], gaps: Sequence[Gap]) -> dict[int, bool]:
    """Before which pieces the engine has white, and whether it is wide."""
    found: dict[int, bool] = {}
    passed = 0
    for at, piece in enumerate(pieces):
        before = passed
        while passed < len(gaps) and gaps[passed].middle <= piece.middle and not COMBINING.match(piece.text):
            passed += 1
        if before < passed and at:
            found[at] = any(gap.wide for gap in gaps[before:passed])
    return found


def _shown(pieces: Sequence[Piece]) -> Shown:
    """The pieces as a line of characters, each in its share of its piece."""
    middles = [piece.box.left + (at + 0.5) / len(piece.text) * piece.box.width
               for piece in pieces for at in range(len(piece.text))]
    starts = accumulate((len(piece.text) for piece in pieces), initial=0)
    spaces = frozenset(start for start, piece in zip(starts, pieces, strict=False) if piece.spaced)
    return Shown("".join(piece.text for piece in pieces), middles, pieces[0].box.left, pieces[-1].box.right, spaces)


def _by_letters(pieces: Sequence[Piece], gaps: Mapping[int, Gap]) -> tuple[list[Piece], dict[int, bool]]:
    """The pieces, those in two or more that a gap runs through, and before which of them white stands; ``gaps`` by the
    character behind each. Boxes beside white begin and end where it does."""
    parts: list[Piece] = []
    breaks = {}
    start = 0
    for piece in pieces:
        size = len(piece.text)
        cuts = [0, *(at - start for at in range(start + 1, start + size) if at in gaps), size]
        for first, last in pairwise(cuts):
            before, behind = gaps.get(start + first), gaps.get(start + last)
            if before:
                breaks[len(parts)] = before.wide
            left, right = (piece.box.left + at / size * piece.box.width for at in (first, last))
            left, right = before.right if before else left, behind.left if behind else right
            parts.append(replace(piece, text=piece.text[first:last], signs=piece.signs[first:last],
                                 spaced=piece.spaced and not first,
                                 box=replace(piece.box, left=min(left, right), right=max(left, right))))
        start += size
    return parts, breaks


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around at least one box."""
    first, *rest = boxes
    for box in rest:
        first = first.union(box)
    return first


def _word(run: Sequence[Piece]) -> Word:
    text, box = mend("".join(piece.text for piece in run)), around(piece.box for piece in run)
    if run[0].rivals is not None:
        return Word(text, mean(run), box, run[0].rivals, Ink.HAND)
    signs = [sign for piece in run for sign in _signs(piece)]
    right = round(sum(sign.right for sign in signs) / max(1, len(signs)), 4)
    others = tuple(replace(rival, text=mend(rival.text)) for rival in rivals(signs))
    return Word(text, right, box, others)


def _signs(piece: Piece) -> Sequence[Sign]:
    return piece.signs or [Sign(sign, piece.confidence) for sign in piece.text]


def mean(pieces: Sequence[Piece]) -> float:
    """The engine's mean confidence of the characters of at least one piece, 0–1; 0 where nothing could be read."""
    weight = sum(len(piece.text) for piece in pieces) or 1
    return round(sum(piece.confidence * len(piece.text) for piece in pieces) / weight, 4)

"""Tesseract's pieces (for Thai about one per character) back into words and lines as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from letters.page import Alternative, Box, Ink, Line, Word
from letters.text import mend
from ocr.marks import COMBINING
from ocr.rivals import Sign, rivals
from ocr.spaces import placed

WIDE = "  "  # how a gap of two spaces or more is written


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters as the engine gives it; ``confidence`` 0–1 is the engine's own, ``box`` in pixels of the page
    image. One with ``rivals`` (perhaps none) is an entry by hand and a word of its own. ``signs``: for each character
    how likely it is right and what else it may be; empty where the engine did not say."""

    text: str
    confidence: float
    box: Box
    rivals: tuple[Alternative, ...] | None = None
    signs: tuple[Sign, ...] = ()

    @property
    def middle(self) -> float:
        """Column of its centre."""
        return (self.box.left + self.box.right) / 2


@dataclass(frozen=True, slots=True)
class Gap:
    """White between two words of a line, in columns of the page image; ``wide`` from two spaces on."""

    left: float
    right: float
    wide: bool

    @property
    def middle(self) -> float:
        """Column of its centre."""
        return (self.left + self.right) / 2


def assemble(pieces: Sequence[Piece], gaps: Sequence[Gap], ink: Ink = Ink.PRINT) -> Line | None:
    """One line of pieces in reading order, parted where the page shows white; ``None`` if there are no pieces.

    The engine's own spaces and boxes are not trusted: it parts Thai words anywhere, and its boxes are off by half a
    character, but hardly ever by more.
    """
    pieces = [part for piece in pieces for part in _torn(piece, gaps)]
    if not pieces:
        return None
    runs: list[list[Piece]] = [[]]
    text, breaks = "", _breaks(pieces, gaps)
    for at, piece in enumerate(pieces):
        if at in breaks:
            text += WIDE if breaks[at] else " "
            runs.append([])
        elif runs[-1] and (piece.rivals is not None or runs[-1][-1].rivals is not None):
            runs.append([])
        text += piece.text
        runs[-1].append(piece)
    return Line(mend(text), tuple(map(_word, runs)), around(piece.box for piece in pieces), mean(pieces), ink)


def _breaks(pieces: Sequence[Piece], gaps: Sequence[Gap]) -> dict[int, bool]:
    """Before which pieces white stands, and whether it is wide."""
    found: dict[int, bool] = {}
    passed = 0
    for at, piece in enumerate(pieces):
        before = passed
        while passed < len(gaps) and gaps[passed].middle <= piece.middle and not COMBINING.match(piece.text):
            passed += 1
        if before < passed and at:
            found[at] = any(gap.wide for gap in gaps[before:passed])
    if any(piece.rivals is not None for piece in pieces):
        return found  # an entry by hand has its place
    return placed([piece.text for piece in pieces], found)


def _torn(piece: Piece, gaps: Sequence[Gap]) -> list[Piece]:
    """The piece in two where a gap runs through it: its characters shared out by width."""
    width = piece.box.width
    for gap in gaps if piece.rivals is None else ():
        share = (gap.middle - piece.box.left) / width if width > 0 else 0.0
        cut = round(share * len(piece.text))
        if 0.1 < share < 0.9 and 0 < cut < len(piece.text):
            first = Box(piece.box.left, piece.box.top, gap.left, piece.box.bottom)
            rest = Box(gap.right, piece.box.top, max(gap.right, piece.box.right), piece.box.bottom)
            return [Piece(piece.text[:cut], piece.confidence, first, signs=piece.signs[:cut]),
                    *_torn(Piece(piece.text[cut:], piece.confidence, rest, signs=piece.signs[cut:]), gaps)]
    return [piece]


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

"""Tesseract's pieces (for Thai about one per character) back into words and lines as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from letters.page import Box, Ink, Line, Word
from letters.text import mend

WIDE = "  "  # how a gap of two spaces or more is written


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters as the engine gives it; ``confidence`` 0–1, ``box`` in pixels of the page image."""

    text: str
    confidence: float
    box: Box


def join(pieces: Sequence[Piece], space: float, wide: float, ink: Ink = Ink.PRINT) -> Line | None:
    """One line from pieces in reading order; ``None`` if nothing is left.

    A gap of more than ``space`` pixels parts two words, one of more than ``wide`` is written as two spaces.
    """
    text, right = "", None
    words: list[Word] = []
    run: list[Piece] = []
    for piece in pieces:
        gap = piece.box.left - right if right is not None else 0.0
        if run and gap > space:
            words.append(_word(run))
            run = []
            text += WIDE if gap > wide else " "
        text += piece.text
        run.append(piece)
        right = piece.box.right if right is None else max(right, piece.box.right)
    if not run:
        return None
    words.append(_word(run))
    return Line(mend(text), tuple(words), _around(pieces), _mean(pieces), ink)


def _word(run: Sequence[Piece]) -> Word:
    return Word(mend("".join(piece.text for piece in run)), _mean(run), _around(run))


def _around(pieces: Iterable[Piece]) -> Box:
    boxes = [piece.box for piece in pieces]
    return Box(min(b.left for b in boxes), min(b.top for b in boxes),
               max(b.right for b in boxes), max(b.bottom for b in boxes))


def _mean(pieces: Sequence[Piece]) -> float:
    """Mean confidence of the characters."""
    weight = sum(len(piece.text) for piece in pieces)
    return round(sum(piece.confidence * len(piece.text) for piece in pieces) / weight, 4) if weight else 0.0

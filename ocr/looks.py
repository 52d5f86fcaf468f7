"""When a line is worth a second look, and which of the two is believed. The second is a little wider and so sees each
digit by other columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.words import Piece, mean

# Of citations in poor scans one in ten has a digit less likely right than this; a second look at them, so many times as
# wide, mends half of those read wrong.
_DOUBTFUL, WIDER = 0.95, 1.15
_WORDS, _PRINTED = 15, 0.85  # signs of a line, and how sure the engine is of it, for that


def second_look(pieces: Sequence[Piece]) -> bool:
    """Whether a line is to be read once more, :data:`WIDER`. Entries by hand (pieces with rivals) have had theirs."""
    if sum(len(piece.text) for piece in pieces) < _WORDS or mean(pieces) < _PRINTED:
        return False
    return any(sign.text.isdecimal() and sign.right < _DOUBTFUL
               for piece in pieces if piece.rivals is None for sign in piece.signs)


def believed(first: list[Piece], second: list[Piece]) -> list[Piece]:
    """The surer of two looks; boxes as in the first."""
    if mean(second) <= mean(first):
        return first
    return [replace(piece, box=replace(piece.box, left=piece.box.left / WIDER, right=piece.box.right / WIDER))
            for piece in second]

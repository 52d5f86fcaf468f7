"""When a line is worth a second look, and which of the two is believed. The second is a little wider and so sees each
digit by other columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ocr.words import Piece, mean

# Of citations in poor scans one in ten has a digit less likely right than this; a second look at them, so many times as
# wide, mends half of those read wrong.
_DOUBTFUL, _WIDER = 0.95, 1.15
_WORDS, _PRINTED = 15, 0.85  # signs of a line, and how sure the engine is of it, for that
# A letter number without its slash: in narrow faces the digit before it swallows it, so that ๓/ reads as a sure ๗.
_BROKEN, _WIDEST = re.compile(r"\d{4,5}\.(?:\d{1,3}(?:ว|[ก-ฮ]\d)|\d{4})"), 1.4


def second_look(pieces: Sequence[Piece]) -> float | None:
    """How many times as wide a line is best read once more; ``None`` where the first look will do. Entries by hand
    (pieces with rivals) have had theirs."""
    if _broken(pieces):
        return _WIDEST
    if sum(len(piece.text) for piece in pieces) < _WORDS or mean(pieces) < _PRINTED:
        return None
    doubtful = any(sign.text.isdecimal() and sign.right < _DOUBTFUL
                   for piece in pieces if piece.rivals is None for sign in piece.signs)
    return _WIDER if doubtful else None


def believed(first: list[Piece], second: list[Piece], wider: float) -> list[Piece]:
    """The look that reads a letter number whole, else the surer one; boxes as in the first, ``wider``: how many times
    as wide the second saw the line."""
    torn = _broken(first)
    if (torn if torn != _broken(second) else mean(second) > mean(first)):
        return [replace(piece, box=replace(piece.box, left=piece.box.left / wider, right=piece.box.right / wider))
                for piece in second]
    return first


def _broken(pieces: Sequence[Piece]) -> bool:
    return _BROKEN.search("".join(piece.text for piece in pieces)) is not None

"""When a line is worth a second look, and which of the two is believed. The second is a little wider and so sees each
digit by other columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from letters.page import Alternative
from ocr.rivals import Sign
from ocr.words import Piece, mean

# Of citations in poor scans one in ten has a digit less likely right than this; a second look at them, so many times as
# wide, mends half of those read wrong.
_DOUBTFUL, _WIDER = 0.95, 1.15
_WORDS, _PRINTED = 15, 0.85  # signs of a line, and how sure the engine is of it, for that
# A letter number without its slash: in narrow faces the digit before it swallows it, so that ๓/ reads as a sure ๗.
_BROKEN, _WIDEST = re.compile(r"\d{4,5}\.(?:\d{1,3}(?:ว|[ก-ฮ]\d)|\d{4})"), 1.4
# So it does where the slash is read as well (๐๘๐๗.๗/ว for ๐๘๐๗.๓/ว). In such a face, poor scans, the wider look had 34
# of 51 ๓/ right, the first one 7; of 18 read as ๗/ where all digits were alike often, 11 instead of 8.
_SWALLOWING = re.compile(r"\d{3}\W?\d{0,3}๗๓?\W?/")
_WHOLE = re.compile(r"\d{4}\W?\d{0,3}\W?/")
_EITHER = {"๓": 0.6, "๗": 0.35}  # where the wider look reads ๓/ and the first one ๗/


def second_look(pieces: Sequence[Piece], stretch: float = 1.0) -> float | None:
    """How many times as wide a line is best read once more; ``None`` where the first look will do. ``stretch``: how
    much wider than printed that was, more than 1 in narrow faces. Entries by hand (pieces with rivals) have had
    theirs."""
    text = _text(pieces)
    if _BROKEN.search(text) or (stretch > 1 and _SWALLOWING.search(text)):
        return _WIDEST
    if sum(len(piece.text) for piece in pieces) < _WORDS or mean(pieces) < _PRINTED:
        return None
    doubtful = any(sign.text.isdecimal() and sign.right < _DOUBTFUL
                   for piece in pieces if piece.rivals is None for sign in piece.signs)
    return _WIDER if doubtful else None


def believed(first: list[Piece], second: list[Piece], wider: float) -> list[Piece]:
    """The look that reads a letter number whole, of two that do the much wider one, else the surer one. Boxes as in the
    first, ``wider``: how many times as wide the second saw the line."""
    whole = wider >= _WIDEST and (_is_whole(first) or _is_whole(second))
    if not (_is_whole(second) if whole else mean(second) > mean(first)):
        return first
    if wider >= _WIDEST and (seven := _SWALLOWING.search(_text(first))):
        second = _either(second, _text(first)[:seven.end()].count("/"), grown="๓" not in seven[0][-3:])
    return [replace(piece, box=replace(piece.box, left=piece.box.left / wider, right=piece.box.right / wider))
            for piece in second]


def _is_whole(pieces: Sequence[Piece]) -> bool:
    """Whether it holds a letter number, and none without a slash."""
    text = _text(pieces)
    return bool(_WHOLE.search(text)) and not _BROKEN.search(text)


def _either(pieces: Sequence[Piece], which: int, *, grown: bool) -> list[Piece]:
    """The pieces with a ๓ before the slash (``which`` of them, from 1) as what may be a ๗ as well. ``grown``: the other
    look read ๗/, so that of ๗๓/ the ๗ is but what the ๓ and the slash look like together."""
    text, at, found = _text(pieces), 0, []
    slash = next((place for place, sign in enumerate(text) if sign == "/" and text[:place + 1].count("/") == which), 0)
    three = slash - 1 if text[:slash].endswith("๓") else None
    seven = slash - 2 if grown and text[:slash].endswith("๗๓") else None
    for piece in pieces:
        places = range(at, at + len(piece.text))
        signs = [Sign("๓", _EITHER["๓"], (Alternative("๗", _EITHER["๗"]),)) if place == three else sign
                 for place, sign in zip(places, piece.signs, strict=False) if place != seven]
        if kept := "".join(text[place] for place in places if place != seven):
            found.append(replace(piece, text=kept, signs=tuple(signs)))
        at += len(piece.text)
    return found


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)

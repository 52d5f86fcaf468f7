"""When a line is worth a second look, and which of the two is believed. The second is a little wider and so sees each
digit by other columns."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
_PART = re.compile(r"(?P<lead>\d{3,4})\W?(?P<digits>\d{1,4})\W?/")
# From the full stop to behind the slash of 230 numbers in narrow faces, poor scans, are 1.1 to 2.7 widths of a digit
# where one stands there, 2.6 to 3.7 where two do, 3.7 and more where three do; 1.4 to 2.4 where one was read as more.
_SLASH = 0.4
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
    if wider >= _WIDEST:
        seven = _SWALLOWING.search(_text(first))
        fitting = _fitting(second, _text(first)[:seven.end()].count("/") if seven else 0)
        if fitting is None and _is_whole(first):
            return first
        second = fitting or second
    return [replace(piece, box=replace(piece.box, left=piece.box.left / wider, right=piece.box.right / wider))
            for piece in second]


def _is_whole(pieces: Sequence[Piece]) -> bool:
    """Whether it holds a letter number, and none without a slash."""
    text = _text(pieces)
    return bool(_WHOLE.search(text)) and not _BROKEN.search(text)


@dataclass(frozen=True, slots=True)
class Part:
    """The last ``digits`` of an owner code before the slash, as read; the very ``last`` of them and those there is no
    room for (``spare``) by their places in the line; columns from where the last one begins to behind the ``slash``,
    itself a place."""

    digits: str
    last: int
    spare: range
    slash: int
    left: float
    right: float


def parts(pieces: Sequence[Piece]) -> Iterator[Part]:
    """What owner codes have between their first three or four digits, with the full stop behind them, and the slash: no
    more digits than there is room for, by the width of the first; as many as were read where these are one piece."""
    boxes = [piece.box for piece in pieces for _ in piece.text]
    for number in _PART.finditer(_text(pieces)):
        digits, last, slash = number["digits"], number.end("digits") - 1, number.end() - 1
        first, lead, before, after = (boxes[at] for at in (number.start(), number.end("lead") - 1,
                                                           number.start("digits") - 1, slash))
        width = (lead.right - first.left) / len(number["lead"])
        room = len(digits)
        if before.right < after.right and first.left < lead.left:
            room = max(1, int((after.right - before.right) / width - _SLASH))
        more = max(0, len(digits) - room)
        left = before.right + (len(digits) - more - 1) * width
        yield Part(digits, last, range(last - more, last), slash, left, after.right)


def _fitting(pieces: list[Piece], seven: int) -> list[Piece] | None:
    """The pieces with no more digits before a slash than there is room for: a ๓ that grew together with it is read as
    ๗๓ or ๓๗๓. The ๓ stays, as what may be a ๗ as well; so it does before the slash (``seven`` of them, from 1; 0: none)
    that another look saw a ๗ before. ``None`` where what stays is none."""
    text, spare, signs = _text(pieces), set[int](), dict[int, Sign]()
    for part in parts(pieces):
        if part.spare and text[part.last] != "๓":
            return None
        spare |= {*part.spare}
        if text[part.last] == "๓" and ("๗" in (text[at] for at in part.spare)
                                       or text[:part.slash + 1].count("/") == seven):
            signs[part.last] = Sign("๓", _EITHER["๓"], (Alternative("๗", _EITHER["๗"]),))
    return edited(pieces, spare, signs)


def edited(pieces: Sequence[Piece], spare: Container[int], signs: Mapping[int, Sign]) -> list[Piece]:
    """The pieces without the ``spare`` characters and with other ``signs``, both by their places in the line."""
    at, found = 0, []
    for piece in pieces:
        places = [place for place in range(at, at + len(piece.text)) if place not in spare]
        text = "".join(signs[place].text if place in signs else piece.text[place - at] for place in places)
        kept = tuple(signs.get(place, piece.signs[place - at]) for place in places) if piece.signs else ()
        if text:
            found.append(replace(piece, text=text, signs=kept))
        at += len(piece.text)
    return found


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)

"""Where a line's spaces belong: the white is seen to the pixel, the engine's boxes are off by a character or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from ocr.dictionary import dictionary
from ocr.marks import COMBINING

_REACH = 2  # characters that a space may be moved by
_FAR, _CHANGE, _AT = 1.5, 8.0, 4.0  # in letters of a word: each character moved, letters against digits, the word ณ
_LONGEST, _SHORTEST = 10, 2  # letters of a word worth looking up
_FOLLOWS, _LEADS = frozenset("ะาำๅๆฯ,.)/"), frozenset("เแโใไ(/")


def placed(texts: Sequence[str], breaks: Mapping[int, bool]) -> dict[int, bool]:
    """The breaks of a line, each moved by up to two characters to where words end, or letters and digits meet.

    ``texts``: the engine's pieces in order; ``breaks``: before which of them white was seen, and whether it is wide.
    One within a number becomes one with its neighbour where that is near; a wide one parts columns and stays.
    """
    text = "".join(texts)
    starts = [0, *accumulate(len(piece) for piece in texts)]
    seen = sorted(breaks)
    found: dict[int, bool] = {}
    last = 0
    for at, following in pairwise([*seen, len(texts)]):
        torn = _within_number(text, starts[at])
        first, end = (1, len(texts) - 1) if torn else (last + 1, following - 1)
        near = range(max(first, at - _REACH), min(end, at + _REACH) + 1)
        piece = text[starts[last]:starts[following]]
        best = at if (torn and breaks[at]) or not near else max(near, key=lambda place: (
            _worth(text if torn else piece, starts[place] - (0 if torn else starts[last])) - _FAR * abs(place - at),
            place == at))
        found[best] = found.get(best, False) or breaks[at]
        last = max(last, best)
    return found


def _within_number(text: str, at: int) -> bool:
    return text[at - 1].isdigit() and text[at].isdigit()


def _worth(text: str, at: int) -> float:
    """How well a space stands before the character ``at``, in letters of the words that it parts."""
    left, right = text[at - 1], text[at]
    if COMBINING.match(right) or right in _FOLLOWS or left in _LEADS or _within_number(text, at):
        return -_CHANGE
    if left.isdigit() != right.isdigit():
        return _CHANGE
    before = _AT if text[:at] == "ณ" else _longest_word(text[max(0, at - _LONGEST):at], ends=True)
    return before + _longest_word(text[at:at + _LONGEST], ends=False)


def _longest_word(text: str, *, ends: bool) -> int:
    """Letters of the longest word that the text ends (or begins) with."""
    words = dictionary()
    sizes = range(len(text), _SHORTEST - 1, -1)
    return next((size for size in sizes if (text[-size:] if ends else text[:size]) in words), 0)

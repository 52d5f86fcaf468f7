"""Where a line's spaces belong: the white is seen to the pixel, the engine's boxes are off by a character or two.

What stands between two gaps is as wide as its letters together are. Letters have much the same widths in all faces of
offices, so the widths that are seen tell which letters a gap parts; words decide where that is not clear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from ocr.dictionary import dictionary
from ocr.marks import COMBINING

_REACH = 3  # characters from where the engine has a gap
# What a character off in width, a letter of a word, a character from the engine's place cost or are worth. Of 2,005
# lines of samples (docs/decisions/0024-spaces.md) 310 had a space wrong by the engine's places and words, so 50 have.
_WIDTH, _WORD, _AWAY = 3.0, 0.25, 0.7
# Characters: what is further off in width is print of another size, and a line that is so on average (right ones are
# by .13, one in a hundred by .41) is not print whose widths are known.
_FAR_OFF, _MISFIT = 0.8, 0.45
_SAID = 4.0  # that the engine read a space there: 3,712 of 3,718 are right, and 223 more are not read
_BESIDE_WIDE = 1.0  # in place of _WIDTH beside wide gaps, where print of another size may stand
_SLIM = 0.8  # of a line's usual white
_LONGEST, _SHORTEST, _ENOUGH = 10, 2, 8  # letters of a word worth looking up, and from where on more tell nothing
_FIGURES, _IN_FIGURES, _NEVER = 2.0, -0.75, -4.5  # letters beside digits, digits beside digits, marks beside letters
_BESIDE_FIGURES = frozenset("./,-:")
_FOLLOWS, _LEADS = frozenset("ะาำๅๆฯ,.)"), frozenset("เแโใไ(")
#: How wide signs are, of a ก: the usual value of 48 faces. What is not named is as wide as a ก.
_WIDTHS = {sign: width for width, signs in (
    (0.4, "',.ij|"), (0.5, "เๅ!/:;I\\`flt{}"), (0.6, "โใ()-[]r"), (0.7, "ไ\"J"), (0.8, "งระาำ*?cgksvxyz"),
    (0.9, "ฐธวฯ#$0123456789FL^_aehnou~"), (1.1, "ฎฏทนภฦษห๐๑๒๓๖&ABCKVX"), (1.2, "ฆฑพฟฬ๔๕๗๘๙DGHNOQUw"),
    (1.4, "ฌญฒณ%Mm"), (1.5, "@W")) for sign in signs}


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


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the engine has it: its characters, the column of the middle of each, where it begins and ends, and
    before which characters the engine read a space."""

    text: str
    middles: Sequence[float]
    left: float
    right: float
    spaces: frozenset[int] = frozenset()


def seen_at(line: Shown, gaps: Sequence[Gap]) -> list[tuple[int, Gap]]:
    """The gaps within a line, each with the character that the engine has behind it."""
    found, at = [], 0
    for gap in gaps:
        while at < len(line.text) and (line.middles[at] < gap.middle or COMBINING.match(line.text[at])):
            at += 1
        if 0 < at < len(line.text):
            found.append((at, gap))
    return found


def placed(line: Shown, gaps: Sequence[Gap], *, by_width: bool = True) -> dict[int, Gap]:
    """The gaps of a line by the character behind each: where widths and words agree best with what is seen.

    ``by_width``: whether all of the line is of one size, as print is and stamps filled in by hand are not. Where widths
    fit nowhere, as in a typewriter's faces or beside large digits by hand, words alone tell.
    """
    seen = seen_at(line, gaps)
    if not seen:
        return _too_narrow(line, {})
    ends = _ends(line.text)
    whites = [Gap(line.left, line.left, False), *(gap for _, gap in seen), Gap(line.right, line.right, False)]
    runs = [other.left - one.right for one, other in pairwise(whites)]
    trust = [_BESIDE_WIDE if one.wide or other.wide else _WIDTH for one, other in pairwise(whites)]
    unit = sum(runs) / max(ends[-1], 0.1)
    way: tuple[int, ...] = ()
    if by_width and unit > 0:
        way = _best(line, seen, lambda run, first, last: (
            trust[run] * min(_FAR_OFF, abs(ends[last] - ends[first] - runs[run] / unit))))
        stretches = enumerate(pairwise([0, *way, len(line.text)]))
        off = fmean(abs(ends[last] - ends[first] - runs[run] / unit) for run, (first, last) in stretches)
        by_width = off <= _MISFIT
    if not by_width or unit <= 0:
        way = _best(line, seen, lambda *_: 0.0)
    found = _without_slim(line.text, dict(zip(way, (gap for _, gap in seen), strict=True)) if way else dict(seen))
    return found | _too_narrow(line, found)


def _too_narrow(line: Shown, found: Mapping[int, Gap]) -> dict[int, Gap]:
    """Spaces that the engine read where the white is less than a space's."""
    missing = [at for at in line.spaces if 0 < at < len(line.text) and not any(abs(at - one) < _REACH for one in found)]
    places = {at: (line.middles[at - 1] + line.middles[at]) / 2 for at in missing}
    return {at: Gap(middle, middle, wide=False) for at, middle in places.items()}


def _without_slim(text: str, gaps: dict[int, Gap]) -> dict[int, Gap]:
    """The gaps without those beside a 1 or a full stop, which stand freely: white within figures that is less than
    between words."""
    usual = median([gap.right - gap.left for gap in gaps.values() if not gap.wide] or [0.0])
    return {at: gap for at, gap in gaps.items() if gap.right - gap.left >= _SLIM * usual or not all(
        sign.isdigit() or sign in _BESIDE_FIGURES for sign in text[at - 1:at + 1])}


def _best(line: Shown, seen: Sequence[tuple[int, Gap]], off: Callable[[int, int, int], float]) -> tuple[int, ...]:
    """The places of the gaps that cost least together; ``off``: what it costs that the text from one place to another
    differs in width from a run of ink. None if there are more gaps than characters between them."""
    def costs(run: int, place: int) -> list[tuple[float, tuple[int, ...]]]:
        return [(cost + off(run, last, place), way) for last, (cost, way) in best.items() if last < place]

    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for run, (at, _) in enumerate(seen):
        reached = {}
        for place in range(max(1, at - _REACH), min(len(line.text) - 1, at + _REACH) + 1):
            if before := costs(run, place):
                cost, way = min(before)
                said = _SAID if place in line.spaces else 0.0
                reached[place] = cost - _worth(line.text, place) - said + _AWAY * abs(place - at), (*way, place)
        best = reached
    return min(costs(len(seen), len(line.text)), default=(0.0, ()))[1]


def _ends(text: str) -> list[float]:
    """How wide the text is up to each of its characters; marks over and under letters take no room."""
    ends = [0.0]
    for sign in text:
        ends.append(ends[-1] + (0.0 if COMBINING.match(sign) else _WIDTHS.get(sign, 1.0)))
    return ends


def _worth(text: str, at: int) -> float:
    """How well a space stands before the character ``at``."""
    left, right = text[at - 1], text[at]
    if COMBINING.match(right) or right in _FOLLOWS or left in _LEADS:
        return _NEVER
    if left.isdigit() and right.isdigit():
        return _IN_FIGURES
    if left.isdigit() or right.isdigit():
        return 0.0 if left in _BESIDE_FIGURES or right in _BESIDE_FIGURES else _FIGURES
    before = _longest_word(text[max(0, at - _LONGEST):at], ends=True)
    behind = _longest_word(text[at:at + _LONGEST], ends=False)
    return _WORD * (min(before, _ENOUGH) + min(behind, _ENOUGH))


def _longest_word(text: str, *, ends: bool) -> int:
    """Letters of the longest word that the text ends (or begins) with."""
    words = dictionary()
    sizes = range(len(text), _SHORTEST - 1, -1)
    return next((size for size in sizes if (text[-size:] if ends else text[:size]) in words), 0)

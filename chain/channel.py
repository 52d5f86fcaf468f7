"""P(one reading of a number | another reading of it): what the reader confuses, measured, and what clerks slip on.

Readers' errors come from the confusion table of the model in use (``ocr.confusions``); a clerk swaps two digits or
types another one now and then. Running numbers are short and nearly always equal, so equal beginnings and ends are
cut off and only the rest goes through the weighted edit distance; rapidfuzz (compiled) refuses early what is far off.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from chain.facts import NOISE
from letters.text import thai
from ocr import confusions

SLIP = 2e-4      # a clerk types one digit for another
SWAP = 1e-3      # a clerk changes the places of two neighbours
LOST = 2e-3      # a sign falls out or comes in between (the floor; the table may say more)
FARTHEST = 3     # edits from which on two readings are not of one number

_DIGITS = "0123456789"
_LETTERS = "".join(chr(sign) for sign in range(ord("ก"), ord("ฮ") + 1))

NEVER = math.log(1e-9)
READABLE = math.log(1.5 * SLIP)
"""Below this no reader's error explains the difference, only a clerk's slip or another letter."""


def noise(one: int, other: int) -> float:
    """The rate at which a sign differs between two readings of these levels of :data:`chain.facts.NOISE`."""
    return min(0.25, NOISE[one] + NOISE[other])


@cache
def _sign(read: str, printed: str, rate: float) -> float:
    """P(read | printed) of one sign, whichever of the two is the print: both readings may be wrong. At its ``rate`` a
    reader errs half of the time as it mostly does, half of the time anyhow."""
    usual = _usual(read, printed)
    signs = _DIGITS if printed in _DIGITS else _LETTERS
    share = usual / sum(_usual(one, printed) for one in signs if one != printed)
    return max(SLIP, usual, rate * (share + 1 / (len(signs) - 1)) / 2)


@cache
def _usual(read: str, printed: str) -> float:
    table = confusions.load()
    scripts = ((read, printed), (thai(read), thai(printed)))
    rates = [table.likelihood(a, b) for one, other in scripts for a, b in ((one, other), (other, one))]
    return sum(rates) / len(rates)


@cache
def _lost(sign: str, rate: float) -> float:
    table = confusions.load()
    return max(LOST, table.likelihood("", sign), table.likelihood("", thai(sign)), rate / 20)


@lru_cache(maxsize=1 << 18)
def log_read(read: str, known: str, rate: float = 0.0) -> float:
    """log P of reading ``read`` where another reading gave ``known``, with signs misread at this ``rate``;
    :data:`NEVER` where they are too far apart."""
    if read == known:
        return len(read) * math.log(1 - rate)
    if OSA.distance(read, known, score_cutoff=FARTHEST) > FARTHEST:
        return NEVER
    start = _common(read, known)
    read, known = read[start:], known[start:]
    end = _common(read[::-1], known[::-1])
    equal = (start + end) * math.log(1 - rate)
    return max(NEVER, equal + _aligned(read[: len(read) - end], known[: len(known) - end], rate))


def swapped(read: str, known: str) -> bool:
    """Whether two signs changed places, which a clerk's hand does and a reader of print does not."""
    return read != known and len(read) == len(known) and sorted(read) == sorted(known)


def _common(one: str, other: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)))


def _aligned(read: str, known: str, rate: float) -> float:
    """log P of the likeliest way to turn one rest into the other, swaps included; also far swaps (0036.7 for
    0037.6)."""
    two = swapped(read, known) and sum(a != b for a, b in zip(read, known, strict=True)) == 2
    far = math.log(SWAP) if two else NEVER
    above: list[float] = [0.0]
    for sign in read:
        above.append(above[-1] + math.log(_lost(sign, rate)))
    before: list[float] = []
    for row, sign in enumerate(known, start=1):
        line = [above[0] + math.log(_lost(sign, rate))]
        for place, seen in enumerate(read, start=1):
            best = max(above[place - 1] + math.log(1 - rate if seen == sign else _sign(seen, sign, rate)),
                       above[place] + math.log(_lost(sign, rate)), line[place - 1] + math.log(_lost(seen, rate)))
            if row > 1 and place > 1 and seen == known[row - 2] and read[place - 2] == sign and seen != sign:
                best = max(best, before[place - 2] + math.log(SWAP))
            line.append(best)
        before, above = above, line
    return max(far, above[-1])

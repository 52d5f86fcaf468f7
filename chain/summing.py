"""What the parts of a citation say for and against a letter, summed up: log odds, reasons, and what contradicts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache

from chain.weights import Weights, load
from letters import LetterDate

Reason = tuple[str, str]
"""Why, in Thai and in English."""
Slip = tuple[str, str] | tuple[str, str, object, object]
"""What contradicts: the same with the two readings to be put in, for most are never told."""

NEAR_DAYS = 30
"""The days around a letter's in which others of its office are its neighbours."""
_OF_THE_OFFICE = ("issuer", "issuer of owner")  # what a letter's neighbours have in common with it


@dataclass(slots=True)
class Sum:
    """The sum as it grows. ``near``: the letter lies behind the citing one in its packet. ``unread``, ``garbled``: the
    running number, the owner code, can only have been misread altogether. ``beside``: log odds for a letter that is not
    here, but of the known letter's office and days, against any other."""

    weights: Weights
    noise: float
    near: bool = False
    right: float = 1.0
    log_odds: float = 0.0
    beside: float = 0.0
    reasons: list[Reason] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    clerk: bool = False
    odd: bool = False
    other_code: bool = False
    unread: bool = False
    garbled: bool = False
    other_day: bool = False
    other_year: bool = False

    def add(self, meant: float, chance: float, beside: float | None = None) -> None:
        """log P of a reading if the known letter is meant, if any other is, and if its neighbour is (as the former)."""
        self.log_odds += meant - chance
        self.beside += (meant if beside is None else beside) - chance

    def rate(self, name: str, level: str) -> None:
        """A field whose levels have rates of their own."""
        meant, chance = log_rates(name, level)
        self.add(meant, chance, meant if name in _OF_THE_OFFICE else chance)

    def slip(self, thai: str, english: str, read: object = None, known: object = None) -> None:
        """What contradicts, with the two readings where they are to be told."""
        self.slips.append((thai, english) if read is None else (thai, english, read, known))


@cache
def log_rates(name: str, level: str) -> tuple[float, float]:
    """log P of a field's level if the letter is meant, and if another is."""
    rates = load().fields[name]
    return math.log(rates.meant.get(level, 1.0)), math.log(rates.chance.get(level, 1.0))


def days_apart(one: LetterDate, other: LetterDate) -> int:
    """The least number of days between two dates, 0 where they may be one."""
    if one == other:
        return 0
    return max(0, (one.earliest - other.latest).days, (other.earliest - one.latest).days)

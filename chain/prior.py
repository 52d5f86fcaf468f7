"""What speaks for a letter before a citation is read: how many letters there are, and what lies behind in the packet.

The number of letters counts in powers of ten, so that one letter more changes nothing; an archive that has outgrown its
power is linked anew.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from chain.weights import load

SMALLEST = 10_000
"""The least number of letters that a citation is taken to choose from, however few are here yet."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Before the citation is read. ``letters``: a power of ten, how many there are to choose from; ``enclosed``: it
    says that the letter lies behind; ``behind``: how many other letters lie behind the citing one in its packet."""

    letters: int = SMALLEST
    enclosed: bool = False
    behind: int = 0

    def log_odds(self, distance: int | None) -> float:
        """log P(this letter is meant) / P(the letter meant is not here). ``distance``: how many letters behind the
        citing one it lies, ``None`` for a letter that is not of the packet."""
        weights = load()
        packet = weights.packet["enclosed" if self.enclosed else "cited"]
        following = packet.following if self.behind else 0.0
        further = packet.further if self.behind > 1 else 0.0
        rest = 1 - following - further
        anywhere = rest * (1 - weights.absent) / self.letters
        if distance is not None:
            anywhere += following if distance == 1 else further / max(1, self.behind - 1)
        return math.log(anywhere / (rest * weights.absent))

    def log_beside(self, distance: int | None) -> float:
        """log P(a neighbour of this letter, of the same office and day, is meant) where the letter meant is not
        here."""
        weights = load()
        return math.log(weights.beside["packet"] if distance is not None else weights.beside["anywhere"] / self.letters)


def letters_of(copies: int) -> int:
    """How many letters a citation is taken to choose from where so many copies are here: the next power of ten."""
    return max(SMALLEST, int(10 ** math.ceil(math.log10(max(copies, 1)))))

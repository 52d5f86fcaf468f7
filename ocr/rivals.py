"""What else a printed digit may be, and how likely what was read is right: the engine's scores turned into shares.

Tesseract's scores are no probabilities: of digits that it calls 30 % sure six in seven are right.
``models/choices.json`` holds what the scores of one model mean, found on made lines by ``python -m bench.rivals
--fit``: how often characters of a score are right, how often one digit is read for another, and the weights of a choice
among the ten digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, prod
from operator import mul
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from letters.page import Alternative
from letters.text import THAI_DIGITS, arabic

TABLE = Path(__file__).parent / "models" / "choices.json"
FEATURES = 11
LEAST = 0.01        # rivals less likely are not kept; of misread digits, six in ten have the right one above it
_MOST = 5
_FAINT = 1e-4
_MOST_RAISED = 20.0
_DIGITS = "0123456789"

#: Of one character: what was read, then what else the engine thought of, each with the engine's own score, 0–1.
Choices = tuple[Alternative, ...]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """What the scores of ``model`` mean. ``digits``: weights of :func:`features`; ``thai`` and ``other``: weights of
    :func:`looks` for characters that are no digits; ``confusions[printed][read]``: shares by value of digit; ``curve``:
    what a share of a digit read comes to in the end, points of (share by the weights, share right), rising."""

    model: str = ""
    digits: tuple[float, ...] = ()
    thai: tuple[float, ...] = ()
    other: tuple[float, ...] = ()
    confusions: tuple[tuple[float, ...], ...] = ()
    curve: tuple[tuple[float, float], ...] = ()

    def right(self, read: str, choices: Choices, line: float) -> float:
        """How likely a character was read right, 0–1; ``choices`` begin with it and its score, ``line`` is the mean
        score of its line: where much is read badly, little is sure."""
        if not self.model:
            return choices[0].probability
        if read.isdecimal():
            return float(self.values(choices, line)[int(arabic(read))])
        weights = self.thai if is_thai(read) else self.other
        return 1 / (1 + exp(-sum(map(mul, looks(choices[0].probability, line), weights))))

    def values(self, choices: Choices, line: float) -> Numbers:
        """How likely a character that was read as a digit has each value, 0 to 9; the rest to one: it is no digit."""
        logs = features(choices, line, _numbers(self.confusions)) @ _numbers(self.digits)
        shares = np.exp(logs - logs.max())
        shares /= shares.sum()
        if self.curve:
            read = int(arabic(choices[0].text))
            right = float(np.interp(shares[read], *_numbers(self.curve).T))
            rest = (1 - right) / max(_FAINT, 1 - float(shares[read]))
            shares = np.where(np.arange(len(shares)) == read, right, shares * min(rest, _MOST_RAISED))
        return np.asarray(shares)[:10]


def is_thai(sign: str) -> bool:
    """Whether it is a Thai letter or mark, and no digit."""
    return "\u0e01" <= sign <= "\u0e4e"


@cache
def _numbers(values: tuple[float, ...] | tuple[tuple[float, ...], ...]) -> Numbers:
    return np.array(values)


def looks(score: float, line: float) -> tuple[float, ...]:
    """How well a character and its line were read."""
    return (1.0, score, score**6, line, line**6)


def features(choices: Choices, line: float, confusions: Numbers) -> Numbers:
    """What speaks for each value 0 to 9 and for no digit at all (11 rows, one column for each weight)."""
    rows = np.zeros((11, FEATURES))
    read, score = int(arabic(choices[0].text)), choices[0].probability
    for other in choices[1:]:
        if arabic(other.text) in _DIGITS and (value := int(arabic(other.text))) != read:
            rows[value, 0] = 1.0
            rows[value, 1] = max(rows[value, 1], other.probability)
    rows[read, 2:7] = looks(score, line)
    rows[:10, 7] = np.log(np.maximum(confusions[:, read], _FAINT))
    rows[read, 7] = 0.0
    rows[read, 8] = max([0.0, *(other.probability for other in choices[1:])])
    rows[10, 9:11] = 1.0, max([0.0, *(other.probability for other in choices[1:] if not other.text.isdecimal())])
    return rows


@cache
def table(model: str, path: Path = TABLE) -> Table:
    """The table of ``model`` (``name:version``); that of another version of the same name is better than none."""
    known = msgspec.json.decode(path.read_bytes(), type=Table) if path.is_file() else Table()
    return known if known.model.partition(":")[0] == model.partition(":")[0] else Table()


@dataclass(frozen=True, slots=True)
class Sign:
    """A character as read: how likely it is ``right``, and, where it is a digit, which digits it may be instead."""

    text: str
    right: float
    others: tuple[Alternative, ...] = ()


def sign(read: str, choices: Choices, line: float, meaning: Table) -> Sign:
    """A character by what its scores mean, in a line of a mean score."""
    right = round(meaning.right(read, choices, line), 4)
    if not meaning.model or not read.isdecimal():
        return Sign(read, right)
    script = THAI_DIGITS if read in THAI_DIGITS else _DIGITS
    shares = meaning.values(choices, line).tolist()
    others = [Alternative(script[value], round(share, 4)) for value, share in enumerate(shares)
              if script[value] != read and share >= LEAST]
    return Sign(read, right, tuple(sorted(others, key=lambda one: -one.probability)))


def rivals(signs: Sequence[Sign]) -> tuple[Alternative, ...]:
    """What else a word may read: one of its digits another, likeliest first."""
    text = [one.text for one in signs]
    found = []
    for at, one in ((at, one) for at, one in enumerate(signs) if one.others):
        rest = prod(other.right for place, other in enumerate(signs) if place != at and other.text.isdecimal())
        found += [Alternative("".join([*text[:at], other.text, *text[at + 1:]]), round(other.probability * rest, 4))
                  for other in one.others]
    likely = [rival for rival in found if rival.probability >= LEAST]
    return tuple(sorted(likely, key=lambda rival: -rival.probability)[:_MOST])

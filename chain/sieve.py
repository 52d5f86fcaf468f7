"""Owner, running number and day of millions of papers as whole numbers, so that what is not worth weighing is sorted
out in sweeps (:func:`chain.linking.worthwhile` looks at what is left)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chain.blocks import Marks, Numbers, within
from chain.facts import Facts, serial_of, to_the_day
from chain.linking import EASY, HARD

_NOT_TOLD = -1
_NUMBER, _OWNER, _SERIAL, _VALUE, _DAY, _MONTH, _OF_MONTH, _NOISE = range(8)
_NOTHING = (_NOT_TOLD,) * 8
_DIGITS = 8  # of a running number that is compared digit by digit

Grid = npt.NDArray[np.int64]
"""A row for each reading, a column for each thing it says: numbers for days, hashes of 64 bits for words, the same in
all processes that were forked of one; :data:`_NOT_TOLD` in all columns of one that does not say everything."""


class Parts:
    """What papers say, paper by paper: a row for each way a paper is read. A paper of which one reading does not say
    everything has one row, which is not told apart from others."""

    def __init__(self) -> None:
        self._said, self._ends = array("q"), array("q", [0])

    def add(self, *readings: Facts) -> None:
        """The next paper, by all the ways it is read."""
        rows = dict.fromkeys(row for facts in readings for row in _told(facts))
        for row in [_NOTHING] if _NOTHING in rows else rows:
            self._said.extend(row)
        self._ends.append(len(self._said) // len(_NOTHING))

    def extend(self, more: Parts) -> None:
        """The papers of others after these."""
        before = self._ends[-1]
        self._said.extend(more._said)
        self._ends.extend([before + end for end in more._ends[1:]])

    def only(self, papers: Numbers) -> Said:
        """What these papers say."""
        every = self.every()
        return Said(every.rows, every.first[papers], every.count[papers])

    def every(self) -> Said:
        """What all papers say."""
        ends = np.frombuffer(self._ends, np.int64)
        return Said(np.frombuffer(self._said, np.int64).reshape(-1, len(_NOTHING)), ends[:-1], np.diff(ends))


@dataclass(frozen=True, slots=True)
class Said:
    """What papers say: ``rows``, and of each paper which is its ``first`` and their ``count``."""

    rows: Grid
    first: Numbers
    count: Numbers


def _told(facts: Facts) -> Iterator[tuple[int, ...]]:
    date, serials = facts.date, [serial_of(number) for number in facts.numbers]
    if date is None or not to_the_day(date) or not all(serials):
        yield _NOTHING
        return
    if not serials:
        yield _NOTHING
    day = date.earliest.toordinal(), date.year * 12 + (date.month or 0), date.day or 0
    for number, serial in zip(facts.numbers, serials, strict=True):
        value = int(serial) if serial.isdecimal() and len(serial) <= _DIGITS else _NOT_TOLD
        yield (hash(number), hash((number.code, number.agency)), hash(serial), value, *day, facts.noise
               ) if number.code and number.agency else _NOTHING


def sift(cited: Said, own: Numbers, known: Said, letters: Numbers, who: Numbers, whom: Numbers) -> Marks:
    """Which pairs (paper ``who`` of ``cited``, paper ``whom`` of ``known``) may be worth weighing, by any of the ways
    the papers are read. ``letters`` is the letter of each paper of ``known``, ``own`` the citing letter of each of
    ``cited``, which it never means."""
    ways = cited.count[who] * known.count[whom]
    pair = np.repeat(np.arange(len(who)), ways)
    way = within(ways)
    each = known.count[whom][pair]
    one, other = cited.rows[cited.first[who][pair] + way // each], known.rows[known.first[whom][pair] + way % each]
    told = (one[:, _NUMBER] != _NOT_TOLD) & (other[:, _NUMBER] != _NOT_TOLD)
    same = one == other
    # What agrees in full bars the rest; one that is read in several ways does not, for here it is not known which way
    # counts.
    alone = told & same[:, _NUMBER] & same[:, _DAY] & ((letters[whom] != own[who]) & (ways == 1))[pair]
    in_full = np.zeros(len(cited.first), np.bool_)
    in_full[who[pair[alone]]] = True
    agree = same[:, _OWNER].astype(np.int8) + same[:, _SERIAL] + same[:, _DAY]
    noise, exact = np.maximum(one[:, _NOISE], other[:, _NOISE]), in_full[who][pair]
    found: Marks = ~told | (agree == 3) | (~exact & ((agree == 2) | ((agree == 1) & (noise >= HARD))))
    rest = np.flatnonzero(~found & np.where(exact, (agree == 2) & (noise > EASY), agree == 1))
    found[rest] = _near(one[rest], other[rest])
    wanted = np.zeros(len(who), np.bool_)
    wanted[pair[found]] = True
    return wanted


def _near(one: Grid, other: Grid) -> Marks:
    """Whether running numbers and days are the same or one digit apart."""
    days: Marks = (one[:, _DAY] == other[:, _DAY]) | (
        (one[:, _MONTH] == other[:, _MONTH]) & _one_digit(one[:, _OF_MONTH], other[:, _OF_MONTH]))
    letters = (one[:, _VALUE] == _NOT_TOLD) | (other[:, _VALUE] == _NOT_TOLD)
    near: Marks = days & ((one[:, _SERIAL] == other[:, _SERIAL]) | letters
                          | _one_digit(one[:, _VALUE], other[:, _VALUE]))
    return near


def _one_digit(one: Numbers, other: Numbers) -> Marks:
    """Whether one digit was misread, lost, put in or changed places with its neighbour, or nothing."""
    tens = [10**place for place in range(_DIGITS)]
    low, high = np.minimum(one, other), np.maximum(one, other)
    differ = sum(((low // ten % 10) != (high // ten % 10)).astype(np.int8) for ten in tens)
    swapped = [low // (10 * ten) % 10 * ten + low // ten % 10 * 10 * ten - low % (100 * ten) + low % ten + low == high
               for ten in tens[:-1]]
    lost = [high // (10 * ten) * ten + high % ten == low for ten in tens]
    found: Marks = (differ <= 1) | np.logical_or.reduce([*swapped, *lost])
    return found

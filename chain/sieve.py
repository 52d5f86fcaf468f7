"""Owner, running number and day of millions of papers as whole numbers, so that what is not worth weighing is sorted
out in sweeps (:func:`chain.linking.worthwhile` looks at what is left)."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from chain.blocks import Marks, Numbers
from chain.facts import Facts, serial_of, to_the_day
from chain.linking import EASY, HARD

_NOT_TOLD = -1
_NUMBER, _OWNER, _SERIAL, _DAY, _VALUE, _MONTH, _OF_MONTH, _NOISE = range(8)
_NOTHING = (_NOT_TOLD,) * 8
_DIGITS = 8  # of a running number that is compared digit by digit

Said = npt.NDArray[np.int64]
"""A row for each paper, a column for each thing it says: numbers for days, hashes of 64 bits for words, the same in all
processes that were forked of one."""


class Parts:
    """What papers say, paper by paper. A paper that does not say everything, or several things, is not told apart."""

    def __init__(self) -> None:
        self._said = array("q")

    def add(self, *readings: Facts) -> None:
        """The next paper, by all the ways it is read."""
        first = readings[0]
        one = all((other.numbers, other.date) == (first.numbers, first.date) for other in readings[1:])
        self._said.extend(self._told(first) if one else _NOTHING)

    def extend(self, more: Parts) -> None:
        """The papers of others after these."""
        self._said.extend(more._said)

    def array(self) -> Said:
        """Row by row, :data:`_NOT_TOLD` in all columns of a paper that is not told."""
        return np.frombuffer(self._said, np.int64).reshape(-1, len(_NOTHING))

    def _told(self, facts: Facts) -> tuple[int, ...]:
        number, date = facts.number, facts.date
        if number is None or len(facts.numbers) != 1 or date is None or not to_the_day(date):
            return _NOTHING
        serial = serial_of(number)
        if not (number.code and number.agency and serial):
            return _NOTHING
        value = int(serial) if serial.isdecimal() and len(serial) <= _DIGITS else _NOT_TOLD
        return (hash(number), hash((number.code, number.agency)), hash(serial), date.earliest.toordinal(), value,
                date.year * 12 + (date.month or 0), date.day or 0, facts.noise)


def sift(cited: Said, own: Numbers, known: Said, letters: Numbers, who: Numbers, whom: Numbers) -> Marks:
    """Which pairs (row ``who`` of ``cited``, row ``whom`` of ``known``) may be worth weighing. ``letters`` is the
    letter of each row of ``known``, ``own`` the citing letter of each row of ``cited``, which it never means."""
    one, other = cited[who], known[whom]
    told = (one[:, _NUMBER] != _NOT_TOLD) & (other[:, _NUMBER] != _NOT_TOLD)
    same = one == other
    in_full = np.zeros(len(cited), np.bool_)
    in_full[who[told & same[:, _NUMBER] & same[:, _DAY] & (letters[whom] != own[who])]] = True
    agree = same[:, _OWNER].astype(np.int8) + same[:, _SERIAL] + same[:, _DAY]
    noise, exact = np.maximum(one[:, _NOISE], other[:, _NOISE]), in_full[who]
    found: Marks = ~told | (agree == 3) | (~exact & ((agree == 2) | ((agree == 1) & (noise >= HARD))))
    rest = np.flatnonzero(~found & np.where(exact, (agree == 2) & (noise > EASY), agree == 1))
    found[rest] = _near(one[rest], other[rest])
    return found


def _near(one: Said, other: Said) -> Marks:
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

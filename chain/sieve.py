"""Owner, running number and day of millions of papers as whole numbers, so that what is not worth weighing is sorted
out in sweeps (:func:`chain.linking.worthwhile` looks at what is left)."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

import numpy as np

from chain.blocks import Marks, Numbers
from chain.facts import Facts, serial_of, to_the_day

_NOT_TOLD = -1


class Names:
    """A whole number for each distinct thing."""

    def __init__(self) -> None:
        self._number: dict[Hashable, int] = {}

    def of(self, thing: Hashable) -> int:
        """Its number, the same each time."""
        return self._number.setdefault(thing, len(self._number))


class Parts:
    """What papers say, paper by paper. A paper that does not say everything, or several things, is not told apart."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._said = array("q")

    def add(self, *readings: Facts) -> None:
        """The next paper, by all the ways it is read."""
        self._said.extend(self._told(readings[0]) if all(one == readings[0] for one in readings) else _NOTHING)

    def array(self) -> Numbers:
        """Number, owner, running number and day of each paper, row by row; :data:`_NOT_TOLD` in all where not told."""
        return np.frombuffer(self._said, np.int64).reshape(-1, len(_NOTHING))

    def _told(self, facts: Facts) -> tuple[int, ...]:
        number, date = facts.number, facts.date
        if number is None or len(facts.numbers) != 1 or not to_the_day(date):
            return _NOTHING
        if not (number.code and number.agency and serial_of(number)):
            return _NOTHING
        said = (number, (number.code, number.agency), serial_of(number), date)
        return tuple(map(self._names.of, said))


_NOTHING = (_NOT_TOLD,) * 4


def sift(cited: Numbers, own: Numbers, known: Numbers, letters: Numbers, who: Numbers, whom: Numbers) -> Marks:
    """Which pairs (row ``who`` of ``cited``, row ``whom`` of ``known``) may be worth weighing: while a letter agrees in
    full, those that agree in two of owner, running number and day, else in one. ``letters`` is the letter of each row
    of ``known``, ``own`` the citing letter of each row of ``cited``, which it never means."""
    one, other = cited[who], known[whom]
    told = (one[:, 0] != _NOT_TOLD) & (other[:, 0] != _NOT_TOLD)
    same = one == other
    in_full = np.zeros(len(cited), np.bool_)
    in_full[who[told & same[:, 0] & same[:, 3] & (letters[whom] != own[who])]] = True
    found: Marks = ~told | (same[:, 1:].sum(axis=1) >= np.where(in_full[who], 2, 1))
    return found

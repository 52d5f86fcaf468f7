"""Who shares a key with whom, among millions: keys and their owners as sorted arrays, looked through in sweeps.

Twelve bytes a key instead of a dictionary's hundred, and no step of Python for each of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator

import numpy as np
import numpy.typing as npt

from chain.keys import CROWDED

_SWEEP = 1 << 19  # pairs that are held at a time
_LOW = 0xFFFFFFFF

Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Worth = Callable[[Numbers, Numbers], Marks]
"""Marks of the pairs that are wanted, by who asks and whom it finds."""


class Rows:
    """Keys as they come, owner by owner; owners are counted from 0."""

    def __init__(self) -> None:
        self._keys, self._ends, self._crowded = array("q"), array("q", [0]), array("b")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, keys: Collection[int], crowded: Collection[int] = ()) -> None:
        """The keys of the next owner; ``crowded`` are those that say nothing where too many have them."""
        self._keys.extend(keys)
        self._crowded.extend([key in crowded for key in keys])
        self._ends.append(len(self._keys))

    def extend(self, more: Rows) -> None:
        """The owners of others after these."""
        self._ends.extend([len(self._keys) + end for end in more._ends[1:]])
        self._keys.extend(more._keys)
        self._crowded.extend(more._crowded)

    def of(self, owner: int) -> array[int]:
        """The keys of one owner."""
        return self._keys[self._ends[owner] : self._ends[owner + 1]]

    def arrays(self, only: Numbers | None = None) -> tuple[Numbers, Numbers, Marks]:
        """Keys, owners, and whether the key may be crowded, row by row; ``only`` the owners that are wanted,
        ascending."""
        keys, crowded = np.frombuffer(self._keys, np.int64), np.frombuffer(self._crowded, np.bool_)
        ends: Numbers = np.frombuffer(self._ends, np.int64)
        if only is None:
            return keys, np.repeat(np.arange(len(self)), np.diff(ends)), crowded
        count = ends[only + 1] - ends[only]
        wanted = np.repeat(ends[only], count) + within(count)
        return keys[wanted], np.repeat(only, count), crowded[wanted]


class Blocks:
    """Owners by key. ``voices`` marks those that are found; the others only count where a key is crowded."""

    def __init__(self, kept: Rows, voices: Marks | None = None, counted: Numbers | None = None) -> None:
        keys, owners, crowded = kept.arrays(counted)
        self._many = _many(keys[crowded])
        if voices is not None:
            keys, owners = keys[voices[owners]], owners[voices[owners]]
        order = np.argsort(keys, kind="stable")
        self._keys, self._owners = keys[order], owners[order].astype(np.int32)

    def crowded(self, key: int) -> bool:
        """Whether more than :data:`CROWDED` are under a key that may be crowded."""
        place = int(np.searchsorted(self._many, key))
        return place < len(self._many) and int(self._many[place]) == key

    def found(self, asked: Rows, only: Numbers | None = None, worth: Worth | None = None,
              ) -> Iterator[tuple[int, list[int]]]:
        """For each who asks, ascending, the owners under any of its keys, ascending, each once; those who find nobody
        are left out. Crowded keys give nobody. ``worth`` marks which pairs are wanted, of all that somebody finds."""
        keys, owners, crowded = asked.arrays(only)
        first = np.searchsorted(self._keys, keys, "left")
        count = np.searchsorted(self._keys, keys, "right") - first
        count[crowded & np.isin(keys, self._many)] = 0
        for start, end in _sweeps(owners, count):
            yield from self._sweep(owners[start:end], first[start:end], count[start:end], worth)

    def _sweep(self, owners: Numbers, first: Numbers, count: Numbers,
               worth: Worth | None) -> Iterator[tuple[int, list[int]]]:
        pairs = np.unique(np.repeat(owners, count) << 32 | self._owners[np.repeat(first, count) + within(count)])
        if worth is not None:
            pairs = pairs[worth(pairs >> 32, pairs & _LOW)]
        who, starts = np.unique(pairs >> 32, return_index=True)
        members = (pairs & _LOW).tolist()
        ends = [*starts.tolist(), len(members)]
        for place, one in enumerate(who.tolist()):
            yield one, members[ends[place] : ends[place + 1]]


def within(count: Numbers) -> Numbers:
    """For so many rows of each owner the place of each row among its owner's: 0, 1, 2, 0, 1."""
    return np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)


def _many(keys: Numbers) -> Numbers:
    """Keys that more than :data:`CROWDED` have, ascending."""
    distinct, counts = np.unique(keys, return_counts=True)
    return distinct[counts > CROWDED]


def _sweeps(owners: Numbers, count: Numbers) -> Iterator[tuple[int, int]]:
    """Rows from and to, whole owners at a time, of about so many pairs each."""
    if not len(owners):
        return
    ends = np.append(np.flatnonzero(np.diff(owners)) + 1, len(owners))
    sums = np.cumsum(count)[ends - 1]
    start, done = 0, 0
    while start < len(owners):
        place = max(int(np.searchsorted(sums, done + _SWEEP, "right")) - 1, int(np.searchsorted(ends, start, "right")))
        yield start, int(ends[place])
        start, done = int(ends[place]), int(sums[place])

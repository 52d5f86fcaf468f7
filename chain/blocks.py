"""Blocks: dictionaries that bring together what could be one letter, so that nothing is compared with everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from chain.facts import Facts, to_the_day

CROWDED = 64   # members from which on a block is only compared in sorted neighbourhoods
WINDOW = 12


def exact_keys(facts: Facts) -> Iterator[Hashable]:
    """Keys that a citation and its letter share when owner code and running number were read right."""
    for number in facts.numbers:
        if number.agency and number.serial:
            yield ("number", number.code, number.agency, number.key(None)[4])


def wide_keys(facts: Facts) -> Iterator[Hashable]:
    """Keys that survive a misread part: running number, day, owner with month, title."""
    date = facts.date
    for number in facts.numbers:
        if number.serial:
            yield ("running", number.circular, number.key(None)[4])
        if number.code and date and date.month:
            yield ("month", number.code, date.year, date.month)
    if to_the_day(date):
        yield ("day", date)
    if facts.title:
        yield ("title", facts.title[:24])


def pair_keys(facts: Facts, packet: str) -> Iterator[Hashable]:
    """Keys under which two copies of one letter meet."""
    date = facts.date
    yield ("packet", packet)
    for number in facts.numbers:
        if number.serial and number.agency:
            yield ("number", number.agency, number.key(None)[4])
        if to_the_day(date):
            yield ("owner and day", number.agency, date)
            if number.serial:
                yield ("running and day", number.key(None)[4], date)
    if to_the_day(date):
        yield ("title and day", facts.title[:24], date)


class Blocks:
    """Members by key, in the order they were added."""

    def __init__(self) -> None:
        self._members: dict[Hashable, list[int]] = defaultdict(list)

    def add(self, member: int, keys: Iterable[Hashable]) -> None:
        """Puts a member (its position in the caller's list) under each key."""
        for key in set(keys):
            self._members[key].append(member)

    def members(self, keys: Iterable[Hashable]) -> set[int]:
        """Everything that shares one of the keys."""
        return {member for key in keys for member in self._members.get(key, ())}

    def pairs(self) -> set[tuple[int, int]]:
        """Pairs within each block. In a crowded one (a day's mass mailing) only members that stand close together are
        paired, which keeps the number of pairs linear; the caller adds members sorted by what they say."""
        found: set[tuple[int, int]] = set()
        for block in self._members.values():
            reach = len(block) if len(block) <= CROWDED else WINDOW
            for place, first in enumerate(block):
                found.update((first, second) for second in block[place + 1 : place + 1 + reach])
        return found

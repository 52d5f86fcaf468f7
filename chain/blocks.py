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


def near_serials(serial: str) -> Iterator[str]:
    """Forms that two running numbers share when they are one wrong, lost, added or swapped digit apart."""
    yield serial
    for place in range(len(serial)):
        yield f"{serial[:place]}?{serial[place + 1:]}"
        yield f"{serial[:place]}{serial[place + 1:]}"


def shelf_keys(facts: Facts) -> Iterator[Hashable]:
    """Keys under which a letter is found though a part was misread: running number, day, owner with month, title."""
    date, serials = facts.date, _serials(facts)
    for number in facts.numbers:
        if number.code and date and date.month:
            yield from (("month", number.code, date.year, date.month, near) for near in _near(serials))
    yield from (("running", serial) for serial in serials)
    if to_the_day(date):
        yield ("day", date)
        yield from (("day", date, near) for near in _near(serials))
    if facts.title:
        yield ("title", facts.title[:24])


def wide_keys(cited: Facts) -> Iterator[Hashable]:
    """Keys to look under for what a citation says. A citation with a running number only opens those letters of its day
    (or of its owner's month, where the day is not known) whose running number is near or could not be read."""
    date, serials = cited.date, _serials(cited)
    wanted = _near(serials) | {None}
    yield from (("running", serial) for serial in serials)
    if to_the_day(date):
        yield from (("day", date, near) for near in wanted) if serials else [("day", date)]
    elif date and date.month:
        for number in cited.numbers:
            yield from (("month", number.code, date.year, date.month, near) for near in wanted)
    if cited.title:
        yield ("title", cited.title[:24])


def _serials(facts: Facts) -> list[str]:
    return [number.key(None)[4] for number in facts.numbers if number.serial]


def _near(serials: list[str]) -> set[str | None]:
    """Near forms of all running numbers; ``None`` stands for one that could not be read."""
    return {near for serial in serials for near in near_serials(serial)} or {None}


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

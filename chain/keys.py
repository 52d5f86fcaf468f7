"""Blocks: keys that bring together what could be one letter, so that nothing is compared with everything.

A key is a whole number of 64 bits, the same on every machine, so that an archive can keep them. Each family survives
another kind of noise; together they lose a letter only where its number is misread in several parts and its day too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from chain.facts import Facts, serial_of, to_the_day
from letters import LetterDate, LetterNumber

CROWDED = 200
"""Letters under one nickname (``ว 5``) from which on the nickname says nothing."""

_TITLE = 24


def key(*parts: object) -> int:
    """A signed 64-bit number for these parts."""
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def near(serial: str) -> set[str]:
    """Forms that two running numbers share when they are one wrong, lost, added or swapped digit apart."""
    return {serial, *(serial[:place] + serial[place + 1 :] for place in range(len(serial)))}


def keys_of(facts: Facts) -> frozenset[int]:
    """All keys under which a letter, or a citation that waits for its letter, is kept."""
    return frozenset(_keys(facts, _Use.KEEP))


def asked_of(facts: Facts) -> frozenset[int]:
    """The keys to look under for what a citation or a letter may have to do with. One finds the other exactly if the
    other finds the one: keys that many letters share have a twin for those few that must look under them."""
    return frozenset(_keys(facts, _Use.ASK))


def pair_keys(facts: Facts) -> frozenset[int]:
    """The keys to look under for another copy of the same letter."""
    return frozenset(_keys(facts, _Use.PAIR))


def nickname_keys(facts: Facts) -> frozenset[int]:
    """Those among :func:`keys_of` that hold every letter with one running number."""
    return frozenset(key("n", number.circular, serial) for number in facts.numbers if (serial := serial_of(number)))


class _Use(Enum):
    KEEP = auto()
    ASK = auto()
    PAIR = auto()


def _keys(facts: Facts, use: _Use) -> Iterator[int]:
    date = facts.date
    serials = {serial for number in facts.numbers if (serial := serial_of(number))}
    for number in facts.numbers:
        serial = serial_of(number)
        if serial:
            yield from _numbered(number, serial, date, use)
            yield from _shared("n", not number.agency, use, number.circular, serial)
        if to_the_day(date) and number.agency:
            yield from _shared("owner", not serial, use, number.code, number.agency, date)
    if to_the_day(date):
        yield from _of_the_day(facts.numbers, date)
    if facts.title:
        yield from _shared("title", not serials, use, facts.title[:_TITLE])


def _shared(family: str, little: bool, use: _Use, *parts: object) -> Iterator[int]:
    """A key that many share. What says little looks under it and is kept under its twin; all others look there."""
    if use is _Use.KEEP:
        yield key(family, *parts)
        if little:
            yield key(family, "little", *parts)
    else:
        yield key(family, *parts) if little else key(family, "little", *parts)


def _of_the_day(numbers: Iterable[LetterNumber], date: LetterDate | None) -> Iterator[int]:
    """Letters of one day: those of one owner with nearly the same running number, those of any with the same one."""
    told = [(number.code, serial) for number in numbers if (serial := serial_of(number))]
    for code, serial in told:
        yield key("day", date, serial)
        yield from (key("owner's day", code, date, form) for form in near(serial))
    if not told:
        yield key("bare", date)


def _numbered(number: LetterNumber, serial: str, date: LetterDate | None, use: _Use) -> Iterator[int]:
    code, agency = number.code, number.agency
    if agency:
        yield key("number", code, agency, serial)
    if date and agency:
        yield key("agency", agency, serial, date.year, date.month)
    if date and date.month and use is not _Use.PAIR:
        yield key("month", code, serial, date.year, date.month)
        if agency:
            yield from (key("near", code, agency, date.year, date.month, form) for form in near(serial))

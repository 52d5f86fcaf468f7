"""Blocks: keys that bring together what could be one letter, so that nothing is compared with everything.

A key is a whole number of 64 bits, the same on every machine, so that an archive can keep them. Each family survives
another kind of noise; together they lose a letter only where its number is misread in several parts and its day too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from chain.facts import Facts, serial_of, to_the_day
from letters import LetterNumber

CROWDED = 200
"""Letters under one nickname (``ว 5``) from which on the nickname says nothing."""

_AT_HAND = 4096  # places whose keys are kept
_TITLE = 24
_WHOLE, _HALF = 1 << 64, 1 << 63
_SPREAD = 0x9E3779B97F4A7C15  # odd, so that no two forms of a number of eight signs fall together


# What a key is for: to be kept under, to be looked under, to be looked under for another copy; sums of these.
_KEEP, _ASK, _PAIR = 1, 2, 4
_LOOK, _BUT_COPIES, _ALL = _ASK | _PAIR, _KEEP | _ASK, _KEEP | _ASK | _PAIR

@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one place on paper. ``keep``: all under which a letter, or a citation that waits for its letter, is
    kept. ``ask``: those to look under for what it may have to do with; one finds the other exactly if the other finds
    the one, for keys that many letters share have a twin for those few that must look under them. ``pair``: those to
    look under for another copy of the same letter. ``nicknames``: those in ``keep`` that hold every letter with one
    running number."""

    keep: frozenset[int]
    ask: frozenset[int]
    pair: frozenset[int]
    nicknames: frozenset[int]


def key(*parts: object) -> int:
    """A signed 64-bit number for these parts."""
    text = "\x1f".join(["" if part is None else str(part) for part in parts])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def near(serial: str) -> set[str]:
    """Forms that two running numbers share when they are one wrong, lost, added or swapped digit apart."""
    return {serial, *(serial[:place] + serial[place + 1 :] for place in range(len(serial)))}


@lru_cache(_AT_HAND)
def all_keys(facts: Facts) -> Keys:
    """All keys of one place on paper. Citations of one letter mostly say the same."""
    uses: dict[int, int] = {}
    for one, use in _keys(facts):
        uses[one] = uses.get(one, 0) | use
    keep, ask, pair = ([one for one, use in uses.items() if use & wanted] for wanted in (_KEEP, _ASK, _PAIR))
    return Keys(frozenset(keep), frozenset(ask), frozenset(pair), nickname_keys(facts))


def keys_of(facts: Facts) -> frozenset[int]:
    """:attr:`Keys.keep`."""
    return all_keys(facts).keep


def asked_of(facts: Facts) -> frozenset[int]:
    """:attr:`Keys.ask`."""
    return all_keys(facts).ask


def pair_keys(facts: Facts) -> frozenset[int]:
    """:attr:`Keys.pair`."""
    return all_keys(facts).pair


def nickname_keys(facts: Facts) -> frozenset[int]:
    """:attr:`Keys.nicknames`."""
    return frozenset(key("n", number.circular, serial) for number in facts.numbers if (serial := serial_of(number)))


def day_keys(facts: Facts) -> frozenset[int]:
    """Those of :attr:`Keys.keep` that hold every letter of one day with one running number."""
    day = str(facts.date)
    return frozenset(_day_key(day, serial) for number in facts.numbers
                     if to_the_day(facts.date) and (serial := serial_of(number)))


def _day_key(day: str, serial: str) -> int:
    return key("day", day, serial)


def _keys(facts: Facts) -> list[tuple[int, int]]:
    day = str(facts.date) if to_the_day(facts.date) else None
    month = str(facts.date)[:7] if facts.date and facts.date.month else None
    year = facts.date.year if facts.date else None
    told = [(number, serial) for number in facts.numbers if (serial := serial_of(number))]
    found: list[tuple[int, int]] = []
    for number in facts.numbers:
        serial = serial_of(number)
        if serial:
            found += _numbered(number, serial, year, month)
            found += _shared("n", not number.agency, number.circular, serial)
        if day and number.agency:
            found += _shared("owner", not serial, number.code, number.agency, day)
    if day:
        found += _of_the_day([(number.code, serial) for number, serial in told], day)
    if facts.title:
        found += _shared("title", not told, facts.title[:_TITLE])
    return found


def _shared(family: str, little: bool, *parts: object) -> list[tuple[int, int]]:
    """A key that many share. What says little looks under it and is kept under its twin; all others look there."""
    return [(key(family, *parts), _ALL if little else _KEEP),
            (key(family, "little", *parts), _KEEP if little else _LOOK)]


def _of_the_day(told: list[tuple[str | None, str]], day: str) -> list[tuple[int, int]]:
    """Letters of one day: those of one owner with nearly the same running number, those of any with the same one."""
    found = [] if told else [key("bare", day)]
    for code, serial in told:
        found.append(_day_key(day, serial))
        found += _forms(serial, "owner's day", code, day)
    return [(one, _ALL) for one in found]


def _numbered(number: LetterNumber, serial: str, year: int | None, month: str | None) -> list[tuple[int, int]]:
    code, agency, found = number.code, number.agency, list[tuple[int, int]]()
    if agency:
        found.append((key("number", code, agency, serial), _ALL))
    if year and agency:
        found.append((key("agency", agency, serial, month or year), _ALL))
    if month:
        found.append((key("month", code, serial, month), _BUT_COPIES))
        if agency:
            found += [(one, _BUT_COPIES) for one in _forms(serial, "near", code, agency, month)]
    return found


def _forms(serial: str, *parts: object) -> list[int]:
    """A key for each form that near running numbers share, made of one for the rest: most of all keys are such."""
    base = key(*parts)
    return [(base + form + _HALF) % _WHOLE - _HALF for form in _spread(serial)]


@lru_cache(1 << 16)
def _spread(serial: str) -> tuple[int, ...]:
    return tuple(int.from_bytes(form.encode()) * _SPREAD % _WHOLE for form in near(serial))

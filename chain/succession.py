"""Offices that were given another code: a succession is told, it never makes two letters one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Succession:
    """Code ``old`` was still seen on ``last_seen`` and ``new`` first on ``first_seen`` (CE); ``source`` says where."""

    old: str
    new: str
    last_seen: dt.date
    first_seen: dt.date
    office: str
    source: str


@cache
def successions() -> tuple[Succession, ...]:
    """The known ones (``data/successions.tsv``)."""
    table = resources.files("chain").joinpath("data/successions.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return tuple(Succession(old, new, dt.date.fromisoformat(last), dt.date.fromisoformat(first), office, source)
                 for old, new, last, first, office, source in rows)


def succeeds(one: str, other: str) -> bool:
    """Whether two owner codes are one office's earlier and later code, at the same dotted part."""
    (head, _, part), (tail, _, rest) = one.partition("."), other.partition(".")
    return part == rest and any({head, tail} == {known.old, known.new} for known in successions())


def earlier(agency: str) -> str | None:
    """The earlier code of the same office; ``None`` if none is known."""
    head, dot, part = agency.partition(".")
    return next((known.old + dot + part for known in successions() if known.new == head), None)

"""The model's numbers: how often each field agrees where a citation means a letter, and by chance where it does not.

They are set on letters whose links are known and kept as data with a version; ``python -m bench.links --fit`` tells how
far slope and shift are off, ``--write`` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from ocr import confusions

Level = Literal["same", "near", "other"]


@dataclass(frozen=True, slots=True)
class Rates:
    """P(level | the letter meant) and P(level | another letter); levels missing from the data count as 1 each."""

    meant: dict[str, float]
    chance: dict[str, float]


@dataclass(frozen=True, slots=True)
class Behind:
    """How often the letter meant is the one that follows the citing letter in its packet, and one further on."""

    following: float
    further: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the model. Probabilities unless said otherwise.

    ``codes``, ``agencies``, ``serials``: how many owner letters, owner codes and running numbers there are to hit by
    chance. ``per_day``: letters a series counts up in a day. ``unread``: that a letter's own number was misread so
    that it is quite another; ``hard``: the same by the rate r at which signs were misread, ``times`` r², at ``most`` so
    much. ``recent``: that a citation is of the last ``recent_days``. ``absent``: that a cited
    letter is in no packet; ``packet``: that it lies behind the citing one, for citations that say so (``enclosed``)
    and for others (``cited``); ``beside``: that it is a neighbour of a letter of the packet, how many letters that
    are here a cited one that is not has for neighbours (``anywhere``), and which share of those in a packet are of its
    very day (``day``). ``slope`` and ``shift`` set the log odds right.
    ``link`` and ``ask``: probability from which it is linked unseen, and from which a person is asked.
    """

    version: str
    codes: float
    agencies: float
    serials: float
    per_day: float
    unread: float
    hard: dict[str, float]
    recent: float
    recent_days: float
    range_days: float
    exact: dict[str, float]
    fields: dict[str, Rates]
    absent: float
    packet: dict[str, Behind]
    beside: dict[str, float]
    slope: float
    shift: float
    link: float
    ask: float


@cache
def load() -> Weights:
    """The numbers in use."""
    return msgspec.json.decode(resources.files("chain").joinpath("data/weights.json").read_bytes(), type=Weights)


@cache
def version() -> str:
    """What every link names: the model's version and that of the confusion table it reads by."""
    return f"{load().version} · {confusions.load().version}"

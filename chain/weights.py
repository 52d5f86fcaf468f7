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
class Weights:
    """All numbers of the model. Probabilities unless said otherwise.

    ``codes``, ``agencies``, ``serials``: how many owner letters, owner codes and running numbers there are to hit by
    chance. ``per_day``: letters a series counts up in a day. ``unread``: that a letter's own number was misread;
    ``blurred``: that the running number is quite another where it was read with little confidence.
    ``recent``: that a citation is of the last ``recent_days``. ``absent`` and ``letters`` make the prior: that a cited
    letter is in no packet, and how many there are to choose from. ``slope`` and ``shift`` set the log odds right.
    ``link`` and ``ask``: probability from which it is linked unseen, and from which a person is asked.
    """

    version: str
    codes: float
    agencies: float
    serials: float
    per_day: float
    unread: float
    blurred: float
    recent: float
    recent_days: float
    range_days: float
    exact: dict[str, float]
    fields: dict[str, Rates]
    absent: float
    letters: float
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

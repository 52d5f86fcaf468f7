"""What of a letter waits for a person: fields in doubt, those every letter has that are missing, unsure readings."""

from __future__ import annotations

from typing import Any

from letters import Letter, Reading
from parsing.corrections.apply import PERSON
from parsing.corrections.model import READINGS

EXPECTED = frozenset({"number", "date", "issuer", "subject"})
"""Fields whose absence is news."""

UNSURE = 0.8
"""Below this confidence a reading is one to look at."""


def waiting(letter: Letter) -> tuple[str, ...]:
    """The fields (``date``, ``references[0]``) that a person should look at, the most doubtful first. What somebody
    decided waits no more."""
    doubted = (doubt.field for doubt in letter.review)
    return tuple(dict.fromkeys((*doubted, *(name for name in READINGS if _open(name, getattr(letter, name))))))


def _open(name: str, reading: Reading[Any]) -> bool:
    if any(repair.rule == PERSON for repair in reading.repairs):
        return False
    return name in EXPECTED if reading.value is None else reading.confidence < UNSURE

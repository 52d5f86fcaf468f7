"""A letter's own number line, also where its ``ที่`` was garbled."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from letters import LetterNumber, Reading
from parsing.numbers import find_numbers, head_number

LABEL = 6  # characters that a garbled label may take
GARBLED = 0.8


@lru_cache(maxsize=256)
def own_number(line: str) -> tuple[int, int, Reading[LetterNumber]] | None:
    """``(start, end, reading)`` of the number that a row of the head begins with; ``None`` for any other row.

    A whole number (owner letters, code and slash) right at the start of a row stands for a lost label; it is less sure.
    Kept for the rows of the last few pages: everybody who looks for a head asks.
    """
    labelled = next(head_number(line), None)
    if labelled or "/" not in line:
        return labelled
    indent = len(line) - len(line.lstrip())
    for found in find_numbers(line):
        number = found.reading.value
        if found.start - indent <= LABEL and number and number.code and number.agency:
            return found.start, found.end, replace(found.reading, confidence=found.reading.confidence * GARBLED)
        break
    return None

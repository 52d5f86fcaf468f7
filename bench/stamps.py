"""Received stamps: whether their dates were read right, and whether their words got into the text of the letter.

A stamp's words are its office, number and hour. One counts as found in the body if a stretch of the read text differs
from it in at most one character of five, while no stretch of the printed text does. Digits of both scripts count alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz.distance import Levenshtein

from bench.scoring import Record, Tally, closest, pair, squeeze
from letters.text import arabic

ROWS = (
    ("received stamps: date right", "stamp dates"),
    ("received stamps: number right", "stamp numbers"),
    ("words of stamps found in the body", "stamp words in body"),
)
_ALIKE = 0.8
_SHORTEST = 4


def score(truth: Record, read: Record) -> Tally:
    """The tally of one packet's stamps. Words are looked for only where the whole printed text is known."""
    tally, found = Tally(), list(read.get("letters") or [])
    letters = list(truth["letters"])
    for letter, partner in zip(letters, pair(letters, found), strict=True):
        other = found[partner] if partner is not None else {}
        stamps = letter.get("received_stamps") or []
        for stamp in stamps:
            _score_fields(tally, stamp, other.get("received_stamps") or [])
        if letter.get("text") and other:
            _score_words(tally, stamps, letter["text"], other.get("text") or "")
    return tally


def _score_fields(tally: Tally, stamp: Record, read: list[Record]) -> None:
    for field in ("date", "number"):
        if stamp.get(field):
            right = any(_plain(one.get(field)) == _plain(stamp[field]) for one in read)
            tally.add(f"stamp {field}s", int(right), 1)


def _score_words(tally: Tally, stamps: list[Record], printed: str, read: str) -> None:
    before, after = _plain(printed), _plain(read)
    for word in filter(None, (_plain(stamp.get(field)) for stamp in stamps for field in ("office", "number", "time"))):
        if len(word) >= _SHORTEST and not _stands(word, before):
            tally.add("stamp words in body", int(_stands(word, after)), 1)


def _stands(word: str, text: str) -> bool:
    return 1 - Levenshtein.distance(word, closest(word, text)) / len(word) >= _ALIKE


def _plain(value: Any) -> str:
    return re.sub(r"[.:]", ".", squeeze(arabic(str(value or ""))))


def report(columns: Mapping[str, Tally]) -> Iterator[str]:
    """The table in Markdown, a column for each tally, with how many there were."""
    yield "\n| |" + "|".join(f" {name} " for name in columns) + "|\n|---|" + "---:|" * len(columns)
    for label, measure in ROWS:
        yield f"| {label} | " + " | ".join(_cell(tally, measure) for tally in columns.values()) + " |"


def _cell(tally: Tally, measure: str) -> str:
    value = tally.value(measure, "share")
    return "–" if value is None else f"{value:.3f} of {tally.counts[measure][1]}"

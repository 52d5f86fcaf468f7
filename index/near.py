"""Spellings near what was asked for: the slips of OCR and of typing, told as such.

Words are asked for by their pairs of clusters. One wrong sign spoils a cluster and so two pairs; the letters with
enough of the others are then compared sign by sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.fuzz import partial_ratio_alignment

from index.analysis import Terms, fold
from index.entry import Near
from index.query import Clause, Filters, Question
from index.snippet import snippet

_SHORTEST = 4
"""Clusters of a word below which too much is near it."""
_SPOILT = 2  # pairs for each wrong sign
_SLACK = 3  # signs
_ROUGHLY, _SURE, _EXACT = 70.0, 80.0, 100.0


def nearly(phrases: tuple[Terms, ...], filters: Filters) -> Question | None:
    """Asks for the longer phrases with some pairs missing; ``None`` where there is none long enough."""
    pairs = (tuple(dict.fromkeys(phrase.pairs)) for phrase in _long(phrases))
    clauses = tuple(tuple(Clause("text_pairs", (pair,), 1.0) for pair in some) for some in pairs)
    least = tuple(max(1, len(some) - _SPOILT * max(1, len(some) // 5)) for some in clauses)
    return Question(clauses, True, filters, least) if clauses else None


def nearest(phrases: tuple[Terms, ...], letters: Iterable[tuple[str, list[str]]], limit: int) -> tuple[Near, ...]:
    """The letters (id and texts) in which every longer phrase stands in a spelling near it, one at least not exactly;
    nearest first."""
    sought = ["".join(phrase.clusters) for phrase in _long(phrases)]
    told = [(score, Near(id, snippet([text], re.compile(re.escape(spelt))), spelt))
            for id, texts in letters for score, text, spelt in _best(sought, texts)]
    told.sort(key=lambda one: -one[0])  # the engine's order holds among equals
    return tuple(near for _, near in told[:limit])


def commonest(found: Iterable[Near]) -> str | None:
    """The spelling that most of the letters have, as one to ask for instead; ``None`` for none."""
    spelt = Counter(near.spelt for near in found).most_common(1)
    return spelt[0][0] if spelt else None


def _long(phrases: tuple[Terms, ...]) -> list[Terms]:
    return [phrase for phrase in phrases if len(phrase.clusters) >= _SHORTEST and not phrase.clusters[0].isdigit()]


def _best(sought: list[str], texts: list[str]) -> Iterator[tuple[float, str, str]]:
    """The least near of the phrases with the text it stands in and its spelling; nothing if one is not near, or all
    stand there exactly."""
    places = [max((_place(phrase, text) for text in texts), key=lambda one: one[0]) for phrase in sought]
    worst = min(places, key=lambda one: one[0])
    if _SURE <= worst[0] < _EXACT:
        yield worst


def _place(phrase: str, text: str) -> tuple[float, str, str]:
    found = partial_ratio_alignment(phrase, fold(text), score_cutoff=_ROUGHLY)
    if found is None or found.dest_end <= found.dest_start:
        return 0.0, text, ""
    start, end = _whole(text, *_fitted(phrase, text, found.dest_start, found.dest_end))
    spelt = text[start:end].strip()
    # What differs only by the blanks that OCR sprinkles is found by the words themselves.
    same = re.sub(r"\s+", "", fold(spelt)) == phrase
    wrong = 0 if same else distance(phrase, fold(spelt))
    return _EXACT * (1 - wrong / len(phrase)), text, spelt


def _fitted(phrase: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the fewest signs other than the phrase, the longest of them, about this one."""
    spans = ((left, right) for left in range(max(0, start - _SLACK), start + _SLACK)
             for right in range(max(left + 1, end - _SLACK), min(len(text), end + _SLACK) + 1))
    return min(spans, key=lambda span: (distance(phrase, fold(text[span[0] : span[1]])), span[0] - span[1]))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the marks that belong to its ends."""
    while end < len(text) and re.match("[ะ-ฺๅ็-๎]", text[end]):
        end += 1
    while start > 0 and (re.match("[ะ-ฺๅ็-๎]", text[start]) or text[start - 1] in "เแโใไ"):
        start -= 1
    return start, end

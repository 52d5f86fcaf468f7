"""What a person types into the search box, as phrases that must be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.analysis import THAI, Terms, analyse

# Longer questions are cut: they are pasted by accident, and every phrase costs time.
_LONGEST_QUERY = 400
_MOST_PHRASES = 16
_PHRASE = re.compile(r'"[^"]*"|[^\s"]+')
# The running number of a circular is one thing, however it is spaced: ว 25.
_CIRCULAR = re.compile(rf"(?<![{THAI}])(ว\.?)\s+(?=[0-9๐-๙])")
_QUOTES = str.maketrans("“”„‟″«»", '"' * 7)
# From this many clusters on, a phrase of them hardly ever matches by chance (ตาก in ตากลาง is two).
_CLUSTERS_ENOUGH = 3

# What analysis leaves out between two terms; bounded, so that no text makes the search for marks slow.
_GAP = rf"(?:[^\w{THAI}]|[_ฯๆ]){{0,12}}"

# How much a phrase found in a field counts. ``text`` holds the subject too, so these add up.
_WEIGHTS = {"subject_words": 6.0, "subject_parts": 3.0, "subject_clusters": 1.0,
            "text_words": 2.0, "text_parts": 1.0, "text_clusters": 0.3}


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to find a phrase: these terms side by side in this field."""

    field: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What a letter must be beside holding the words. Dates are CE; ``sender`` are phrases of the issuer's name."""

    first: date | None = None
    last: date | None = None
    sender: tuple[Clause, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Phrases, each with the clauses of which one must hold. ``every``: all phrases must be found, else any."""

    phrases: tuple[tuple[Clause, ...], ...]
    every: bool
    filters: Filters


def read_phrases(query: str) -> tuple[Terms, ...]:
    """The phrases of a query: what stands in double quotes, and every run without spaces.

    >>> [phrase.words for phrase in read_phrases('ท้องถิ่น ว๑๐๕๕')]
    [('ท้องถิ่น',), ('ว', '1055')]
    """
    chunks = _PHRASE.finditer(_CIRCULAR.sub(r"\1", query[:_LONGEST_QUERY].translate(_QUOTES)))
    phrases = (analyse(chunk[0]) for chunk in chunks)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:_MOST_PHRASES]


def sender_clauses(sender: str | None) -> tuple[Clause, ...]:
    """What must be found in the issuer's name."""
    return tuple(Clause("issuer_clusters", phrase.clusters, 1.0) for phrase in read_phrases(sender or ""))


def questions(phrases: tuple[Terms, ...], filters: Filters) -> Iterator[Question]:
    """The ways to ask, strictest first: words and long runs of clusters, then any run of clusters, then any phrase."""
    strict = tuple(_clauses(phrase, broad=len(phrase.clusters) >= _CLUSTERS_ENOUGH) for phrase in phrases)
    broad = tuple(_clauses(phrase, broad=True) for phrase in phrases)
    yield Question(strict, True, filters)
    if broad != strict:
        yield Question(broad, True, filters)
    if len(broad) > 1:
        yield Question(broad, False, filters)


def _clauses(phrase: Terms, *, broad: bool) -> tuple[Clause, ...]:
    grains = {"words": phrase.words, "parts": phrase.parts, "clusters": phrase.clusters}
    if not broad:
        del grains["clusters"]
    return tuple(Clause(f"{zone}_{grain}", terms, _WEIGHTS[f"{zone}_{grain}"])
                 for zone in ("subject", "text") for grain, terms in grains.items())


def pattern(phrases: tuple[Terms, ...]) -> re.Pattern[str] | None:
    """Finds the phrases in folded text, whatever white space or punctuation stands between their characters."""
    if not phrases:
        return None
    return re.compile("|".join(sorted(map(_spelt, phrases), key=len, reverse=True)))


def _spelt(phrase: Terms) -> str:
    characters = "".join(phrase.clusters)
    return f"{_edge_before(characters[0])}{_GAP.join(map(re.escape, characters))}{_edge_after(characters[-1])}"


def _edge_before(first: str) -> str:
    """What may not stand before the first character: 55 is not found in 1055, nor ว in เว."""
    if re.match(rf"[{THAI}]", first):
        return "(?<![เแโใไ])" if "ก" <= first <= "ฮ" else ""
    return r"(?<!\d)" if first.isdigit() else r"(?<![^\W\d_ก-๛])"


def _edge_after(last: str) -> str:
    """What may not stand after the last character: 10 is not found in 1055, nor ว in วัน."""
    if re.match(rf"[{THAI}]", last):
        return "(?![ะ-ฺๅ็-๎])"
    return r"(?!\d)" if last.isdigit() else r"(?![^\W\d_ก-๛])"

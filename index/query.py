"""What a person types into the search box, as phrases that must be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from index.analysis import THAI, Terms, analyse, tidy
from letters.text import thai

# Longer questions are cut: they are pasted by accident, and every phrase costs time.
_LONGEST_QUERY = 400
_MOST_PHRASES = 16
_PHRASE = re.compile(r'"[^"]*"|[^\s"]+')
# The running number of a circular is one thing, however it is spaced: ว 25.
_CIRCULAR = re.compile(rf"(?<![{THAI}])(ว\.?)\s+(?=[0-9๐-๙])")
_QUOTES = str.maketrans("“”„‟″«»", '"' * 7)
# What may stand between two characters of a phrase in print: white space and ASCII signs, few enough to be fast.
_GAP = r"[\s!-/:-@\[-`{-~]{0,12}"

# Parts of a phrase above which its clusters are met by no chance: they stand for the parts, which would take as long.
_TELLING = 3
# How much a phrase found in a field counts. ``text`` holds the subject too, so these add up. Clusters match by chance
# now and then (ตาก in ตากลาง): their hits stand last.
_WEIGHTS = {"subject": {"words": 6.0, "parts": 3.0, "clusters": 1.0},
            "text": {"words": 2.0, "parts": 1.0, "clusters": 0.3}}


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to find a phrase: these terms side by side in this field."""

    field: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What a letter must be beside holding the words. Dates are CE; ``sender`` are phrases of the issuer's name;
    ``facets`` are facets with the value each must have; ``seers``: words of which it must have one."""

    first: date | None = None
    last: date | None = None
    sender: tuple[Clause, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    seers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Phrases, each with the clauses of which one must hold. ``every``: all phrases must be found, else any.
    ``least``: how many clauses of a phrase must hold, by the phrase's place; one where nothing is said."""

    phrases: tuple[tuple[Clause, ...], ...]
    every: bool
    filters: Filters
    least: tuple[int, ...] = ()

    def ways(self) -> Iterator[tuple[tuple[Clause, ...], int]]:
        """The phrases, each with how many of its clauses must hold."""
        yield from zip_longest(self.phrases, self.least, fillvalue=1)  # never more of the second


def read_phrases(query: str) -> tuple[Terms, ...]:
    """The phrases of a query: what stands in double quotes, and every run without spaces.

    >>> [phrase.words for phrase in read_phrases('ท้องถิ่น ว๑๐๕๕')]
    [('ท้องถิ่น',), ('ว', '1055')]
    """
    chunks = _PHRASE.finditer(_CIRCULAR.sub(r"\1", query[:_LONGEST_QUERY].translate(_QUOTES)))
    phrases = (analyse(tidy(chunk[0])) for chunk in chunks)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:_MOST_PHRASES]


def sender_clauses(sender: str | None) -> tuple[Clause, ...]:
    """What must be found in the issuer's name."""
    return tuple(Clause("issuer_clusters", phrase.clusters, 1.0) for phrase in read_phrases(sender or ""))


def questions(phrases: tuple[Terms, ...], filters: Filters) -> Iterator[Question]:
    """The ways to ask, strictest first: all phrases, then any of them."""
    clauses = tuple(_clauses(phrase) for phrase in phrases)
    yield Question(clauses, True, filters)
    if len(clauses) > 1:
        yield Question(clauses, False, filters)


def _clauses(phrase: Terms) -> tuple[Clause, ...]:
    words = ("words", phrase.words, "words")
    clusters = ("threes", phrase.threes) if phrase.threes else ("pairs", phrase.pairs)
    if len(phrase.parts) > _TELLING:
        grains = [words, (*clusters, "parts")]
    else:
        grains = [words, ("parts", phrase.parts, "parts"), (*clusters, "clusters")]
    return tuple(Clause(f"{zone}_{grain}", terms, weights[weight])
                 for zone, weights in _WEIGHTS.items() for grain, terms, weight in grains if terms)


def pattern(phrases: tuple[Terms, ...]) -> re.Pattern[str] | None:
    """Finds the phrases in tidied text: digits of either script, letters of either case, and white space or
    ASCII signs between their characters."""
    if not phrases:
        return None
    spelt = "|".join(sorted(map(_spelt, phrases), key=len, reverse=True))
    cased = any(cluster.isascii() and cluster.isalpha() for phrase in phrases for cluster in phrase.clusters)
    return re.compile(spelt, re.IGNORECASE if cased else re.NOFLAG)  # ignoring case takes three times as long


def _spelt(phrase: Terms) -> str:
    characters = "".join(phrase.clusters)
    return f"{_edge_before(characters[0])}{_GAP.join(map(_shape, characters))}{_edge_after(characters[-1])}"


def _shape(character: str) -> str:
    return f"[{character}{thai(character)}]" if "0" <= character <= "9" else re.escape(character)


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

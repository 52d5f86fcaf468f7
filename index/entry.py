"""What goes into the index, what comes out, and what an engine can do."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypedDict, Unpack

Counts = Mapping[str, tuple[tuple[str, int], ...]]
"""By facet, the values that the letters found have, with how many letters have each; the most frequent first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed: one canonical letter. ``number`` is its canonical form or empty, ``date`` is CE,
    ``kind`` the value of :class:`letters.Kind` or empty. ``urgency`` as printed; ``domains`` are the domains (ด้าน 1–8)
    it asks about; ``deadline``: it sets one; ``states`` and ``people`` are the caller's words to count and filter
    by; ``seers``: only who brings one of these words along finds it where words are asked for."""

    id: str
    number: str
    date: datetime.date | None
    issuer: str
    subject: str
    recipients: str
    body: str
    kind: str = ""
    urgency: str = ""
    domains: tuple[int, ...] = ()
    deadline: bool = False
    states: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    seers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A letter found. ``score`` only orders hits of one search. ``snippet`` is safe HTML: escaped text with
    ``<mark>…</mark>`` around what was found."""

    id: str
    score: float
    snippet: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, best first, and how many letters there are in all. ``relaxed``: no letter holds all words
    asked for, so those with any of them are shown. ``counts`` are of all letters found, not of the page."""

    hits: tuple[Hit, ...]
    total: int
    relaxed: bool = False
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Near:
    """A letter that holds something spelt nearly as asked, as OCR slips do. ``spelt``: how it stands there."""

    id: str
    snippet: str
    spelt: str


class Narrowing(TypedDict, total=False):
    """What letters must be beside holding the words. ``first`` and ``last`` are CE dates, both included (letters
    without a date then do not count); ``sender`` must stand in the issuer's name; ``facets``: values by facet
    (:data:`index.document.FACETS`), which must be just these; ``seers``: words of which the letter must have one,
    ``None`` for all letters."""

    first: datetime.date | None
    last: datetime.date | None
    sender: str | None
    kind: str | None
    facets: Mapping[str, str]
    seers: Iterable[str] | None


class Engine(Protocol):
    """A search engine over one folder. Safe to share between threads; several processes may use one folder.

    Every method but :meth:`close` raises :class:`letters.errors.IndexUnavailable` when the index is missing, broken
    or locked for longer than the engine's patience; the caller goes on without word search.
    """

    def exists(self) -> bool:
        """Whether there is an index to search in; ``False`` asks for a :meth:`rebuild`."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Adds the entries, or replaces those of the same id. Committed on return."""

    def remove(self, ids: Iterable[str]) -> None:
        """Takes entries out; unknown ids do no harm. Committed on return."""

    def search(self, query: str, *, limit: int = 20, offset: int = 0, count: Iterable[str] = (),
               **narrowing: Unpack[Narrowing]) -> Results:
        """Letters that hold all words of the query, best first; an empty query lists all, newest first.

        A run without spaces is a phrase, and so are words in double quotes. ``count``: the facets to count.
        Any string is a valid query.
        """

    def near(self, query: str, *, limit: int = 8, **narrowing: Unpack[Narrowing]) -> tuple[Near, ...]:
        """Letters that hold the longer words of the query in nearly the same spelling (one sign in five may differ) and
        not in just this one, the nearest first."""

    def values(self, facet: str, words: str, *, limit: int = 5,
               seers: Iterable[str] | None = None) -> tuple[tuple[str, int], ...]:
        """Values of a facet that hold these words, those beginning with them first, then the most frequent."""

    def rebuild(self, entries: Iterable[Entry], resume_after: str | None = None) -> Iterator[int]:
        """Builds a new index beside the old one and puts it in its place when the iterator is exhausted.

        Yields how many entries are in after each committed batch; takes no more entries than it has committed.
        ``resume_after``: goes on with a rebuild that was broken off; it must be what :meth:`unfinished` says, and
        the entries must be those that follow that id. ``None`` starts afresh.
        What is written or removed meanwhile is in the new index too.
        """

    def unfinished(self) -> str | None:
        """Id of the last entry that a broken-off rebuild has committed, ``None`` if there is none to go on with."""

    def close(self) -> None:
        """Lets go of files."""

"""What goes into the index, what comes out, and what an engine can do."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed: one canonical letter. ``number`` is its canonical form or empty, ``date`` is CE,
    ``kind`` the value of :class:`letters.Kind` or empty."""

    id: str
    number: str
    date: datetime.date | None
    issuer: str
    subject: str
    recipients: str
    body: str
    kind: str = ""


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
    asked for, so those with any of them are shown."""

    hits: tuple[Hit, ...]
    total: int
    relaxed: bool = False


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

    def search(self, query: str, *, limit: int = 20, offset: int = 0, first: datetime.date | None = None,
               last: datetime.date | None = None, sender: str | None = None, kind: str | None = None) -> Results:
        """Letters that hold all words of the query, best first; an empty query lists all, newest first.

        A run without spaces is a phrase, and so are words in double quotes. ``first`` and ``last`` are CE dates, both
        included (letters without a date then do not count); ``sender`` must stand in the issuer's name.
        Any string is a valid query.
        """

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

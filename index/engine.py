"""The engine: one way of asking, writing and rebuilding over whichever search library is underneath."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TypeVar, Unpack

from index.analysis import fold, tidy
from index.backend import Backend, Found, Reader, Writer
from index.document import FACETS, document, facet, texts_of
from index.entry import Counts, Entry, Hit, Narrowing, Near, Results
from index.near import nearest, nearly
from index.place import Building, Change, Place
from index.query import Filters, Question, pattern, questions, read_phrases, sender_clauses
from index.snippet import snippet
from letters.errors import Conflict, IndexUnavailable

T = TypeVar("T")

_MOST_VALUES = 12
_MOST_KNOWN = 20_000
"""Values of a facet that are looked through for suggestions, the most frequent."""
_KEPT = 32
_COUNTERS = 4
_NEAR_LOOKED_AT = 60
_MISSING = "ยังไม่มีดัชนี / no index has been built yet"


class SearchEngine:
    """See :class:`index.entry.Engine`. ``patience``: seconds to wait for another writer; ``batch``: entries that a
    rebuild commits together."""

    def __init__(self, backend: Backend, folder: Path, patience: float = 10.0, batch: int = 500) -> None:
        self._backend = backend
        self._place = Place(folder, backend.kind)
        self._patience = patience
        self._batch = batch
        self._opened: tuple[Path, Reader] | None = None
        self._opening = Lock()
        # Hits and counts are found at the same time, on two cores: the library lets go of Python's lock.
        self._counters = ThreadPoolExecutor(_COUNTERS, "counts")
        self._known = lru_cache(maxsize=_KEPT)(self._all_values)

    def exists(self) -> bool:
        return self._place.current() is not None

    def write(self, entries: Iterable[Entry]) -> None:
        self._change(document(entry) for entry in entries)

    def remove(self, ids: Iterable[str]) -> None:
        self._change(ids)

    def _change(self, changes: Iterable[Change]) -> None:
        with self._place.lock("write", self._patience):
            current = self._place.current()
            if current is None and self._place.building() is None:
                raise self._place.fault(_MISSING)
            noted = self._place.note(changes)
            if current is None:  # the first index is being built: it will hold what was noted
                list(noted)
                return
            with self._backend.write(current) as writer:
                _make(writer, noted)
                writer.commit()

    def search(self, query: str, *, limit: int = 20, offset: int = 0, count: Iterable[str] = (),
               **narrowing: Unpack[Narrowing]) -> Results:
        phrases, filters = read_phrases(query), _filters(**narrowing)
        if filters is None or (query.strip() and not phrases):
            return Results((), 0)  # nothing but punctuation: no letter can hold it
        ways, facets = list(questions(phrases, filters)), tuple(count)
        counting = self._counters.submit(self._counted, ways[0], facets) if facets else None
        found, question = self._ask(ways, max(0, limit), max(0, offset))
        relaxed = bool(found.total) and not question.every
        marks = pattern(phrases)
        # Without words, engines give the date they sorted by for a score.
        hits = (Hit(id, score if phrases else 0.0, snippet(texts_of(texts), marks)) for id, score, texts in found.page)
        first = counting.result() if counting else {}
        counts = {} if not found.total else first if question is ways[0] else self._counted(question, facets)
        return Results(tuple(hits), found.total, relaxed, counts)

    def _counted(self, question: Question, facets: Iterable[str]) -> Counts:
        return self._with(lambda reader: reader.count(question, facets, _MOST_VALUES))

    def _ask(self, ways: list[Question], limit: int, offset: int) -> tuple[Found, Question]:
        """The answer to the first question that has one, and that question."""
        found, question = Found((), 0), ways[0]
        for question in ways:
            found = self._find(question, limit, offset)
            if found.total:
                break
        return found, question

    def near(self, query: str, *, limit: int = 8, **narrowing: Unpack[Narrowing]) -> tuple[Near, ...]:
        phrases, filters = read_phrases(query), _filters(**narrowing)
        question = nearly(phrases, filters) if filters else None
        if question is None:
            return ()
        found = self._find(question, _NEAR_LOOKED_AT, 0)
        return nearest(phrases, ((id, texts_of(texts)) for id, _, texts in found.page), limit)

    def values(self, facet: str, words: str, *, limit: int = 5,
               seers: Iterable[str] | None = None) -> tuple[tuple[str, int], ...]:
        key = None if seers is None else tuple(sorted(seers))
        sought = fold(tidy(words)).strip()
        known = self._known(self._reader()[0], self._with(lambda reader: reader.version()), facet, key)
        found = [(not folded.startswith(sought), value, number) for value, folded, number in known if sought in folded]
        found.sort(key=lambda one: one[0])  # the most frequent stay first
        return tuple((value, number) for _, value, number in found[:limit])

    def _all_values(self, _folder: Path, _version: object, facet: str,
                    seers: tuple[str, ...] | None) -> list[tuple[str, str, int]]:
        question = Question((), True, Filters(seers=seers))
        counted = self._with(lambda reader: reader.count(question, [facet], _MOST_KNOWN))
        return [(value, fold(value), number) for value, number in counted.get(facet, ())]

    def _find(self, question: Question, limit: int, offset: int) -> Found:
        return self._with(lambda reader: reader.find(question, limit, offset))

    def _with(self, work: Callable[[Reader], T]) -> T:
        folder, reader = self._reader()
        try:
            return work(reader)
        except IndexUnavailable:
            self.close()
            if self._place.current() == folder:
                raise
            return work(self._reader()[1])  # a rebuild took its place meanwhile

    def _reader(self) -> tuple[Path, Reader]:
        with self._opening:
            current = self._place.current()
            if current is None:
                raise self._place.fault(_MISSING)
            if self._opened is None or self._opened[0] != current:
                self._opened = current, self._backend.read(current)
            return self._opened

    def rebuild(self, entries: Iterable[Entry], resume_after: str | None = None) -> Iterator[int]:
        with self._place.lock("rebuild", 0.0):
            building = self._begin(resume_after)
            with self._backend.write(self._place.folder / building.name, bulk=True) as writer:
                last, count = building.last, building.count
                for entry in entries:
                    writer.put(document(entry))
                    last, count = entry.id, count + 1
                    if count % self._batch == 0:
                        building = self._keep(writer, replace(building, last=last, count=count))
                        yield count
                if count > building.count:
                    building = self._keep(writer, replace(building, last=last, count=count))
                    yield count
            self._finish(building)

    def _keep(self, writer: Writer, building: Building) -> Building:
        """Commits first, then says so: after a crash between the two, the batch is put in again, in its own place."""
        writer.commit()
        self._place.keep(building)
        return building

    def _begin(self, resume_after: str | None) -> Building:
        with self._place.lock("write", self._patience):
            begun = self._place.building()
            if resume_after is not None:
                if begun is None or begun.last != resume_after:
                    raise Conflict(str(self._place.folder), f"no rebuild was broken off after {resume_after}")
                return begun
            building = self._place.begin()
            self._backend.create(self._place.folder / building.name)
            self._place.keep(building)
            return building

    def _finish(self, building: Building) -> None:
        with self._place.lock("write", self._patience):
            with self._backend.write(self._place.folder / building.name) as writer:
                _make(writer, self._place.noted())
                writer.commit()
            self._place.publish(building)

    def unfinished(self) -> str | None:
        begun = self._place.building()
        return begun.last if begun else None

    def close(self) -> None:
        with self._opening:
            self._opened = None


def _filters(first: datetime.date | None = None, last: datetime.date | None = None, sender: str | None = None,
             kind: str | None = None, facets: Mapping[str, str] | None = None,
             seers: Iterable[str] | None = None) -> Filters | None:
    """The filters; ``None`` for a sender's name of nothing but punctuation, which none can have. Raises ``KeyError``
    for an unknown facet."""
    senders = sender_clauses(sender)
    if (sender or "").strip() and not senders:
        return None
    values = {**(facets or {}), **({"kind": kind} if kind else {})}
    if unknown := set(values) - set(FACETS):
        raise KeyError(*unknown)
    return Filters(first, last, senders, tuple((name, facet(value)) for name, value in sorted(values.items())),
                   None if seers is None else tuple(sorted(seers)))


def _make(writer: Writer, changes: Iterable[Change]) -> None:
    for change in changes:
        if isinstance(change, str):
            writer.drop(change)
        else:
            writer.put(change)

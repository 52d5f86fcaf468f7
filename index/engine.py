"""The engine: one way of asking, writing and rebuilding over whichever search library is underneath."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock

from index.backend import Backend, Found, Reader, Writer
from index.document import document, texts_of
from index.entry import Entry, Hit, Results
from index.place import Building, Change, Place
from index.query import Filters, Question, pattern, questions, read_phrases, sender_clauses
from index.snippet import snippet
from letters.errors import Conflict, IndexUnavailable

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

    def search(self, query: str, *, limit: int = 20, offset: int = 0, first: datetime.date | None = None,
               last: datetime.date | None = None, sender: str | None = None, kind: str | None = None) -> Results:
        phrases, senders = read_phrases(query), sender_clauses(sender)
        filters = Filters(first, last, senders, kind or None)
        if (query.strip() and not phrases) or ((sender or "").strip() and not senders):
            return Results((), 0)  # nothing but punctuation: no letter can hold it
        found, relaxed = self._ask(list(questions(phrases, filters)), max(0, limit), max(0, offset))
        marks = pattern(phrases)
        # Without words, engines give the date they sorted by for a score.
        hits = (Hit(id, score if phrases else 0.0, snippet(texts_of(texts), marks)) for id, score, texts in found.page)
        return Results(tuple(hits), found.total, relaxed)

    def _ask(self, ways: list[Question], limit: int, offset: int) -> tuple[Found, bool]:
        """The answer to the first question that has one, and whether it was asked for any phrase only."""
        found, question = Found((), 0), ways[0]
        for question in ways:
            found = self._find(question, limit, offset)
            if found.total:
                break
        return found, bool(found.total) and not question.every

    def _find(self, question: Question, limit: int, offset: int) -> Found:
        folder, reader = self._reader()
        try:
            return reader.find(question, limit, offset)
        except IndexUnavailable:
            self.close()
            if self._place.current() == folder:
                raise
            return self._reader()[1].find(question, limit, offset)  # a rebuild took its place meanwhile

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


def _make(writer: Writer, changes: Iterable[Change]) -> None:
    for change in changes:
        if isinstance(change, str):
            writer.drop(change)
        else:
            writer.put(change)

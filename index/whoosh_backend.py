"""The one module that speaks to Whoosh, the engine in pure Python for machines without wheels for tantivy."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from index.backend import Found
from index.document import FACETS, FIELDS, Document, day
from index.entry import Counts
from index.query import Clause, Filters, Question
from letters.errors import IndexUnavailable

with warnings.catch_warnings():
    # Whoosh is older than the warnings about its backslashes and imports.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    import whoosh.index
    import whoosh.query as ask
    from whoosh.analysis import RegexTokenizer, SpaceSeparatedTokenizer
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
    from whoosh.sorting import Count, FieldFacet

# Parts the values of a facet, which hold spaces. Tidied text has no such sign.
_COMMA = "\x1f"
# Megabytes of memory before a segment is written out.
_HEAP, _BULK_HEAP = 16, 96

@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Whatever Whoosh finds wrong, as IndexUnavailable. It unpickles and unpacks without looking, and raises plain
    ``Exception`` itself, so a damaged file can raise anything at all."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        raise IndexUnavailable(str(folder), f"ดัชนีเสียหายหรือถูกใช้งานอยู่ / {str(error)[:200]}") from error


class _Codec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's own, but with segment names that do not repeat in forked processes or where chance was seeded."""

    def new_segment(self, storage: Any, indexname: str) -> Any:
        segment = super().new_segment(storage, indexname)
        segment.segid = secrets.token_hex(8)
        return segment


class WhooshBackend:
    """See :class:`index.backend.Backend`."""

    kind = "whoosh"

    def create(self, folder: Path) -> None:
        """Terms come joined by spaces from the shared analysis, so that splitting at spaces is all that is left."""
        fields = {field: TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True) for field in FIELDS}
        values = {name: KEYWORD(analyzer=RegexTokenizer(f"[^{_COMMA}]+")) for name in (*FACETS, "seers")}
        schema = Schema(id=ID(unique=True, stored=True), texts=STORED(),
                        day=NUMERIC(int, sortable=True), **fields, **values)  # ranges over unsigned numbers go wrong
        with _named(folder):
            folder.mkdir(parents=True)
            whoosh.index.create_in(str(folder), schema)

    def read(self, folder: Path) -> WhooshReader:
        with _named(folder):
            return WhooshReader(folder, whoosh.index.open_dir(str(folder)))

    @contextmanager
    def write(self, folder: Path, *, bulk: bool = False) -> Iterator[WhooshWriter]:
        with _named(folder):
            writer = WhooshWriter(folder, whoosh.index.open_dir(str(folder)), _BULK_HEAP if bulk else _HEAP)
        try:
            yield writer
        finally:
            writer.cancel()


class WhooshWriter:
    """See :class:`index.backend.Writer`. A Whoosh writer ends with its commit, so each batch has one of its own."""

    def __init__(self, folder: Path, index: Any, megabytes: int) -> None:
        self._folder = folder
        self._index = index
        self._megabytes = megabytes
        self._writer: Any = None
        self._batch: set[str] = set()

    def put(self, document: Document) -> None:
        if document.id in self._batch:
            self.commit()  # Whoosh replaces only what is committed
        with _named(self._folder):
            values = {name: _COMMA.join(some) for name, some in (*document.facets.items(), ("seers", document.seers))}
            self._begun().update_document(id=document.id, day=document.day, texts=document.texts, **document.fields,
                                          **values)
        self._batch.add(document.id)

    def drop(self, id: str) -> None:
        if id in self._batch:
            self.commit()
        with _named(self._folder):
            self._begun().delete_by_term("id", id)

    def _begun(self) -> Any:
        if self._writer is None:
            self._writer = self._index.writer(limitmb=self._megabytes, codec=_Codec())
        return self._writer

    def commit(self) -> None:
        if self._writer is not None:
            with _named(self._folder):
                self._writer.commit()
        self._writer = None
        self._batch.clear()

    def cancel(self) -> None:
        """Forgets what was not committed."""
        if self._writer is not None and not self._writer.is_closed:
            with _named(self._folder):
                self._writer.cancel()
        self._writer = None


class WhooshReader:
    """See :class:`index.backend.Reader`."""

    def __init__(self, folder: Path, index: Any) -> None:
        self._folder = folder
        self._searcher = index.searcher()
        self._turn = Lock()  # a Whoosh searcher keeps its place in files, so that threads take turns

    def find(self, question: Question, limit: int, offset: int) -> Found:
        with _named(self._folder), self._turn:
            searcher = self._searcher = self._searcher.refresh()
            order = {} if question.phrases else {"sortedby": "day", "reverse": True}
            filters = list(_filters(question.filters))
            result = searcher.search(_query(question), limit=max(1, offset + limit),
                                     filter=ask.And(filters) if filters else None,
                                     optimize=False, **order)  # else len() would search once more
            page = tuple((hit["id"], float(hit.score or 0.0), hit["texts"]) for hit in result[offset:offset + limit])
            return Found(page, len(result))

    def count(self, question: Question, facets: Iterable[str], most: int) -> Counts:
        wanted = {facet: FieldFacet(facet, allow_overlap=True, maptype=Count) for facet in facets}
        if not wanted:
            return {}
        with _named(self._folder), self._turn:
            searcher = self._searcher = self._searcher.refresh()
            filters = list(_filters(question.filters))
            result = searcher.search(_query(question), limit=None, groupedby=wanted,
                                     filter=ask.And(filters) if filters else None)
            found = {facet: {value: number for value, number in result.groups(facet).items() if value is not None}
                     for facet in wanted}
        return {facet: tuple(sorted(some.items(), key=lambda one: (-one[1], one[0]))[:most])
                for facet, some in found.items()}

    def version(self) -> object:
        with _named(self._folder), self._turn:
            self._searcher = self._searcher.refresh()
            return self._searcher.reader().generation()


def _query(question: Question) -> Any:
    ways = [ask.Or([_clause(clause) for clause in phrase], minmatch=least if least > 1 else 0)
            for phrase, least in question.ways()]
    if not ways:
        return ask.Every()
    return ask.And(ways) if question.every else ask.Or(ways)


def _clause(clause: Clause) -> Any:
    if len(clause.terms) == 1:
        return ask.Term(clause.field, clause.terms[0], boost=clause.weight)
    return ask.Phrase(clause.field, list(clause.terms), boost=clause.weight)


def _filters(filters: Filters) -> Iterator[Any]:
    if filters.first or filters.last:
        yield ask.NumericRange("day", day(filters.first) or 1, day(filters.last) or None)
    yield from (_clause(clause) for clause in filters.sender)
    for facet, value in filters.facets:
        yield ask.Term(facet, value)
    if filters.seers is not None:
        yield ask.Or([ask.Term("seers", word) for word in filters.seers]) if filters.seers else ask.NullQuery

"""The one module that speaks to tantivy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import FieldType, Occur, Order, Query

from index.backend import Found
from index.document import FACETS, FIELDS, SUBJECT_FIELDS, Document, day
from index.entry import Counts
from index.query import Clause, Filters, Question
from letters.errors import IndexUnavailable

# Bytes of memory before a segment is written out; tantivy takes no less than 15 MB.
_HEAP, _BULK_HEAP = 15_000_000, 96_000_000


def _schema() -> tantivy.Schema:
    """Terms come joined by spaces from the shared analysis, so that splitting at spaces is all that is left."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("seers", tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        schema.add_text_field(facet, tokenizer_name="raw", index_option="basic", fast=True)
    schema.add_integer_field("day", indexed=True, fast=True)
    # Bytes that are only stored: a text field, indexed or not, would be counted into the statistics.
    schema.add_bytes_field("texts", stored=True)
    for field in FIELDS:  # no phrase is asked of pairs
        option = "freq" if field.endswith("_pairs") else "position"
        schema.add_text_field(field, tokenizer_name="whitespace", index_option=option)
    return schema.build()


_SCHEMA = _schema()


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Whatever tantivy finds wrong, as IndexUnavailable."""
    try:
        yield
    except (ValueError, OSError, SystemError) as error:
        raise IndexUnavailable(str(folder), f"ดัชนีเสียหายหรือถูกใช้งานอยู่ / {str(error)[:200]}") from error
    except BaseException as error:
        # A panic inside tantivy, as over damaged bytes; its class can be imported from nowhere.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(str(folder), "ดัชนีเสียหาย / the index is damaged") from error


class TantivyBackend:
    """See :class:`index.backend.Backend`."""

    kind = "tantivy"

    def create(self, folder: Path) -> None:
        with _named(folder):
            folder.mkdir(parents=True)
            tantivy.Index(_SCHEMA, str(folder), reuse=False)

    def read(self, folder: Path) -> TantivyReader:
        with _named(folder):
            return TantivyReader(folder)

    @contextmanager
    def write(self, folder: Path, *, bulk: bool = False) -> Iterator[TantivyWriter]:
        with _named(folder):
            writer = tantivy.Index.open(str(folder)).writer(_BULK_HEAP if bulk else _HEAP, 1)
        try:
            yield TantivyWriter(folder, writer)
        finally:
            with _named(folder):
                writer.rollback()
                writer.wait_merging_threads()


class TantivyWriter:
    """See :class:`index.backend.Writer`."""

    def __init__(self, folder: Path, writer: tantivy.IndexWriter) -> None:
        self._folder = folder
        self._writer = writer

    def put(self, document: Document) -> None:
        made = tantivy.Document()
        made.add_text("id", document.id)
        for name, values in {**document.facets, "seers": document.seers}.items():
            for value in values:
                made.add_text(name, value)
        made.add_integer("day", document.day)
        made.add_bytes("texts", document.texts.encode())
        for field in FIELDS:
            made.add_text(field, document.fields[field])
        self.drop(document.id)
        with _named(self._folder):
            self._writer.add_document(made)

    def drop(self, id: str) -> None:
        with _named(self._folder):
            self._writer.delete_documents_by_term("id", id)

    def commit(self) -> None:
        with _named(self._folder):
            self._writer.commit()


class TantivyReader:
    """See :class:`index.backend.Reader`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader("manual")  # find() asks for news itself: no thread that watches files

    def find(self, question: Question, limit: int, offset: int) -> Found:
        with _named(self._folder):
            self._index.reload()
            searcher = self._index.searcher()
            query, most = _query(question), max(1, limit)  # tantivy takes a limit of 0 for a mistake
            result = (searcher.search(query, most, offset=offset) if question.phrases else
                      searcher.search(query, most, offset=offset, order_by_field="day", order=Order.Desc))
            stored = [(score, searcher.doc(address)) for score, address in result.hits[:limit]]
            page = tuple((made["id"][0], float(score), bytes(made["texts"][0]).decode()) for score, made in stored)
            return Found(page, result.count)  # type: ignore[attr-defined]  # its stub forgets it

    def count(self, question: Question, facets: Iterable[str], most: int) -> Counts:
        asked = {facet: {"terms": {"field": facet, "size": most, "segment_size": 10 * most}} for facet in facets}
        if not asked:
            return {}
        with _named(self._folder):
            self._index.reload()
            told = self._index.searcher().aggregate(_query(question, ranked=False), asked)
        return {facet: tuple((str(one["key"]), int(one["doc_count"])) for one in told[facet]["buckets"])
                for facet in asked}

    def version(self) -> object:
        with _named(self._folder):
            return (self._folder / "meta.json").stat().st_mtime_ns


def _query(question: Question, *, ranked: bool = True) -> Query:
    """``ranked``: the best first; else the same letters by fewer clauses, since the text holds the subject too."""
    ways = [Query.boolean_query([(Occur.Should, _clause(clause)) for clause in phrase
                                 if ranked or clause.field not in SUBJECT_FIELDS], least)
            for phrase, least in question.ways()]
    occur = Occur.Must if question.every else Occur.Should
    found = Query.boolean_query([(occur, way) for way in ways]) if ways else Query.all_query()
    filters = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in _filters(question.filters)]
    return Query.boolean_query([(Occur.Must, found), *filters]) if filters else found


def _clause(clause: Clause) -> Query:
    if len(clause.terms) == 1:
        query = Query.term_query(_SCHEMA, clause.field, clause.terms[0])
    else:
        query = Query.phrase_query(_SCHEMA, clause.field,
                                   _spaced(clause.terms) if clause.field.endswith("_threes") else list(clause.terms))
    return Query.boost_query(query, clause.weight)


def _spaced(threes: Sequence[str]) -> list[str | tuple[int, str]]:
    """Overlapping threes side by side are told by every third and the last, in a third of the time."""
    last = len(threes) - 1
    return [(place, threes[place]) for place in (*range(0, last, 3), last)]


def _filters(filters: Filters) -> Iterator[Query]:
    if filters.first or filters.last:
        yield Query.range_query(_SCHEMA, "day", FieldType.Integer, day(filters.first) or 1, day(filters.last) or None)
    yield from (_clause(clause) for clause in filters.sender)
    for facet, value in filters.facets:
        yield Query.term_query(_SCHEMA, facet, value, "basic")
    if filters.seers is not None:
        yield Query.term_set_query(_SCHEMA, "seers", filters.seers) if filters.seers else Query.empty_query()

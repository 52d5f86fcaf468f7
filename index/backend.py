"""What a search library must offer to become an engine. Everything else is shared."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.document import Document
from index.entry import Counts
from index.query import Question


@dataclass(frozen=True, slots=True)
class Found:
    """One page of documents, best first, as id, score and packed texts; ``total`` counts all."""

    page: tuple[tuple[str, float, str], ...]
    total: int


class Reader(Protocol):
    """An open index. Sees what was last committed; may be used by several threads at once."""

    def find(self, question: Question, limit: int, offset: int) -> Found:
        """Documents that answer the question; without phrases all that pass the filters, newest first."""

    def count(self, question: Question, facets: Iterable[str], most: int) -> Counts:
        """How many of the documents that answer have which value of the facets; the ``most`` frequent of each."""

    def version(self) -> object:
        """Something that is another after each commit."""


class Writer(Protocol):
    """The only writer of an index. What was not committed when it closes is gone."""

    def put(self, document: Document) -> None:
        """Adds the document, or replaces the one of the same id."""

    def drop(self, id: str) -> None:
        """Takes a document out, if it is there."""

    def commit(self) -> None:
        """Makes all changes so far lasting and visible to readers that ask anew."""


class Backend(Protocol):
    """One search library. Raises :class:`letters.errors.IndexUnavailable` for whatever goes wrong in a folder."""

    kind: str

    def create(self, folder: Path) -> None:
        """Makes an empty index in a new folder."""

    def read(self, folder: Path) -> Reader:
        """Opens an index for searching."""

    def write(self, folder: Path, *, bulk: bool = False) -> AbstractContextManager[Writer]:
        """Opens an index for writing; ``bulk`` trades memory (about 100 MB) for speed."""


"""Files to packets: the next file is being read while one is parsed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from letters import Packet, Page
from letters.errors import BadFile, NotUnderstood, SarabanError
from ocr import Document, Reader, Wanted, open_document, read_wanted
from parsing import parse_packet
from saraban.cli.common import Steps
from saraban.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file came to, and the seconds from when it was opened."""

    path: Path
    packet: Packet | BadFile
    seconds: float


def packets_of(paths: Iterable[Path], settings: Settings, cache: Path | None, steps: Steps) -> Iterator[Outcome]:
    """What each file comes to, as soon as it is known. Raises errors that are not the file's fault."""
    reader = Reader(languages=settings.languages, seconds=settings.page_seconds, cache=cache)
    with _Files(paths, settings) as files:
        for wanted, page in read_wanted(files.wanted(), reader, settings.workers):
            yield from files.refused()
            outcome = files.came(wanted, page, steps)
            if outcome is not None:
                yield outcome
        yield from files.refused()


@dataclass(slots=True)
class _Open:
    path: Path
    began: float
    pages: list[Page] = field(default_factory=list)


class _Files:
    """The files whose pages are asked for or in reading. One of which a page could not be read is asked for no more."""

    def __init__(self, paths: Iterable[Path], settings: Settings) -> None:
        self._paths, self._limits = paths, settings.limits
        self._open: dict[Document, _Open] = {}
        self._refused: list[Outcome] = []
        self._closing = ExitStack()

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def wanted(self) -> Iterator[Wanted]:
        """All pages of all files in order, each file opened when its turn comes."""
        for path in self._paths:
            began = time.monotonic()
            try:
                document = self._closing.enter_context(open_document(path, self._limits))
            except BadFile as error:
                self._refused.append(Outcome(path, error, time.monotonic() - began))
                continue
            self._open[document] = _Open(path, began)
            for number in range(1, document.page_count + 1):
                if document in self._open:
                    yield Wanted(document, number)

    def refused(self) -> Iterator[Outcome]:
        """Files that could not be opened, each told once."""
        while self._refused:
            yield self._refused.pop(0)

    def came(self, wanted: Wanted, page: Page | SarabanError, steps: Steps) -> Outcome | None:
        """Takes a page that came; what its file comes to, if that is known now."""
        document = wanted.document
        file = self._open.get(document)
        if file is None:
            return None
        if isinstance(page, SarabanError):
            if not isinstance(page, BadFile):
                raise page
            del self._open[document]
            return Outcome(file.path, page, time.monotonic() - file.began)
        file.pages.append(page)
        steps(file.path, file.path.name, "read", len(file.pages), document.page_count)
        if len(file.pages) < document.page_count:
            return None
        del self._open[document]
        document.close()
        return Outcome(file.path, _parsed(file), time.monotonic() - file.began)


def _parsed(file: _Open) -> Packet | BadFile:
    """The file's letters; where the program fails on them, that, so that a night's other files do not wait for it."""
    try:
        return parse_packet(file.path.stem, file.pages)
    except Exception as error:
        _log.exception("%s", file.path)
        return NotUnderstood(file.path.name, f"{type(error).__name__}: {error}")

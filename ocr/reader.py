"""Pages of a document, read side by side."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil
from pathlib import Path

import numpy as np
from PIL import Image

from letters.codec import dump, load
from letters.errors import SarabanError
from letters.page import Page, Source
from ocr import tesseract
from ocr.codes import find_codes
from ocr.document import Document
from ocr.handwriting import model as handwriting
from ocr.kinds import FileKind
from ocr.layout import read_print, read_stamps
from ocr.plaintext import text_page
from ocr.printed import model as printed
from ocr.textlayer import layer_page
from ocr.together import Asking, Underway, together

READING = "28"  # raise it when cleaning, layout or text layers change what is read
_TOGETHER = 6  # pages of one call of the engine, and in memory at a time


@dataclass(frozen=True, slots=True)
class Reader:
    """Which engine reads: ``languages`` as Tesseract names them (empty: the project's models, else Debian's
    ``tha+eng``), the folder of the project's ``models``, ``seconds`` for a page (none given: the document's limit), and
    a folder to ``cache`` results in."""

    languages: str = ""
    models: Path = tesseract.PACKAGED
    seconds: float | None = None
    cache: Path | None = None

    @property
    def engine_languages(self) -> str:
        """The languages Tesseract is called with."""
        return self.languages or tesseract.default_languages(self.models)

    @property
    def version(self) -> str:
        """Engine, models of print, of hand and of printed numbers, and the reading around them; what was read with
        another version is worth reading again."""
        engine = tesseract.version(self.engine_languages, self.models)
        return f"{engine} hand:{handwriting.version()} numbers:{printed.version()} reading {READING}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to read: of which document, and its number (from 1)."""

    document: Document
    number: int


def read_pages(document: Document, numbers: Sequence[int], reader: Reader = Reader(),
               workers: int = os.cpu_count() or 1) -> Iterator[Page]:
    """The pages ``numbers`` (from 1), each as soon as it is read.

    Raises ``LimitExceeded`` for a page that takes longer than the document's limit (its engine is killed),
    ``DamagedFile`` for one that cannot be drawn, ``MissingProgram`` where Tesseract or a model is missing.
    """
    for _, page in read_wanted((Wanted(document, number) for number in numbers), reader, workers):
        if isinstance(page, SarabanError):
            raise page
        yield page


def read_page(document: Document, number: int, reader: Reader) -> Page:
    """One page, by its own text where that is good, else by eye. Raises as :func:`read_pages` does."""
    (page,) = read_pages(document, [number], reader, 1)
    return page


def read_wanted(pages: Iterable[Wanted], reader: Reader = Reader(),
                workers: int = os.cpu_count() or 1) -> Iterator[tuple[Wanted, Page | SarabanError]]:
    """Pages of any number of documents, each as soon as it is read, or the error that it ended in. Never more than six
    times ``workers`` are in memory. A document must stay open until all its pages are there."""
    waiting, ahead, workers = iter(pages), deque[Wanted](), max(1, workers)
    running: set[Future[list[tuple[Wanted, Page | SarabanError]]]] = set()
    with ThreadPoolExecutor(workers, thread_name_prefix="ocr") as pool:
        try:
            while True:
                first = not running
                while len(running) < workers:
                    ahead.extend(islice(waiting, _TOGETHER * workers - len(ahead)))
                    if not ahead:
                        break
                    share = ceil(len(ahead) / (workers - len(running) if first else workers))
                    some = [ahead.popleft() for _ in range(min(share, _TOGETHER))]
                    running.add(pool.submit(_read_some, some, reader))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                while done:
                    yield from done.pop().result()
        finally:
            for future in running:
                future.cancel()


def _read_some(pages: Sequence[Wanted], reader: Reader) -> list[tuple[Wanted, Page | SarabanError]]:
    """Pages read with as few calls of the engine as will do; those that could be read first."""
    readings = [Underway(f"{one.document.name} p. {one.number}", _read(one, reader),
                        one.document.limits.seconds if reader.seconds is None else reader.seconds) for one in pages]
    together(readings, lambda images, seconds, name: tesseract.read_lines(
        images, reader.engine_languages, reader.models, seconds, name))
    found = [(one, reading.came_to) for one, reading in zip(pages, readings, strict=True)]
    return sorted(((one, page) for one, page in found if page is not None),
                  key=lambda one: isinstance(one[1], SarabanError))


def _read(wanted: Wanted, reader: Reader) -> Asking[Page]:
    document, number = wanted.document, wanted.number
    if document.kind is FileKind.TEXT:
        return text_page(number, document.text(number))
    dpi, image = document.dpi(number), document.image(number)
    layer = document.layer(number)
    page = layer_page(number, layer, dpi, image.size) if layer else None
    if page is not None:
        page = replace(page, codes=find_codes(np.asarray(image)))
        asking = read_stamps(image, dpi)
        del image
        return replace(page, lines=(*page.lines, *(yield from asking)))
    kept = _cache_file(image, dpi, reader)
    if kept and kept.is_file():
        return replace(load(kept.read_bytes(), Page), number=number)
    reading = read_print(image, dpi)
    del image  # nobody holds it while the engine reads
    read = yield from reading
    page = Page(number, read.lines, Source.OCR, *read.size, dpi, read.codes, reader.version, read.rotation)
    if kept:
        _keep(kept, dump(page))
    return page


def _cache_file(image: Image.Image, dpi: int, reader: Reader) -> Path | None:
    if reader.cache is None:
        return None
    key = hashlib.sha256(f"{reader.version} {dpi} {image.mode} {image.size}".encode())
    key.update(image.tobytes())
    return reader.cache / f"{key.hexdigest()}.json"


def _keep(path: Path, data: bytes) -> None:
    """Write so that another process sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)

"""Pages of a document, read side by side."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from letters.codec import dump, load
from letters.errors import LimitExceeded
from letters.page import Page, Source
from ocr import tesseract
from ocr.codes import find_codes
from ocr.document import Document
from ocr.handwriting import model as handwriting
from ocr.kinds import FileKind
from ocr.layout import read_print
from ocr.plaintext import text_page
from ocr.textlayer import layer_page

READING = "7"  # raise it when cleaning, layout or text layers change what is read


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
        """Engine, models of print and of hand, and the reading around them; what was read with another version is
        worth reading again."""
        engine = tesseract.version(self.engine_languages, self.models)
        return f"{engine} hand:{handwriting.version()} reading {READING}"


def read_pages(document: Document, numbers: Sequence[int], reader: Reader = Reader(),
               workers: int = os.cpu_count() or 1) -> Iterator[Page]:
    """The pages ``numbers`` (from 1), each as soon as it is read; never more than ``workers`` in memory.

    Raises ``LimitExceeded`` for a page that takes longer than the document's limit (its engine is killed),
    ``DamagedFile`` for one that cannot be drawn, ``MissingProgram`` where Tesseract or a model is missing.
    """
    waiting = iter(numbers)
    running: set[Future[Page]] = set()
    with ThreadPoolExecutor(max(1, workers), thread_name_prefix="ocr") as pool:
        try:
            while True:
                while len(running) < max(1, workers) and (number := next(waiting, None)) is not None:
                    running.add(pool.submit(read_page, document, number, reader))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                while done:
                    yield done.pop().result()
        finally:
            for future in running:
                future.cancel()


def read_page(document: Document, number: int, reader: Reader) -> Page:
    """One page, by its own text where that is good, else by eye."""
    seconds = document.limits.seconds if reader.seconds is None else reader.seconds
    deadline = time.monotonic() + seconds
    if document.kind is FileKind.TEXT:
        return text_page(number, document.text(number))
    dpi, image = document.dpi(number), document.image(number)
    layer = document.layer(number)
    page = layer_page(number, layer, dpi, image.size) if layer else None
    if page is not None:
        page = replace(page, codes=find_codes(image))
    else:
        page = _by_eye(image, dpi, reader, deadline, f"{document.name} p. {number}")
        page = replace(page, number=number)
    if time.monotonic() > deadline:
        raise LimitExceeded(document.name, f"page {number}: seconds {seconds:g}")
    return page


def _by_eye(image: Image.Image, dpi: int, reader: Reader, deadline: float, subject: str) -> Page:
    kept = _cache_file(image, dpi, reader)
    if kept and kept.is_file():
        return load(kept.read_bytes(), Page)
    read = read_print(image, dpi, reader.engine_languages, reader.models, deadline, subject)
    codes = find_codes(read.image)
    page = Page(1, read.lines, Source.OCR, *read.image.size, dpi, codes, reader.version, read.rotation)
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

"""A file as numbered pages, whatever it is made of."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from letters.errors import BadRequest, EmptyFile, LimitExceeded, NotFound, WrongType
from ocr.kinds import FileKind, recognise
from ocr.limits import Limits
from ocr.pdf import PdfFile, TextLayer
from ocr.pictures import PictureFile
from ocr.plaintext import TextFile


class Document:
    """An opened file. Use it as a context manager. Pages count from 1."""

    def __init__(self, source: PdfFile | PictureFile | TextFile, name: str, kind: FileKind, limits: Limits) -> None:
        self._source, self.name, self.kind, self.limits = source, name, kind, limits
        self.page_count = source.page_count

    def _check(self, number: int) -> None:
        if not 1 <= number <= self.page_count:
            raise NotFound(self.name, f"page {number} of {self.page_count}")

    def dpi(self, number: int) -> int:
        """Resolution of the page image: the scan's own, 300 for a born-digital page, 0 for text."""
        self._check(number)
        return 0 if isinstance(self._source, TextFile) else self._source.dpi(number)

    def image(self, number: int, dpi: int | None = None) -> Image.Image:
        """The page as a person sees it (CropBox and rotation respected), grey or RGB, at ``dpi`` or its own.

        Raises ``BadRequest`` for a text file, ``DamagedFile`` and ``LimitExceeded`` for pages that cannot be drawn.
        """
        self._check(number)
        if isinstance(self._source, TextFile):
            raise BadRequest(self.name, "a text file has no page images")
        return self._source.image(number, dpi)

    def layer(self, number: int) -> TextLayer | None:
        """Characters of a born-digital page; ``None`` for scans, also those somebody laid a text layer under."""
        self._check(number)
        if not isinstance(self._source, PdfFile) or self._source.is_scan(number):
            return None
        return self._source.layer(number)

    def text(self, number: int) -> str:
        """The page of a text file as it stands there; empty for other kinds."""
        self._check(number)
        return self._source.pages[number - 1] if isinstance(self._source, TextFile) else ""

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()


def open_document(path: Path, limits: Limits = Limits(), name: str | None = None) -> Document:  # noqa: B008 - frozen
    """Open the file at ``path``; ``name`` is what errors call it (the file's own name, if not given).

    Raises ``EmptyFile``, ``WrongType``, ``EncryptedFile``, ``DamagedFile`` or ``LimitExceeded`` (its detail names the
    setting).
    """
    name = name or path.name
    size = path.stat().st_size
    if not size:
        raise EmptyFile(name)
    if size > limits.bytes:
        raise LimitExceeded(name, f"{size} bytes > bytes {limits.bytes}")
    kind = recognise(path)
    if kind is None:
        raise WrongType(name)
    source: PdfFile | PictureFile | TextFile
    match kind:
        case FileKind.PDF:
            source = PdfFile(path, name, limits)
        case FileKind.TEXT:
            source = TextFile(path, name, limits)
        case _:
            source = PictureFile(path, name, limits)
    return Document(source, name, kind, limits)

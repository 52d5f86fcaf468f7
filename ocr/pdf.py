"""The one module that opens PDFs: pdfium draws their pages; ``ocr.pdftext`` gives the characters of their text layers.

Neither may be used by two threads at once, so each call holds a lock.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from letters.errors import DamagedFile, EmptyFile, LimitExceeded
from ocr.limits import Limits
from ocr.pictures import drawn

if TYPE_CHECKING:
    from ocr.pdftext import PdfText

BORN_DIGITAL_DPI = 300
LEAST_DPI, MOST_DPI = 72, 600
_POINTS = 72.0
_SCAN_COVERS = 0.5  # of the page, by its images
_PDFIUM = threading.Lock()


class PdfFile:
    """The pages of one PDF. Raises ``EncryptedFile``, ``DamagedFile``, ``EmptyFile`` or ``LimitExceeded``."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path, self._name, self._limits = path, name, limits
        self._text: PdfText | None = None
        self._plumbing = threading.Lock()
        _whole(path, name)
        with _PDFIUM:
            try:
                self._pdf = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError as error:
                from ocr.pdftext import fault  # noqa: PLC0415

                raise fault(path, name) from error
            self.page_count = len(self._pdf)
        if not self.page_count:
            self.close()
            raise EmptyFile(name, "no pages")
        if self.page_count > limits.pages:
            self.close()
            raise LimitExceeded(name, f"{self.page_count} pages > pages {limits.pages}")

    @contextmanager
    def _page(self, number: int) -> Iterator[pypdfium2.PdfPage]:
        with _PDFIUM:
            try:
                page = self._pdf[number - 1]
            except pypdfium2.PdfiumError as error:
                raise DamagedFile(self._name, f"page {number}: {error}") from error
            try:
                yield page
            finally:
                page.close()

    def dpi(self, number: int) -> int:
        """The scan's own resolution, or 300 for a page that is no scan; less where the page would be too large."""
        with self._page(number) as page:
            return self._fit(number, page, _own_dpi(page) or BORN_DIGITAL_DPI)

    def is_scan(self, number: int) -> bool:
        """Whether an image covers most of the page."""
        with self._page(number) as page:
            return _own_dpi(page) is not None

    def _fit(self, number: int, page: pypdfium2.PdfPage, dpi: int) -> int:
        """``dpi``, lowered until the page fits the limit on pixels; refuses images inside that do not fit it."""
        for image in _images(page):
            width, height = image.get_px_size()
            if width * height > self._limits.pixels:
                raise LimitExceeded(self._name, f"page {number}: an image of {width} x {height} pixels "
                                                f"> pixels {self._limits.pixels}")
        width_in, height_in = (side / _POINTS for side in page.get_size())
        fits = math.floor(math.sqrt(self._limits.pixels / max(width_in * height_in, 1e-6)))
        if fits < LEAST_DPI:
            raise LimitExceeded(self._name, f"page {number}: {width_in:.0f} x {height_in:.0f} inches "
                                            f"> pixels {self._limits.pixels}")
        return min(dpi, fits)

    def image(self, number: int, dpi: int | None) -> Image.Image:
        """The page's CropBox, upright, as grey or RGB."""
        with self._page(number) as page:
            dpi = self._fit(number, page, dpi or _own_dpi(page) or BORN_DIGITAL_DPI)
            try:
                bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True)
                image = drawn(bitmap.to_numpy())
                bitmap.close()
            except (pypdfium2.PdfiumError, MemoryError) as error:
                raise DamagedFile(self._name, f"page {number}: {error}") from error
        return image

    def layer(self, number: int) -> TextLayer | None:
        """The page's characters; ``None`` if it holds none or they cannot be read."""
        from ocr.pdftext import PdfText  # noqa: PLC0415 - scans are read sooner without the readers of text layers

        with self._plumbing:
            self._text = self._text or PdfText(self._path)
            return self._text.layer(number)

    def close(self) -> None:
        """Close both readers."""
        with _PDFIUM:
            self._pdf.close()
        if self._text is not None:
            self._text.close()


@dataclass(frozen=True, slots=True)
class TextLayer:
    """Characters of a page in points, as dictionaries of pdfplumber (``text``, ``x0``, ``top``, ``x1``, ``bottom``);
    ``left`` and ``top`` are those of its CropBox."""

    chars: list[dict[str, Any]]
    left: float
    top: float
    width: float
    height: float


def _whole(path: Path, name: str) -> None:
    """A PDF ends with its mark; pdfium would repair a cut one and silently lose the pages that did not arrive."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        if b"%%EOF" not in file.read():
            raise DamagedFile(name, "the end of the file is missing")


def _images(page: pypdfium2.PdfPage) -> list[Any]:
    return list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))


def _own_dpi(page: pypdfium2.PdfPage) -> int | None:
    """Resolution of the largest image if images cover most of the page (a scan may come in strips)."""
    best, covered, resolution = 0.0, 0.0, 0.0
    for image in _images(page):
        left, bottom, right, top = image.get_bounds()
        area = abs((right - left) * (top - bottom))
        covered += area
        if area > best:
            width, height = image.get_px_size()
            best, resolution = area, math.sqrt(width * height / area) * _POINTS
    page_width, page_height = page.get_size()
    if covered < _SCAN_COVERS * page_width * page_height or resolution < LEAST_DPI:
        return None
    return min(round(resolution), MOST_DPI)

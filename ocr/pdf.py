"""The one module that opens PDFs: pdfium draws their pages, pdfplumber gives the characters of their text layers.

Neither may be used by two threads at once, so each call holds a lock.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image

from letters.errors import BadFile, DamagedFile, EmptyFile, EncryptedFile, LimitExceeded
from ocr.limits import Limits
from ocr.pictures import drawn

BORN_DIGITAL_DPI = 300
LEAST_DPI, MOST_DPI = 72, 600
_POINTS = 72.0
_SCAN_COVERS = 0.5  # of the page, by its images
_PDFIUM = threading.Lock()
_MINER_FAULTS = (PDFException, PSException, PdfminerException, ValueError, TypeError, KeyError, IndexError,
                 AttributeError, RecursionError, AssertionError, OverflowError, ZeroDivisionError)


class PdfFile:
    """The pages of one PDF. Raises ``EncryptedFile``, ``DamagedFile``, ``EmptyFile`` or ``LimitExceeded``."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path, self._name, self._limits = path, name, limits
        self._plumber: pdfplumber.pdf.PDF | None = None
        self._plumbing = threading.Lock()
        _whole(path, name)
        with _PDFIUM:
            try:
                self._pdf = pypdfium2.PdfDocument(path)
            except pypdfium2.PdfiumError as error:
                raise _fault(path, name) from error
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
        """The page's characters as pdfplumber gives them; ``None`` if it holds none or they cannot be read."""
        with self._plumbing:
            try:
                if self._plumber is None:
                    self._plumber = pdfplumber.open(self._path)
                found = self._plumber.pages[number - 1]
                page = _ActualTextPage(self._plumber, found.page_obj, number)
                chars, (left, top, right, bottom) = page.chars, page.cropbox
                page.close()
            except _MINER_FAULTS:
                return None  # pdfium drew the page, so it is read by eye instead
        return TextLayer(chars, left, top, right - left, bottom - top) if chars else None

    def close(self) -> None:
        """Close both readers."""
        with _PDFIUM:
            self._pdf.close()
        if self._plumber is not None:
            self._plumber.close()


class _ActualTextPage(pdfplumber.page.Page):
    """A page whose characters honour /ActualText, which LibreOffice writes because its own map has holes."""

    @property
    def layout(self) -> LTPage:
        device = _ActualTextDevice(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
        PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
        return device.get_result()


class _ActualTextDevice(pdfplumber.page.PDFPageAggregatorWithMarkedContent):
    """Gives the first character under an /ActualText all of its text, and the others none."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self._texts: list[str | None] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        super().begin_tag(tag, props)
        actual = props.get("ActualText") if isinstance(props, dict) else None
        self._texts.append(decode_text(actual) if isinstance(actual, bytes) else None)

    def end_tag(self) -> None:
        super().end_tag()
        if self._texts:
            self._texts.pop()

    def render_char(self, *settings: Any, **more: Any) -> float:
        advance: float = super().render_char(*settings, **more)
        said = next((level for level, text in enumerate(self._texts) if text is not None), None)
        if said is not None:
            drawn = self.cur_item._objs[-1]
            if isinstance(drawn, LTChar):
                drawn._text = self._texts[said] or ""
                self._texts[said] = ""
        return advance


class TextLayer:
    """Characters of a page in points, as dictionaries of pdfplumber (``text``, ``x0``, ``top``, ``x1``, ``bottom``)."""

    def __init__(self, chars: list[dict[str, Any]], left: float, top: float, width: float, height: float) -> None:
        self.chars, self.left, self.top, self.width, self.height = chars, left, top, width, height


def _whole(path: Path, name: str) -> None:
    """A PDF ends with its mark; pdfium would repair a cut one and silently lose the pages that did not arrive."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        if b"%%EOF" not in file.read():
            raise DamagedFile(name, "the end of the file is missing")


def _fault(path: Path, name: str) -> BadFile:
    """Why pdfium would not open the file. Its own code may still be that of an earlier file, so pdfminer is asked."""
    try:
        with path.open("rb") as file:
            if not any(PDFPage.create_pages(PDFDocument(PDFParser(file)))):
                return EmptyFile(name, "no pages")
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return EncryptedFile(name)
    except _MINER_FAULTS as error:
        return DamagedFile(name, str(error))
    return DamagedFile(name)


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

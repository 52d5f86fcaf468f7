"""Characters of the text layers of PDFs, by pdfplumber. A module of its own, because scans need none of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text
from pdfplumber.utils.exceptions import PdfminerException

from letters.errors import BadFile, DamagedFile, EmptyFile, EncryptedFile
from ocr.pdf import TextLayer

_MINER_FAULTS = (PDFException, PSException, PdfminerException, ValueError, TypeError, KeyError, IndexError,
                 AttributeError, RecursionError, AssertionError, OverflowError, ZeroDivisionError)



class PdfText:
    """The text layers of one PDF. Not for two threads at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._plumber: pdfplumber.pdf.PDF | None = None

    def layer(self, number: int) -> TextLayer | None:
        """A page's characters as pdfplumber gives them; ``None`` if it holds none or they cannot be read."""
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
        """Let go of the file."""
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


def fault(path: Path, name: str) -> BadFile:
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

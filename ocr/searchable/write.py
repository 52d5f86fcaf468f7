"""A packet's file and its reading put together as a searchable PDF.

The pages stay as they came wherever they can: scans keep their own data, picture files go in without being coded anew,
a born-digital page whose own text is right is not touched. Where a page has text of its own that is wrong, it must not
be found beside ours: invisible text is taken out, and a page with visible text is drawn as a picture, since that is the
one way in which every reader of PDFs agrees that the old text is gone. The original itself is never changed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path

from pikepdf import Dictionary, Object, Pdf, PdfError, Stream
from pikepdf import Page as PdfPage

from letters.errors import BadFile
from letters.page import Page, Source
from letters.text import squeeze
from ocr.document import Document
from ocr.kinds import FileKind
from ocr.searchable import archival, content
from ocr.searchable.font import Codes, embed
from ocr.searchable.layer import operators, rows_of, untilted
from ocr.searchable.pictures import as_pages, drawn

VERSION = "1"  # raise it when the same packet and reading give another file
_MAKER = "Saraban"
_FONT = "SarabanText"
_POINTS = 72.0


class NoPictures(BadFile):
    """A text file has no pages that could be shown."""

    code = "no-pictures"
    what = {"th": "ไฟล์ {subject} เป็นข้อความ ไม่มีภาพหน้ากระดาษ", "en": "{subject} is text and has no pictures of pages"}
    remedy = {"th": "ค้นในไฟล์ข้อความได้โดยตรง", "en": "the text file itself can be searched"}


def write_searchable(original: Path, document: Document, pages: Mapping[int, Page], target: Path, *,
                     pdfa: bool = False) -> None:
    """Writes ``document`` (opened from ``original``) with the text of ``pages`` (by number, from 1) to ``target``, the
    whole file or none. With ``pdfa`` as PDF/A-2b: pages that cannot be vouched for are then drawn as pictures.

    The same file and reading give the same bytes. Raises ``NoPictures`` for a text file, and what drawing a page
    raises.
    """
    if document.kind is FileKind.TEXT:
        raise NoPictures(document.name)
    with ExitStack() as opened:  # what pages were taken from must stay open until all is written
        pdf = _base(original, document, opened, pdfa=pdfa)
        font, codes = pdf.make_indirect(Dictionary()), Codes()
        for number in range(1, document.page_count + 1):
            shown, page = pdf.pages[number - 1], pages.get(number)
            own = _own(pdf, shown, document, page, pdfa=pdfa)
            if own is Own.WRONG:
                _replace(pdf, shown, opened.enter_context(drawn(document, number)))
            if pdfa:
                archival.only_what_shows(shown)
            if own is not Own.RIGHT and page is not None:
                _lay(pdf, shown, page, font, codes)
        embed(pdf, font, codes.signs)
        if pdfa:
            archival.declare(pdf, Path(document.name).stem, _MAKER)
        _save(pdf, target)


class Own(StrEnum):
    """What a page brings along, and so what becomes of it."""

    RIGHT = "right"      # text that says what was read: the page is left as it is
    NOTHING = "nothing"  # no text, or none any more: ours is laid over it
    WRONG = "wrong"      # text or make-up that cannot stay: the page is drawn as a picture


def _base(original: Path, document: Document, opened: ExitStack, *, pdfa: bool) -> Pdf:
    """The pages as they came; for an archival copy in a new document, free of everything that is no page."""
    came = _as_came(original, document, opened)
    if came is not None and not pdfa:
        return came
    new = opened.enter_context(Pdf.new())
    if came is not None:
        new.pages.extend(came.pages)
        return new
    for number in range(1, document.page_count + 1):
        new.pages.extend(opened.enter_context(drawn(document, number)).pages)
    return new


def _as_came(original: Path, document: Document, opened: ExitStack) -> Pdf | None:
    """The file as a PDF; ``None`` where only pdfium can make sense of it."""
    try:
        pdf = Pdf.open(original) if document.kind is FileKind.PDF else as_pages(original, document)
    except PdfError:
        return None
    if pdf is None:
        return None
    opened.enter_context(pdf)
    return pdf if len(pdf.pages) == document.page_count else None


def _own(pdf: Pdf, shown: PdfPage, document: Document, page: Page | None, *, pdfa: bool) -> Own:
    """What the page brings along; invisible text is taken out of it on the way."""
    if not pdfa and (page is None or _says(document, page)):
        return Own.RIGHT
    text = content.text_of(shown)
    if text is content.Text.INVISIBLE:
        content.drop_text(pdf, shown)
    elif text is not content.Text.NONE:
        return Own.WRONG
    return Own.NOTHING if not pdfa or content.is_plain(shown) else Own.WRONG


def _says(document: Document, page: Page) -> bool:
    """Whether the page's own text is what was read, sign for sign, without any repair."""
    layer = document.layer(page.number) if page.source is Source.TEXT_LAYER else None
    if layer is None:
        return False
    return Counter(squeeze("".join(char["text"] for char in layer.chars))) == Counter(squeeze(page.text))


def _replace(pdf: Pdf, shown: PdfPage, picture: Pdf) -> None:
    """Puts a drawn page in place of what the page was; bookmarks and links to it still lead there."""
    pdf.pages.extend(picture.pages)
    new = pdf.pages[-1]
    for key in list(shown.obj.keys()):
        if key not in ("/Type", "/Parent"):
            del shown.obj[key]
    for key in ("/MediaBox", "/Resources", "/Contents"):
        shown.obj[key] = new.obj[key]
    del pdf.pages[-1]


def _lay(pdf: Pdf, shown: PdfPage, page: Page, font: Object, codes: Codes) -> None:
    """Lays the page's reading under what it shows. A page that was read on its side or on its head is shown upright."""
    rows = rows_of(page)
    if not rows or not page.dpi:
        return
    quarter = round(page.rotation / 90) * 90
    if quarter % 360:
        shown.rotate(quarter, relative=True)
    frame, scale = content.frame_of(shown), _POINTS / page.dpi
    rows = untilted(rows, page, page.rotation - quarter, frame.width / scale, frame.height / scale)
    matrix = " ".join(f"{number:g}" for number in frame.matrix)
    words = operators(rows, codes, _FONT, scale, frame.height)
    content.own_resources(shown)["/Font"][f"/{_FONT}"] = font
    shown.contents_add(Stream(pdf, f"q {matrix} cm\n".encode("ascii") + words + b"\nQ\n"), prepend=True)


def _save(pdf: Pdf, target: Path) -> None:
    """Writes so that nobody sees half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".saraban-") as folder:
        made = Path(folder) / "made.pdf"
        pdf.save(made, deterministic_id=True, min_version="1.7")
        made.replace(target)

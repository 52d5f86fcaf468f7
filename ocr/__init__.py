"""Files to pages: loading, text layers, page cleaning, layout, Tesseract, QR codes."""

from ocr.document import Document, open_document
from ocr.kinds import FileKind
from ocr.limits import Limits
from ocr.reader import Reader, Wanted, read_page, read_pages, read_wanted
from ocr.upright import turned

__all__ = ["Document", "FileKind", "Limits", "Reader", "Wanted", "open_document", "read_page", "read_pages",
           "read_wanted", "turned"]

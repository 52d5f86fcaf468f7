"""Pictures as pages of a PDF (through img2pdf): JPEG, PNG and fax data go in as they are, without being coded anew."""

from __future__ import annotations

import io
from pathlib import Path

import img2pdf
import numpy as np
from pikepdf import Pdf, PdfError
from PIL import Image

from ocr.document import Document

_LOSSLESS = 1_500_000  # bytes of a drawn page above which it goes in as JPEG
_QUALITY = 90
# What img2pdf says of pictures it cannot take over: transparent, 16-bit, mirrored, cut off at the end.
_REFUSED = (img2pdf.ImageOpenError, img2pdf.AlphaChannelError, img2pdf.ExifOrientationError,
            img2pdf.UnsupportedColorspaceError, img2pdf.JpegColorspaceError, img2pdf.PdfTooLargeError,
            NotImplementedError, OSError, ValueError, TypeError, SyntaxError)


def as_pages(original: Path, document: Document) -> Pdf | None:
    """A picture file as a PDF, its data untouched, each page as large as its resolution says; ``None`` for a file
    whose data a PDF cannot take over."""
    try:
        pdf = Pdf.open(io.BytesIO(_convert(original.read_bytes(), document.dpi(1))))
    except (*_REFUSED, PdfError):
        return None
    if len(pdf.pages) != document.page_count:
        pdf.close()
        return None
    return pdf


def drawn(document: Document, number: int) -> Pdf:
    """A PDF of one page: the page as it is seen, as a picture. Small or drawn pages stay exact; noisy ones become
    JPEG."""
    image = _greyed(document.image(number))
    made = io.BytesIO()
    image.save(made, "PNG", optimize=False)
    if made.tell() > _LOSSLESS:
        made = io.BytesIO()
        image.save(made, "JPEG", quality=_QUALITY)
    return Pdf.open(io.BytesIO(_convert(made.getvalue(), document.dpi(number))))


def _convert(data: bytes, dpi: int) -> bytes:
    layout = img2pdf.get_fixed_dpi_layout_fun((dpi, dpi))
    made: bytes = img2pdf.convert(data, layout_fun=layout, nodate=True, engine=img2pdf.Engine.pikepdf)
    return made


def _greyed(image: Image.Image) -> Image.Image:
    """Grey where the image holds no colour."""
    if image.mode != "RGB":
        return image
    pixels = np.asarray(image)
    grey = bool((pixels[..., 0] == pixels[..., 1]).all() and (pixels[..., 1] == pixels[..., 2]).all())
    return image.convert("L") if grey else image

"""A copy of a PDF with the receiving stamp on one of its pages; the file itself is never changed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from pikepdf import Dictionary, Name, Pdf, PdfError, Stream
from pikepdf import Page as PdfPage
from PIL import Image

from letters import Box, Page
from letters.errors import DamagedFile, NotFound
from registers.stamp import HEIGHT_CM, WIDTH_CM, Stamp, drawn, spot

_POINTS_PER_CM = 72 / 2.54
_BLUE = "0.08 0.17 0.55 rg"
_SURE = 128  # grey that counts as ink


def stamped(pdf: Path, page: int, stamp: Stamp, read: Page | None = None, kept: Sequence[Box] = ()) -> bytes:
    """The PDF with the stamp on a page (from 1), beside what was ``read`` there and other places to be ``kept`` clear
    (pixels of the page as read). Raises
    :class:`letters.errors.DamagedFile` for a PDF that cannot be changed, :class:`letters.errors.NotFound` for a page it
    does not have."""
    try:
        with Pdf.open(pdf) as document:
            if not 1 <= page <= len(document.pages):
                raise NotFound(f"{pdf.stem} {page}")
            _put(document, document.pages[page - 1], stamp, _taken(read, kept))
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()
    except PdfError as error:
        raise DamagedFile(pdf.name) from error


def _taken(read: Page | None, kept: Sequence[Box]) -> list[tuple[float, float, float, float]]:
    """Boxes in parts of the page: of words, since a line's box spans the gaps in it, and of lines without words."""
    if read is None or not read.width or not read.height:
        return []
    print_ = [one.box for line in read.lines for one in (line.words or (line,))]
    return [(box.left / read.width, box.top / read.height, box.right / read.width, box.bottom / read.height)
            for box in (*print_, *kept) if box]


def _put(document: Pdf, page: PdfPage, stamp: Stamp, boxes: Sequence[tuple[float, float, float, float]]) -> None:
    width, height, turn, box = _shown(page)
    place = spot(width / _POINTS_PER_CM, height / _POINTS_PER_CM, boxes)
    wide, high = WIDTH_CM * _POINTS_PER_CM, HEIGHT_CM * _POINTS_PER_CM
    matrix = _matrix(place.left * width, height - place.top * height - high, wide, high, turn, box)
    name = page.add_resource(_mask(document, drawn(stamp)), Name.XObject)
    numbers = " ".join(f"{value:.3f}" for value in matrix)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(f"\nQ q {_BLUE} {numbers} cm {name} Do Q\n".encode())


def _mask(document: Pdf, image: Image.Image) -> Stream:
    """Ink as a stencil: what is not ink lets the page through."""
    bits = image.point(lambda grey: 0 if grey >= _SURE else 255).convert("1")
    return Stream(document, zlib.compress(bits.tobytes(), 9), Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ImageMask=True,
        BitsPerComponent=1, Filter=Name.FlateDecode))


def _shown(page: PdfPage) -> tuple[float, float, int, tuple[float, float, float, float]]:
    """Width and height (points) as shown, degrees by which it is turned clockwise, and the box it is cut to."""
    left, bottom, right, top = (float(value) for value in page.cropbox.as_list())
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    turn = int(page.obj.get("/Rotate", 0)) % 360
    wide, high = box[2] - box[0], box[3] - box[1]
    return (high, wide, turn, box) if turn in (90, 270) else (wide, high, turn, box)


def _matrix(x: float, y: float, wide: float, high: float, turn: int,
            box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """From the unit square to a rectangle whose left bottom corner is shown at ``x``, ``y`` (points, from the left and
    the bottom of the page as shown), on a page that is turned by ``turn`` degrees clockwise when it is shown."""
    left, bottom, right, top = box
    return {
        90: (0, wide, -high, 0, right - y, bottom + x),
        180: (-wide, 0, 0, -high, right - x, top - y),
        270: (0, -wide, high, 0, left + y, top - x),
    }.get(turn, (wide, 0, 0, high, left + x, bottom + y))

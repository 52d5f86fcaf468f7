"""Small files that the tests of this room read: PDFs by pikepdf, page images drawn with Debian's Thai fonts."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from ocr.layout import Print, read_print
from ocr.tesseract import PACKAGED, read_lines
from ocr.together import Underway, together

FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
DPI = 200
A4_POINTS = (595, 842)


def sheet(width: int = 1654, height: int = 2339) -> Image.Image:
    """An empty A4 page at 200 dpi."""
    return Image.new("RGB", (width, height), "white")


def write(page: Image.Image, at: tuple[int, int], text: str, size: int = 48, ink: str = "black") -> None:
    """Text with its left top corner at ``at``, shaped as Thai must be."""
    font = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.RAQM)
    ImageDraw.Draw(page).text(at, text, fill=ink, font=font)


def letter() -> Image.Image:
    """The head and two lines of an invented letter; the number is left and the office right on one line."""
    page = sheet()
    write(page, (180, 300), "ที่ ชม 0023.3/ว 125")
    write(page, (1050, 300), "ศาลากลางจังหวัดเชียงใหม่")
    write(page, (180, 420), "เรื่อง  การบันทึกข้อมูลในระบบ")
    write(page, (180, 500), "ผู้ว่าราชการจังหวัดที่นี้ได้ขอให้ปู่ฟื้นฟูน้ำ")
    return page


def page_of_text(text: str = "องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้แล้วเสร็จ", lines: int = 12) -> Image.Image:
    """An A4 page of one sentence, line by line, each beginning elsewhere."""
    page = sheet()
    for row in range(lines):
        write(page, (180 + 37 * (5 * row % 8), 300 + 100 * row), text)
    return page


def pdf(path: Path, *boxes: tuple[float, float, float, float], crop: tuple[float, float, float, float] | None = None,
        content: bytes = b"", image: Image.Image | None = None, rotate: int = 0) -> Path:
    """A PDF with a page of each MediaBox; ``content`` is drawn on each, ``image`` fills its CropBox."""
    document = pikepdf.new()
    for box in boxes:
        document.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        page = document.pages[-1]
        page.MediaBox = pikepdf.Array(box)
        if crop:
            page.CropBox = pikepdf.Array(crop)
        if rotate:
            page.Rotate = rotate
        stream = content
        if image is not None:
            left, bottom, right, top = crop or box
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=_image(document, image)))
            stream += f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /Im Do Q".encode()
        page.Contents = document.make_stream(stream)
    document.save(path)
    return path


def _image(document: pikepdf.Pdf, image: Image.Image) -> pikepdf.Stream:
    grey = image.convert("L")
    return pikepdf.Stream(document, grey.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                          Width=grey.width, Height=grey.height, BitsPerComponent=8,
                          ColorSpace=pikepdf.Name.DeviceGray)


def a4(*, pages: int = 1) -> list[tuple[float, float, float, float]]:
    """MediaBoxes of A4 pages."""
    return [(0.0, 0.0, float(A4_POINTS[0]), float(A4_POINTS[1]))] * pages


def printed(page: Image.Image, languages: str = "tha+eng") -> Print:
    """What is printed on a page of 200 dpi, read by the real Tesseract."""
    reading = Underway("page", read_print(page, DPI), 60)
    together([reading], lambda images, seconds, name: read_lines(images, languages, PACKAGED, seconds, name))
    assert isinstance(reading.came_to, Print)
    return reading.came_to

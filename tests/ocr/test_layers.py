"""Text layers as PDF makers write them, in small PDFs: believed where they can be put right, read by eye where not."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from letters import Ink, Source
from letters.text import squeeze
from ocr import open_document, read_page
from tests.ocr.paper import a4, pdf
from tests.ocr.test_reader import STOCK, one
from tests.ocr.test_stamps import stamp

GOOD = "ให้องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูลให้แล้วเสร็จ"
FIRST_CODE = 33


def layered(path: Path, said: str, place: str = "1 0 0 1 60 700 Tm", *, rotate: int = 0,
            crop: tuple[float, float, float, float] | None = None) -> Path:
    """A PDF that draws Latin letters and whose ToUnicode map says that they are ``said``."""
    codes = {sign: FIRST_CODE + place for place, sign in enumerate(dict.fromkeys(said))}
    text = "".join(f"{codes[sign]:02x}" for sign in said)
    pdf(path, *a4(), content=f"BT /F1 14 Tf {place} <{text}> Tj ET".encode(), rotate=rotate, crop=crop)
    pairs = "\n".join(f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items())
    cmap = (f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{pairs}\nendbfchar\n"
            f"endcmap end end")
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier,
                                  ToUnicode=document.make_stream(cmap.encode()))
        document.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        document.save(path)
    return path


@pytest.mark.parametrize(("said", "printed"), [
    ("กำหนดให้ส่งรายงาน" + GOOD, "กำหนดให้ส่งรายงาน" + GOOD),
    ("ก\u0e4d\u0e32หนดให้ส่งรายงาน" + GOOD, "กำหนดให้ส่งรายงาน" + GOOD),            # ำ in two parts
    ("กำหนดให\uf70bส\uf70aงรายงาน" + GOOD, "กำหนดให้ส่งรายงาน" + GOOD),             # shifted shapes, private code points
    ("น\u0e4d\u0e49\u0e32 น\u0e49\u0e4d\u0e32" + GOOD, "น้ำน้ำ" + GOOD),
    ("เเละกำหนดให้ส่งรายงาน" + GOOD, "และกำหนดให้ส่งรายงาน" + GOOD),
])
def test_marks_of_a_layer_are_put_right(tmp_path: Path, said: str, printed: str) -> None:
    page = one(layered(tmp_path / "a.pdf", said))
    assert page.source is Source.TEXT_LAYER
    assert squeeze(page.text) == printed


@pytest.mark.tesseract
@pytest.mark.parametrize("said", [
    "".join(chr(ord(sign) + 1) if "ก" <= sign <= "ศ" else sign for sign in GOOD),  # a map that is off by one
    GOOD.replace("า", "").replace("้", "").replace("่", "").replace("อ", ""),      # a map with holes
    "\ufffd" * 30 + GOOD,
])
def test_a_layer_with_a_wrong_map_is_read_by_eye(tmp_path: Path, said: str) -> None:
    page = one(layered(tmp_path / "a.pdf", said))
    assert page.source is Source.OCR
    assert GOOD[:12] not in squeeze(page.text)


def test_what_the_crop_box_hides_is_no_text(tmp_path: Path) -> None:
    assert one(layered(tmp_path / "a.pdf", GOOD, crop=(0, 600, 595, 842))).text == GOOD
    hidden = layered(tmp_path / "b.pdf", GOOD, crop=(0, 0, 595, 600))
    with open_document(hidden) as document:
        page = read_page(document, 1, STOCK)
        assert (page.lines, page.width, page.height) == ((), *document.image(1).size)


@pytest.mark.parametrize("tilted", ["0.7 0.7 -0.7 0.7", "0 1 -1 0", "0.9 -0.4 0.4 0.9"])
def test_words_around_a_seal_or_across_the_page_are_no_lines(tmp_path: Path, tilted: str) -> None:
    assert one(layered(tmp_path / "a.pdf", GOOD, f"{tilted} 300 300 Tm <21222324> Tj 1 0 0 1 60 700 Tm")).text == GOOD


@pytest.mark.parametrize(("rotate", "place", "left", "top"), [
    (0, "1 0 0 1 60 700 Tm", 60, 842 - 700),
    (90, "0 1 -1 0 142 60 Tm", 60, 142),      # drawn upwards, shown after a quarter turn clockwise
    (180, "-1 0 0 -1 535 142 Tm", 60, 142),
    (270, "0 -1 1 0 453 782 Tm", 60, 142),
])
def test_layer_of_a_rotated_page(tmp_path: Path, rotate: int, place: str, left: int, top: int) -> None:
    """Text and boxes as the page is shown, whatever /Rotate says."""
    page = one(layered(tmp_path / "a.pdf", GOOD, place, rotate=rotate))
    assert (page.source, page.text, page.rotation) == (Source.TEXT_LAYER, GOOD, 0)
    assert (page.width < page.height) is (rotate % 180 == 0)
    box = page.lines[0].box
    assert box
    assert box.left == pytest.approx(left * 300 / 72, abs=4)
    assert box.bottom == pytest.approx(top * 300 / 72, abs=25)


@pytest.mark.tesseract
@pytest.mark.parametrize(("ink", "rows"), [("#d02030", 4), ("black", 0)])
def test_a_stamp_put_on_a_digital_letter_as_a_picture_is_read(tmp_path: Path, ink: str, rows: int) -> None:
    """Offices that work with files stamp them so. In black it cannot be told from a picture of the letter's own."""
    path = layered(tmp_path / "a.pdf", GOOD)
    picture = Image.new("RGB", (490, 216), "white")
    picture.paste(shown := stamp(ink), (0, 0), shown)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        page = document.pages[0]
        image = document.make_stream(picture.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
                                     Width=490, Height=216, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8)
        page.Resources.XObject = pikepdf.Dictionary(I=image)
        page.contents_add(b"q 176 0 0 78 380 740 cm /I Do Q")
        document.save(path)
    read = one(path)
    assert read.source is Source.TEXT_LAYER
    assert [line.text for line in read.lines if line.ink is Ink.PRINT] == [GOOD]
    stamped = [line for line in read.lines if line.ink is Ink.STAMP]
    assert len(stamped) == rows
    assert not rows or "1290" in " ".join(line.text for line in stamped)
    boxes = [line.box for line in stamped if line.box]
    assert len(boxes) == rows
    assert all(box.left > 0.6 * read.width and box.bottom < 0.15 * read.height for box in boxes)

"""The searchable PDF: what every reader of PDFs gets out of it, and that the pages stay as they came."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from letters import Box, Line, Page, Source, Word
from letters.text import squeeze
from ocr import open_document
from ocr.searchable import write_searchable
from ocr.searchable.font import Codes, font_file
from ocr.searchable.layer import rows_of
from ocr.searchable.write import NoPictures
from ocr.upright import turned
from tests.ocr.paper import a4, pdf, sheet, write

DPI, WIDTH, HEIGHT = 200, 1654, 2339
LINES = (
    "ที่ มท ๐๘๐๘.๒/ว ๑๒๓๔๕๖๗๘๙๐  ศาลากลางจังหวัดเชียงใหม่",
    "เรื่อง  การนำน้ำเข้าพื้นที่ตามหนังสือกรมส่งเสริมฯ (INFO) ที่ ๙",
    "ปู่ฟื้นฟูกตัญญูทำให้ผู้รู้ ๒ คน",
)


def placed(text: str, top: float, left: float = 180, letter: float = 14.0, height: float = 46) -> Line:
    """A line whose words stand where their letters would."""
    words, at = [], left
    for part in text.split(" "):
        width = letter * max(1, len(part))
        if part:
            words.append(Word(part, 0.9, Box(at, top, at + width, top + height)))
        at += width + 12
    box = Box(left, top, words[-1].box.right, top + height) if words[-1].box else None
    return Line(text, tuple(words), box, 0.9)


def reading(number: int = 1, lines: tuple[str, ...] = LINES) -> Page:
    rows = tuple(placed(text, 300 + 90 * row) for row, text in enumerate(lines))
    return Page(number, rows, Source.OCR, WIDTH, HEIGHT, DPI)


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    page = sheet()
    write(page, (180, 300), "ที่ มท")
    return page


def made(original: Path, pages: list[Page], target: Path, *, pdfa: bool = False) -> Path:
    with open_document(original) as document:
        write_searchable(original, document, {page.number: page for page in pages}, target, pdfa=pdfa)
    return target


def by_pdfium(path: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return document[page].get_textpage().get_text_range()


def by_pdfplumber(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return document.pages[0].extract_text()


def by_poppler(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


READERS = [by_pdfium, by_pdfplumber,
           pytest.param(by_poppler, marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="no poppler here"))]


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.replace("\f", "").splitlines() if line.strip()]


@pytest.mark.parametrize("read", READERS)
def test_every_reader_gets_the_reading_line_by_line(tmp_path: Path, scan: Image.Image, read) -> None:
    original = pdf(tmp_path / "a.pdf", *a4(), image=scan)
    target = made(original, [reading()], tmp_path / "b.pdf")
    assert lines_of(read(target)) == [" ".join(line.split()) for line in LINES]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_are_found_where_they_are_printed(tmp_path: Path, scan: Image.Image, rotate: int) -> None:
    wide = rotate in (90, 270)
    box = (10.0, 20.0, 10.0 + (842 if wide else 595), 20.0 + (595 if wide else 842))
    original = pdf(tmp_path / "a.pdf", (0, 0, box[2] + 30, box[3] + 5), crop=box, image=scan, rotate=rotate)
    target = made(original, [reading()], tmp_path / "b.pdf")
    with pypdfium2.PdfDocument(target) as document:
        text = document[0].get_textpage()
        left, bottom, right, top = _first_rect(text, "กตัญญู")
    word = reading().lines[2].words[0].box
    assert word is not None
    points = 72 / DPI
    across, up = _as_shown(((left + right) / 2 - box[0], (bottom + top) / 2 - box[1]), rotate, box)
    assert word.left * points < across < word.right * points
    assert word.top * points < 842 - up < word.bottom * points


def _first_rect(text: pypdfium2.PdfTextPage, word: str) -> tuple[float, float, float, float]:
    """Where the word is lit up when it is looked for: left, bottom, right, top in points of the page."""
    found = text.search(word).get_next()
    assert found is not None
    assert text.count_rects(*found) == 1
    return text.get_rect(0)


def _as_shown(point: tuple[float, float], rotate: int, box: tuple[float, float, float, float]) -> tuple[float, float]:
    """A point of the page, from the corner of its CropBox, as a person sees it, from the lower left."""
    x, y = point
    width, height = box[2] - box[0], box[3] - box[1]
    return {0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[rotate]


def test_a_letter_inside_a_long_word_is_lit_up_in_place(tmp_path: Path, scan: Image.Image) -> None:
    text = "องค์กรปกครองส่วนท้องถิ่นบันทึกข้อมูล"
    original = pdf(tmp_path / "a.pdf", *a4(), image=scan)
    target = made(original, [reading(lines=(text,))], tmp_path / "b.pdf")
    with pypdfium2.PdfDocument(target) as document:
        left, _, right, _ = _first_rect(document[0].get_textpage(), "ท้องถิ่น")
    # 15 letters with a width of their own stand before the word, 6 in it, 6 behind it.
    word = reading(lines=(text,)).lines[0].words[0].box
    assert word is not None
    whole, points = word.width / 28, 72 / DPI
    assert left == pytest.approx((word.left + 15 * whole) * points, abs=2 * whole * points)
    assert right == pytest.approx((word.left + 21 * whole) * points, abs=2 * whole * points)


def test_the_scan_keeps_its_own_data_and_looks_the_same(tmp_path: Path, scan: Image.Image) -> None:
    scan.save(tmp_path / "a.jpg", quality=70, dpi=(DPI, DPI))
    target = made(tmp_path / "a.jpg", [reading()], tmp_path / "b.pdf")
    with pikepdf.open(target) as document:
        assert _picture(document) == (tmp_path / "a.jpg").read_bytes()
    bare = made(tmp_path / "a.jpg", [], tmp_path / "c.pdf")
    assert _drawn(target) == _drawn(bare)


def _picture(document: pikepdf.Pdf) -> bytes:
    """The first picture of the first page, as it is coded."""
    objects = document.pages[0].obj.Resources.XObject
    return next(found for _, found in objects.items() if found.Subtype == pikepdf.Name.Image).read_raw_bytes()


def _drawn(path: Path) -> bytes:
    with pypdfium2.PdfDocument(path) as document:
        return document[0].render(scale=1).to_pil().tobytes()


@pytest.mark.parametrize("name", ["a.png", "a.tif", "clear.png"])
def test_pictures_of_every_kind_become_pages(tmp_path: Path, scan: Image.Image, name: str) -> None:
    picture = scan.convert("RGBA") if name == "clear.png" else scan
    if name == "clear.png":
        picture.putpixel((0, 0), (0, 0, 0, 0))
    if name == "a.tif":
        picture.save(tmp_path / name, dpi=(DPI, DPI), save_all=True, append_images=[scan])
    else:
        picture.save(tmp_path / name, dpi=(DPI, DPI))
    pages = [reading(), reading(2)] if name == "a.tif" else [reading()]
    target = made(tmp_path / name, pages, tmp_path / "b.pdf")
    for number in range(len(pages)):
        assert squeeze(by_pdfium(target, number)) == squeeze("".join(LINES))


@pytest.mark.parametrize("rotation", [0.0, 2.5, 90.0, 93.0, 180.0, -88.0, -182.0, 270.0])
def test_words_of_a_turned_page_are_found_where_they_are_shown(tmp_path: Path, rotation: float) -> None:
    original = sheet()
    original.paste("black", (1100, 500, 1160, 540))
    original.save(tmp_path / "a.png", dpi=(DPI, DPI))
    read = turned(original, rotation)
    left, top, right, bottom = ImageOps.invert(read.convert("L")).getbbox()
    box = Box(left, top, right, bottom)
    page = Page(1, (Line("น้ำ", (Word("น้ำ", 1, box),), box),), Source.OCR, *read.size, DPI, rotation=rotation)
    target = made(tmp_path / "a.png", [page], tmp_path / "b.pdf")
    with pypdfium2.PdfDocument(target) as document:
        shown = document[0].render(scale=1).to_pil().convert("L")
        found = _first_rect(document[0].get_textpage(), "น้ำ")
        across, up = _as_shown(_middle(found), document[0].get_rotation(), (0, 0, *_unturned(document[0])))
    x, y = _middle(ImageOps.invert(shown).getbbox())
    assert (across, shown.height - up) == pytest.approx((x, y), abs=4)
    assert document_turn(target) == round(rotation / 90) * 90 % 360


def _middle(box: tuple[float, float, float, float] | None) -> tuple[float, float]:
    assert box is not None
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _unturned(page: pypdfium2.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def document_turn(path: Path) -> int:
    """By how many degrees the first page is shown turned clockwise."""
    with pypdfium2.PdfDocument(path) as document:
        return document[0].get_rotation()


@pytest.mark.parametrize("orientation", [3, 6, 8, 2])
def test_what_a_camera_says_of_its_picture_is_heeded(tmp_path: Path, scan: Image.Image, orientation: int) -> None:
    marks = Image.Exif()
    marks[0x0112] = orientation
    upright = sheet()
    write(upright, (180, 300), "ที่ มท")
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270,
            2: Image.Transpose.FLIP_LEFT_RIGHT}
    upright.transpose(back[orientation]).save(tmp_path / "a.jpg", exif=marks, dpi=(DPI, DPI), quality=95)
    target = made(tmp_path / "a.jpg", [reading()], tmp_path / "b.pdf")
    assert lines_of(by_pdfium(target)) == [" ".join(line.split()) for line in LINES]
    with pypdfium2.PdfDocument(target) as document:
        shown = document[0].render(scale=1).to_pil().convert("L")
    left, top, _, _ = ImageOps.invert(shown.point(lambda grey: 255 if grey > 128 else 0)).getbbox() or (0, 0, 0, 0)
    assert (left, top) == pytest.approx((180 * 72 / DPI, 310 * 72 / DPI), abs=8)


HELVETICA = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)


def with_text(path: Path, operators: bytes, scan: Image.Image | None, *, inside_form: bool = False) -> Path:
    """A PDF with Latin text of its own, above a scan if one is given."""
    pdf(path, *a4(), image=scan)
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        page = document.pages[0]
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        resources["/Font"] = pikepdf.Dictionary(F1=HELVETICA)
        page.obj["/Resources"] = resources
        if inside_form:
            form = pikepdf.Stream(document, operators, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                                  BBox=pikepdf.Array([0, 0, 595, 842]), Resources=resources)
            objects = pikepdf.Dictionary({**dict(resources.get("/XObject", pikepdf.Dictionary()).items()), "/Fm": form})
            page.obj["/Resources"] = pikepdf.Dictionary(XObject=objects)
            operators = b"/Fm Do"
        page.contents_add(pikepdf.Stream(document, operators))
        document.save(path)
    return path


INVISIBLE = b"BT /F1 12 Tf 3 Tr 50 700 Td (old words) Tj ET"
VISIBLE = b"BT /F1 12 Tf 50 700 Td (old words) Tj ET"


@pytest.mark.parametrize("inside_form", [False, True])
def test_text_laid_under_a_scan_before_is_not_doubled(tmp_path: Path, scan: Image.Image, inside_form: bool) -> None:
    original = with_text(tmp_path / "a.pdf", INVISIBLE, scan, inside_form=inside_form)
    assert "old words" in by_pdfium(original)
    target = made(original, [reading()], tmp_path / "b.pdf")
    assert squeeze(by_pdfium(target)) == squeeze("".join(LINES))
    with pikepdf.open(target) as document, pikepdf.open(original) as before:
        assert _picture(document) == _picture(before)


def test_bad_visible_text_gives_way_to_a_picture_of_itself(tmp_path: Path) -> None:
    original = with_text(tmp_path / "a.pdf", VISIBLE, None)
    target = made(original, [reading()], tmp_path / "b.pdf")
    assert squeeze(by_pdfium(target)) == squeeze("".join(LINES))
    with pypdfium2.PdfDocument(target) as document:
        ink = document[0].render(scale=2).to_pil().convert("L").crop((100, 260, 220, 300))
    assert ink.getextrema()[0] < 100


def test_a_page_whose_own_text_is_right_is_left_alone(tmp_path: Path) -> None:
    original = with_text(tmp_path / "a.pdf", VISIBLE, None)
    page = Page(1, (Line("old words"),), Source.TEXT_LAYER, 2480, 3508, 300)
    target = made(original, [page], tmp_path / "b.pdf")
    with pikepdf.open(target) as document, pikepdf.open(original) as before:
        now, then = (pikepdf.unparse_content_stream(pikepdf.parse_content_stream(one.pages[0]))
                     for one in (document, before))
        assert now == then
    assert by_pdfium(target).strip() == "old words"


def test_its_own_product_is_not_doubled_either(tmp_path: Path, scan: Image.Image) -> None:
    first = made(pdf(tmp_path / "a.pdf", *a4(), image=scan), [reading()], tmp_path / "b.pdf")
    again = made(first, [reading()], tmp_path / "c.pdf")
    assert squeeze(by_pdfium(again)) == squeeze("".join(LINES))


def test_the_same_packet_gives_the_same_bytes(tmp_path: Path, scan: Image.Image) -> None:
    original = pdf(tmp_path / "a.pdf", *a4(), image=scan)
    for pdfa in (False, True):
        one = made(original, [reading()], tmp_path / "b.pdf", pdfa=pdfa).read_bytes()
        assert made(original, [reading()], tmp_path / "c.pdf", pdfa=pdfa).read_bytes() == one


def test_text_files_have_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ที่ มท ๑", encoding="utf-8")
    with pytest.raises(NoPictures):
        made(tmp_path / "a.txt", [reading()], tmp_path / "b.pdf")
    assert not (tmp_path / "b.pdf").exists()


@pytest.fixture
def archival(tmp_path: Path, scan: Image.Image) -> Iterator[pikepdf.Pdf]:
    original = with_text(tmp_path / "a.pdf", VISIBLE, scan)
    with pikepdf.open(original, allow_overwriting_input=True) as document:
        document.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("beep()"))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9])
        document.pages[0].obj["/Annots"] = pikepdf.Array([document.make_indirect(note)])
        document.save(original)
    with pikepdf.open(made(original, [reading()], tmp_path / "b.pdf", pdfa=True)) as document:
        yield document


def test_an_archival_copy_says_what_it_is(archival: pikepdf.Pdf) -> None:
    with archival.open_metadata() as words:
        assert (words["pdfaid:part"], words["pdfaid:conformance"]) == ("2", "B")
        assert words["dc:title"] == "a" == str(archival.docinfo["/Title"])
        assert words["pdf:Producer"] == str(archival.docinfo["/Producer"])
    (intent,) = archival.Root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == (pikepdf.Name.GTS_PDFA1, 3)
    assert intent.DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "
    assert "/ID" in archival.trailer
    assert "/Encrypt" not in archival.trailer


def test_an_archival_copy_holds_nothing_but_pages(archival: pikepdf.Pdf) -> None:
    assert set(archival.Root.keys()) <= {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
    (page,) = archival.pages
    assert set(page.obj.keys()) <= {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}


@pytest.mark.parametrize(("operators", "stays"), [
    (b"", True),
    (b"/Artifact <</Type /Layout>> BDC EMC ", True),
    (b"0.5 g 10 10 5 5 re f ", True),
    (b"/OC /Layer1 BDC EMC ", False),
    (b"/Span <</ActualText (other)>> BDC EMC ", False),
    (b"0 0 0 1 k 10 10 5 5 re f ", False),
    (b"/State1 gs ", False),
])
def test_an_archival_copy_keeps_plain_scans_and_draws_all_else(tmp_path: Path, scan: Image.Image, operators: bytes,
                                                               stays: bool) -> None:
    original = pdf(tmp_path / "a.pdf", *a4(), image=scan, content=operators)
    target = made(original, [reading()], tmp_path / "b.pdf", pdfa=True)
    with pikepdf.open(target) as document, pikepdf.open(original) as before:
        assert (_picture(document) == _picture(before)) is stays
    assert squeeze(by_pdfium(target)) == squeeze("".join(LINES))


def test_all_fonts_of_an_archival_copy_are_embedded_with_their_widths(archival: pikepdf.Pdf) -> None:
    fonts = [found for found in archival.objects
             if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == pikepdf.Name.FontDescriptor]
    assert [str(font.FontName) for font in fonts] == ["/SarabanInvisible"]
    assert fonts[0].FontFile2.read_bytes()[:4] == b"\0\1\0\0"
    shapes = next(found for found in archival.objects if isinstance(found, pikepdf.Dictionary)
                  and found.get("/Subtype") == pikepdf.Name.CIDFontType2)
    assert len(shapes.W[1]) == len(set("".join(rows.text for rows in rows_of(reading()))))


def test_what_a_validator_counts_holds_in_an_archival_copy(archival: pikepdf.Pdf) -> None:
    """Clauses of ISO 19005-2 that can be counted without a validator: 6.2.11 fonts, 6.2.8 images, 6.6.1 actions,
    6.1.3 identifiers, 6.1.12 limits."""
    dictionaries = [found for found in archival.objects if isinstance(found, pikepdf.Dictionary | pikepdf.Stream)]
    fonts = [found for found in dictionaries if found.get("/Type") == pikepdf.Name.Font]
    whole = [font for font in fonts if font.Subtype == pikepdf.Name.Type0]
    assert whole
    for font in whole:
        (shapes,) = font.DescendantFonts
        assert font.Encoding == pikepdf.Name("/Identity-H")
        assert shapes.CIDToGIDMap == pikepdf.Name.Identity or isinstance(shapes.CIDToGIDMap, pikepdf.Stream)
        assert b"beginbfchar" in font.ToUnicode.read_bytes() or b"beginbfrange" in font.ToUnicode.read_bytes()
        assert "/FontFile2" in shapes.FontDescriptor
    assert all(font.Subtype in (pikepdf.Name.Type0, pikepdf.Name.CIDFontType2) for font in fonts)
    images = [found for found in dictionaries if found.get("/Subtype") == pikepdf.Name.Image]
    assert images
    assert not any(image.get("/Interpolate", False) or "/Alternates" in image or "/OPI" in image for image in images)
    assert not any("/JS" in found or "/AA" in found or "/Launch" in found for found in dictionaries)
    assert not any("/LZWDecode" in str(found.get("/Filter", "")) for found in dictionaries)
    assert [len(bytes(part)) for part in archival.trailer.ID] == [16, 16]


def test_an_archival_copy_begins_and_ends_as_a_file_must(archival: pikepdf.Pdf) -> None:
    """ISO 19005-2, 6.1.2 and 6.1.3: a comment of high bytes after the version, nothing after the end."""
    data = Path(archival.filename).read_bytes()
    version, comment, *_ = data.split(b"\n")
    assert version == b"%PDF-1.7"
    assert comment[:1] == b"%" and len(comment) >= 5 and min(comment[1:5]) > 127
    assert data.rstrip(b"\r\n").endswith(b"%%EOF") and len(data) - len(data.rstrip(b"\r\n")) <= 2


def test_nothing_shines_through_in_an_archival_copy(archival: pikepdf.Pdf) -> None:
    """6.2.10 and 6.1.7: no transparency, no layers, no stream outside the file."""
    found = [one for one in archival.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
    assert not any(key in one for one in found for key in ("/SMask", "/Group", "/CA", "/ca", "/BM", "/OCProperties"))
    assert not any("/F" in one for one in found if isinstance(one, pikepdf.Stream))
    assert all(3 <= float(side) <= 14400 for page in archival.pages for side in page.mediabox[2:])


def test_glyphs_of_an_archival_copy_are_as_wide_as_it_says(archival: pikepdf.Pdf) -> None:
    """6.2.11.5 and 6.2.11.8: widths agree with the font's own, and no text asks for a glyph that is not there."""
    shapes = next(found for found in archival.objects if isinstance(found, pikepdf.Dictionary)
                  and found.get("/Subtype") == pikepdf.Name.CIDFontType2)
    font = TTFont(io.BytesIO(shapes.FontDescriptor.FontFile2.read_bytes()))
    first, widths = int(shapes.W[0]), [int(width) for width in shapes.W[1]]
    order = font.getGlyphOrder()
    assert widths == [font["hmtx"][name][0] for name in order[first:]]
    shown = "".join(re.findall(r"<([0-9A-F]+)>", archival.pages[0].Contents[0].read_bytes().decode("ascii")))
    codes = {int(shown[at:at + 4], 16) for at in range(0, len(shown), 4)}
    assert codes == set(range(first, len(order)))


@settings(deadline=None)  # what is tested is no speed, and the first sign opens the font
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40))
def test_any_sign_has_a_glyph_of_its_own(text: str) -> None:
    codes = Codes()
    assert len(codes.hex(text)) == 4 * len(text)
    assert set(codes.signs) == set(text)
    assert codes.width(text) > 0
    assert font_file(codes.signs) == font_file(codes.signs)


NARROW = st.floats(1, 1500, allow_nan=False)


WORD = st.tuples(st.text("กขคที่ำ๑/.", min_size=1, max_size=6), NARROW, NARROW, st.sampled_from(["", " ", "  "]))


@given(st.lists(WORD, min_size=1, max_size=6))
def test_runs_hold_the_whole_line_and_never_overlap(parts: list[tuple[str, float, float, str]]) -> None:
    text = "".join(word + space for word, _, _, space in parts).strip()
    words = tuple(Word(word, 0.5, Box(min(a, b), 10, max(a, b), 40)) for word, a, b, _ in parts)
    (row,) = rows_of(Page(1, (Line(text, words, Box(1, 10, 1500, 40)),), Source.OCR, 1600, 60, 200))
    assert row.text == text
    assert all(run.left < run.right for run in row.runs)
    assert all(one.right <= other.left + 1e-6 for one, other in zip(row.runs, row.runs[1:], strict=False))

"""Files are what they contain, and what cannot be read says so by name."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from letters.errors import (
    BadFile,
    BadRequest,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    LimitExceeded,
    NotFound,
    WrongType,
)
from ocr import FileKind, Limits, open_document
from tests.ocr.paper import a4, letter, pdf, sheet

TEXT = "ที่ ชม ๐๐๒๓.๓/ว ๑๒๕\n"


def made(path: Path, content: str) -> Path:
    """A small good file of the kind named, at ``path`` whatever its suffix."""
    match content:
        case "pdf":
            return pdf(path, *a4())
        case "text":
            path.write_text(TEXT, encoding="utf-8")
        case "text with a mark":
            path.write_text("\ufeff" + TEXT, encoding="utf-8")
        case "pdf after a mail header":
            path.write_bytes(b"X-Sent: 1\xff\n" + pdf(path, *a4()).read_bytes())
        case _:
            sheet(300, 400).save(path, format=content)
    return path


@pytest.mark.parametrize(("content", "name", "kind"), [
    ("pdf", "letter.pdf", FileKind.PDF),
    ("pdf", "letter.txt", FileKind.PDF),
    ("pdf after a mail header", "letter.pdf", FileKind.PDF),
    ("jpeg", "letter.pdf", FileKind.JPEG),
    ("png", "no suffix", FileKind.PNG),
    ("tiff", "letter.jpg", FileKind.TIFF),
    ("text", "letter.pdf", FileKind.TEXT),
    ("text with a mark", "letter.txt", FileKind.TEXT),
])
def test_content_decides_and_not_the_name(tmp_path: Path, content: str, name: str, kind: FileKind) -> None:
    with open_document(made(tmp_path / name, content)) as document:
        assert (document.kind, document.page_count) == (kind, 1)


@pytest.mark.parametrize("name", [
    "หนังสือ ด่วนที่สุด.pdf", "a b\tc.pdf", "-rf.pdf", "$(touch x);`y`.pdf", "..pdf", "%s%n{0}.pdf", "line\nbreak.pdf",
    "x" * 200,
])
def test_hostile_names_are_only_names(tmp_path: Path, name: str) -> None:
    with open_document(made(tmp_path / name, "png")) as document:
        assert document.name == name
        assert document.image(1).size == (300, 400)


@pytest.mark.parametrize(("data", "error"), [
    (b"", EmptyFile),
    (b"\xef\xbb\xbf", EmptyFile),
    (b" \n\f \n...", EmptyFile),
    ("ที่ ชม".encode("cp874"), WrongType),
    ("ที่ ชม".encode("utf-16"), WrongType),
    (b"good text\x00more", WrongType),
    (b"PK\x03\x04" + bytes(40), WrongType),
    (b"\x7fELF" + bytes(range(256)), WrongType),
    (b"\xff\xd8\xff\xe0", DamagedFile),
    (b"\x89PNG\r\n\x1a\n", DamagedFile),
    (b"II*\x00" + b"\xff" * 40, DamagedFile),
    (b"%PDF-1.7\n", DamagedFile),
    (b"%PDF-1.7\nnothing in it\n%%EOF", DamagedFile),
])
def test_what_is_no_letter_is_named(tmp_path: Path, data: bytes, error: type[BadFile]) -> None:
    path = tmp_path / "upload"
    path.write_bytes(data)
    with pytest.raises(error) as raised:
        open_document(path, name="จดหมาย.pdf")
    assert type(raised.value) is error
    assert "จดหมาย.pdf" in raised.value.message("th")


@pytest.mark.parametrize("content", ["pdf", "jpeg", "png", "tiff"])
def test_truncated(tmp_path: Path, content: str) -> None:
    whole = made(tmp_path / "whole", content).read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(whole[:len(whole) * 2 // 3])
    with pytest.raises(DamagedFile):
        open_document(cut)


def test_encrypted_pdf(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path / "open.pdf", *a4())) as document:
        document.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(EncryptedFile):
        open_document(tmp_path / "locked.pdf")


def test_pdf_that_asks_no_password_to_be_read(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path / "open.pdf", *a4())) as document:
        document.save(tmp_path / "printed.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    with open_document(tmp_path / "printed.pdf") as document:
        assert document.page_count == 1


def test_pdf_without_pages(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "none.pdf")
    with pytest.raises(EmptyFile):
        open_document(tmp_path / "none.pdf")


@pytest.mark.parametrize(("content", "limits", "setting"), [
    ("png", Limits(bytes=100), "bytes"),
    ("png", Limits(pixels=300 * 400 - 1), "pixels"),
    ("jpeg", Limits(pixels=300 * 400 - 1), "pixels"),
    ("tiff", Limits(pixels=300 * 400 - 1), "pixels"),
])
def test_limits_name_their_setting(tmp_path: Path, content: str, limits: Limits, setting: str) -> None:
    path = made(tmp_path / "file", content)
    with pytest.raises(LimitExceeded) as raised:
        open_document(path, limits)
    assert setting in raised.value.detail


def test_too_many_pages(tmp_path: Path) -> None:
    frames = [sheet(60, 80) for _ in range(3)]
    frames[0].save(tmp_path / "three.tiff", save_all=True, append_images=frames[1:])
    (tmp_path / "three.txt").write_text("ก\fข\fค\f")
    for path in (pdf(tmp_path / "three.pdf", *a4(pages=3)), tmp_path / "three.tiff", tmp_path / "three.txt"):
        with open_document(path, Limits(pages=3)) as document:
            assert document.page_count == 3
        with pytest.raises(LimitExceeded, match="pages"):
            open_document(path, Limits(pages=2))


def test_png_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    with pytest.raises(LimitExceeded, match="pixels"):
        open_document(path)


def test_huge_page_is_drawn_smaller_or_refused(tmp_path: Path) -> None:
    limits = Limits(pixels=2_000_000)
    path = pdf(tmp_path / "large.pdf", (0, 0, 842, 1191), (0, 0, 14400, 14400))
    with open_document(path, limits) as document:
        assert document.dpi(1) == 101
        width, height = document.image(1).size
        assert 1_900_000 < width * height <= limits.pixels * 1.01
        with pytest.raises(LimitExceeded, match="page 2"):
            document.image(2)


def test_image_bomb_inside_a_pdf(tmp_path: Path) -> None:
    path = pdf(tmp_path / "bomb.pdf", *a4(), image=sheet(300, 400))
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.pages[0].Resources.XObject.Im.Width = 100_000
        document.pages[0].Resources.XObject.Im.Height = 100_000
        document.save(path)
    with open_document(path) as document, pytest.raises(LimitExceeded, match="pixels"):
        document.image(1)


def test_crop_box_and_rotation_are_respected(tmp_path: Path) -> None:
    corner = b"0 g 0 1000 50 50 re f"  # above the CropBox: must not be seen
    path = pdf(tmp_path / "crop.pdf", (0, 0, 600, 1224), crop=(0, 0, 600, 800), content=corner)
    with open_document(path) as document:
        image = document.image(1, dpi=72)
        assert image.size == (600, 800)
        assert image.convert("L").getextrema() == (255, 255)
    path = pdf(tmp_path / "turned.pdf", (0, 0, 600, 800), content=b"0 g 0 700 100 100 re f", rotate=90)
    with open_document(path) as document:
        image = document.image(1, dpi=72)
        assert image.size == (800, 600)
        assert image.convert("L").getpixel((750, 50)) == 0


@pytest.mark.parametrize(("pixels", "dpi"), [((1654, 2339), 200), ((2481, 3508), 300)])
def test_scan_in_a_pdf_keeps_its_own_resolution(tmp_path: Path, pixels: tuple[int, int], dpi: int) -> None:
    with open_document(pdf(tmp_path / "scan.pdf", *a4(), image=sheet(*pixels))) as document:
        assert document.dpi(1) == pytest.approx(dpi, abs=1)
        assert document.image(1).width == pytest.approx(pixels[0], abs=8)


def test_page_that_is_no_scan_is_drawn_at_300_dpi(tmp_path: Path) -> None:
    with open_document(pdf(tmp_path / "drawn.pdf", *a4())) as document:
        assert document.dpi(1) == 300
        assert document.image(1, dpi=100).width == pytest.approx(826, abs=1)


@pytest.mark.parametrize(("size", "stated", "dpi"), [
    ((1654, 2339), (200, 200), 200),
    ((2409, 3437), (300, 300), 300),
    ((2409, 3437), (72, 72), 291),     # a camera's default: the sheet would be 33 inches wide
    ((2409, 3437), None, 291),
    ((2409, 3437), (2000, 2000), 291),
    ((2339, 1654), None, 200),         # A4 lying on its side
])
def test_resolution_of_images(tmp_path: Path, size: tuple[int, int], stated: tuple[int, int] | None, dpi: int) -> None:
    Image.new("L", size, 255).save(tmp_path / "a.jpg", **({"dpi": stated} if stated else {}))
    with open_document(tmp_path / "a.jpg") as document:
        assert document.dpi(1) == dpi


def test_camera_orientation_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    sheet(300, 400).save(tmp_path / "turned.jpg", exif=exif)
    with open_document(tmp_path / "turned.jpg") as document:
        assert document.image(1).size == (400, 300)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_grey_or_rgb(tmp_path: Path, mode: str) -> None:
    suffix = "tiff" if mode == "CMYK" else "png"
    page = Image.new("L", (60, 80), 255)
    page.paste(0, (10, 10, 30, 30))
    given = Image.new("I;16", page.size, 65535) if mode == "I;16" else page.convert(mode)
    if mode == "I;16":
        given.paste(0, (10, 10, 30, 30))
    given.save(tmp_path / f"a.{suffix}")
    with open_document(tmp_path / f"a.{suffix}") as document:
        image = document.image(1)
        assert image.mode in ("L", "RGB")
        assert (image.convert("L").getpixel((20, 20)), image.convert("L").getpixel((50, 50))) == (0, 255)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 80), (0, 0, 0, 0)).save(tmp_path / "a.png")
    with open_document(tmp_path / "a.png") as document:
        assert document.image(1).getpixel((1, 1)) == (255, 255, 255)


def test_pages_of_a_tiff(tmp_path: Path) -> None:
    first, second = sheet(60, 80), letter()
    first.save(tmp_path / "two.tiff", save_all=True, append_images=[second], dpi=(200, 200))
    with open_document(tmp_path / "two.tiff") as document:
        assert [document.image(number).size for number in (2, 1, 2)] == [second.size, first.size, second.size]
        with pytest.raises(NotFound):
            document.image(3)


def test_text_has_no_image(tmp_path: Path) -> None:
    with open_document(made(tmp_path / "a.txt", "text")) as document, pytest.raises(BadRequest):
        document.image(1)

"""Pictures bound into one PDF: in their order, upright, untouched, the same bytes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from letters.errors import BadFile, DamagedFile, EmptyFile, LimitExceeded
from ocr import Limits, open_document
from saraban.photos import NotAPicture, bind

TURNED = 6  # EXIF: to be turned clockwise by a quarter
SHADES = (40, 120, 200)


def picture(path: Path, shade: int, mode: str = "L", turned: bool = False) -> tuple[Path, str]:
    """A sheet of one shade with a black upper edge; ``turned``: held sideways, as the camera notes."""
    image = Image.new("L", (600, 850), shade)
    image.paste(0, (0, 0, 600, 100))
    exif = Image.Exif()
    if turned:
        image, exif[0x0112] = image.transpose(Image.Transpose.ROTATE_90), TURNED
    if mode == "RGBA":
        alpha = Image.new("L", image.size, 255)
        image = Image.merge("RGBA", (image, image, image, alpha))
    image.save(path, exif=exif) if path.suffix == ".jpg" else image.save(path)
    return path, path.name


def shades(path: Path) -> list[int]:
    """The shade in the middle of every page, which must have its black edge on top."""
    found = []
    with open_document(path) as document:
        for number in range(1, document.page_count + 1):
            image = document.image(number).convert("L")
            assert image.height > image.width and image.getpixel((image.width // 2, image.height // 20)) < 20
            found.append(image.getpixel((image.width // 2, image.height // 2)))
    return found


def test_pictures_of_all_kinds_keep_their_order_and_lie_upright(tmp_path: Path) -> None:
    pictures = [picture(tmp_path / "c.jpg", SHADES[0], turned=True), picture(tmp_path / "a.png", SHADES[1], "RGBA"),
                picture(tmp_path / "b.tif", SHADES[2])]
    assert bind(pictures, tmp_path / "whole.pdf", Limits()) == 3
    assert shades(tmp_path / "whole.pdf") == pytest.approx(SHADES, abs=3)


def test_the_camera_s_own_data_goes_in_and_the_same_again_is_the_same_file(tmp_path: Path) -> None:
    pictures = [picture(tmp_path / f"{shade}.jpg", shade) for shade in SHADES]
    for name in ("one.pdf", "two.pdf"):
        bind(pictures, tmp_path / name, Limits())
    made = (tmp_path / "one.pdf").read_bytes()
    assert made == (tmp_path / "two.pdf").read_bytes()
    assert all(path.read_bytes() in made for path, _ in pictures)


@pytest.mark.parametrize(("data", "error"), [
    (b"%PDF-1.7\n1 0 obj", BadFile), ("ข้อความ".encode(), NotAPicture), (b"", EmptyFile),
    (b"\xff\xd8\xff\xe0cut", DamagedFile),
])
def test_what_is_no_picture_is_named_and_nothing_is_written(tmp_path: Path, data: bytes, error: type[BadFile]) -> None:
    (tmp_path / "odd").write_bytes(data)
    with pytest.raises(error, match="หน้าสอง"):
        bind([picture(tmp_path / "1.jpg", 99), (tmp_path / "odd", "หน้าสอง")], tmp_path / "whole.pdf", Limits())
    assert not (tmp_path / "whole.pdf").exists()


def test_no_more_pages_than_a_packet_may_have(tmp_path: Path) -> None:
    pictures = [picture(tmp_path / f"{shade}.jpg", shade) for shade in SHADES]
    with pytest.raises(LimitExceeded):
        bind(pictures, tmp_path / "whole.pdf", Limits(pages=2))
    with pytest.raises(EmptyFile):
        bind([], tmp_path / "whole.pdf", Limits())

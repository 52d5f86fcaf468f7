"""Pictures of pages, drawn by us."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from archive import Archive, Role
from letters import Letter, Line, Packet, Page, Source
from saraban.settings import Settings
from tests.webui.conftest import LAO_OFFICE, PASSWORD, Visitor, World
from webui import create_app


@pytest.fixture
def scan(fresh) -> tuple[World, str]:
    """A packet of one colour TIFF page of 3000×4000 pixels, read as one letter."""
    house = fresh()
    buffer = io.BytesIO()
    Image.new("CMYK", (3000, 4000), (0, 40, 0, 0)).save(buffer, "TIFF", compression="tiff_lzw", dpi=(300, 300))
    packet = house.take_in("scan.tif", buffer.getvalue())
    page = Page(1, (Line("x"),), Source.OCR, 3000, 4000, 300)
    house.archive.packets.save_page(packet, page)
    house.archive.packets.save_parse(packet, Packet("scan", (page,), (Letter(pages=(1,)),)))
    return house, packet


@pytest.mark.parametrize(("size", "width"), [("small", 240), ("page", 1240), ("large", 2480)])
def test_every_role_gets_jpegs_of_fixed_widths(scan: tuple[World, str], size: str, width: int) -> None:
    house, packet = scan
    house.archive.sights.set_areas(packet, [[LAO_OFFICE]])
    for role in ("lao", "clerk"):
        answer = house.visitor(role).get(f"/packets/{packet}/pages/1/{size}.jpg")
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/jpeg"
        assert Image.open(io.BytesIO(answer.data)).size == (width, round(width * 4 / 3))
    assert "private" in answer.headers["Cache-Control"]


def test_an_office_that_a_letter_does_not_concern_gets_no_picture(scan: tuple[World, str]) -> None:
    house, packet = scan
    house.archive.sights.set_areas(packet, [["6670304"]])
    assert house.visitor("lao").get(f"/packets/{packet}/pages/1/page.jpg").status_code == 404


def test_a_page_that_was_turned_to_be_read_is_shown_turned(scan: tuple[World, str]) -> None:
    house, packet = scan
    house.archive.packets.save_page(packet, Page(1, (Line("x"),), Source.OCR, 4000, 3000, 300, rotation=90.0))
    answer = house.visitor("clerk").get(f"/packets/{packet}/pages/1/page.jpg")
    assert Image.open(io.BytesIO(answer.data)).size == (1240, 930)


def test_a_known_picture_is_not_sent_again(scan: tuple[World, str]) -> None:
    house, packet = scan
    visitor, path = house.visitor("clerk"), f"/packets/{packet}/pages/1/small.jpg"
    tag = visitor.get(path).headers["ETag"]
    assert visitor.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(("path", "status"), [
    ("pages/2/page.jpg", 404), ("pages/0/page.jpg", 404), ("pages/1/enormous.jpg", 404), ("pages/-1/page.jpg", 404),
])
def test_pages_that_are_not_there(scan: tuple[World, str], path: str, status: int) -> None:
    house, packet = scan
    assert house.visitor("clerk").get(f"/packets/{packet}/{path}").status_code == status


def test_a_text_file_has_no_picture(world: World, signed_in) -> None:
    packet = next(row.id for row in world.archive.packets.list() if row.name == "chain.txt")
    assert signed_in("clerk").get(f"/packets/{packet}/pages/1/page.jpg").status_code == 400


def test_a_lost_cache_is_drawn_again(scan: tuple[World, str]) -> None:
    house, packet = scan
    visitor, path = house.visitor("clerk"), f"/packets/{packet}/pages/1/small.jpg"
    first = visitor.get(path).data
    for picture in (house.settings.home / "cache").rglob("*.jpg"):
        picture.unlink()
    assert visitor.get(path).data == first


def test_pictures_are_found_where_the_home_was_named_relatively(tmp_path, monkeypatch) -> None:
    """``make demo`` serves ./var: what is served must not hang on where the program's files lie."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(home=Path("var"))
    with Archive.create(settings.home) as archive:
        picture = tmp_path / "page.png"
        Image.new("L", (1240, 1754), 255).save(picture, dpi=(150, 150))
        row, _ = archive.packets.receive("page.png", picture, "test")
        archive.users.add("clerk1", PASSWORD, Role.CLERK)
        visitor = Visitor(create_app(archive, settings).test_client())
        visitor.sign_in("clerk1")
        for path in (f"/packets/{row.id}/pages/1/page.jpg", f"/packets/{row.id}/original"):
            assert visitor.get(path).status_code == 200, path

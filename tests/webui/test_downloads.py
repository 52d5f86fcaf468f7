"""A packet taken away: as a searchable PDF, as text, as data."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from letters import Box, Letter, Line, Packet, Page, Source, Word
from tests.webui.conftest import World

TEXT = "ที่ พช ๐๑๑๘/ว ๔๑๗ ตำบลน้ำก้อ"
HEIGHT, WIDTH = 1169, 827


def page(number: int, text: str = TEXT) -> Page:
    box = Box(80, 100, 600, 130)
    return Page(number, (Line(text, (Word(text, 0.9, box),), box),), Source.OCR, WIDTH, HEIGHT, 100)


@pytest.fixture
def scan(fresh: Callable[..., World]) -> tuple[World, str]:
    """A packet of two TIFF pages, read as one letter."""
    house, buffer = fresh(), io.BytesIO()
    sheet = Image.new("L", (WIDTH, HEIGHT), 255)
    sheet.save(buffer, "TIFF", dpi=(100, 100), save_all=True, append_images=[sheet])
    packet = house.take_in("หนังสือ.tif", buffer.getvalue())
    store(house, packet, page(1), page(2))
    return house, packet


def store(house: World, packet: str, *pages: Page) -> None:
    for one in pages:
        house.archive.packets.save_page(packet, one)
    house.archive.packets.save_parse(packet, Packet("หนังสือ", pages, (Letter(pages=(1, 2)),)))


def text_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [document[number].get_textpage().get_text_range().strip() for number in range(len(document))]


def test_the_pdf_holds_what_was_read(scan: tuple[World, str]) -> None:
    house, packet = scan
    answer = house.visitor("officer").get(f"/packets/{packet}/searchable.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert text_of(answer.data) == [TEXT, TEXT]


def test_it_is_made_once_and_anew_for_another_reading(scan: tuple[World, str]) -> None:
    house, packet = scan
    visitor, path = house.visitor("clerk"), f"/packets/{packet}/searchable.pdf"
    tag = visitor.get(path).headers["ETag"]
    (kept,) = (house.archive.home / "cache" / "searchable").rglob("*.pdf")
    before = kept.stat().st_mtime_ns
    assert visitor.get(path).headers["ETag"] == tag
    assert kept.stat().st_mtime_ns == before
    store(house, packet, replace(page(1, "อ่านใหม่"), reader="2"), page(2))
    answer = visitor.get(path)
    assert answer.headers["ETag"] != tag
    assert text_of(answer.data) == ["อ่านใหม่", TEXT]
    assert [file.name for file in (house.archive.home / "cache" / "searchable").rglob("*.pdf")] != [kept.name]
    assert not kept.exists()


def test_for_keeping_it_is_pdf_a(scan: tuple[World, str]) -> None:
    house, packet = scan
    answer = house.visitor("clerk").get(f"/packets/{packet}/searchable.pdf?pdfa=1")
    with pikepdf.open(io.BytesIO(answer.data)) as document, document.open_metadata() as words:
        assert (words["pdfaid:part"], words["dc:title"]) == ("2", "หนังสือ")


def test_text_and_data(scan: tuple[World, str]) -> None:
    house, packet = scan
    visitor = house.visitor("clerk")
    assert visitor.get(f"/packets/{packet}/text.txt").text == f"{TEXT}\f{TEXT}"
    assert json.loads(visitor.get(f"/packets/{packet}/packet.json").text)["letters"][0]["pages"] == [1, 2]


def test_the_screens_offer_all_of_it(scan: tuple[World, str]) -> None:
    house, packet = scan
    shown = house.visitor("officer").get(f"/packets/{packet}").text
    for what in ("original", "searchable.pdf", "searchable.pdf?pdfa=1", "text.txt", "packet.json"):
        assert f'href="/packets/{packet}/{what}"' in shown


def test_a_packet_not_read_to_the_end_is_refused_kindly(fresh: Callable[..., World]) -> None:
    house, buffer = fresh(), io.BytesIO()
    Image.new("L", (WIDTH, HEIGHT), 255).save(buffer, "PNG")
    packet = house.take_in("a.png", buffer.getvalue())
    visitor = house.visitor("clerk")
    for what in ("searchable.pdf", "packet.json"):
        assert visitor.get(f"/packets/{packet}/{what}").status_code == 409
    assert "searchable.pdf" not in visitor.get(f"/packets/{packet}").text


def test_a_text_packet_has_no_pdf_and_none_is_offered(world: World, signed_in) -> None:
    packet = next(row.id for row in world.archive.packets.list() if row.name == "chain.txt")
    assert signed_in("clerk").get(f"/packets/{packet}/searchable.pdf").status_code == 422
    shown = signed_in("clerk").get(f"/packets/{packet}").text
    assert "searchable.pdf" not in shown
    assert "text.txt" in shown

"""Taking in, in a real browser: whole folders, photographs in their order, a broken connection, a closed page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from archive import Archive
from ocr import open_document
from saraban.settings import Settings
from tests.webui.packets import CHAIN, SCRIPT
from tests.webui.screens import CHROMIUM, NAME, PASSWORD, WAIT_MS, browser, complaints, served, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "home") as made:
        made.users.add(NAME, PASSWORD, "clerk")
        yield made


@pytest.fixture
def address(archive: Archive) -> Iterator[str]:
    with served(archive, Settings(home=archive.home)) as place:
        yield place


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def page(chromium: Browser, address: str) -> Page:
    """The screen, opened by a clerk."""
    made = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="th-TH").new_page()
    made.set_default_timeout(WAIT_MS)
    sign_in(made, address)
    made.goto(f"{address}/intake")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have them: letters at two depths, and what is no letter."""
    (tmp_path / "scans" / "march").mkdir(parents=True)
    (tmp_path / "scans" / "2.txt").write_text(CHAIN, encoding="utf-8")
    (tmp_path / "scans" / "march" / "10.txt").write_text(SCRIPT, encoding="utf-8")
    for litter in ("notes.docx", ".DS_Store", "~$2.txt"):
        (tmp_path / "scans" / litter).write_bytes(b"litter")
    return tmp_path / "scans"


def names(archive: Archive) -> set[str]:
    return {row.name for row in archive.packets.list()}


def photos(folder: Path, *shades: int) -> list[Path]:
    """Sheets of paper of different shades."""
    for shade in shades:
        Image.new("L", (600, 850), shade).save(folder / f"{shade}.jpg")
    return [folder / f"{shade}.jpg" for shade in shades]


def test_a_chosen_folder_is_sent_without_what_is_no_letter(page: Page, archive: Archive, folder: Path) -> None:
    complained = complaints(page)
    page.set_input_files("#folder", folder)
    expect(page.locator("#sum")).to_contain_text("ส่งแล้ว 2 จาก 2 ไฟล์ · รับใหม่ 2")
    expect(page.locator("#said")).to_contain_text("ข้าม 3 ไฟล์")
    assert names(archive) == {"2.txt", "10.txt"} and complained == []


def test_a_dropped_folder_is_walked_through(page: Page, archive: Archive, folder: Path) -> None:
    box = page.locator("#upload").bounding_box()
    assert box
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        page.context.new_cdp_session(page).send(
            "Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 50, "y": box["y"] + 50, "data": data})
    expect(page.locator("#sum")).to_contain_text("ส่งแล้ว 2 จาก 2 ไฟล์")
    assert names(archive) == {"2.txt", "10.txt"}


def test_photographs_are_put_in_order_and_sent_as_one_packet(page: Page, archive: Archive, tmp_path: Path) -> None:
    complained = complaints(page)
    one, two, three = photos(tmp_path, 40, 120, 200)
    page.set_input_files("#pictures", [two, three])
    page.set_input_files("#camera", one)
    expect(page.locator("#tray li")).to_have_count(3)
    page.locator("#tray li").nth(2).locator("[data-move='-1']").press("Enter")
    page.keyboard.press("Enter")  # the focus stays with the sheet that moves
    expect(page.locator("#photos .plain button")).to_have_text("ส่ง 3 หน้าเป็นชุดเดียว")
    page.click("#photos .plain button")
    expect(page.locator("#receipts li.ok")).to_contain_text("ภาพ 3 หน้า")
    expect(page.locator("#tray li")).to_have_count(0)
    (row,) = archive.packets.list()
    with open_document(archive.files.path(row.id)) as document:
        assert [round(document.image(n).convert("L").getpixel((9, 9)), -1) for n in (1, 2, 3)] == [40, 120, 200]
    assert complained == []


def test_an_odd_picture_is_told_and_the_others_are_still_there(page: Page, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "odd.jpg").write_bytes(b"no picture at all")
    page.set_input_files("#pictures", [*photos(tmp_path, 40), tmp_path / "odd.jpg"])
    page.click("#photos .plain button")
    expect(page.locator("#receipts li.bad")).to_contain_text("odd.jpg")
    expect(page.locator("#tray li")).to_have_count(2)
    page.locator("#tray li").nth(1).locator("[data-drop]").click()
    page.click("#photos .plain button")
    expect(page.locator("#receipts li.ok")).to_contain_text("ภาพ 1 หน้า")
    assert archive.packets.count() == 1


def test_a_broken_connection_loses_nothing(page: Page, archive: Archive, folder: Path) -> None:
    page.route("**/intake", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.set_input_files("#folder", folder)
    expect(page.locator("#receipts li.bad")).to_have_count(2)
    page.unroute("**/intake")
    page.click("#sum .again")
    expect(page.locator("#sum")).to_contain_text("ส่งแล้ว 2 จาก 2 ไฟล์ · รับใหม่ 2 · มีแล้ว 0 · ไม่สำเร็จ 0")
    expect(page.locator("#sum .again")).to_be_hidden()
    assert names(archive) == {"2.txt", "10.txt"}


def test_what_a_closed_page_left_unsent_is_told_at_the_next_visit(page: Page, address: str, folder: Path) -> None:
    page.route("**/intake", lambda route: None if route.request.method == "POST" else route.fallback())
    page.set_input_files("#folder", folder)
    expect(page.locator("#receipts li.sending")).to_have_count(2)
    later = page.context.new_page()
    later.goto(f"{address}/intake")
    expect(later.locator("#unsent")).to_be_hidden()  # the other page is still at work
    page.close()
    later.clock.set_fixed_time(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=2))
    later.reload()
    expect(later.locator("#unsent .told")).to_contain_text("ยังไม่ได้ส่ง 2 ไฟล์")
    expect(later.locator("#unsent li")).to_have_text(["2.txt", "10.txt"])
    later.click("#unsent button")
    later.reload()
    expect(later.locator("#unsent")).to_be_hidden()

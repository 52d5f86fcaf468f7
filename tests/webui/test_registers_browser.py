"""Registers in a browser: one click registers, a dialog sets numbers aside, and no screen with rows has a barrier."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from archive import Role
from archive.registers import Entered, Keeping
from registers import Book, Columns
from saraban.jobs import run_all
from tests.webui.conftest import NOW, PASSWORD, World
from tests.webui.packets import CHAIN
from tests.webui.screens import CHROMIUM, SIZES, browser, complaints, served, sign_in
from tests.webui.test_axe import barriers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]
OFFICE = "D6703"


@pytest.fixture
def house(fresh: Callable[..., World]) -> World:
    """An archive with a packet that waits, a letter that goes out, and a kept letter that is due."""
    made = fresh()
    made.take_in("chain.txt", CHAIN)
    run_all(made.archive, made.settings)
    made.archive.users.add("amphoe", PASSWORD, Role.CLERK, OFFICE)
    books = made.archive.registers
    out = Columns("พช 0118", "2023-06-20", "นายอำเภอ", "นายก", "แจ้งผล")
    row = books.enter(OFFICE, Book.SENT, Entered(out), "amphoe", NOW)
    books.keep(row.id, Keeping("ก 1", "one"), "amphoe", NOW)
    return made


def test_a_clerk_registers_files_and_sets_numbers_aside(house: World) -> None:
    with served(house.archive, house.settings) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        complained = complaints(page)
        page.on("dialog", lambda dialog: dialog.accept())
        sign_in(page, address, "amphoe", PASSWORD)
        page.keyboard.press("g")
        page.keyboard.press("n")
        page.get_by_role("button", name="ลงรับ พช 0118/ว 417").click()
        expect(page.locator(".given .big")).to_have_text("1")
        page.locator("[data-opens=reserve]").click()
        page.get_by_role("button", name="ไม่จอง").click()
        expect(page.locator("#reserve")).not_to_be_visible()
        page.locator("[data-opens=reserve]").click()
        page.fill("#reserve-reason", "นอกเวลา")
        page.locator("#reserve button.main").click()
        expect(page.locator(".given .big")).to_have_text("2")
        page.get_by_role("link", name="เปิดแถวนี้").click()
        page.fill("#cancel-reason", "ไม่ใช้")
        page.get_by_role("button", name="ยกเลิกเลข").click()
        expect(page.locator("h1 .tag")).to_have_text("ยกเลิก")
        assert complained == []
    assert [row.state.value for row in house.archive.registers.list(OFFICE, Book.RECEIVED, NOW.year)] == []
    this_year = next(iter(house.archive.registers.years(OFFICE, Book.RECEIVED)))
    states = [row.state.value for row in house.archive.registers.list(OFFICE, Book.RECEIVED, this_year)]
    assert states == ["cancelled", "entered"]


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_with_rows_has_a_barrier(house: World, size: str) -> None:
    width, height = SIZES[size]
    row = house.archive.registers.list(OFFICE, Book.SENT, NOW.year)[0].id
    screens = (f"/registers?office={OFFICE}", f"/registers?office={OFFICE}&book=sent&year=2566",
               f"/registers/rows/{row}",
               f"/registers?office={OFFICE}&book=kept&year=2566", f"/registers/due?office={OFFICE}&year=2567",
               f"/registers/new?office={OFFICE}&book=sent", f"/registers/print?office={OFFICE}&book=due&year=2567")
    with served(house.archive, house.settings) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": width, "height": height}, locale="th-TH")
        sign_in(page, address, "amphoe", PASSWORD)
        if size == "phone":
            page.click("[name=language][value=en]")
        found = {}
        for path in screens:
            page.goto(address + path)
            found[path] = barriers(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found[path].append("the page is wider than the window")
    assert {path: faults for path, faults in found.items() if faults} == {}

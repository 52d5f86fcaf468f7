"""The search box and the calendar in a real browser, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.webui.conftest import PASSWORD, World
from tests.webui.screens import CHROMIUM, browser, complaints, served, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def place(world: World) -> Iterator[tuple[Page, str]]:
    """A page signed in, and the address of the screens."""
    with served(world.archive, world.settings) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        sign_in(page, address, "officer1", PASSWORD)
        yield page, address


def test_suggestions_by_keys(world: World, place: tuple[Page, str]) -> None:
    page, address = place
    complained = complaints(page)
    page.goto(f"{address}/search")
    page.keyboard.press("/")
    page.keyboard.type("หล่มสัก", delay=10)
    options = page.locator("#offered [role=option]")
    expect(options.first).to_be_visible()
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(page.locator("#q")).to_have_value("หล่มสัก")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#offered [aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?sender=*")
    expect(page.locator(".chips")).to_contain_text("อำเภอหล่มสัก")
    assert complained == []


def test_enter_without_a_choice_searches(place: tuple[Page, str]) -> None:
    page, address = place
    page.goto(address)
    page.click("#q")
    page.keyboard.type("ผู้ดูแลระบบ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("mark").first).to_be_visible()


def test_the_calendar_by_keys(place: tuple[Page, str]) -> None:
    page, address = place
    page.goto(f"{address}/search")
    page.fill("#first", "31/1/2566")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    title = page.locator("#days-title")
    expect(title).to_have_text("มกราคม 2566")
    page.keyboard.press("PageDown")  # January has a 31st, February has none
    expect(title).to_have_text("กุมภาพันธ์ 2566")
    expect(page.locator(":focus")).to_have_attribute("data-day", "2023-02-28")
    for key in ("ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#first")).to_have_value("20/2/2566")
    expect(page.locator("#first")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#first")).to_have_value("20/2/2566")

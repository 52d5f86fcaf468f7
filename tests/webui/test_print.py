"""What comes out of a printer: every screen that is printed says what it says, without the frame, on few pages."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pdfplumber
import pytest
from playwright.sync_api import Page

from tests.webui.conftest import LAO_OFFICE, PASSWORD, World
from tests.webui.screens import CHROMIUM, browser, served, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def place(world: World) -> Iterator[tuple[Page, str]]:
    """A page of the administrator, and the address."""
    with served(world.archive, world.settings) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        sign_in(page, address, "admin1", PASSWORD)
        yield page, address


@pytest.mark.parametrize(("path", "pages", "says"), [
    ("/letters/{letter}", 4, "2871"),
    ("/letters/{letter}/chain", 3, "2871"),
    ("/tasks?state=all&office=" + LAO_OFFICE, 1, "INFO"),
    ("/tasks/calendar?month=2023-06&state=all", 2, "INFO"),
    ("/records?office=" + LAO_OFFICE, 2, "LPA"),
    (f"/records/{LAO_OFFICE}/MISSION2", 1, "5567"),
    ("/progress?province=เพชรบูรณ์", 3, "0.0"),
    (f"/registers/print?office={LAO_OFFICE}", 1, "13"),
    ("/search?q=INFO", 2, "417"),
])
def test_a_printed_screen_is_whole_and_without_the_frame(world: World, place: tuple[Page, str], path: str, pages: int,
                                                         says: str) -> None:
    page, address = place
    page.goto(address + path.format(letter=world.node("พช 0023.3/ว 2871")))
    page.wait_for_load_state("networkidle")
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))) as printed:
        texts = [one.extract_text().strip() for one in printed.pages]
        edges = [char["x0"] for one in printed.pages for char in one.chars]
    assert 1 <= len(texts) <= pages and all(texts), "no empty page"
    assert len(texts[0]) > 60, "the first page holds more than the heading"
    assert says in "".join(texts) and "English" not in "".join(texts)
    assert min(edges) > 20, "nothing stands at the paper's edge"

"""No screen has a serious barrier (WCAG A and AA, by axe-core), at desktop and phone width, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.webui.conftest import PASSWORD, World
from tests.webui.screens import CHROMIUM, SIZES, browser, complaints, paths, served, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def place(world: World) -> Iterator[tuple[Browser, str]]:
    """A browser and the address of the screens."""
    with served(world.archive, world.settings) as address, browser() as chromium:
        yield chromium, address


def barriers(page: Page) -> list[str]:
    """Serious barriers of the page that is open, each with its places."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[place['target'] for place in one['nodes'][:3]]}" for one in found
            if one["impact"] in SERIOUS]


@pytest.mark.parametrize("size", SIZES)
def test_no_screen_has_a_serious_barrier(place: tuple[Browser, str], size: str) -> None:
    chromium, address = place
    width, height = SIZES[size]
    page = chromium.new_page(viewport={"width": width, "height": height}, locale="th-TH")
    complained = complaints(page)
    found = {"sign-in": [page.goto(f"{address}/sign-in"), *barriers(page)][1:]}
    sign_in(page, address, "admin1", PASSWORD)
    if size == "phone":  # with large letters: what a reader with weak eyes sees
        page.click("[name=language][value=en]")
        page.click("[name=size][value=l]")
    for name, path in paths(page, address).items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        found[name] = barriers(page)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[name].append("the page is wider than the window")
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert [words for words in complained if "404" not in words] == []

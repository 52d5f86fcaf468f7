"""Work screens in Debian's chromium: the board by keys, an entry checked as it is filled in, the overview's chart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from saraban.jobs import run_all
from tests.webui.conftest import LAO_OFFICE, PASSWORD, World
from tests.webui.packets import CHAIN
from tests.webui.screens import CHROMIUM, browser, complaints, served, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(300),
]


@pytest.fixture
def place(fresh) -> Iterator[tuple[Page, str, World]]:
    """A page, the address of an archive of its own with a packet read, and that archive."""
    house = fresh()
    house.take_in("chain.txt", CHAIN)
    assert all(job.state == "done" for job in run_all(house.archive, house.settings))
    with served(house.archive, house.settings) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        found = complaints(page)
        yield page, address, house
        assert found == []


def test_the_board_is_worked_by_keys(place: tuple[Page, str, World]) -> None:
    page, address, house = place
    task = house.archive.tasks.list(LAO_OFFICE)[0].task.id
    sign_in(page, address, "lao1", PASSWORD)
    page.goto(f"{address}/tasks/board")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#t-{task}")).to_be_focused()
    page.keyboard.press("2")  # the second button: start work
    page.wait_for_url(f"**/tasks/board*#t-{task}")
    expect(page.locator(f"[aria-labelledby=lane-in-progress] #t-{task}")).to_be_visible()
    expect(page.locator(f"#t-{task}")).to_be_focused()
    assert house.archive.tasks.get(task).state.value == "in-progress"


THAI_KEY = """([key, code, shift]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", {key, code, shiftKey: shift, bubbles: true, cancelable: true}))"""


@pytest.mark.parametrize(("keys", "shows"), [
    ([("เ", "KeyG", False), ("ะ", "KeyT", False)], "**/tasks"),
    ([("เ", "KeyG", False), ("เ", "KeyG", False), ("้", "KeyH", False)], "**/"),
    ([("ฝ", "Slash", False)], "#q:focus"),
    ([("ฦ", "Slash", True)], "dialog#keys[open]"),
])
def test_keys_work_with_a_thai_keyboard(place: tuple[Page, str, World], keys: list[tuple[str, str, bool]],
                                        shows: str) -> None:
    page, address, _house = place
    sign_in(page, address, "lao1", PASSWORD)
    page.goto(f"{address}/records")
    for key in keys:
        page.evaluate(THAI_KEY, list(key))
    if shows.startswith("**"):
        page.wait_for_url(shows)
    else:
        expect(page.locator(shows)).to_be_visible()


def test_the_board_s_digits_are_those_of_a_thai_keyboard_too(place: tuple[Page, str, World]) -> None:
    page, address, house = place
    task = house.archive.tasks.list(LAO_OFFICE)[0].task.id
    sign_in(page, address, "lao1", PASSWORD)
    page.goto(f"{address}/tasks/board")
    page.keyboard.press("ArrowDown")
    page.evaluate(THAI_KEY, ["/", "Digit2", False])  # what the second key of the row types in Thai
    page.wait_for_url(f"**/tasks/board*#t-{task}")
    assert house.archive.tasks.get(task).state.value == "in-progress"


def test_an_entry_is_checked_as_it_is_filled_in(place: tuple[Page, str, World]) -> None:
    page, address, house = place
    sign_in(page, address, "recorder1", PASSWORD)
    page.goto(f"{address}/records/{LAO_OFFICE}/MISSION2")
    rows = page.locator("[data-row=missions]")
    before = rows.count()
    page.get_by_role("button", name="เพิ่มรายการ").click()
    expect(rows).to_have_count(before + 1)
    page.fill(f'[name="missions.{before}.mission"]', "ถ่ายโอนถนน")
    page.press(f'[name="missions.{before}.mission"]', "Tab")
    expect(page.locator("#lacking")).to_contain_text("ส่วนราชการที่ถ่ายโอน")
    page.goto(f"{address}/records/{LAO_OFFICE}/INFO09")
    page.fill('[name="administrators.1.phone"]', "12")
    page.press('[name="administrators.1.phone"]', "Tab")
    wrong = page.locator('[data-path="administrators[2].phone"] .fault')
    expect(wrong).to_contain_text("9–10 หลัก")
    page.fill('[name="administrators.1.phone"]', "0 2000 0000")
    page.press('[name="administrators.1.phone"]', "Tab")
    expect(wrong).to_be_empty()
    assert house.archive.records.list(LAO_OFFICE) == ()


def test_the_overview_draws_its_chart(place: tuple[Page, str, World]) -> None:
    page, address, _ = place
    sign_in(page, address, "province1", PASSWORD)
    page.goto(f"{address}/progress")
    expect(page.locator(".grid li.open, .grid li.late").first).to_be_visible()
    drawn = page.evaluate("Chart.getChart('chart').data.labels.length")
    assert drawn == page.locator(".grid li:not(.none)").count() > 10

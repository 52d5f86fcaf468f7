"""Names and words without a place to break widen no page: scanners and OCR write such."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from saraban.jobs import run_all
from tests.webui.conftest import LAO_OFFICE, PASSWORD, World
from tests.webui.packets import CHAIN
from tests.webui.screens import CHROMIUM, SIZES, browser, complaints, served, sign_in

LONG = "A" * 140

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(300),
]


def test_long_names_widen_no_page_and_a_batch_is_ticked_at_once(fresh) -> None:
    house: World = fresh()
    text = CHAIN.replace("ขอให้ทบทวนรายชื่อ", LONG).replace("อำเภอจึงขอให้ท่าน", f"อำเภอจึงขอให้ท่าน{LONG}")
    packet = house.take_in(f"{LONG}.txt", text)
    run_all(house.archive, house.settings)
    letter = next(node.id for node in house.archive.graph.nodes(limit=9) if LONG in (node.subject or ""))
    task = house.archive.tasks.list(LAO_OFFICE)[0].task.id
    with served(house.archive, house.settings) as address, browser() as chromium:
        page = chromium.new_page(locale="th-TH")
        complained = complaints(page)
        sign_in(page, address, "admin1", PASSWORD)
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            for path in ("/", "/intake", "/packets", f"/packets/{packet}", f"/packets/{packet}/review", "/letters",
                         f"/letters/{letter}", f"/letters/{letter}/chain#table", "/tasks", "/tasks/board",
                         f"/tasks/{task}", "/jobs", "/audit", f"/registers?office={LAO_OFFICE}", f"/search?q={LONG}"):
                page.goto(address + path)
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                assert wide <= 0, f"{path} is {wide} pixels wider than {width}"
        page.goto(f"{address}/tasks")
        page.check("[data-ticks]")
        boxes = page.locator("input[name=row]")
        expect(page.locator("input[name=row]:checked")).to_have_count(boxes.count())
        boxes.first.uncheck()
        expect(page.locator("[data-ticks]")).not_to_be_checked()
        page.get_by_role("button", name="รับทราบ").click()
        expect(page.locator("[role=status].notice")).to_contain_text(f"ทำแล้ว {boxes.count() - 1} งาน")
        assert complained == []


def test_a_move_that_needs_a_reason_asks_before_it_is_sent(fresh, world: World) -> None:
    house: World = fresh()
    house.archive.tasks.save(row.task for row in world.archive.tasks.list(LAO_OFFICE))
    task = house.archive.tasks.list(LAO_OFFICE)[0].task.id
    with served(house.archive, house.settings) as address, browser() as chromium:
        page = chromium.new_page(locale="th-TH")
        sign_in(page, address, "lao1", PASSWORD)
        page.goto(f"{address}/tasks/{task}")
        page.get_by_role("button", name="ไม่เกี่ยวข้อง").click()
        assert page.locator("#reason:invalid").count() == 1 and page.url.endswith(task)
        page.fill("#reason", "ไม่มีระบบนี้ในหน่วยงาน")
        page.get_by_role("button", name="ไม่เกี่ยวข้อง").click()
        expect(page.locator("header .tag")).to_have_text("ไม่เกี่ยวข้อง")

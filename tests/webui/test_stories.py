"""Five stories in Debian's chromium: what a clerk, an officer, an LAO, a province and an administrator come for; and
that no page is heavy or calls a third party."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from saraban.jobs import run_all
from tests.webui.conftest import LAO_OFFICE, PASSWORD, World
from tests.webui.packets import FOUR
from tests.webui.screens import CHROMIUM, WAIT_MS, browser, complaints, paths, served, sign_in

CORRECTED = "พช 0118/ว 419"
FORM = "INFO08"
"""Of the websites of LAOs."""
BUDGET = 300_000
"""Bytes of a page and all it loads, as they are sent."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]

Enter = Callable[[str], Page]


@pytest.fixture
def house(fresh) -> World:
    return fresh()


@pytest.fixture
def enter(house: World) -> Iterator[Enter]:
    """Signs somebody in, in a browser of their own; at the end no browser may have complained."""
    contexts: list[BrowserContext] = []
    with served(house.archive, house.settings) as address, browser() as chromium:
        found: list[list[str]] = []

        def come(name: str) -> Page:
            contexts.append(chromium.new_context(
                viewport={"width": 1280, "height": 900}, locale="th-TH", base_url=address))
            page = contexts[-1].new_page()
            page.set_default_timeout(WAIT_MS)
            found.append(complaints(page))
            sign_in(page, address, name, PASSWORD)
            return page

        yield come
        assert [said for one in found for said in one] == []


@pytest.fixture
def read(house: World) -> World:
    """The house with the packet of four letters, read."""
    house.take_in("four.txt", FOUR)
    assert all(job.state == "done" for job in run_all(house.archive, house.settings))
    return house


def test_a_clerk_takes_in_four_letters_and_corrects_a_number(house: World, enter: Enter) -> None:
    page = enter("clerk1")
    page.goto("/intake")
    page.set_input_files("#files", {"name": "four.txt", "mimeType": "text/plain", "buffer": FOUR.encode()})
    page.locator("#receipts a").first.click()
    page.wait_for_url("**/packets/*")
    expect(page.get_by_role("link", name="พช 0118/ว 417")).to_be_visible(timeout=WAIT_MS)
    assert len(list(house.archive.letters.copies())) == 4
    page.goto(f"{page.url}/review?letter=4")
    expect(page.locator("#i-number")).to_have_value("พช 0118/ว 420")
    page.fill("#i-number", CORRECTED)
    page.press("#i-number", "Enter")
    expect(page.locator("#f-number .tag.ok")).to_have_text("แก้แล้ว โดย clerk1")
    assert CORRECTED in {str(copy.letter.number.value) for copy in house.archive.letters.copies()}


def test_an_officer_finds_a_chain_by_a_wrong_digit_and_follows_it_to_its_origin(read: World, enter: Enter) -> None:
    page = enter("officer1")
    page.fill("#q", "พช 0118/ว 411")
    page.press("#q", "Enter")
    near = page.locator("#by-number ~ ul")
    expect(near).to_contain_text("พช 0118/ว 417")
    expect(near.locator(".tag.warn").first).to_be_visible()
    near.get_by_role("link", name="พช 0118/ว 417").click()
    page.get_by_role("link", name="สายหนังสือ").first.click()
    page.wait_for_url("**/chain*")
    page.click("[data-view=table]")
    origin = page.locator("#table tr", has_text="ส่วนกลาง").locator("a.number")
    expect(origin).to_have_text("มท 0806.2/ว 1874")
    origin.click()
    expect(page.locator("h1")).to_contain_text("มท 0806.2/ว 1874")


def test_an_lao_finishes_a_task_through_its_form(house: World, enter: Enter) -> None:
    house.take_in("website.txt", FOUR.replace("ปรับปรุงรายชื่อผู้ดูแลระบบ", "บันทึกชื่อเว็บไซต์หน่วยงาน"))
    assert all(job.state == "done" for job in run_all(house.archive, house.settings))
    [task] = [row.task for row in house.archive.tasks.list(LAO_OFFICE) if row.task.form == FORM]
    where = f"/records/{LAO_OFFICE}/{FORM}"
    recorder = enter("recorder1")
    recorder.goto(f"/tasks/{task.id}")
    recorder.locator(f'main a[href^="{where}"]').first.click()
    recorder.fill("[name=website]", "www.example.go.th")
    recorder.get_by_role("button", name="บันทึกร่าง").click()
    recorder.get_by_role("button", name="ส่งตรวจ").click()
    expect(recorder.locator("[aria-current=step]")).to_have_text("ส่งตรวจแล้ว")
    for name, button in (("checker1", "ตรวจสอบแล้ว"), ("certifier1", "รับรองระดับ อปท.")):
        person = enter(name)
        person.goto(recorder.url)
        person.get_by_role("button", name=button).click()
    expect(person.locator("[aria-current=step]")).to_have_text("อปท. รับรองแล้ว")
    assert house.archive.tasks.get(task.id).state.value in ("done", "certified")


def test_a_province_sees_who_is_late_and_exports(read: World, enter: Enter) -> None:
    page = enter("province1")
    page.goto("/progress")
    late = page.locator("tbody tr.late")
    expect(late.first).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="XLSX").click()
    sheet = load_workbook(io.BytesIO(taken.value.path().read_bytes())).active
    names = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert late.first.locator("th").inner_text() in names


def test_an_administrator_imports_the_list_of_laos(house: World, enter: Enter) -> None:
    page = enter("admin1")
    page.goto("/admin/offices")
    text = "dla_code,type,name_th,province_th\n6679901,TAO,นาทดลอง,เพชรบูรณ์\n"
    page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="ดูตัวอย่างก่อนนำเข้า").click()
    expect(page.locator("main")).to_contain_text("นาทดลอง")
    page.get_by_role("button", name="นำเข้าตามนี้").click()
    expect(page.locator("[role=status].notice")).to_contain_text("นำเข้าแล้ว")
    assert house.archive.offices.get("6679901").name == "นาทดลอง"


def test_pages_are_light_and_call_no_third_party(read: World, enter: Enter) -> None:
    page = enter("admin1")
    address = page.url.rstrip("/")
    screens = {name: path for name, path in paths(page, address).items() if name != "error"}
    weights, foreign, state = {}, set(), page.context.storage_state()
    for name, path in screens.items():
        context, sent = page.context.browser.new_context(storage_state=state), []
        fresh = context.new_page()  # with nothing of an earlier page at hand
        fresh.on("response", lambda answer, sent=sent: sent.append(answer))
        fresh.goto(address + path)
        fresh.wait_for_load_state("networkidle")
        foreign |= {one.url for one in sent if not one.url.startswith((address, "data:", "blob:"))}
        weights[name] = sum(one.request.sizes()["responseBodySize"] for one in sent)
        context.close()
    heavy = {name: weight for name, weight in weights.items() if weight >= BUDGET}
    assert (heavy, foreign) == ({}, set())
    assert len(weights) > 20 and min(weights.values()) > 30_000, weights

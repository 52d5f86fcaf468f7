"""A clerk reviews a sample packet by keyboard in a real browser; what was decided outlives a run over everything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from archive import Archive
from saraban.cli import saraban
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tasks import builtin_offices
from tests.webui.screens import CHROMIUM, NAME, PASSWORD, SIZES, WAIT_MS, browser, complaints, served, sign_in

SAMPLE = Path(__file__).parents[2] / "samples" / "build" / "b11-budget.pdf"
CORRECTED = "นน 0023.5/ว 277"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the sample, read, and a clerk."""
    folder = tmp_path_factory.mktemp("review")
    with Archive.create(folder) as archive:
        archive.users.add(NAME, PASSWORD, "clerk")
        archive.offices.save(builtin_offices())
        take_in(archive, Settings(home=folder), SAMPLE, SAMPLE.name, NAME)
        assert all(job.state == "done" for job in run_all(archive, Settings(home=folder)))
    return folder


def chosen(page: Page) -> str:
    """The field that the keys act on."""
    return str(page.eval_on_selector(".item.chosen", "item => item.id"))


def go_to(page: Page, field: str) -> None:
    """Presses N until the field is reached."""
    for _ in range(page.locator(".item").count()):
        if chosen(page) == field:
            return
        page.keyboard.press("n")
    raise AssertionError(f"{field} is not reached by N")


def numbers(home: Path) -> list[str]:
    with Archive.open(home) as archive:
        return [str(copy.letter.number.value) for copy in archive.letters.copies()]


def test_a_number_is_corrected_by_keyboard_and_kept_by_every_run(home: Path) -> None:
    with Archive.open(home) as archive, served(archive, Settings(home=home)) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        complained = complaints(page)
        page.set_default_timeout(WAIT_MS)
        sign_in(page, address)
        page.goto(f"{address}/packets")
        page.click("tbody th a")
        page.click("text=ตรวจทาน")
        expect(page.locator(".item.chosen")).to_have_count(1)
        page.keyboard.press("Shift+Slash")
        expect(page.locator("dialog#keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog#keys")).to_be_hidden()

        go_to(page, "f-number")
        expect(page.locator("#m-number-0")).to_have_class("mark lit")
        expect(page.locator("#m-number-0")).to_be_in_viewport()
        box = page.locator("#f-number .cut").bounding_box()
        assert box and box["height"] > 60, "the number is shown enlarged"
        page.keyboard.press("e")
        page.keyboard.type(CORRECTED)
        expect(page.locator("#f-number .accept")).to_have_text("บันทึกที่แก้")
        page.keyboard.press("Enter")
        expect(page.locator("#f-number .tag.ok")).to_have_text(f"แก้แล้ว โดย {NAME}")
        page.keyboard.press("Shift+A")
        expect(page.locator(".letters-nav li").first).to_contain_text(CORRECTED)
        assert page.locator(".item .tag.warn").count() == 0 or "letter=1" not in page.url
        assert complained == []
    assert CORRECTED in numbers(home)
    done = CliRunner().invoke(saraban, ["rerun", "--home", str(home)])
    assert done.exit_code == 0, done.output
    assert CORRECTED in numbers(home)


def test_the_page_zooms_turns_and_is_dragged_and_a_box_leads_to_its_field(home: Path) -> None:
    with Archive.open(home) as archive, served(archive, Settings(home=home)) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
        complained = complaints(page)
        sign_in(page, address)
        packet = archive.packets.list()[0].id
        page.goto(f"{address}/packets/{packet}/review?letter=1")
        expect(page.locator(".item.chosen")).to_have_count(1)
        page.click("#m-subject-0")
        assert chosen(page) == "f-subject"
        wide = page.locator(".paper").first.bounding_box()
        page.keyboard.press("Equal")
        wider = page.locator(".paper").first.bounding_box()
        assert wide and wider and wider["width"] > wide["width"] * 1.3
        page.keyboard.press("Equal")
        before = page.eval_on_selector(".sheets", "one => one.scrollTop")
        page.mouse.move(300, 600)
        page.mouse.down()
        page.mouse.move(300, 400, steps=4)
        page.mouse.up()
        assert page.eval_on_selector(".sheets", "one => one.scrollTop") > before + 150
        page.keyboard.press("Digit0")
        page.keyboard.press("r")
        lying = page.locator(".paper").first.bounding_box()
        assert lying and lying["width"] > lying["height"]
        page.reload()
        again = page.locator(".paper").first.bounding_box()
        assert again and again["width"] > again["height"], "zoom and turn outlast a step"
        assert complained == []


def test_review_works_without_scripts_and_fits_every_width(home: Path) -> None:
    with Archive.open(home) as archive, served(archive, Settings(home=home)) as address, browser() as chromium:
        packet = archive.packets.list()[0].id
        for width, height in SIZES.values():
            bare = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
            page = bare.new_page()
            sign_in(page, address)
            page.goto(f"{address}/packets/{packet}/review?letter=2")
            page.fill("#i-subject", f"เรื่องที่แก้ {width}")
            page.click("#f-subject .accept")
            expect(page.locator("#i-subject")).to_have_value(f"เรื่องที่แก้ {width}")
            bare.close()
            page = chromium.new_page(viewport={"width": width, "height": height})
            sign_in(page, address)
            page.goto(f"{address}/packets/{packet}/review")
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
            page.close()


def test_a_missed_stamp_is_added_put_right_and_taken_out_by_keyboard(home: Path) -> None:
    with Archive.open(home) as archive, served(archive, Settings(home=home)) as address, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1366, "height": 768}, locale="th-TH")
        complained = complaints(page)
        page.set_default_timeout(WAIT_MS)
        page.on("dialog", lambda dialog: dialog.accept())
        sign_in(page, address)
        page.goto(f"{address}/packets/{archive.packets.list()[0].id}/review?letter=1")
        page.click("details.add:has(#new-received_stamps) summary")
        for part, typed in (("", "อำเภอ"), ("-number", "๑๒/๖๖"), ("-date", "1 มิ.ย. 2566"), ("-time", "9.30")):
            page.fill(f"#new-received_stamps{part}", typed)
        page.keyboard.press("Enter")
        expect(page.locator("#i-received_stamps-0-number")).to_have_value("12/66")
        go_to(page, "f-received_stamps-0")
        page.keyboard.press("e")
        page.keyboard.type("ที่จำการอำเภอหลมสัก")
        expect(page.locator("#f-received_stamps-0 .accept")).to_have_text("บันทึกที่แก้")
        page.keyboard.press("Enter")
        expect(page.locator("#i-received_stamps-0")).to_have_value("ที่จำการอำเภอหลมสัก")
        go_to(page, "f-received_stamps-0")
        page.keyboard.press("1")
        expect(page.locator("#i-received_stamps-0")).to_have_value("ที่ว่าการอำเภอหล่มสัก")
        expect(page.locator("#f-received_stamps-0 .accept")).to_have_text("บันทึกที่แก้")
        page.keyboard.press("a")
        expect(page.locator("#f-received_stamps-0 .fills")).to_have_count(0)
        expect(page.locator("#i-received_stamps-0")).to_have_value("ที่ว่าการอำเภอหล่มสัก")
        expect(page.locator("#i-received_stamps-0-time")).to_have_value("09:30")
        page.click("details.add:has(#new-enclosures) summary")
        page.fill("#new-enclosures", "แบบสำรวจ")
        page.keyboard.press("Enter")
        expect(page.locator("[id^=i-enclosures] >> nth=-2")).to_have_value("แบบสำรวจ")
        page.click("#f-received_stamps-0 button[value=remove]")
        expect(page.locator("#gone-received_stamps")).to_contain_text(
            "ที่ว่าการอำเภอหล่มสัก เลขรับ 12/66 วันที่ 1 มิถุนายน 2566 เวลา 09.30 น.")
        page.click("#gone-received_stamps button")
        expect(page.locator("#gone-received_stamps")).to_have_count(0)
        assert complained == []

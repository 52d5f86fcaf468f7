"""The whole way in a real browser: upload, wait, open the letter, follow the chain, see the task."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archive import Archive
from saraban.settings import Settings
from tasks import builtin_offices
from tests.webui.screens import CHROMIUM, NAME, PASSWORD, SIZES, WAIT_MS, browser, complaints, paths, served, sign_in

SAMPLE = Path(__file__).parents[2] / "samples" / "build" / "b11-budget.pdf"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
    pytest.mark.timeout(600),
]

DROP = """async ([selector, data, name]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const bag = new DataTransfer();
  bag.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(kind, {dataTransfer: bag, bubbles: true, cancelable: true});
    document.querySelector(selector).dispatchEvent(event);
  }
}"""


def test_a_clerk_takes_a_packet_in_and_follows_it_to_the_task(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        archive.offices.save(builtin_offices())
        archive.users.add(NAME, PASSWORD, "clerk")
        with served(archive, Settings(home=tmp_path)) as address, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
            complained = complaints(page)
            page.set_default_timeout(WAIT_MS)
            sign_in(page, address)

            page.click("nav.main >> text=รับเข้า")
            page.set_input_files("#files", SAMPLE)
            expect(page.locator("#receipts li.ok")).to_contain_text("รับแล้ว")
            again = base64.b64encode(SAMPLE.read_bytes()).decode()
            page.evaluate(DROP, ["#upload", again, '"><img src=x onerror=alert(1)>.pdf'])
            expect(page.locator("#receipts li.warn")).to_contain_text("มีในคลังแล้ว")
            expect(page.locator("#receipts img")).to_have_count(0)
            expect(page.locator("tr[data-packet] .standing")).to_contain_text("พบ 2 ฉบับ", timeout=WAIT_MS)
            expect(page.locator("tr[data-packet][data-final]")).to_have_count(1, timeout=WAIT_MS)

            page.click("tr[data-packet] th a")
            page.click("tbody a.number >> nth=0")
            number = page.locator("h1").inner_text()
            expect(page.locator(".paper img").first).to_have_js_property("complete", True)
            assert page.eval_on_selector(".paper img", "image => image.naturalWidth") > 1000
            page.click("#f-subject .see")
            expect(page.locator(".mark.lit")).to_be_in_viewport()
            page.click("[data-zoom=in]")
            expect(page.locator(".sheets")).to_have_class(re.compile("z2"))

            page.click("text=ดูสายหนังสือ")
            hops = page.locator(".chain .hop")
            assert hops.count() >= 2
            expect(page.locator(".hop.asked .number")).to_have_text(number.split(" ลงวันที่")[0].strip())

            page.click("[data-view=tree]")
            page.click(".hop.asked .number")
            page.locator("section:has(h2:text('งานจากหนังสือนี้')) li a").first.click()
            expect(page.locator("h2 >> text=สิ่งที่ต้องทำ")).to_be_visible()
            expect(page.locator("blockquote").first).to_contain_text("บันทึก")
            page.click("button:has-text('รับทราบ')")
            expect(page.locator("main")).to_contain_text("รับทราบแล้ว")
            for width, height in SIZES.values():
                page.set_viewport_size({"width": width, "height": height})
                for name, path in paths(page, address).items():
                    page.goto(address + path)
                    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                    assert wide <= 0, f"{name} is {wide} pixels wider than {width}"
            refused = [text for text in complained if "404" not in text and "403" not in text]
            assert refused == []

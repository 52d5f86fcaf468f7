"""Where a letter begins, moved on the strip of pages: by form, by the pointer, by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from archive import Archive, Overtaken
from letters import Letter, Packet, Source
from letters import Page as Sheet
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tests.webui.conftest import World
from tests.webui.packets import CHAIN
from tests.webui.screens import CHROMIUM, NAME, PASSWORD, WAIT_MS, browser, complaints, served, sign_in
from webui.bounds import moved
from webui.typed import Refused

MORE = "\f(ต่อ)\nรายละเอียดเพิ่มเติมตามที่ได้แจ้งไว้\f(ต่อ)\nจึงเรียนมาเพื่อทราบ"
FIVE = Packet("five", tuple(Sheet(n, (), Source.TEXT) for n in range(1, 6)),
              (Letter(pages=(1, 2)), Letter(pages=(3, 4)), Letter(pages=(5,))))


@pytest.mark.parametrize(("old", "new", "made"), [
    (3, 4, [(3, "same"), (4, "letter")]), (3, 2, [(3, "same"), (2, "letter")]), (5, 4, [(5, "same"), (4, "letter")]),
])
def test_a_beginning_moves_between_the_letters_beside_it(old: int, new: int, made: list[tuple[int, str]]) -> None:
    assert [(one.page, one.after) for one in moved(FIVE, old, new)] == made


@pytest.mark.parametrize(("old", "new"), [(3, 1), (3, 5), (3, 3), (5, 6), (5, 0), (1, 2)])
def test_no_move_swallows_a_letter_or_leaves_the_packet(old: int, new: int) -> None:
    with pytest.raises(Refused):
        moved(FIVE, old, new)


def test_a_beginning_that_is_gone_is_told_as_overtaken() -> None:
    with pytest.raises(Overtaken):
        moved(FIVE, 2, 3)


def starts(archive: Archive) -> list[tuple[int, ...]]:
    (row,) = archive.packets.list()
    return [copy.letter.pages for copy in archive.letters.of_packet(row.id)]


def test_the_form_moves_a_beginning_once_and_tells_who_was_first(fresh) -> None:
    house: World = fresh()
    house.take_in("chain.txt", CHAIN + MORE)
    run_all(house.archive, house.settings)
    assert starts(house.archive) == [(1,), (2,)], "pages of no letter follow"
    clerk, path = house.visitor("clerk"), f"/packets/{house.archive.packets.list()[0].id}/review"
    fields = {"page": 2, "key": "starts", "do": "move", "to": 3, "version": 0}
    assert clerk.post(path, fields).location.endswith("letter=3#leaf-3")
    assert starts(house.archive) == [(1, 2), (3, 4)]
    again = clerk.post(path, fields)
    assert again.status_code == 409 and "มีผู้เปลี่ยนไปก่อน" in again.text
    outside = clerk.post(path, {**fields, "page": 3, "to": 9, "version": house.archive.corrections.of(
        house.archive.packets.list()[0].id)[-1].id})
    assert outside.status_code == 422 and "ย้ายได้เฉพาะหน้า 2 ถึง 4" in outside.text
    assert starts(house.archive) == [(1, 2), (3, 4)]


@pytest.fixture
def strip(tmp_path: Path) -> Iterator[tuple[Page, Archive]]:
    """The review screen of a packet of four pages with two letters."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    settings = Settings(home=tmp_path / "home")
    (tmp_path / "packet.txt").write_text(CHAIN + MORE, encoding="utf-8")
    with Archive.create(settings.home) as archive:
        archive.users.add(NAME, PASSWORD, "clerk")
        take_in(archive, settings, tmp_path / "packet.txt", "packet.txt", NAME)
        run_all(archive, settings)
        with served(archive, settings) as address, browser() as chromium:
            page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="th-TH")
            page.set_default_timeout(WAIT_MS)
            sign_in(page, address)
            page.goto(f"{address}/packets/{archive.packets.list()[0].id}/review")
            page.locator(".bounds .strip").scroll_into_view_if_needed()
            yield page, archive


def drag(page: Page, gap: int, *, to: int | None = None, up: int = 0) -> None:
    """Drags the line before a page to the one before another, or up by some pixels."""
    box = page.locator(f"[data-gap='{gap}']").bounding_box()
    target = page.locator(f"[data-gap='{to or gap}']").bounding_box()
    assert box and target
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(target["x"] + 12, target["y"] + 70 - up, steps=8)
    page.mouse.up()


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_lines_are_dragged_moved_by_keys_joined_and_divided(strip: tuple[Page, Archive]) -> None:
    page, archive = strip
    complained = complaints(page)

    def now_starts(*pages: int) -> None:
        expect(page.locator(".gap.set")).to_have_count(len(pages))
        for number in pages:
            expect(page.locator(f".gap.set[data-gap='{number}']")).to_be_visible()
        expect(page.locator(".strip.sent")).to_have_count(0)
        expect(page.locator(".bounds .strip")).to_be_in_viewport()

    now_starts(2)
    drag(page, 2, to=4)
    now_starts(4)
    expect(page.locator("[data-gap='4']")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#said")).to_contain_text("เริ่มที่หน้า 3")
    page.keyboard.press("Escape")
    expect(page.locator(".gap.aim")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    now_starts(3)
    assert starts(archive) == [(1, 2), (3, 4)]
    page.locator("[data-gap='4']").click()
    now_starts(3, 4)
    page.locator("[data-gap='4']").press("Delete")
    now_starts(3)
    drag(page, 3, up=250)
    now_starts()
    assert starts(archive) == [(1, 2, 3, 4)]
    assert complained == []

"""The list of packets: what waits for a person, what failed, files by name; and from one packet to the next."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from saraban.jobs import run_all
from tests.webui.conftest import Visitor, World
from tests.webui.packets import CHAIN, SCRIPT

Make = Callable[..., World]
UNCLEAR = CHAIN.replace("14 มิถุนายน 2566", "").replace("9 มิถุนายน 2566\n\nเรื่อง", "เรื่อง")
"""The same letters without their days."""


@pytest.fixture
def house(fresh: Make) -> World:
    """Two packets in which something waits, and one that is clear."""
    world = fresh()
    for name, text in (("old.txt", UNCLEAR), ("clear.txt", SCRIPT), ("new.txt", UNCLEAR.replace("ว 417", "ว 418"))):
        world.take_in(name, text)
    run_all(world.archive, world.settings)
    return world


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/packets/\w+">([^<]+)</a>', page)


def settle(visitor: Visitor, house: World, packet: str) -> str:
    """Accepts letter after letter until the packet is done; the address that the clerk comes to."""
    for _ in range(9):
        page = visitor.get(f"/packets/{packet}/review").text
        form = page.partition("panel finish")[2].partition("</form>")[0]
        fields = dict(re.findall(r'name="(page|key|version|state)" value="([^"]*)"', form))
        answer = visitor.post(f"/packets/{packet}/review", {**fields, "do": "accept-all"})
        if "done" in answer.location:
            return answer.location
    raise AssertionError("the packet is never done")


def test_each_packet_tells_how_much_waits_and_leads_there(house: World) -> None:
    page = unescape(house.visitor("clerk").get("/packets").text)
    assert names(page) == ["new.txt", "clear.txt", "old.txt"]
    rows = {row.name: row for row in house.archive.packets.list()}
    assert rows["clear.txt"].waiting == 0 < rows["old.txt"].waiting
    for name in ("old.txt", "new.txt"):
        assert f'/packets/{rows[name].id}/review">รอตรวจ {rows[name].waiting} จุด' in page
    assert f"/packets/{rows['clear.txt'].id}/review" not in page
    assert "/review" not in house.visitor("officer").get("/packets").text


@pytest.mark.parametrize(("query", "found"), [
    ("", ["new.txt", "clear.txt", "old.txt"]), ("show=waits", ["new.txt", "old.txt"]), ("show=failed", []),
    ("words=EA", ["clear.txt"]), ("words=O&show=waits", ["old.txt"]), ("words=100%25", []), ("show=nonsense", [
        "new.txt", "clear.txt", "old.txt"]),
])
def test_the_list_is_narrowed(house: World, query: str, found: list[str]) -> None:
    assert names(house.visitor("clerk").get(f"/packets?{query}").text) == found


def test_a_packet_that_failed_is_listed_as_such_until_it_is_read(house: World) -> None:
    packet = house.take_in("late.txt", CHAIN)
    job = house.archive.jobs.claim("worker", 60)
    house.archive.jobs.fail(job, "worker", "fault", "Traceback", retry=False)
    clerk = house.visitor("clerk")
    assert names(clerk.get("/packets?show=failed").text) == ["late.txt"]
    clerk.post(f"/packets/{packet}/rerun")
    run_all(house.archive, house.settings)
    assert names(clerk.get("/packets?show=failed").text) == []


def test_the_last_decision_leads_to_the_next_packet_and_the_very_last_to_none(house: World) -> None:
    clerk, rows = house.visitor("clerk"), {row.name: row.id for row in house.archive.packets.list()}
    first = unescape(clerk.get(settle(clerk, house, rows["new.txt"])).text)
    assert f'id="following" href="/packets/{rows["old.txt"]}/review"' in first
    second = unescape(clerk.get(settle(clerk, house, rows["old.txt"])).text)
    assert "following" not in second and "ไม่มีชุดอื่นรอตรวจ" in second
    assert "ตรวจครบทุกชุดแล้ว" in clerk.get("/packets?show=waits").text


def test_a_file_without_a_letter_is_no_success_and_says_what_to_do(fresh: Make) -> None:
    house = fresh()
    packet = house.take_in("list.txt", "รายการสิ่งของ\n\nดินสอ\nปากกา")
    run_all(house.archive, house.settings)
    page = unescape(house.visitor("clerk").get("/packets").text)
    assert "ไม่พบหนังสือ" in page and f'/packets/{packet}/review">กำหนดหน้าของหนังสือเอง' in page

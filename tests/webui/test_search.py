"""The search box."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest

from archive.sight import sight_of
from saraban.jobs import run_all
from saraban.pipeline import refresh_index
from tests.webui.conftest import World
from tests.webui.packets import CHAIN

DISTRICT, DEPARTMENT = "พช 0118/ว 417", "มท 0806.2/ว 1874"


@pytest.mark.parametrize(("query", "number"), [
    ("พช 0118/ว 417", DISTRICT), ("พช ๐๑๑๘/ว ๔๑๗", DISTRICT), ("ว 417", DISTRICT), ("14 มิ.ย. 2566", DISTRICT),
    ("มท 0806.2/ว 1874", DEPARTMENT), ("มท 0806.2/ว 1875", DEPARTMENT),  # one wrong digit
])
def test_numbers_and_dates_are_looked_up(world: World, signed_in, query: str, number: str) -> None:
    text = signed_in("officer").get("/search", query_string={"q": query}).text
    looked_up = text[text.index("ตรงกับเลขที่หรือวันที่"):]
    assert f'href="/letters/{world.node(number)}"' in looked_up.split("พบในข้อความ")[0]


def test_a_wrong_digit_is_said(signed_in) -> None:
    assert "เลขทะเบียนเป็น 1874" in signed_in("officer").get("/search?q=มท 0806.2/ว 1875").text


@pytest.mark.parametrize("query", ["ผู้ดูแลระบบ", "เทศมนตรี", '"ระบบข้อมูลกลาง"'])
def test_words_are_found_and_marked(world: World, signed_in, query: str) -> None:
    text = signed_in("officer").get("/search", query_string={"q": query}).text
    assert f'href="/letters/{world.node(DISTRICT)}"' in text and "<mark>" in text


def test_nothing_found_and_nothing_asked_say_what_to_do(signed_in) -> None:
    assert "ไม่พบหนังสือ" in signed_in("officer").get("/search?q=ปลาวาฬสีชมพู").text
    assert "ค้นได้ในช่องเดียว" in signed_in("officer").get("/search").text
    assert signed_in("officer").get("/search?q=ระบบ&start=-5").status_code == 200


def test_without_an_index_numbers_are_still_found(fresh) -> None:
    house = fresh()
    house.take_in("chain.txt", CHAIN)
    run_all(house.archive, house.settings)
    shutil.rmtree(house.settings.index_folder)
    text = house.visitor("officer").get("/search", query_string={"q": "ว 417"}).text
    assert "ค้นหาคำยังใช้ไม่ได้ชั่วคราว" in text and DISTRICT in text
    assert str(house.settings.home) not in text
    leads = '<a href="/jobs">สร้างดัชนีค้นหาใหม่</a>'
    assert leads not in text and leads in house.visitor("admin").get("/search?q=ปลา").text


def test_filters_and_their_counts(signed_in) -> None:
    text = signed_in("officer").get("/search?q=ระบบ").text
    counted = re.search(r'href="([^"]*kind=external[^"]*)">หนังสือภายนอก</a> <span class="count">(\d+)', text)
    assert counted and int(counted[2]) == total(text)
    narrowed = signed_in("officer").get("/search" + unescape(counted[1])).text
    assert total(narrowed) == int(counted[2]) and "ชนิดหนังสือ: <b>หนังสือภายนอก" in narrowed
    assert "ไม่พบหนังสือตามที่กรอง" in signed_in("officer").get("/search?q=ระบบ&kind=radio").text


def total(text: str) -> int:
    """How many letters the page says were found by words."""
    found = re.search(r'id="by-words">.*?<small>([\d,]+) ฉบับ', text)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize(("days", "found"), [
    ("first=14/6/2566", True), ("first=15/6/2566&last=16/6/2566", False), ("last=มิ.ย. 2566", True),
    ("last=2565", False),
    ("from=หล่มสัก", True), ("from=กระบี่", False), ("sender=อำเภอหล่มสัก", True), ("sender=หล่มสัก", False),
    ("deadline=yes", True), ("person=นายธำรง เกตุประดิษฐ์", True), ("state=absent", False),
])
def test_every_filter_narrows(world: World, signed_in, days: str, found: bool) -> None:
    text = signed_in("officer").get(f"/search?q=ผู้ดูแลระบบ&{days}").text
    assert (f'href="/letters/{world.node(DISTRICT)}"' in text) is found


def test_a_day_that_is_none_is_said(signed_in) -> None:
    answer = signed_in("officer").get("/search?q=ระบบ&first=วันไหน")
    assert answer.status_code == 400 and "ไม่เข้าใจวันที่ “วันไหน”" in answer.text and 'value="วันไหน"' in answer.text


def test_a_date_among_words_is_the_date_of_the_letter(world: World, signed_in) -> None:
    text = signed_in("officer").get("/search?q=14 มิ.ย. 2566 รายชื่อ").text
    assert "เข้าใจว่าหาหนังสือลงวันที่ 14 มิ.ย. 2566" in text and total(text) == 1
    assert f'href="/letters/{world.node(DISTRICT)}"' in text
    assert "เข้าใจว่า" not in signed_in("officer").get("/search?q=14 มิ.ย. 2566 รายชื่อ&plain=1").text


def test_near_spellings_are_said_to_be_such(world: World, signed_in) -> None:
    text = signed_in("officer").get("/search?q=มะขามหวน").text
    assert "สะกดใกล้เคียง" in text and "ในหนังสืออ่านได้ว่า “มะขามหวาน”" in text and "q=%E0" in text
    assert "สะกดใกล้เคียง" not in signed_in("officer").get("/search?q=มะขามหวาน").text


def rows(visitor, typed: str) -> list[tuple[str, str]]:
    """What is offered: address and words."""
    text = visitor.get("/search/suggest", query_string={"q": typed}).text
    return [(unescape(url), label) for url, label in
            re.findall(r'data-url="([^"]+)".*?<span class="label">(.*?)</span>', text)]


@pytest.mark.parametrize(("typed", "label", "path"), [
    ("ว 417", DISTRICT, "/letters/"), ("หล่มสัก", "อำเภอหล่มสัก", "/search?sender="),
    ("ธำรง", "นายธำรง เกตุประดิษฐ์", "/search?person="), ("14 มิ.ย. 2566", "14 มิ.ย. 2566", "/search?first=2023-06-14"),
    ("ทบทวนราย", "ขอให้ทบทวนรายชื่อผู้ดูแลระบบข้อมูลกลาง (INFO)", "/letters/"), ("มะขามหวน", "มะขามหวาน", "/search?q="),
])
def test_what_is_offered_while_typing(signed_in, typed: str, label: str, path: str) -> None:
    found = rows(signed_in("officer"), typed)
    assert any(words == label and url.startswith(path) for url, words in found), found


def test_what_is_offered_can_be_opened(signed_in) -> None:
    for typed in ("หล่มสัก", "14 มิ.ย. 2566", "ธำรง"):
        for url, _ in rows(signed_in("officer"), typed):
            answer = signed_in("officer").get(url)
            assert answer.status_code == 200 and "ไม่พบหนังสือ" not in answer.text


def test_a_single_sign_offers_nothing(signed_in) -> None:
    assert rows(signed_in("officer"), "ห") == rows(signed_in("officer"), "") == []


def test_letters_with_script_in_them_do_no_harm(signed_in) -> None:
    for path in ("/search?q=มะขามหวาน", "/search/suggest?q=มะขามหวาน", "/search?q=<script>alert(3)</script>"):
        assert not re.search(r"<script>alert|<img src=x", signed_in("officer").get(path).text), path


@pytest.mark.parametrize("role", ["lao", "recorder", "province"])
def test_nothing_is_told_of_letters_outside_the_area(world: World, signed_in, role: str) -> None:
    """Neither by hits nor by counts nor while typing."""
    person = world.archive.users.named(f"{role}1")
    seen = world.archive.graph.nodes(limit=100, sight=sight_of(person))
    text = signed_in(role).get("/search").text
    assert total(text) == len(seen)
    years = sum(int(number) for number in re.findall(r'year=\d+">\d+</a> <span class="count">(\d+)', text))
    assert years == sum(1 for node in seen if node.date)


def test_secret_letters_are_in_no_answer(signed_in) -> None:
    for role in ("officer", "admin", "province"):
        for path in ("/search?q=กระทิง", "/search?q=กระทิงหลุดจากคอ", "/search/suggest?q=กระทิง",
                     "/search/export.csv?q=กระทิง"):
            text = signed_in(role).get(path).text.split("</form>", 1)[-1]
            assert "ข้อเท็จจริง" not in text and "พช 0118/55" not in text, (role, path)


def test_export(signed_in) -> None:
    answer = signed_in("officer").get("/search/export.csv?q=ผู้ดูแลระบบ")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,date,") and any(DISTRICT in line and "2023-06-14" in line for line in lines)
    assert len(lines) - 1 == total(signed_in("officer").get("/search?q=ผู้ดูแลระบบ").text)
    assert signed_in("officer").get("/search/export.xlsx?q=ผู้ดูแลระบบ").data[:2] == b"PK"
    dated = signed_in("officer").get("/search/export.csv?q=14 มิ.ย. 2566 รายชื่อ").data.decode("utf-8-sig").splitlines()
    assert len(dated) == 2


def test_searches_are_kept_and_forgotten(world: World, signed_in) -> None:
    officer, clerk = signed_in("officer"), signed_in("clerk")
    answer = officer.post("/search/saved", {"title": "ชุดที่ตามอยู่", "q": "มะขามหวาน", "kind": "external"})
    assert answer.status_code == 302 and "kind=external" in answer.location
    text = officer.get("/search").text
    assert "ชุดที่ตามอยู่" in text and "ชุดที่ตามอยู่" not in clerk.get("/search").text
    assert rows(officer, "ชุดที่ตาม")[0][1] == "ชุดที่ตามอยู่" and "ชุดที่ตามอยู่" not in str(rows(clerk, "ชุดที่ตาม"))
    kept = world.archive.searches.of("officer1")[0].id
    assert clerk.post(f"/search/saved/{kept}/forget").status_code == 404
    assert officer.post(f"/search/saved/{kept}/forget").status_code == 302
    assert "ชุดที่ตามอยู่" not in officer.get("/search").text
    assert officer.post("/search/saved", {"title": "", "q": "ก"}).status_code == 400


def test_the_index_knows_who_may_find_a_letter(world: World) -> None:
    here, district, cited = world.archive, world.node(DISTRICT), world.node(DEPARTMENT)
    seers = here.findable.seers([district, cited])
    assert {"d6703", "p67", "o6670318", "uclerk1"} <= set(seers[district])
    assert set(seers[cited]) and here.graph.node(cited).absent  # known by the letters that cite it
    assert cited in here.findable.cited_only([world.node("พช 0023.3/ว 2871")])


def test_a_letter_whose_area_changed_is_indexed_again(fresh) -> None:
    house = fresh()
    packet = house.take_in("chain.txt", CHAIN)
    run_all(house.archive, house.settings)
    before, areas = house.archive.revision(), house.archive.sights.areas(packet)
    offices = [areas.get(place, frozenset()) for place in range(2)]
    house.archive.sights.set_areas(packet, offices)
    assert house.archive.revision() == before  # nothing changed
    house.archive.sights.set_areas(packet, [[], []])
    changed = {change.key for change in house.archive.changes(before)}
    assert changed == {house.node(DISTRICT), house.node("พช 0023.3/ว 2871")}
    refresh_index(house.archive, house.settings)
    assert total(house.visitor("lao").get("/search").text) == 0
    assert house.visitor("officer").get("/search?q=ผู้ดูแลระบบ").text.count("<mark>")

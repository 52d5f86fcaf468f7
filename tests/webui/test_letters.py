"""The list of letters, one letter, its chain."""

from __future__ import annotations

import json
import re

import pytest

from letters import Box, Doubt, Evidence, Letter, LetterDate, Line, Page, Reading, Source
from letters.errors import BadRequest
from tests.webui.conftest import World
from webui.dates import read_day
from webui.fields import fields_of, sheets_of
from webui.listing import gather

DISTRICT, PROVINCE, DEPARTMENT = "พช 0118/ว 417", "พช 0023.3/ว 2871", "มท 0806.2/ว 1874"


@pytest.mark.parametrize(("query", "there", "not_there"), [
    ({}, [DISTRICT, PROVINCE], [DEPARTMENT]),
    ({"sender": "จังหวัดเพชรบูรณ์"}, [PROVINCE], [DISTRICT]),
    ({"first": "10 มิ.ย. 2566"}, [DISTRICT], [PROVINCE]),
    ({"last": "๑๐/๖/๒๕๖๖"}, [PROVINCE], [DISTRICT]),
    ({"first": "2566", "last": "2566"}, [DISTRICT, PROVINCE], []),
    ({"first": "2567"}, [], [DISTRICT, PROVINCE]),
    ({"absent": "1"}, [DEPARTMENT], [DISTRICT, PROVINCE]),
])
def test_the_list_is_narrowed(signed_in, query: dict[str, str], there: list[str], not_there: list[str]) -> None:
    text = signed_in("officer").get("/letters", query_string=query).text
    assert all(f">{number}</a>" in text for number in there)
    assert not any(f">{number}</a>" in text for number in not_there)


def test_a_letter_shows_what_was_read_in_thai_dates(world: World, signed_in) -> None:
    text = signed_in("officer").get(f"/letters/{world.node(DISTRICT)}").text
    for words in (DISTRICT, "14 มิถุนายน 2566", "อำเภอหล่มสัก", "23 มิถุนายน 2566", "นายธำรง เกตุประดิษฐ์", "chain หน้า 1",
                  "0 5600 0117", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง"):
        assert words in text, words
    assert f'href="/letters/{world.node(PROVINCE)}"' in text and "เชื่อมแล้ว" in text
    assert 'href="/tasks/' in text


def test_a_letter_tells_who_cites_it(world: World, signed_in) -> None:
    text = signed_in("officer").get(f"/letters/{world.node(PROVINCE)}").text
    into = text[text.index("ถูกอ้างถึงโดย"):]
    assert f'href="/letters/{world.node(DISTRICT)}"' in into


def test_an_absent_letter_says_so(world: World, signed_in) -> None:
    node = world.node(DEPARTMENT)
    text = signed_in("officer").get(f"/letters/{node}").text
    assert "ยังไม่มีสำเนาในคลัง" in text and "1 มิถุนายน 2566" in text
    assert signed_in("officer").get(f"/letters/{node}.json").status_code == 404


def test_a_letter_is_had_as_json(world: World, signed_in) -> None:
    answer = signed_in("officer").get(f"/letters/{world.node(DISTRICT)}.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(answer.data)
    assert told["number"]["serial"] == "417" and told["date"] == "2023-06-14"


def test_the_chain_runs_from_the_newest_down_to_the_absent_origin(world: World, signed_in) -> None:
    for start in (DISTRICT, PROVINCE, DEPARTMENT):
        text = signed_in("officer").get(f"/letters/{world.node(start)}/chain").text
        chain = text[text.index('<ul class="chain">'):]
        places = [chain.index(f">{number}</a>") for number in (DISTRICT, PROVINCE, DEPARTMENT)]
        assert places == sorted(places)
        assert "ห่าง 5 วัน" in chain and "ห่าง 8 วัน" in chain
        assert "ส่งต่อ" in chain and "ยังไม่มีในคลัง" in chain
        assert [word for word in ("อำเภอ", "จังหวัด", "ส่วนกลาง") if f'"level">{word}<' in chain] == [
            "อำเภอ", "จังหวัด", "ส่วนกลาง"]
        marked = re.search(r'aria-current="true".*?href="/letters/(\w+)"', chain, re.DOTALL)
        assert marked and marked[1] == world.node(start)


def test_a_packet_shows_its_letters_and_stages(world: World, signed_in) -> None:
    packet = next(row for row in world.archive.packets.list() if row.name == "chain.txt")
    text = signed_in("clerk").get(f"/packets/{packet.id}").text
    assert DISTRICT in text and PROVINCE in text and "ทำดัชนีค้นหา" in text and "อ่านใหม่" in text
    assert "อ่านใหม่" not in signed_in("officer").get(f"/packets/{packet.id}").text


@pytest.mark.parametrize(("typed", "iso"), [
    ("1 ต.ค. 2566", "2023-10-01"), ("๑ ตุลาคม ๒๕๖๖", "2023-10-01"), ("1/10/2566", "2023-10-01"),
    ("1/10/66", "2023-10-01"),
    ("ต.ค. 2566", "2023-10"), ("2566", "2023"), ("พ.ศ. 2566", "2023"), ("2023-10-01", "2023-10-01"),
    ("2566-10-01", "2023-10-01"),
])
def test_typed_days_are_read(typed: str, iso: str) -> None:
    assert read_day(typed).iso == iso


@pytest.mark.parametrize("typed", ["เมื่อวาน", "31/2/2566", "2023-02-31", "มท 0810", "99"])
def test_other_words_are_no_days(typed: str) -> None:
    with pytest.raises(BadRequest):
        read_day(typed)


@pytest.mark.parametrize(("hidden", "after", "page", "goes_on"), [
    ((), None, "abcd", "d"),
    ((), "d", "efgh", "h"),
    ((), "h", "ij", None),
    ("bcd", None, "aefg", "g"),
    ("abcdefghij", None, "", None),
    ("ghij", None, "abcd", "d"),
    ("ghij", "d", "ef", None),
])
def test_pages_are_filled_up_where_something_is_hidden(hidden: str, after: str | None, page: str,
                                                       goes_on: str | None) -> None:
    letters = "abcdefghij"

    def fetch(after: str | None, limit: int) -> str:
        start = letters.index(after) + 1 if after else 0
        return letters[start : start + limit]

    found = gather(fetch, str, lambda letter: letter not in hidden, after, size=4)
    assert ("".join(found.items), found.after) == (page, goes_on)


def test_every_letter_is_on_exactly_one_page(world: World, signed_in) -> None:
    seen: list[str] = []
    after = ""
    while True:
        text = signed_in("clerk").get("/letters", query_string={"after": after}).text
        seen += re.findall(r'<a class="number" href="/letters/(\w+)"', text)
        more = re.search(r'rel="next" href="\?after=(\w+)"', text)
        if not more:
            break
        after = more[1]
    assert sorted(seen) == sorted(node.id for node in world.archive.graph.nodes(absent=False))


PLACE = Evidence(2, 0, 5, "มท 08", Box(100, 200, 300, 240))


def made_letter() -> Letter:
    return Letter(
        pages=(2,), number=Reading(None, "มท", 0.4, (PLACE,)), date=Reading(LetterDate(2023, 6, 1), "1 มิ.ย. 66", 0.95),
        subject=Reading("เรื่องหนึ่ง", "เรื่องหนึ่ง", 0.7), review=(Doubt("date", "วันในสัปดาห์ไม่ตรง"),) * 2)


def test_doubtful_fields_are_marked_with_their_reasons() -> None:
    fields = {field.key: field for field in fields_of(made_letter())}
    assert list(fields) == ["number", "date", "issuer", "subject"]
    assert [key for key, field in fields.items() if field.doubtful] == ["number", "date", "issuer", "subject"]
    assert fields["date"].reasons == ("วันในสัปดาห์ไม่ตรง",)
    assert fields["number"].mark == "m-number-0" and fields["date"].mark is None


def test_marks_stand_on_the_page_they_were_read_from() -> None:
    pages = {number: Page(number, (Line("x"),), Source.OCR, 1000, 1400, 150) for number in (1, 2)}
    (sheet,) = sheets_of(made_letter(), pages)
    (mark,) = sheet.marks
    assert sheet.page.number == 2 and (mark.field, mark.box.left, mark.box.width) == ("number", 100, 200)

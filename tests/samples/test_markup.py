"""The markup of letter texts and the words of dates."""

from __future__ import annotations

import pytest

from samples.context import Context, date_words
from samples.layout import catch_word
from samples.markup import read
from samples.truth import deadline_of, number_of

PLACE = {"prov": "ยโสธร", "pc": "ยส"}
THAI, ARABIC = Context(PLACE), Context(PLACE, "arabic")


@pytest.mark.parametrize(("form", "words"), [
    ("", "24 มีนาคม 2566"), ("w", "วันศุกร์ที่ 24 มีนาคม 2566"), ("s", "24 มี.ค. 66"), ("n", "24/3/66"),
    ("m", "มีนาคม 2566"), ("d", "24 มีนาคม"), ("y", "2566"), ("p", "24 มีนาคม พ.ศ. 2566"),
])
def test_date_words(form: str, words: str) -> None:
    assert date_words("2023-03-24", form) == words


def test_digits_follow_the_packet_but_not_in_latin_words() -> None:
    assert read("เมนู INFO08 ข้อ 3", THAI).text == "เมนู INFO08 ข้อ ๓"
    assert read("ปีละ [raw|2] ครั้ง ข้อ 3", THAI).text == "ปีละ 2 ครั้ง ข้อ ๓"
    assert read("ข้อ 3 PM2.5", Context(PLACE, all_digits=True)).text == "ข้อ ๓ PM๒.๕"


def test_nested_marks() -> None:
    marked = read("ให้[do|ส่งทาง [mail|a@b.go.th]] [due date 2023-03-24|ภายใน<w 2023-03-24>]", ARABIC)
    assert marked.text == "ให้ส่งทาง a@b.go.th ภายในวันศุกร์ที่ 24 มีนาคม 2566"
    assert [(mark.tag, mark.text) for mark in marked.marks] == [
        ("do", "ส่งทาง a@b.go.th"), ("mail", "a@b.go.th"), ("due", "ภายในวันศุกร์ที่ 24 มีนาคม 2566")]


def test_citation_prints_itself_unless_words_are_given() -> None:
    assert read("[cite จังหวัด{prov}; {pc} 0023.3/ว 6; 2021-01-06; ด่วน|]", THAI).text == \
        "จังหวัดยโสธร ด่วน ที่ ยส ๐๐๒๓.๓/ว ๖ ลงวันที่ ๖ มกราคม ๒๕๖๔"
    assert read("[cite ; ว 1290;|ว 1290]", ARABIC).text == "ว 1290"


@pytest.mark.parametrize("broken", ["[do|ส่ง", "ส่ง] แล้ว"])
def test_broken_marks_are_faults(broken: str) -> None:
    with pytest.raises(ValueError, match=r"mark is not closed|bracket too many"):
        read(broken, THAI)


@pytest.mark.parametrize(("argument", "row"), [
    ("date 2023-03-24", {"date": "2023-03-24"}), ("event 2023-03-24 09:30", {"date": "2023-03-24", "time": "09:30"}),
    ("relative 7 receipt", {"date": None, "days": 7, "from": "receipt"}), ("urgent", {"date": None}),
    ("recurring FREQ=MONTHLY;BYMONTHDAY=5", {"date": None, "rule": "FREQ=MONTHLY;BYMONTHDAY=5"}),
])
def test_deadline_rows(argument: str, row: dict[str, object]) -> None:
    mark = read(f"[due {argument}|คำ]", ARABIC).marks[0]
    assert row.items() <= deadline_of(mark, ARABIC).items()


def test_a_variant_moves_years_and_keeps_running_numbers() -> None:
    later = Context(PLACE, "arabic", years=-1)
    assert read("<2023-03-24>", later).text == "24 มีนาคม 2565"
    assert number_of({"number": "{pc} 0023.3/ว 0006"}, later) == {
        "code": "ยส", "agency": "0023.3", "circular": True, "serial": "0006", "printed": "ที่ ยส 0023.3/ว 0006"}


def test_a_leap_day_moves_to_the_28th() -> None:
    assert Context(PLACE, years=-1).shift("2024-02-29") == "2023-02-28"


def test_catch_word_is_the_next_pages_beginning() -> None:
    word = catch_word("สำหรับจังหวัดที่ได้รับโล่รางวัล")
    assert word.startswith("/สำหรับ")
    assert word.endswith("...")
    assert len(word) < 20

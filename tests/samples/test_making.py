"""What makes the packets: stamped numbers, days left open, columns, turned and worn pages."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from PIL import Image

from samples import hand, ink
from samples.blocks import Block, blocks_of, date_cell, number_cell
from samples.context import Context
from samples.degrade import WEAR, wear
from samples.layout import lay_out
from samples.make import Made, as_grade, reordered
from samples.packet import Source
from samples.truth import letter_truth, number_of

THAI = Context({"prov": "ยโสธร", "pc": "ยส"})
LETTER: dict[str, Any] = {
    "kind": "external", "number": "{pc} 0023.3/ว 312", "date": "2023-03-24", "issuer": "จังหวัด{prov}",
    "office": ["ศาลากลางจังหวัด{prov}"], "subject": "การทดสอบ", "addressed_as": "เรียน", "to": ["นายอำเภอ ทุกอำเภอ"],
    "enclosures": ["แบบสำรวจ || จำนวน 1 ชุด"], "body": ["ขอให้[do|ส่งแบบ] [due date 2023-03-31|ภายใน<w 2023-03-31>]"],
    "sign": {"rank": "ว่าที่ร้อยตรี", "name": "สมมุติ ตัวอย่าง", "position": "ปลัดอำเภอ"},
}


def rng() -> random.Random:
    return random.Random(1)


def whole_lines(blocks: list[Block]) -> list[list[str]]:
    return [[block.text] for block in blocks]


def test_a_numbering_machine_prints_arabic_digits_that_are_no_text() -> None:
    stamped = LETTER | {"stamped": ["serial", "day"]}
    number = number_of(stamped, THAI)
    assert number is not None
    assert number["printed"] == "ที่ ยส ๐๐๒๓.๓/ว 312"
    assert number_cell(stamped, THAI, rng())[0] == "ที่ ยส ๐๐๒๓.๓/ว"
    assert date_cell(stamped, THAI, rng())[0] == "มีนาคม ๒๕๖๖"


def test_a_day_that_was_never_filled_in_is_unknown() -> None:
    row = letter_truth(LETTER | {"date": "2023-03"}, THAI, [1], "")
    assert (row["date"], row["date_month"]) == (None, "2023-03")
    assert date_cell(LETTER | {"date": "2023-03"}, THAI, rng())[0] == "มีนาคม ๒๕๖๖"


def test_a_count_in_its_own_column_stands_on_the_same_row() -> None:
    sheet = lay_out(blocks_of(LETTER, THAI, rng()), "external", whole_lines, "thai")[0]
    assert "สิ่งที่ส่งมาด้วย แบบสำรวจ จำนวน ๑ ชุด" in sheet.text.split("\n")
    assert letter_truth(LETTER, THAI, [1], sheet.text)["enclosures"] == ["แบบสำรวจ จำนวน ๑ ชุด"]


def test_a_rank_stands_apart_and_belongs_to_the_name() -> None:
    sheet = lay_out(blocks_of(LETTER, THAI, rng()), "external", whole_lines, "thai")[0]
    assert "ว่าที่ร้อยตรี\n(สมมุติ ตัวอย่าง)" in sheet.text
    assert letter_truth(LETTER, THAI, [1], sheet.text)["signatory"]["name"] == "ว่าที่ร้อยตรี สมมุติ ตัวอย่าง"


def test_an_optional_deadline_is_marked_so() -> None:
    letter = LETTER | {"body": ["ขอเชิญ[due event 2023-04-03 09:00 optional|<w 2023-04-03>]"]}
    assert letter_truth(letter, THAI, [1], "")["deadlines"] == [
        {"date": "2023-04-03", "text": "วันจันทร์ที่ ๓ เมษายน ๒๕๖๖", "kind": "event", "time": "09:00", "optional": True}]


@pytest.mark.parametrize(("stamp", "within", "without"), [
    ({}, "เวลา", "wide"), ({"labels": ["รับที่", "วันที่"]}, "รับที่", "เวลา"),
    ({"form": ["wide"]}, 'class="stamp wide"', "เลขรับ "), ({"thai": True}, "๔", ">4<"),
])
def test_forms_of_received_stamps(stamp: dict[str, Any], within: str, without: str) -> None:
    drawn = ink.received({"office": "อำเภอสมมุติ", "number": "44", "date": "2023-03-27"} | stamp, THAI, rng(), 0)
    assert within in drawn
    assert without not in drawn


@pytest.mark.parametrize(("marks", "told"), [
    ({"urgency": "ด่วน"}, []), ({"urgency": "ด่วน", "urgency_stamped": True}, ["ด่วน"]),
    ({"secrecy": "ลับ", "secrecy_stamped": True, "urgency": "ด่วน"}, ["ลับ"]),
])
def test_stamped_classes_are_told_and_not_typed(marks: dict[str, Any], told: list[str]) -> None:
    letter = LETTER | marks
    typed = lay_out(blocks_of(letter, THAI, rng()), "external", whole_lines, "thai")[0].text.split("\n")
    row = letter_truth(letter, THAI, [1], "")
    assert row["marks_stamped"] == told
    assert [mark for mark in told if mark in typed] == []
    assert (row["urgency"], row["secrecy"]) == (marks.get("urgency"), marks.get("secrecy"))


@pytest.mark.parametrize(("mark", "words"), [(True, "คู่ฉบับ"), ("สำเนา", "สำเนา"), (False, None)])
def test_a_copy_bears_its_own_words(mark: bool | str, words: str | None) -> None:
    assert letter_truth(LETTER | {"copy_mark": mark}, THAI, [1], "")["copy_mark"] == words


def made() -> Made:
    return Made(pages=["a", "b", "c"], letters=[{"pages": [1, 2]}, {"pages": [3]}],
                attachments=[], page_text=[{"page": page, "role": "letter", "text": str(page)} for page in (1, 2, 3)])


def test_pages_lie_in_the_order_told_and_letters_keep_theirs() -> None:
    lain = reordered(made(), [3, 2, 1])
    assert lain.pages == ["c", "b", "a"]
    assert [letter["pages"] for letter in lain.letters] == [[1], [3, 2]]
    assert [(row["page"], row["text"]) for row in lain.page_text] == [(1, "3"), (2, "2"), (3, "1")]


def test_an_attachment_follows_its_letter_through_the_order() -> None:
    whole = made()
    whole.letters, whole.attachments = [{"pages": [1]}, {"pages": [3]}], [{"pages": [2], "letter": 0}]
    assert reordered(whole, [3, 2, 1]).attachments == [{"pages": [2], "letter": 1}]


@pytest.mark.parametrize("order", [[1, 2], [1, 1, 2], [1, 2, 4]])
def test_an_order_names_every_page_once(order: list[int]) -> None:
    with pytest.raises(ValueError, match="each of 3 pages"):
        reordered(made(), order)


@pytest.mark.parametrize("number", ["2047", "๒๐๔๗"])
def test_no_two_hands_write_alike(number: str) -> None:
    assert len({hand.digits(number, rng(), writer) for writer in hand.WRITERS}) == len(hand.WRITERS)


@pytest.mark.parametrize("name", WEAR)
def test_wear_darkens_a_page_and_keeps_its_size(name: str) -> None:
    page = Image.new("RGB", (400, 560), "white")
    page.paste((0, 0, 0), (60, 80, 160, 120))
    worn = wear(page, [name], np.random.default_rng(2))
    assert worn.size == page.size
    assert np.asarray(worn).mean() < np.asarray(page).mean()


def test_a_packet_as_another_grade_is_the_same_letters_turned_as_before() -> None:
    source = Source("b01", "build", {"grade": "clean", "dpi": 300, "bilevel": True, "turned": {"1": 90}}, [LETTER], [])
    poor = as_grade(source, "poor")
    assert poor.settings == {"grade": "poor", "turned": {"1": 90}}
    assert (poor.stem, poor.letters) == (source.stem, source.letters)


@pytest.mark.parametrize("grade", ["poor", "digital"])
def test_a_packet_of_that_grade_or_born_digital_stays_as_it_is(grade: str) -> None:
    source = Source("b01", "build", {"grade": grade, "dpi": 240}, [LETTER], [])
    assert as_grade(source, "poor") is source

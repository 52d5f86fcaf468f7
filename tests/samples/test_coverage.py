"""Both halves hold every grade, digit style, kind of letter, deadline form and oddity that the reader must master."""

from __future__ import annotations

import re
from typing import Any

import pytest

from letters.text import arabic
from samples.packet import load_all
from tests.samples.conftest import FILLED, Packets
from tests.samples.test_truth import letters

DAY = r"\d{1,2} \S+ \d{2,4}"
DEADLINE_FORMS = {
    "date": rf"วันที่ {DAY}",
    "weekday": r"วัน(จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์)ที่ \d",
    "before": r"ก่อน(วัน|เวลา)",
    "month": r"เดือน(?!ของ)[ก-์]+ \d{4}",
    "days in figures": r"ภายใน \d+ วัน",
    "days in words": r"ภายใน(สิบ|สาม|ห้า|เจ็ด|สามสิบ|สิบห้า)\S*วัน",
    "the word day missing": r"ภายใน \d+ นับแต่",
    "day of every month": r"ทุกวันที่ \d+ ของเดือน",
    "day of every month, other words": r"วันที่ \d+ ของทุกเดือน",
    "twice a year": r"ปีละ ?(2 |สอง)ครั้ง",
    "every two months": r"ทุก(ระยะ)?(เวลา)? ?(2|สอง) ?เดือน",
    "urgent": r"^โดย(ด่วน|เร็ว|ทันที)",
    "urgent by an hour": r"^ด่วนภายใน .* เวลา",
}


def deadlines(half: Packets) -> list[dict[str, Any]]:
    return [deadline for letter in letters(half) for deadline in letter["deadlines"]]


@pytest.mark.parametrize("form", DEADLINE_FORMS)
def test_deadline_form(half: Packets, form: str) -> None:
    assert any(re.search(DEADLINE_FORMS[form], arabic(deadline["text"])) for deadline in deadlines(half))


def test_deadline_kinds(half: Packets) -> None:
    assert {deadline["kind"] for deadline in deadlines(half)} == {"date", "relative", "recurring", "urgent", "event"}
    assert sum(len(letter["deadlines"]) > 1 for letter in letters(half)) >= 5
    assert sum(bool(letter["past_dates"]) for letter in letters(half)) >= 6
    assert {"effective", "event"} <= {row["role"] for letter in letters(half) for row in letter["other_dates"]}


def test_a_deadline_is_moved(half: Packets) -> None:
    assert any(re.search("ขยาย|เลื่อน", letter["subject"] or "") and letter["past_dates"] and letter["deadlines"]
               for letter in letters(half))


def test_grades_and_digits(half: Packets) -> None:
    grades = [packet["grade"] for packet in half.values()]
    assert all(grades.count(grade) >= 3 for grade in ("clean", "office", "poor"))
    assert grades.count("digital") >= 2
    digits = [packet["digits"] for packet in half.values()]
    assert min(digits.count("thai"), digits.count("arabic")) >= len(digits) * 0.4


def test_kinds_of_letters(half: Packets, packets: dict[str, Packets]) -> None:
    assert {"external", "memo", "stamped", "radio"} <= {letter["kind"] for letter in letters(half)}
    everything = [letter for found in packets.values() for letter in letters(found)]
    assert {letter["kind"] for letter in everything} >= {"order", "announcement"}
    assert any(letter["kind"] == "stamped" and letter["date"] is None for letter in everything)


def test_marks_and_signatures(half: Packets) -> None:
    found = letters(half)
    assert {letter["urgency"] for letter in found} >= {"ด่วน", "ด่วนมาก", "ด่วนที่สุด"}
    assert any(letter["secrecy"] for letter in found)
    forms = {letter["signatory"]["acting_kind"] for letter in found if letter["signatory"]}
    assert {None, "ปฏิบัติราชการแทน", "รักษาราชการแทน"} <= forms
    assert any(letter["copy_mark"] for letter in found)
    assert any(letter["qr"] for letter in found)
    assert any(letter["emails"] for letter in found)
    assert any(letter["urls"] for letter in found)
    assert any(len(letter["pages"]) == 2 for letter in found)


def test_numbered_references_enclosures_and_slips(half: Packets) -> None:
    found = letters(half)
    assert any(len([row for row in letter["references"] if row["relation"] == "reference"]) >= 2 for letter in found)
    assert {row["relation"] for letter in found for row in letter["references"]} == {"reference", "enclosure", "body"}
    assert any("จำนวน" in enclosure for letter in found for enclosure in letter["enclosures"])
    assert any("meant" in row for letter in found for row in letter["references"])


def test_places_and_subjects(packets: dict[str, Packets]) -> None:
    assert len({source.settings["province"] for source in load_all()}) >= 12
    assert all(len(found) >= 10 for found in packets.values() if found)


def test_stamps_of_three_colours_some_over_text() -> None:
    for half in FILLED:
        stamps = [stamp for source in load_all() if source.half == half
                  for letter in source.letters for stamp in letter.get("stamps", [])]
        assert {stamp["color"] for stamp in stamps} == {"blue", "red", "purple"}
        assert sum(stamp.get("over", False) for stamp in stamps) >= 3


ODD_NUMBERS = {
    "build": (r"ที่[ก-ฮ]{2}\d{4}", r"\.\d{4}\.\d/ว", r"/ว\. ?\d", r"/ว0\d{3}", r"/ป \d", r" / ว \d",
              r"(?<![\d/])ว \d{4}", r"ที่ [ก-ฮ]{2}\.\d{4}", r"/ว\.\d", r"/203\.15", r"ที่ 0421\.3/ว 106",
              r"ที่ \S+ \S+ ว \d", r"/ว 030", r" / \d"),
    "check": (r"ที่ ?[ก-ฮ]{2}\d{4}", r"ที่ [ก-ฮ]{2}\.\d{4}", r"/ ?ว\. ?\d", r"\d/ว\d", r"/ว 0\d", r"/ป \d", r" / ว \d",
              r"(?<![\d/] )(?<![\d/])ว \d{4}", r"/\d+\.\d+", r"ที่ 0\d{3}\.\d/ว", r"ที่ \S+ \S+ ว \d",
              r"ที่ กค \(กวจ\)", r"\d{4}\.\d{3}/", r"[ก-ฮ]{2}\([ก-ฮ]+\)\d"),
}


@pytest.mark.parametrize(("name", "form"), [(half, form) for half, forms in ODD_NUMBERS.items() for form in forms])
def test_odd_number_forms(packets: dict[str, Packets], name: str, form: str) -> None:
    printed = [row["text"] for letter in letters(packets[name]) for row in letter["references"]]
    printed += [letter["number"]["printed"] for letter in letters(packets[name]) if letter["number"]]
    assert any(re.search(form, arabic(text)) for text in printed)

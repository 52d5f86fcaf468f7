"""Counts by facet, what may be found by whom, suggestions, and spellings near what was asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index import open_engine
from index.engine import SearchEngine
from index.near import commonest
from tests.index.conftest import LETTERS, make_entry

COUNTED = [
    replace(make_entry("a", when=date(2023, 5, 1), issuer="จังหวัดกระบี่", subject="ขยะมูลฝอย", kind="external"),
            urgency="ด่วนที่สุด", domains=(1, 6), deadline=True, states=("here",), people=("นายก้อง ใจดี",),
            seers=("p81", "d8101")),
    replace(make_entry("b", when=date(2024, 5, 1), issuer="จังหวัดกระบี่", subject="ขยะติดเชื้อ", kind="external"),
            states=("here", "doubt"), people=("นายก้อง ใจดี", "นางแก้ว งามดี"), seers=("p81",)),
    replace(make_entry("c", when=date(2024, 6, 1), issuer="อำเภอเมืองกระบี่", subject="ขยะในคลอง", kind="memo"),
            domains=(1,), deadline=True, states=("here",), seers=("p81", "d8101")),
    replace(make_entry("d", issuer="กรมตัวอย่าง", subject="ถนน"), states=("absent",), seers=("p50",)),
]


@pytest.fixture
def counted(engine: SearchEngine) -> SearchEngine:
    engine.write(COUNTED)
    return engine


def test_what_was_found_is_counted(counted: SearchEngine) -> None:
    found = counted.search("ขยะ", limit=1, count=("sender", "year", "kind", "urgency", "domain", "deadline", "person"))
    assert found.total == 3 and len(found.hits) == 1
    assert found.counts["sender"] == (("จังหวัดกระบี่", 2), ("อำเภอเมืองกระบี่", 1))
    assert dict(found.counts["year"]) == {"2567": 2, "2566": 1}
    assert dict(found.counts["kind"]) == {"external": 2, "memo": 1}
    assert found.counts["urgency"] == (("ด่วนที่สุด", 1),)
    assert dict(found.counts["domain"]) == {"1": 2, "6": 1}
    assert found.counts["deadline"] == (("yes", 2),)
    assert dict(found.counts["person"]) == {"นายก้อง ใจดี": 2, "นางแก้ว งามดี": 1}
    assert counted.search("ไดโนเสาร์", count=("kind",)).counts == {}
    assert counted.search("ขยะ").counts == {}


@pytest.mark.parametrize("query", [
    "ปลานิล", "ท้องถิ่น", "มท 0810.7/ว 1055", "ว", "ปลานิล ประชุม", '"ประชุม เรื่องปลานิล"', "บ่อน้ำตื้น ตู้หนังสือ", "info", "",
])
def test_as_many_are_counted_as_found(filled: SearchEngine, query: str) -> None:
    found = filled.search(query, count=("kind",))
    kinds = {entry.id: entry.kind for entry in LETTERS}
    assert sum(number for _, number in found.counts["kind"]) == sum(1 for hit in found.hits if kinds[hit.id])


@pytest.mark.parametrize(("facets", "found"), [
    ({"sender": "จังหวัดกระบี่"}, {"a", "b"}), ({"sender": "กระบี่"}, set()), ({"kind": "memo"}, {"c"}),
    ({"domain": "1"}, {"a", "c"}), ({"domain": "1", "deadline": "yes", "kind": "external"}, {"a"}),
    ({"person": "นางแก้ว งามดี"}, {"b"}), ({"state": "doubt"}, {"b"}), ({"year": "2566"}, {"a"}),
])
def test_facets_narrow(counted: SearchEngine, facets: dict[str, str], found: set[str]) -> None:
    assert {hit.id for hit in counted.search("", facets=facets).hits} == found
    for name, value in facets.items():
        told = dict(counted.search("", count=(name,)).counts[name])
        assert told.get(value, 0) == counted.search("", facets={name: value}).total


def test_an_unknown_facet_is_a_mistake_of_the_program(counted: SearchEngine) -> None:
    with pytest.raises(KeyError):
        counted.search("ขยะ", facets={"colour": "red"})


@pytest.mark.parametrize(("seers", "found"), [
    (None, {"a", "b", "c", "d"}), ((), set()), (("d8101",), {"a", "c"}), (("p81", "unobody"), {"a", "b", "c"}),
    (("p8",), set()), (("p50", "d8101"), {"a", "c", "d"}),
])
def test_nothing_tells_of_letters_outside_the_area(counted: SearchEngine, seers, found: set[str]) -> None:
    told = counted.search("", seers=seers, count=("sender",))
    assert {hit.id for hit in told.hits} == found and told.total == len(found)
    senders = {entry.issuer for entry in COUNTED if entry.id in found}
    assert {value for value, _ in told.counts.get("sender", ())} == senders
    assert {value for value, _ in counted.values("sender", "", seers=seers)} == senders
    assert {hit.id for hit in counted.near("ขยะมูลฝิย", seers=seers)} == {"a"} & found


def test_values_are_suggested_by_any_part(counted: SearchEngine) -> None:
    assert counted.values("sender", "กระบี่") == (("จังหวัดกระบี่", 2), ("อำเภอเมืองกระบี่", 1))
    assert counted.values("sender", "อำเภอ") == (("อำเภอเมืองกระบี่", 1),)
    assert counted.values("person", "แก้ว", limit=1) == (("นางแก้ว งามดี", 1),)
    counted.write([replace(COUNTED[0], id="e", issuer="อำเภอใหม่")])
    assert counted.values("sender", "ใหม่") == (("อำเภอใหม่", 1),)


@pytest.mark.parametrize(("query", "spelt"), [
    ("บ่อนำ้ตื้น", None),                     # marks in another order are the same
    ("บอน้ำตื้นสาธารณะ", "บ่อน้ำตื้นสาธารณะ"),  # a tone mark lost
    ("องค์กรปกครอมส่วนท้องถิ่น", "องค์กรปกครองส่วนท้องถิ่น"),
    ("ตู้หนังสือหมู่บาน", "ตู้หนังสือหมู่บ้าน"), ("องค์กรปกครอมส่วนท้องถีน", "องค์กรปกครองส่วนท้องถิ่น"),
    ("ปลาวาฬสีชมพู", None), ("ปลา", None), ("1055", None), ("", None),
])
def test_near_spellings(filled: SearchEngine, query: str, spelt: str | None) -> None:
    found = filled.near(query)
    assert commonest(found) == spelt
    assert all(f"<mark>{near.spelt}</mark>" in near.snippet for near in found)


def test_slips_of_ocr_are_found_by_the_right_word(engine: SearchEngine) -> None:
    engine.write([make_entry("slip", body="องค์กรปกครองส่วนท้องถี่น"), make_entry("right", body="องค์กรปกครองส่วนท้องถิ่น")])
    assert [(near.id, near.spelt) for near in engine.near("ปกครองส่วนท้องถิ่น")] == [("slip", "ปกครองส่วนท้องถี่น")]


def test_an_index_of_an_earlier_layout_is_as_none(kind: str, tmp_path: Path) -> None:
    engine = open_engine(kind, tmp_path)
    for _ in engine.rebuild(LETTERS):
        pass
    name = (tmp_path / f"{kind}.current").read_text()
    (tmp_path / name).rename(tmp_path / f"{kind}-{name[-8:]}")
    (tmp_path / f"{kind}.current").write_text(f"{kind}-{name[-8:]}")
    assert not engine.exists()
    for _ in engine.rebuild(LETTERS):
        pass
    assert engine.search("ปลานิล").total == 2
    assert not (tmp_path / f"{kind}-{name[-8:]}").exists()
    engine.close()

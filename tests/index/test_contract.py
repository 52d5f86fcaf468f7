"""What a search engine must do, whichever library is underneath: asking and writing."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engine import SearchEngine
from tests.index.conftest import LETTERS, Ask, make_entry


@pytest.mark.parametrize(("query", "found"), [
    ("บ่อน้ำตื้น", {"dla"}),
    ("ปลานิล", {"province", "district"}),
    ("ท้องถิ่น", {"dla"}),                            # inside องค์กรปกครองส่วนท้องถิ่น
    ("ปกครอง", {"dla"}),
    ("ปกครองส่วน", {"dla"}),
    ("ชัยภูมิ", {"province"}),                        # inside จังหวัดชัยภูมิ
    ("info", {"province"}), ("INFO", {"province"}),
    ("๑๐๕๕", {"dla", "province"}), ("1055", {"dla", "province"}),   # and not 2105512
    ("มท 0810.7/ว 1055", {"dla", "province"}), ("๐๘๑๐.๗/ว๑๐๕๕", {"dla", "province"}),
    ("ว 1055", {"dla", "province"}), ("ว ๗๗", {"province"}),
    ("บ่อน\u0e4d\u0e49าตื้น", {"dla"}), ("บ่อน\u0e49\u0e4dาตื้น", {"dla"}),   # ำ in pieces, tone mark either way
    ("เเผนจัดการ", {"province"}),                     # เ twice for แ
    ("ปลา\u200bนิล", {"province", "district"}),       # invisible space
    ("ห้องประชุมชั้น", {"district"}),                  # over a line's end
    ("ปลานิล ประชุม", {"district"}),                  # AND
    ('"ประชุม เรื่องปลานิล"', {"district"}),            # phrase across a space
    ('"ปลานิล เรื่อง"', set()),                         # … in this order only
    ("“ประชุม เรื่องปลานิล”", {"district"}),
    ('ปลานิล "ประชุม', {"district"}),                  # a quote left open
    ("ปลาทู", set()), ("ไดโนเสาร์", set()), ("!!!", set()), ("ๆ ฯ", set()),
    ("", {"dla", "province", "district", "undated"}), ("  ", {"dla", "province", "district", "undated"}),
])
def test_query_finds(ask: Ask, query: str, found: set[str]) -> None:
    assert ask(query) == found


@pytest.mark.parametrize(("options", "found"), [
    ({"first": date(2023, 3, 2)}, {"province", "district"}),
    ({"last": date(2023, 3, 2)}, {"dla", "province"}),
    ({"first": date(2023, 2, 28), "last": date(2023, 12, 31)}, {"province"}),
    ({"first": date(2024, 1, 6), "last": date(2020, 1, 1)}, set()),
    ({"sender": "จังหวัดชัยภูมิ"}, {"province"}), ({"sender": "ชัยภูมิ"}, {"province"}),
    ({"sender": "ท้องถิ่น กรม"}, {"dla"}), ({"sender": "กระบี่"}, set()), ({"sender": "?"}, set()),
    ({"sender": " "}, {"dla", "province", "district", "undated"}),
    ({"kind": "memo"}, {"district"}), ({"kind": "radio"}, set()),
    ({"sender": "จังหวัด", "first": date(2023, 1, 1), "kind": "external"}, {"province"}),
])
def test_filters(ask: Ask, options: dict[str, object], found: set[str]) -> None:
    assert ask("", **options) == found


def test_filters_hold_with_words(ask: Ask) -> None:
    assert ask("ปลานิล", last=date(2023, 12, 31)) == {"province"}
    assert ask("ปลานิล", sender="อำเภอ") == {"district"}
    assert ask("ปลานิล ไดโนเสาร์", sender="อำเภอ") == {"district"}


def test_any_word_only_when_no_letter_holds_all(filled: SearchEngine) -> None:
    assert not filled.search("ปลานิล ประชุม").relaxed
    relaxed = filled.search("บ่อน้ำตื้น ตู้หนังสือ")
    assert relaxed.relaxed
    assert {hit.id for hit in relaxed.hits} == {"dla", "district"}
    assert not filled.search("ไดโนเสาร์ อวกาศ").relaxed


def test_empty_query_lists_newest_first(filled: SearchEngine) -> None:
    assert [hit.id for hit in filled.search("").hits] == ["district", "province", "dla", "undated"]


def test_pages(engine: SearchEngine) -> None:
    engine.write(make_entry(f"n{day:02}", when=date(2024, 1, day), body="ปลานิล") for day in range(1, 8))
    pages = [engine.search("", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [hit.id for page in pages for hit in page.hits] == [f"n{day:02}" for day in range(7, 0, -1)]
    assert {page.total for page in pages} == {7}
    words = [hit.id for offset in (0, 4) for hit in engine.search("ปลานิล", limit=4, offset=offset).hits]
    assert sorted(words) == [f"n{day:02}" for day in range(1, 8)]
    assert engine.search("ปลานิล", limit=0).total == 7
    assert engine.search("ปลานิล", limit=0).hits == ()


def test_subject_ranks_above_body(engine: SearchEngine) -> None:
    engine.write([make_entry("body", subject="เรื่องอื่น", body="น้ำประปา " * 5), make_entry("subject", subject="น้ำประปา"),
                  make_entry("far", body="น้ำประปาหนึ่งครั้ง ในหนังสือ" + " ที่ยาวมากกว่าฉบับอื่น" * 50)])
    hits = engine.search("น้ำประปา").hits
    assert [hit.id for hit in hits] == ["subject", "body", "far"]
    assert hits[0].score > hits[1].score > hits[2].score


def test_whole_word_ranks_above_chance(engine: SearchEngine) -> None:
    engine.write([make_entry("chance", body="ประตากลางบ้านของโรงเรียน"), make_entry("word", body="จังหวัดตาก")])
    assert [hit.id for hit in engine.search("ตาก").hits] == ["word", "chance"]


def test_no_phrase_from_one_field_into_the_next(engine: SearchEngine) -> None:
    engine.write([make_entry(subject="ปลานิล", issuer="จังหวัดตรัง", body="แดดเดียว")])
    assert engine.search("ปลานิลจังหวัดตรัง").total == 0
    assert engine.search('"ปลานิล แดดเดียว"').total == 0


def test_spaces_that_ocr_put_into_words(engine: SearchEngine) -> None:
    engine.write([make_entry(body="องค์กร ปกครองส่ว นท้อ งถิ่น")])
    assert engine.search("ท้องถิ่น").total == 1


def test_replace_by_id(filled: SearchEngine) -> None:
    filled.write([make_entry("dla", subject="เรื่องใหม่ว่าด้วยจักรยาน"), make_entry("dla", subject="เรื่องใหม่ว่าด้วยเรือใบ")])
    assert filled.search("").total == len(LETTERS)
    assert filled.search("บ่อน้ำตื้น").total == filled.search("จักรยาน").total == 0
    assert [hit.id for hit in filled.search("เรือใบ").hits] == ["dla"]


def test_remove(filled: SearchEngine) -> None:
    filled.remove(["dla", "never there"])
    assert filled.search("บ่อน้ำตื้น").total == 0
    assert filled.search("").total == len(LETTERS) - 1


def test_failed_write_changes_nothing(filled: SearchEngine) -> None:
    def broken():
        yield make_entry("new", body="เครื่องบินกระดาษ")
        raise RuntimeError("the archive went away")
    with pytest.raises(RuntimeError):
        filled.write(broken())
    assert filled.search("เครื่องบินกระดาษ").total == 0
    filled.write([make_entry("new", body="เครื่องบินกระดาษ")])
    assert filled.search("เครื่องบินกระดาษ").total == 1


@pytest.mark.parametrize(("query", "mark"), [
    ("ท้องถิ่น", "องค์กรปกครองส่วน<mark>ท้องถิ่น</mark>สำรวจ"),
    ("2566", "มีนาคม <mark>๒๕๖๖</mark>"),
    ("0810.7", "<mark>0810.7</mark>/ว 1055"),
    ("กรมส่งเสริม", "<mark>กรมส่งเสริม</mark>การปกครองท้องถิ่น"),
])
def test_snippet_marks_what_was_found(filled: SearchEngine, query: str, mark: str) -> None:
    assert mark in next(hit.snippet for hit in filled.search(query).hits if hit.id == "dla")


def test_snippet_is_escaped(engine: SearchEngine) -> None:
    engine.write([make_entry(subject="<b>", body='<script>alert("ปลานิล")</script> & <mark>')])
    snippet = engine.search("ปลานิล").hits[0].snippet
    assert snippet == ("&lt;script&gt;alert(&quot;<mark>ปลานิล</mark>&quot;)&lt;/script&gt; &amp; &lt;mark&gt;")
    assert engine.search("script").hits[0].snippet.startswith("&lt;<mark>script</mark>&gt;")


NASTY = [
    "ก" * 100_000, '"' * 5_000, "่้" * 50_000, "ะา" * 50_000, "การ" * 30_000, "a " * 50_000, "1" * 9_999, "\0", "\ud800",
    "AND OR NOT", "subject_words:x", "[a TO b]", "*", "?", "~", "^9", "\\", "(((", "¶", "·", "ก·า", "ว" * 60 + " 1",
    "ประชุมเรื่องปลานิลณห้องประชุม" * 13, "ก ข ค ง จ ฉ ช ซ ด ต ถ ท น บ ป ผ ฝ พ " * 10, "𝟙𝟚", "²", "İı", "ﷺ", "\u0e31", "''--",
]


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
def test_nasty_query_is_answered_quickly(filled: SearchEngine, query: str) -> None:
    start = time.process_time()
    filled.search(query)
    filled.search("", sender=query)
    assert time.process_time() - start < 2


@settings(max_examples=60, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_are_a_query(filled: SearchEngine, data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from(["utf-8", "tis-620", "latin-1"]))
    query = data.draw(st.binary(max_size=300)).decode(encoding, "surrogateescape")
    results = filled.search(query, sender=data.draw(st.none() | st.just(query)))
    assert len(results.hits) <= results.total <= len(LETTERS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters() | st.sampled_from('กขาำ่้เแ๑1 <>&"'), max_size=120))
def test_any_text_can_be_indexed_and_its_snippet_is_safe(engine: SearchEngine, text: str) -> None:
    engine.write([make_entry(subject=text, issuer=text, body=text)])
    assert engine.search("").total == 1
    for hit in engine.search(text[:30]).hits:
        assert not re.search(r"[<>\"]", re.sub(r"</?mark>", "", hit.snippet))
        assert hit.snippet.count("<mark>") == hit.snippet.count("</mark>")
        assert len(unescape(hit.snippet)) < 2_000

"""The terms that Thai text becomes, before any engine sees them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse, fold, tidy
from index.query import pattern, read_phrases
from index.snippet import snippet


@pytest.mark.parametrize(("text", "words", "parts"), [
    ("องค์กรปกครองส่วนท้องถิ่น", "องค์กรปกครองส่วนท้องถิ่น", "องค์กร ปกครอง ส่วน ท้อง ถิ่น"),
    ("จังหวัดชัยภูมิ", "จังหวัด ชัยภูมิ", "จัง หวัด ชัย ภูมิ"),
    ("ที่ มท ๐๘๑๐.๗/ว ๑๐๕๕", "ที่ มท 0810 7 ว 1055", "ที่ มท 0810 7 ว 1055"),
    ("INFO ระบบใหม่", "info ระบบ ใหม่", "info ระบบ ใหม่"),
    ("อื่น ๆ ฯลฯ", "อื่น ล", "อื่น ล"),
    ("…—!?", "", ""),
])
def test_words_and_parts(text: str, words: str, parts: str) -> None:
    terms = analyse(tidy(text))
    assert (" ".join(terms.words), " ".join(terms.parts)) == (words, parts)


def test_clusters_keep_marks_with_their_consonant() -> None:
    assert analyse("น้ำตื้นดี").clusters == ("น้ำ", "ตื้น", "ดี")
    assert analyse("น้ำตื้นดี").pairs == ("น้ำ·ตื้น", "ตื้น·ดี")


@given(st.text())
def test_terms_need_no_further_care(text: str) -> None:
    terms = analyse(tidy(text))
    for term in (*terms.words, *terms.parts, *terms.clusters):
        assert 0 < len(term) <= 64
        assert not any(char.isspace() for char in term)
        term.encode("utf-8")
    assert "".join(terms.words) == "".join(terms.clusters) or any(len(term) == 64 for term in terms.words)


@given(st.text())
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("unit", ["่้", "ะา", "ำ", "ก็", "การ", "เ", " ่", "กขค", "1", "๑ ", "x\n"])
def test_garbage_is_analysed_quickly(unit: str) -> None:
    start = time.process_time()
    analyse(tidy(unit * 20_000))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("query", "phrases"), [
    ("ประชุม รายงาน", [["ประชุม"], ["รายงาน"]]),
    ('"ประชุม รายงาน" ด่วน', [["ประชุม", "รายงาน"], ["ด่วน"]]),
    ("“ประชุม รายงาน”", [["ประชุม", "รายงาน"]]),
    ("ว ๗๗", [["ว", "77"]]), ("มท 0810/ว. 77", [["มท"], ["0810", "ว", "77"]]),
    ("ประชุม ประชุม", [["ประชุม"]]),
    ("", []), ('"" ""', []), ("…", []),
])
def test_phrases_of_a_query(query: str, phrases: list[list[str]]) -> None:
    assert [list(phrase.words) for phrase in read_phrases(query)] == phrases


@pytest.mark.parametrize(("text", "query", "expected"), [
    ("เลขที่ ๕๕ และ ๑๐๕๕", "55", "เลขที่ <mark>๕๕</mark> และ ๑๐๕๕"),
    ("วันที่ ว ๕", "ว", "วันที่ <mark>ว</mark> ๕"),
    ("Information, INFO", "info", "Information, <mark>INFO</mark>"),
    ("บ่อน้ำ\nตื้น", "บ่อน้ำตื้น", "<mark>บ่อน้ำ ตื้น</mark>"),
    ("ปลานิล ปลานิล", "ปลานิล", "<mark>ปลานิล</mark> <mark>ปลานิล</mark>"),
    ("ไม่มีอะไร", "ปลานิล", "ไม่มีอะไร"),
])
def test_marks(text: str, query: str, expected: str) -> None:
    assert snippet([text], pattern(read_phrases(query))) == expected


def test_snippet_is_cut_where_script_may_be_cut() -> None:
    text = "เกี่ยวข้องกับน้ำตื้น" * 30 + "ปลานิล" + "เกี่ยวข้องกับน้ำตื้น" * 30
    for query in ("ปลานิล", "ไม่มี"):
        shown = snippet([text], pattern(read_phrases(query)))
        inside = shown.strip("…")
        assert len(shown) < 250
        assert shown.endswith("…") and inside[0] not in "ะาำัิีืุู่้" and inside[-1] not in "เแโใไ"


def test_snippet_shows_the_first_text_that_holds_it() -> None:
    assert snippet(["", "เนื้อความ", "เรื่องปลานิล"], pattern(read_phrases("ปลานิล"))) == "เรื่อง<mark>ปลานิล</mark>"
    assert snippet(["", "เนื้อความ"], None) == "เนื้อความ"
    assert snippet([], None) == ""

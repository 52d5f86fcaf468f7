"""Searches that people keep, and the words by which the index knows who may find a letter."""

from __future__ import annotations

import pytest

from archive import Archive
from archive.searches import MOST
from archive.sight import Sight
from letters.errors import BadRequest, NotFound


def test_searches_are_kept_by_person_and_title(archive: Archive) -> None:
    archive.searches.keep("somchai", "  ขยะ   ค้าง ", "q=ขยะ")
    archive.searches.keep("somchai", "ก่อน", "q=ก")
    archive.searches.keep("somchai", "ขยะ ค้าง", "q=ขยะ&kind=external")
    archive.searches.keep("malee", "ขยะ ค้าง", "q=อื่น")
    assert [(one.title, one.query) for one in archive.searches.of("somchai")] == [
        ("ก่อน", "q=ก"), ("ขยะ ค้าง", "q=ขยะ&kind=external")]
    assert [one.query for one in archive.searches.of("malee")] == ["q=อื่น"]


@pytest.mark.parametrize(("title", "query"), [
    ("", "q=ก"), ("  ", "q=ก"), ("ก", ""), ("ก" * 81, "q=ก"), ("ก", "q" * 1001)])
def test_what_cannot_be_kept(archive: Archive, title: str, query: str) -> None:
    with pytest.raises(BadRequest):
        archive.searches.keep("somchai", title, query)


def test_no_more_than_a_person_can_read(archive: Archive) -> None:
    for place in range(MOST):
        archive.searches.keep("somchai", f"{place}", "q=ก")
    with pytest.raises(BadRequest):
        archive.searches.keep("somchai", "อีก", "q=ก")
    archive.searches.keep("somchai", "0", "q=ข")
    assert len(archive.searches.of("somchai")) == MOST


def test_nobody_drops_the_search_of_another(archive: Archive) -> None:
    archive.searches.keep("somchai", "ของฉัน", "q=ก")
    mine = archive.searches.of("somchai")[0].id
    with pytest.raises(NotFound):
        archive.searches.drop("malee", mine)
    archive.searches.drop("somchai", mine)
    assert archive.searches.of("somchai") == ()


@pytest.mark.parametrize(("sight", "keys"), [
    (Sight("a", whole=True), None), (Sight("a"), ("ua",)), (Sight("a", office="6670318"), ("o6670318", "ua")),
    (Sight("a", district="6703"), ("d6703", "ua")), (Sight("a", province="67"), ("p67", "ua")),
])
def test_words_of_a_reader(archive: Archive, sight: Sight, keys: tuple[str, ...] | None) -> None:
    assert archive.findable.keys(sight) == keys

"""The graph is saved by difference and asked by number, date and sender."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive, ChangeKind
from chain import CopyRef, Graph, LinkState, Node
from letters import LetterDate, LetterNumber, Precision
from letters.errors import NotFound
from tests.archive.made import link, node, number

PACKET = "a" * 64
A = node("a", date=LetterDate(2023, 2, 27), copies=(CopyRef(PACKET, 0), CopyRef(PACKET, 1)))
B = node("b", "กบ 0023.3/ว 0012", LetterDate(2023, 2, precision=Precision.UNKNOWN_DAY), issuer="จังหวัดตัวอย่าง")
C = node("c", None, issuer=None)
D = node("d", "มท 0810.7/908", LetterDate(2021, precision=Precision.YEAR), (CopyRef("b" * 64, 0),))
GRAPH = Graph((A, B, C, D), (link("a", "b"), link("a", None, (PACKET, 1, 0), LinkState.ABSENT)))


def _ids(nodes: list[Node]) -> str:
    return "".join(found.id for found in nodes)


def test_a_graph_comes_back_as_it_was(archive: Archive) -> None:
    assert archive.graph.load() == Graph((), ())
    archive.graph.save(GRAPH)
    assert archive.graph.load() == GRAPH
    assert (archive.graph.count(), archive.graph.count(absent=True), archive.graph.count(absent=False)) == (4, 2, 2)


def test_the_same_graph_again_changes_nothing(archive: Archive) -> None:
    archive.graph.save(GRAPH)
    before = archive.changes(0)
    archive.graph.save(GRAPH)
    assert archive.changes(0) == before


def test_only_changed_nodes_get_a_new_revision(archive: Archive) -> None:
    archive.graph.save(GRAPH)
    start = archive.revision()
    archive.graph.save(Graph((A, replace(B, issuer="จังหวัดอื่น"), D), GRAPH.links[1:]))
    assert [(change.kind, change.key, change.gone) for change in archive.changes(start)] == [
        (ChangeKind.NODE, "b", False), (ChangeKind.NODE, "c", True)]


def test_a_copy_can_move_from_one_letter_to_another(archive: Archive) -> None:
    archive.graph.save(GRAPH)
    first, second = A.copies
    archive.graph.save(Graph((replace(A, copies=(first,)), replace(B, copies=(second,), absent=False)), ()))
    assert archive.graph.node_of(first) == replace(A, copies=(first,))
    assert archive.graph.node_of(second) == replace(B, copies=(second,), absent=False)
    assert archive.graph.node_of(CopyRef("b" * 64, 0)) is None


def test_a_citation_that_means_another_letter_now_is_told(archive: Archive) -> None:
    archive.graph.save(Graph((A, B), (link("a", "b", state=LinkState.LIKELY),)))
    archive.graph.save(Graph((A, B), (replace(link("a", "b", state=LinkState.LIKELY), score=0.8),)))
    assert archive.audit.list() == ()
    archive.graph.save(Graph((A, B, C), (link("a", "c"),)), actor="ผู้ตรวจ")
    [event] = archive.audit.list(f"letter:{PACKET}/0")
    assert (event.actor, event.field, event.before, event.after) == (
        "ผู้ตรวจ", "references[0]", "refers b (likely)", "refers c (linked)")


def test_single_nodes_and_links(archive: Archive) -> None:
    archive.graph.save(GRAPH)
    assert archive.graph.node("b") == B
    assert archive.graph.links_from("a") == list(GRAPH.links)
    assert archive.graph.links_to("b") == [GRAPH.links[0]]
    with pytest.raises(NotFound):
        archive.graph.node("x")


@pytest.mark.parametrize(("asked", "found"), [
    (number("มท 0810.7/ว 908"), "a"),
    (number("มท 0810.7/908"), "d"),
    (number("ว 908"), "a"),
    (number("ว 12"), "b"),
    (number("0023.3/ว 012"), "b"),
    (number("ชย 0023.3/ว 12"), ""),
    (LetterNumber("มท", "0810.7", True, None), "a"),
])
def test_letters_by_number(archive: Archive, asked: LetterNumber, found: str) -> None:
    archive.graph.save(GRAPH)
    assert _ids(archive.graph.nodes_by_number(asked)) == found


@pytest.mark.parametrize(("first", "last", "found"), [
    ("2023-02-27", "2023-02-27", "ba"), ("2023-02-26", "2023-02-26", "b"), ("2023-03-01", "2024-01-01", ""),
    ("2021-06-01", "2023-02-01", "bd"), ("2020-12-31", "2021-01-01", "d"),
])
def test_letters_by_date(archive: Archive, first: str, last: str, found: str) -> None:
    archive.graph.save(GRAPH)
    assert _ids(archive.graph.nodes_by_date(dt.date.fromisoformat(first), dt.date.fromisoformat(last))) == found


@pytest.mark.parametrize(("filters", "found"), [
    ({}, "badc"), ({"absent": True}, "bc"), ({"absent": False}, "ad"), ({"sender": "จังหวัด"}, "b"),
    ({"sender": "%"}, ""), ({"first": dt.date(2023, 1, 1)}, "ba"), ({"last": dt.date(2023, 1, 1)}, "d"),
])
def test_listing_newest_first_page_by_page(archive: Archive, filters: dict[str, object], found: str) -> None:
    archive.graph.save(GRAPH)
    seen = ""
    while nodes := archive.graph.nodes(seen[-1] if seen else None, 1, **filters):  # type: ignore[arg-type]
        seen += _ids(nodes)
    assert seen == found
    with pytest.raises(NotFound):
        archive.graph.nodes(after="x")


_REFS = [CopyRef(PACKET, index) for index in range(4)]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Graphs over few ids and copies, so that one differs from the next in every way."""
    ids = draw(st.sets(st.sampled_from("abcde")))
    places = draw(st.lists(st.sampled_from(sorted(ids)), max_size=4)) if ids else []
    nodes = [node(key, issuer=draw(st.sampled_from(["ก", "ข"])),
                  copies=tuple(ref for ref, owner in zip(_REFS, places, strict=False) if owner == key))
             for key in sorted(ids)]
    links = [link(owner, draw(st.sampled_from(sorted(ids))), (PACKET, index, 0), draw(st.sampled_from(LinkState)))
             for index, owner in enumerate(places)]
    return Graph(tuple(nodes), tuple(links))


@settings(max_examples=15, deadline=None)
@given(st.lists(graphs(), min_size=2, max_size=4))
def test_whatever_was_saved_before_the_last_graph_is_what_is_there(history: list[Graph]) -> None:
    with tempfile.TemporaryDirectory() as home, Archive.create(Path(home)) as archive:
        for graph in history:
            archive.graph.save(graph)
        assert archive.graph.load() == history[-1]
        for ref in _REFS:
            owner = [found for found in history[-1].nodes if ref in found.copies]
            assert archive.graph.node_of(ref) == (owner[0] if owner else None)

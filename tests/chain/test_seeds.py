"""Four real packets through parsing and linking; only where they lie beside the project."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from chain import Copy, CopyRef, LinkState, build_graph, chain_of, look_up
from chain.text import tree
from letters import Line, Page, Source
from parsing import parse_packet

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="the seeds are not beside the project")


def seed_copies() -> list[Copy]:
    """All letters of the four packets."""
    copies = []
    for path in SEEDS:
        raw = path.read_bytes()
        pages = [Page(number, tuple(Line(row) for row in text.split("\n")), Source.TEXT)
                 for number, text in enumerate(raw.decode().split("\f"), start=1)]
        letters = parse_packet(path.stem, pages).letters
        sha = hashlib.sha256(raw).hexdigest()
        copies += [Copy(CopyRef(sha, index), path.stem, letter) for index, letter in enumerate(letters)]
    return copies


@pytest.fixture(scope="module")
def graph():
    return build_graph(seed_copies())


def test_twelve_letters_are_eleven(graph):
    arrived = [node for node in graph.nodes if not node.absent]
    assert sum(len(node.copies) for node in arrived) == 12
    assert len(arrived) == 11


@pytest.mark.parametrize(("asked", "copies"), [
    ("ชย 0023.3/576", 2), ("มท 0806/ว 25", 1), ("ชย 0023.6/3062", 1), ("พช 0023.3/ว 3044", 1), ("มท 0810.7/ว 908", 1)])
def test_each_is_found_under_its_number(graph, asked, copies):
    best = look_up(asked, graph.nodes)[0]
    assert (best.differs, len(best.node.copies)) == ((), copies)


def test_both_readings_of_one_citation_meet(graph):
    source, target = (look_up(asked, graph.nodes)[0].node.id for asked in ("ชย 0023.3/576", "มท 0806/ว 25"))
    links = [link for link in graph.links if link.source == source]
    assert [link.target for link in links] == [target, target]


def test_the_damaged_number_is_flagged(graph):
    [krabi] = [node for node in graph.nodes if node.number and node.number.owner == "กบ 0023.6"]
    assert krabi.doubts and len(krabi.copies) == 1


def test_enclosures_in_the_packets_are_linked(graph):
    forwards = [link for link in graph.links if link.relation == "forwards"]
    assert len(forwards) == 7
    assert {link.state for link in forwards} == {LinkState.LINKED}


def test_the_chain_of_a_department_letter(graph):
    drawn = tree(chain_of(graph, look_up("มท 0810.8/ว 5567", graph.nodes)[0].node.id))
    heads = [line for line in drawn.splitlines() if "ลงวันที่" in line]
    assert [part in line for part, line in zip(("กบ 0023.6", "▶ มท 0810.8/ว 5567", "มท 0810.8/ว 3418"), heads,
                                               strict=True)] == [True] * 3
    assert "ยังไม่มีในคลัง" in heads[2]

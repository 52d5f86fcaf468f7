"""A letter keeps its id, whatever is read of it later and whoever arrives."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from chain import Copy, Graph, Judgement, JudgementKind, Known, build_graph, known_of
from tests.chain.builders import PROVINCE, cite, enclose, letter, node_of, packet
from tests.chain.test_properties import archives

TOP = letter("มท 0816.3/ว 1203", "2023-05-02")
CITING = letter("ตง 0023.3/ว 7", "2023-06-01", cite("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE)


def grow(*stages: Sequence[Copy], judgements: Sequence[Sequence[Judgement]] = ()) -> list[Graph]:
    """The graph after each stage of arrival, each knowing the ids of the one before."""
    graphs: list[Graph] = []
    known, here = Known(), []
    for place, stage in enumerate(stages):
        here = [*here, *stage]
        graphs.append(build_graph(here, judgements[place] if judgements else (), known))
        known = known_of(graphs[-1], known)
    return graphs


def test_a_placeholder_becomes_real_under_its_id():
    before, after = grow(packet("a", CITING), packet("b", TOP))
    one, same = node_of(before, "มท 0816.3/ว 1203"), node_of(after, "มท 0816.3/ว 1203")
    assert (one.absent, same.absent, one.id) == (True, False, same.id)


def test_a_vote_that_changes_the_number_changes_no_id():
    head = letter("ตง 0023.3/ว 3155", "2023-05-09", issuer=PROVINCE, sure=0.6)
    cover = letter("ตง 0023.14/ว 12", "2023-05-12", enclose("ตง 0023.3/ว 3044", "2023-05-09", PROVINCE),
                   issuer="อำเภอห้วยยอด")
    before, after = grow(packet("a", head), packet("b", cover, head))
    [copy] = packet("a", head)
    names = [next(node for node in graph.nodes if copy.ref in node.copies) for graph in (before, after)]
    assert names[0].number != names[1].number
    assert names[0].id == names[1].id


def test_a_copy_more_changes_no_id():
    graphs = grow(*(packet(name, TOP) for name in "abc"))
    assert len({node.id for graph in graphs for node in graph.nodes}) == 1


def test_a_merge_keeps_the_oldest_id_and_remembers_the_other():
    [one], [other] = packet("a", TOP), packet("b", letter("มท 0816.3/ว 1299", "2023-06-02", subject="อื่น"))
    merge = Judgement(JudgementKind.MERGE, copy=one.ref, other=other.ref)
    first, second, merged, again = grow([one], [other], [], [], judgements=[[], [], [merge], [merge]])
    oldest = first.nodes[0].id
    [younger] = [node.id for node in second.nodes if node.id != oldest]
    assert [node.id for node in merged.nodes] == [oldest]
    assert merged.aliases == ((younger, oldest),)
    assert again.nodes == merged.nodes


def test_a_split_mints_an_id_that_was_never_used():
    [one], [other] = packet("a", TOP), packet("b", TOP)
    split = Judgement(JudgementKind.SPLIT, copy=one.ref, other=other.ref)
    whole, parts, whole_again = grow([one, other], [], [], judgements=[[], [split], []])
    [kept] = [node.id for node in whole.nodes]
    names = {node.id for node in parts.nodes}
    assert kept in names and len(names) == 2
    [rejoined] = whole_again.nodes
    assert rejoined.id == kept


@settings(max_examples=100, deadline=None)
@given(archives, st.integers(0, 6))
def test_linking_again_keeps_every_id(copies, cut):
    *_, first, again = grow(copies[:cut], copies[cut:], [])
    assert again.nodes == first.nodes
    assert again.links == first.links


@settings(max_examples=100, deadline=None)
@given(archives, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_graph_but_for_the_ids(copies, random):
    shuffled = list(copies)
    random.shuffle(shuffled)
    *_, one = grow(*([copy] for copy in copies))
    *_, other = grow(*([copy] for copy in shuffled))
    assert shape(one) == shape(other)


def shape(graph: Graph) -> object:
    """A graph without its ids: each letter named by its copies or by the citations of it."""
    cited: dict[str, list[object]] = {}
    for link in graph.links:
        cited.setdefault(link.target or "", []).append((link.mention, link.state.value))
    name = {node.id: (node.copies, () if node.copies else tuple(sorted(map(repr, cited[node.id]))))
            for node in graph.nodes}
    nodes = sorted(repr((name[node.id], node.number, node.date, node.issuer, node.subject, node.doubts, node.also_read))
                   for node in graph.nodes)
    links = [(link.mention, link.state, link.relation, link.score, link.rule, name.get(link.target or ""))
             for link in graph.links]
    return nodes, links

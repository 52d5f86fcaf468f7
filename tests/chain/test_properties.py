"""What holds for any archive: order is nothing, no citation is dropped, nothing cites the future."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from chain import Graph, Judgement, JudgementKind, LinkState, MentionRef, build_graph
from chain.assemble import is_future
from letters.codec import dump, load
from tests.chain.builders import DEPARTMENT, PROVINCE, cite, enclose, letter, packet

NUMBERS = ["มท 0816.3/ว 1203", "มท 0816.3/ว 1283", "มท 0813.6/ว 1203", "มท 0816/ว 1203", "มท 0816.3/1203", "ว 1203",
           "ตง 0023.3/ว 88", "ตง 0023.3/ว 89", "ขง 0023.3/ว 88", None]
DAYS = ["2022-05-02", "2023-05-02", "2023-05-09", None]
SUBJECTS = ["การสำรวจสนามกีฬา", "การสำรวจสนามกีฬาฯ", "แจ้งผลการสอบคัดเลือก", None]

issuers = st.sampled_from([DEPARTMENT, PROVINCE, None])
citations = st.builds(cite, st.sampled_from(NUMBERS), st.sampled_from(DAYS), issuers)
enclosures = st.builds(enclose, st.sampled_from(NUMBERS), st.sampled_from(DAYS))
letters = st.builds(
    lambda printed, iso, references, issuer, subject: letter(printed, iso, *references, issuer=issuer, subject=subject),
    st.sampled_from(NUMBERS), st.sampled_from(DAYS), st.lists(st.one_of(citations, enclosures), max_size=2),
    issuers, st.sampled_from(SUBJECTS))
archives = st.lists(st.lists(letters, min_size=1, max_size=3), min_size=1, max_size=5).map(
    lambda packets: [copy for place, one in enumerate(packets) for copy in packet(f"p{place}", *one)])


@settings(max_examples=150, deadline=None)
@given(archives, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_graph(copies, random):
    shuffled = list(copies)
    random.shuffle(shuffled)
    graph = build_graph(copies)
    assert build_graph(shuffled) == graph
    assert load(dump(graph), Graph) == graph


@settings(max_examples=150, deadline=None)
@given(archives)
def test_nothing_is_dropped_or_made_up(copies):
    graph = build_graph(copies)
    mentions = [MentionRef(copy.ref, place) for copy in copies for place in range(len(copy.letter.references))]
    ids = [node.id for node in graph.nodes]
    assert [link.mention for link in graph.links] == sorted(mentions)
    assert len(ids) == len(set(ids))
    assert sorted(ref for node in graph.nodes for ref in node.copies) == sorted(copy.ref for copy in copies)
    assert all(link.source in ids and (link.target is None or link.target in ids) for link in graph.links)


@settings(max_examples=150, deadline=None)
@given(archives)
def test_no_letter_cites_itself(copies):
    assert all(link.target != link.source for link in build_graph(copies).links)


@settings(max_examples=150, deadline=None)
@given(archives)
def test_nothing_is_linked_to_the_future(copies):
    graph = build_graph(copies)
    nodes = {node.id: node for node in graph.nodes}
    linked = [link for link in graph.links if link.state is LinkState.LINKED]
    assert not any(is_future(nodes[link.source], nodes[link.target]) for link in linked)


@settings(max_examples=100, deadline=None)
@given(archives, st.data())
def test_a_persons_word_stands_whatever_else_arrives(copies, data):
    mentions = [MentionRef(copy.ref, place) for copy in copies for place in range(len(copy.letter.references))]
    if not mentions:
        return
    mention = data.draw(st.sampled_from(mentions))
    target = data.draw(st.sampled_from(copies)).ref
    confirm = Judgement(JudgementKind.CONFIRM, mention=mention, other=target)
    for archive in (copies, [*copies, *packet("more", letter("มท 0816.3/ว 1203", "2023-05-02"))]):
        graph = build_graph(archive, [confirm])
        link = next(link for link in graph.links if link.mention == mention)
        home = next(node.id for node in graph.nodes if target in node.copies)
        assert (link.state, link.target) == (LinkState.LINKED, home)


def test_four_thousand_copies_take_seconds():
    provinces = [f"{first}{second}" for first in "กขคจชตทนบปพม" for second in "กขคจชต"][:70]
    copies = []
    for place in range(2000):
        day = f"2023-{1 + place % 12:02d}-{1 + place % 27:02d}"
        top = letter(f"มท 08{10 + place % 7}.{place % 5}/ว {100 + place // 10}", day, subject=f"เรื่องที่ {place // 10}")
        cover = letter(f"{provinces[place % 70]} 0023.3/ว {place}", f"2024-{1 + place % 12:02d}-11",
                       enclose(str(top.number.value), day), cite(f"มท 0809.2/ว {place % 400}", "2022-02-01"),
                       issuer=PROVINCE, subject=f"เรื่องที่ {place // 10}")
        copies += packet(f"p{place}", cover, top)
    start = time.process_time()
    graph = build_graph(copies)
    assert len(graph.links) == 4000
    assert time.process_time() - start < 10


def test_a_days_mass_mailing_stays_linear():
    copies = [copy for place in range(2000)
              for copy in packet(f"p{place}", letter(f"ตง 0023.3/{place + 1}", "2023-05-09", issuer=PROVINCE))]
    start = time.process_time()
    assert len(build_graph(copies).nodes) == 2000
    assert time.process_time() - start < 10

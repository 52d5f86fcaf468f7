"""Linking millions by files and sorted arrays gives what linking in memory gives."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.link_noise import world
from chain import Copy, Graph, Judgement, JudgementKind, Known, LinkState, MentionRef, build_graph, known_of
from chain.blocks import Blocks, Rows
from chain.bulk import link_bulk
from chain.keys import CROWDED
from chain.records import by_packet
from tests.chain.builders import PROVINCE, cite, letter, packet
from tests.chain.test_properties import archives


def bulk(copies: list[Copy], judgements: list[Judgement] | None = None, known: Known | None = None,
         shares: int = 1) -> Graph:
    """The same as :func:`chain.build_graph`, the other way."""
    done = link_bulk(by_packet(copies).values(), judgements or (), known or Known(), shares)
    nodes = sorted(done.nodes(), key=lambda node: node.id)
    links = sorted(done.links(), key=lambda link: (link.mention, link.state is LinkState.REJECTED, link.target or ""))
    return Graph(tuple(nodes), tuple(links), done.aliases)


@settings(max_examples=150, deadline=None)
@given(archives)
def test_small_archives_full_of_doubt(copies):
    assert bulk(copies) == build_graph(copies)


@pytest.mark.parametrize(("noise", "seed"), [(0.0, 41), (0.02, 42), (0.05, 43), (0.1, 44)])
def test_invented_archives_with_misread_digits(noise, seed):
    copies = world(150, noise, seed).copies
    assert bulk(copies) == build_graph(copies)


def test_two_processes_find_what_one_finds():
    copies = world(700, 0.02, 45).copies
    assert bulk(copies, shares=2) == bulk(copies)


@settings(max_examples=60, deadline=None)
@given(archives, st.data())
def test_peoples_words_and_known_ids_hold(copies, data):
    known = known_of(build_graph(copies[: len(copies) // 2]), Known())
    mentions = [MentionRef(copy.ref, place) for copy in copies for place in range(len(copy.letter.references))]
    one, other = data.draw(st.sampled_from(copies)).ref, data.draw(st.sampled_from(copies)).ref
    words = [Judgement(data.draw(st.sampled_from([JudgementKind.MERGE, JudgementKind.SPLIT])), copy=one, other=other)]
    if mentions:
        kind = data.draw(st.sampled_from([JudgementKind.CONFIRM, JudgementKind.REJECT]))
        words.append(Judgement(kind, mention=data.draw(st.sampled_from(mentions)), other=other))
    assert bulk(copies, words, known) == build_graph(copies, words, known)


def test_a_nickname_that_too_many_have_says_nothing_here_either():
    copies = [copy for place in range(CROWDED + 5) for copy in packet(
        f"p{place}", letter(f"ตง 0023.{place}/ว 5", "2023-05-09", cite("ว 5"), issuer=PROVINCE))]
    assert bulk(copies) == build_graph(copies)


def test_blocks_find_what_a_dictionary_finds():
    chance = random.Random(7)
    kept, asked, plain = Rows(), Rows(), {}
    for owner in range(400):
        keys = {chance.randrange(-60, 60) for _ in range(6)}
        kept.add(keys)
        for key in keys:
            plain.setdefault(key, set()).add(owner)
    wanted = [{chance.randrange(-90, 90) for _ in range(3)} for _ in range(300)]
    for keys in wanted:
        asked.add(keys)
    found = dict(Blocks(kept).found(asked))
    assert {place: sorted(set().union(*(plain.get(key, ()) for key in keys))) for place, keys in enumerate(wanted)
            if any(key in plain for key in keys)} == found

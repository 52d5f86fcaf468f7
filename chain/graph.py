"""Copies of letters → the graph of letters and citations. The whole room's work in order: :func:`build_graph`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chain.absent import placeholders
from chain.assemble import Assembly, assemble
from chain.identity import Index, Letters, group_heads
from chain.ids import Known
from chain.judged import Judged, judged
from chain.keys import CROWDED, asked_of, nickname_keys
from chain.linking import Decision, contested, decide
from chain.model import Copy, CopyRef, Graph, Judgement, MentionRef
from chain.prior import SMALLEST, letters_of
from chain.records import Head, Mention, by_packet, read_packet


def build_graph(copies: Iterable[Copy], judgements: Iterable[Judgement] = (), known: Known | None = None) -> Graph:
    """All letters and citations of an archive. The same copies and judgements, in any order, give the same graph.

    Every citation of every copy has a link; none is dropped. A citation a person rejected has two: the rejected
    link, and what it means without it. ``known`` are the ids given so far, which stay.
    """
    heads, mentions = read_all(copies)
    return link_records(heads, mentions, judgements, known or Known(), letters_of(len(heads)))


def read_all(copies: Iterable[Copy]) -> tuple[dict[CopyRef, Head], dict[MentionRef, Mention]]:
    """The records of copies, packet by packet."""
    heads: dict[CopyRef, Head] = {}
    mentions: dict[MentionRef, Mention] = {}
    for packet in by_packet(copies).values():
        read, cited = read_packet(packet)
        heads.update((head.ref, head) for head in read)
        mentions.update((mention.ref, mention) for mention in cited)
    return heads, mentions


def link_records(heads: Mapping[CopyRef, Head], mentions: Mapping[MentionRef, Mention],
                 judgements: Iterable[Judgement], known: Known, among: int = SMALLEST) -> Graph:
    """The same from the records of the copies; ``among``: how many letters a citation is taken to choose from
    (:func:`chain.prior.letters_of`)."""
    words = list(judgements)
    letters = group_heads(heads, words)
    index = Index()
    for head in heads.values():
        index.add(head)
    people = judged(words, letters.root)
    decisions = {ref: answer(mention, (heads[one] for one in candidates(mention, index)), letters, people, among)
                 for ref, mention in mentions.items()}
    absent = placeholders(mentions, (ref for ref, found in decisions.items() if found.target is None), among=among)
    return assemble(Assembly(heads, mentions, letters, decisions, absent, people), known)


def answer(mention: Mention, near: Iterable[Head], letters: Letters, people: Judged, among: int) -> Decision:
    """What one citation means, of the letters it could: a person's word, else the program's."""
    found = decide(mention, near, letters.root, people.rejected(mention.ref), among)
    said = people.answer(mention.ref)
    return contested(said, found) if said else found


def candidates(mention: Mention, index: Index) -> list[CopyRef]:
    """Copies of letters that a citation could mean: those that share a key with it, and those behind it in its
    packet."""
    nicknames = nickname_keys(mention.cited)
    found = set(mention.behind)
    for key in asked_of(mention.cited):
        under = index.under(key)
        if key not in nicknames or len(under) <= CROWDED:
            found.update(under)
    return sorted(found)

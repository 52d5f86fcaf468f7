"""Linking everything anew where there are millions of letters: the rules of :mod:`chain.graph`, with other furniture.

Heads and citations lie in files (:mod:`chain.filing`), who shares a key with whom is looked up in sorted arrays
(:mod:`chain.blocks`), what is not worth weighing is sorted out in sweeps (:mod:`chain.sieve`), citations are decided
in shares (:mod:`chain.questions`), and letters and links come out one by one. A property test holds the answers against
:func:`chain.graph.link_records`.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from chain.absent import placeholders
from chain.assemble import Assembly, Drafts
from chain.blocks import Blocks, Rows
from chain.filing import Records
from chain.identity import group_heads
from chain.ids import Known
from chain.judged import judged
from chain.keys import all_keys
from chain.model import Copy, CopyRef, Judgement, Link, MentionRef, Node
from chain.prior import letters_of
from chain.questions import Questions
from chain.records import Head, Mention
from chain.shares import processors


@dataclass(frozen=True, slots=True)
class Bulk:
    """An archive's letters and citations, linked. ``heads`` and ``mentions`` by reference, ascending; ``among`` is how
    many letters a citation was taken to choose from; ``aliases`` as in :class:`chain.model.Graph`; ``shares``: how many
    processes work."""

    heads: Mapping[CopyRef, Head]
    mentions: Mapping[MentionRef, Mention]
    among: int
    drafts: Drafts
    shares: int

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Ids that letters had before two were found to be one, with the id that stands for them now."""
        return self.drafts.aliases

    def nodes(self) -> Iterator[Node]:
        """All letters, in no order."""
        with _unhurried():
            yield from self.drafts.nodes(self.shares)

    def links(self) -> Iterator[Link]:
        """All links by citation, once all letters were told."""
        with _unhurried():
            yield from self.drafts.links()


def link_bulk(packets: Iterable[Iterable[Copy]], judgements: Iterable[Judgement], known: Known,
              shares: int | None = None) -> Bulk:
    """The graph of an archive. ``packets``: the copies of each packet, packets ascending. The packets are gone through
    once; what is in one is drawn where it is read, perhaps in another process, so that it is best unpacked only then.
    ``shares``: how many processes read and decide; as many as there are processors."""
    with _unhurried():
        records, words, processes = Records(), list(judgements), shares or processors()
        records.read(packets, processes)
        among = letters_of(len(records.heads))
        letters = group_heads(records.heads, words, told=records.told, comparing=lambda _, leaders, whole:
                              records.compared(leaders, whole, processes))
        people = judged(words, letters.root)
        decisions = Questions(records, letters, people, among).decisions(processes)
        absent = placeholders(records.mentions, (ref for ref, one in decisions.items() if one.target is None),
                              among=among, beside=_waiting_beside)
        parts = Assembly(records.heads, records.mentions, letters, decisions, absent, people)
        return Bulk(records.heads, records.mentions, among, Drafts(parts, known), processes)


@contextmanager
def _unhurried() -> Iterator[None]:
    """Without looking for rings of garbage, which there are none of: the search goes through millions of things that
    stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _waiting_beside(mentions: Mapping[MentionRef, Mention],
                    leaders: Sequence[MentionRef]) -> Iterator[tuple[MentionRef, Sequence[MentionRef]]]:
    """The citations of absent letters that each is to be compared with."""
    kept, asked = Rows(), Rows()
    for ref in leaders:
        keys = all_keys(mentions[ref].cited)
        kept.add(keys.keep, keys.nicknames)
        asked.add(keys.pair, keys.nicknames)
    for one, others in Blocks(kept).found(asked):
        yield leaders[one], [leaders[other] for other in others]

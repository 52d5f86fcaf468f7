"""Linking everything anew where there are millions of letters: the rules of :mod:`chain.graph`, with other furniture.

Heads and citations lie in files (:mod:`chain.filed`), who shares a key with whom is looked up in sorted arrays
(:mod:`chain.blocks`), copies that say the same of one letter are weighed once, and letters and links come out one by
one. A property test holds the answers against :func:`chain.graph.link_records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from chain.absent import placeholders
from chain.assemble import Assembly, Drafts
from chain.blocks import Blocks, Rows
from chain.facts import imprint
from chain.filed import Filed
from chain.graph import answer
from chain.identity import group_heads
from chain.ids import Known
from chain.judged import judged
from chain.keys import Keys, all_keys
from chain.model import Copy, CopyRef, Judgement, Link, MentionRef, Node
from chain.prior import letters_of
from chain.records import Head, Mention, by_packet, read_packet

T = TypeVar("T")
_AT_ONCE = 20_000  # citations whose keys are looked up in one go


@dataclass(frozen=True, slots=True)
class Bulk:
    """An archive's letters and citations, linked. ``heads`` and ``mentions`` by reference, ascending; ``among`` is how
    many letters a citation was taken to choose from; ``aliases`` as in :class:`chain.model.Graph`."""

    heads: Mapping[CopyRef, Head]
    mentions: Mapping[MentionRef, Mention]
    among: int
    drafts: Drafts

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Ids that letters had before two were found to be one, with the id that stands for them now."""
        return self.drafts.aliases

    def nodes(self) -> Iterator[Node]:
        """All letters, in no order."""
        return self.drafts.nodes()

    def links(self) -> Iterator[Link]:
        """All links by citation, once all letters were told."""
        return self.drafts.links()


def link_bulk(copies: Iterable[Copy], judgements: Iterable[Judgement], known: Known) -> Bulk:
    """The graph of an archive. ``copies``: packet by packet, packets ascending; they are read once, one packet at a
    time."""
    records, words = _Records(), list(judgements)
    for _, some in groupby(copies, key=lambda copy: copy.ref.packet):
        for packet in by_packet(some).values():
            records.file(*read_packet(packet))
    among = letters_of(len(records.heads))
    letters = group_heads(records.heads, words, beside=records.beside)
    people = judged(words, letters.root)
    decisions = {mention.ref: answer(mention, near, letters, people, among)
                 for mention, near in records.candidates(letters.root)}
    absent = placeholders(records.mentions, (ref for ref, one in decisions.items() if one.target is None),
                          among=among, beside=_waiting_beside)
    parts = Assembly(records.heads, records.mentions, letters, decisions, absent, people)
    return Bulk(records.heads, records.mentions, among, Drafts(parts, known))


class _Records:
    """Heads and citations with the keys of the heads."""

    def __init__(self) -> None:
        self.heads: Filed[CopyRef, Head] = Filed(Head)
        self.mentions: Filed[MentionRef, Mention] = Filed(Mention)
        self._kept, self._paired = Rows(), Rows()

    def file(self, heads: Iterable[Head], mentions: Iterable[Mention]) -> None:
        """The records of the next packet."""
        for head in heads:
            self.heads.put(head.ref, head)
            keys = all_keys(head.facts)
            self._kept.add(keys.keep, keys.nicknames)
            self._paired.add(keys.pair, keys.nicknames)
        for mention in mentions:
            self.mentions.put(mention.ref, mention)

    def beside(self, heads: Mapping[CopyRef, Head],
               leaders: Sequence[CopyRef]) -> Iterator[tuple[CopyRef, Sequence[CopyRef]]]:
        """The copies that each is to be compared with."""
        refs = list(heads)
        wanted = np.zeros(len(refs), np.bool_)
        wanted[[self.heads.number(ref) for ref in leaders]] = True
        for one, others in Blocks(self._kept, counted=wanted).found(self._paired, wanted):
            yield refs[one], [refs[other] for other in others]

    def candidates(self, root: Mapping[CopyRef, CopyRef]) -> Iterator[tuple[Mention, Iterator[Head]]]:
        """Each citation with copies of the letters that it could mean, as :func:`chain.graph.candidates` has them, less
        those that say of a letter what another copy says."""
        blocks = Blocks(self._kept, voices=self._voices(root))
        for some in _batches(self.mentions, _AT_ONCE):
            keys, asked = [all_keys(self.mentions[ref].cited) for ref in some], Rows()
            for one in keys:
                asked.add(one.ask, one.nicknames)
            found = dict(blocks.found(asked))
            for place, ref in enumerate(some):
                mention = self.mentions[ref]
                near = {*found.get(place, ()), *map(self.heads.number, mention.behind),
                        *self._before(mention, keys[place], blocks)}
                yield mention, map(self.heads.at, sorted(near))

    def _before(self, mention: Mention, keys: Keys, blocks: Blocks) -> Iterator[int]:
        """Copies in front of the citing one in its packet that share a key: they are told by their own words alone, so
        that no other copy speaks for them."""
        for index in range(mention.ref.copy.index):
            ref = CopyRef(mention.ref.copy.packet, index)
            if ref in self.heads:
                number = self.heads.number(ref)
                shared = keys.ask.intersection(self._kept.of(number))
                if any(key not in keys.nicknames or not blocks.crowded(key) for key in shared):
                    yield number

    def _voices(self, root: Mapping[CopyRef, CopyRef]) -> npt.NDArray[np.bool_]:
        """Two copies, of two packets, for each thing that is said of a letter: the others fit a citation as they do,
        and one that is of the citation's own packet is told by other words."""
        said: dict[tuple[int, bytes], str | None] = {}
        voices = np.zeros(len(self.heads), np.bool_)
        for number, ref in enumerate(self.heads):
            one = self.heads.number(root[ref]), imprint(self.heads[ref].facts)
            before = said.setdefault(one, ref.packet)
            voices[number] = said[one] is not None
            if before is not None and before != ref.packet:
                said[one] = None
        return voices


def _waiting_beside(mentions: Mapping[MentionRef, Mention],
                    leaders: Sequence[MentionRef]) -> Iterator[tuple[MentionRef, Sequence[MentionRef]]]:
    """The citations of absent letters that each is to be compared with."""
    kept, asked = Rows(), Rows()
    for ref in leaders:
        keys = all_keys(mentions[ref].cited)
        kept.add(keys.keep, keys.nicknames)
        asked.add(keys.ask, keys.nicknames)
    for one, others in Blocks(kept).found(asked):
        yield leaders[one], [leaders[other] for other in others]


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some

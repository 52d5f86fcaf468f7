"""The records of an archive of millions: heads and citations in files, their keys and parts in arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from chain.blocks import Blocks, Numbers, Rows
from chain.filed import Filed
from chain.keys import all_keys
from chain.model import CopyRef, MentionRef
from chain.records import Head, Mention
from chain.sieve import Names, Parts


class Records:
    """Heads and citations, numbered from 0 as they were filed. ``kept``: the keys of each head; ``known`` and
    ``cited``: what heads and citations say."""

    def __init__(self) -> None:
        self.heads: Filed[CopyRef, Head] = Filed(Head)
        self.mentions: Filed[MentionRef, Mention] = Filed(Mention)
        names = Names()
        self.kept, self.known, self.cited = Rows(), Parts(names), Parts(names)
        self._paired, self._days = Rows(), array("i")

    def file(self, heads: Iterable[Head], mentions: Iterable[Mention]) -> None:
        """The records of the next packet."""
        for head in heads:
            self.heads.put(head.ref, head)
            keys = all_keys(head.facts)
            self.kept.add(keys.keep, keys.nicknames)
            self._paired.add(keys.pair, keys.nicknames)
            self.known.add(head.facts, head.own)
        for mention in mentions:
            self.mentions.put(mention.ref, mention)
            self.cited.add(mention.cited)
            self._days.append(mention.cited.date.earliest.toordinal() if mention.cited.date else 0)

    def by_day(self) -> Numbers:
        """The citations by the day they name, so that what is looked up for one is at hand for the next."""
        order: Numbers = np.argsort(np.frombuffer(self._days, np.int32), kind="stable")
        return order

    def beside(self, heads: Mapping[CopyRef, Head],
               leaders: Sequence[CopyRef]) -> Iterator[tuple[CopyRef, Sequence[CopyRef]]]:
        """The copies that each is to be compared with."""
        refs = list(heads)
        wanted = np.zeros(len(refs), np.bool_)
        wanted[[self.heads.number(ref) for ref in leaders]] = True
        for one, others in Blocks(self.kept, counted=wanted).found(self._paired, wanted):
            yield refs[one], [refs[other] for other in others]

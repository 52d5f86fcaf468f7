"""What every citation of an archive of millions means, decided in shares."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from chain.blocks import Blocks, Marks, Numbers, Rows
from chain.filing import Records
from chain.graph import answer
from chain.identity import Letters
from chain.judged import Judged
from chain.keys import Keys, all_keys
from chain.linking import Decision
from chain.model import CopyRef, LinkState, MentionRef
from chain.records import Head, Mention
from chain.shares import shared
from chain.sieve import sift
from chain.summing import Reason

_AT_ONCE = 20_000  # citations whose keys are looked up in one go
_FEWEST = 1000  # citations for which another process is worth its beginning

Told = tuple[int, str, int, float, tuple[Reason, ...], str, bool, tuple[int, ...]]
"""A decision on its way between processes: the citation's number, then the fields of :class:`chain.linking.Decision`
with letters as numbers, -1 for none."""


class Questions:
    """The citations of an archive and what they are decided by."""

    def __init__(self, records: Records, letters: Letters, people: Judged, among: int) -> None:
        self._records, self._letters, self._people, self._among = records, letters, people, among
        heads = records.heads
        self._root: Numbers = np.fromiter((heads.number(letters.root[ref]) for ref in heads), np.int64, len(heads))
        self._blocks = Blocks(records.kept, voices=self._voices())
        self._order = records.by_day()

    def decisions(self, shares: int) -> dict[MentionRef, Decision]:
        """What each citation means; ``shares``: by how many processes, if there is much to do."""
        shares = min(shares, 1 + len(self._order) // _FEWEST)
        self._records.mentions.flush()
        parts, mentions, heads = np.array_split(self._order, shares), [*self._records.mentions], [*self._records.heads]
        found: dict[MentionRef, Decision] = {}
        for some in shared(lambda share: self._share(parts[share]), shares):
            for number, state, target, score, reasons, rule, near, rivals in some:
                found[mentions[number]] = Decision(
                    LinkState(state), heads[target] if target >= 0 else None, score, reasons, rule, near,
                    tuple(heads[one] for one in rivals))
        return found

    def _share(self, numbers: Numbers) -> Iterator[list[Told]]:
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            yield [self._told(number, answer(mention, near, self._letters, self._people, self._among))
                   for number, (mention, near) in zip(some.tolist(), self._candidates(some), strict=True)]

    def _told(self, number: int, found: Decision) -> Told:
        place = self._records.heads.number
        return (number, found.state.value, -1 if found.target is None else place(found.target), found.score,
                found.reasons, found.rule, found.near, tuple(map(place, found.rivals)))

    def _candidates(self, numbers: Numbers) -> Iterator[tuple[Mention, Iterator[Head]]]:
        """Each citation with copies of the letters that it could mean, as :func:`chain.graph.candidates` has them, less
        those that say of a letter what another copy says and those not worth weighing."""
        heads = self._records.heads
        mentions = [self._records.mentions.at(number) for number in numbers.tolist()]
        keys, asked = [all_keys(mention.cited) for mention in mentions], Rows()
        for one in keys:
            asked.add(one.ask, one.nicknames)
        cited, known = self._records.cited.only(numbers), self._records.known.every()
        own = self._root[[heads.number(mention.ref.copy) for mention in mentions]]
        judged = np.array([bool(self._people.rejected(mention.ref)) for mention in mentions])
        found = dict(self._blocks.found(
            asked, worth=lambda who, whom: judged[who] | sift(cited, own, known, self._root, who, whom)))
        for place, mention in enumerate(mentions):
            near = {*found.get(place, ()), *map(heads.number, mention.behind), *self._before(mention, keys[place])}
            yield mention, map(heads.at, sorted(near))

    def _before(self, mention: Mention, keys: Keys) -> Iterator[int]:
        """Copies in front of the citing one in its packet that share a key: they are told by their own words alone, so
        that no other copy speaks for them."""
        for index in range(mention.ref.copy.index):
            ref = CopyRef(mention.ref.copy.packet, index)
            if ref in self._records.heads:
                number = self._records.heads.number(ref)
                shared_keys = keys.ask.intersection(self._records.kept.of(number))
                if any(key not in keys.nicknames or not self._blocks.crowded(key) for key in shared_keys):
                    yield number

    def _voices(self) -> Marks:
        """Two copies, of two packets, for each thing that is said of a letter: the others fit a citation as they do,
        and one that is of the citation's own packet is told by other words."""
        heads = self._records.heads
        said: dict[tuple[int, int], str | None] = {}
        voices = np.zeros(len(heads), np.bool_)
        for number, ref in enumerate(heads):
            one = int(self._root[number]), self._records.said[number]
            before = said.setdefault(one, ref.packet)
            voices[number] = said[one] is not None
            if before is not None and before != ref.packet:
                said[one] = None
        return voices


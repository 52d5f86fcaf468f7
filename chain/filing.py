"""The records of an archive of millions: heads and citations in files, their keys and what they say in arrays."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from chain.blocks import Blocks, Numbers, Rows
from chain.facts import imprint
from chain.filed import Filed, packed
from chain.identity import Pair, Told, compared, day_of, told_of
from chain.keys import all_keys
from chain.model import Copy, CopyRef, MentionRef
from chain.records import Head, Mention, by_packet, read_packet
from chain.shares import shared
from chain.sieve import Parts

_AT_ONCE = 12_000  # packets that are read before another share is begun
_SIDE_BY_SIDE = 5000  # copies whose partners are looked up in one go
_FEWEST = 300  # packets from which on a share is worth its beginning


class Sheaf:
    """The records of some packets: heads and citations as they are filed, with the parts of their references; ``kept``
    and ``paired``: the keys of each head; ``known`` and ``cited``: what heads and citations say; ``said``: the same of
    heads with all else, as one number; ``told``: of each head :func:`chain.identity.told_of`; ``days``: which day each
    citation names."""

    def __init__(self) -> None:
        self.heads: list[tuple[str, int, bytes]] = []
        self.mentions: list[tuple[str, int, int, bytes]] = []
        self.kept, self.paired, self.known, self.cited = Rows(), Rows(), Parts(), Parts()
        self.days, self.said = array("i"), array("q")
        self.told: list[tuple[int, bool, bytes]] = []

    def add(self, heads: Iterable[Head], mentions: Iterable[Mention]) -> None:
        """The records of the next packet."""
        for head in heads:
            self.heads.append((head.ref.packet, head.ref.index, packed(head)))
            keys = all_keys(head.facts)
            self.kept.add(keys.keep, keys.nicknames)
            self.paired.add(keys.pair, keys.nicknames)
            self.known.add(head.facts, head.own)
            self.told.append(told_of(head))
            self.said.append(int.from_bytes(imprint(head.facts)[:8], "big", signed=True))
        for one in mentions:
            copy = one.ref.copy
            self.mentions.append((copy.packet, copy.index, one.ref.reference, packed(one)))
            self.cited.add(one.cited)
            self.days.append(day_of(one.cited))


class Records:
    """Heads and citations, numbered from 0 as they were filed. ``kept``, ``known``, ``cited``,
    ``said`` and ``told`` as in :class:`Sheaf`, the last with the references of the heads."""

    def __init__(self) -> None:
        self.heads: Filed[CopyRef, Head] = Filed(Head)
        self.mentions: Filed[MentionRef, Mention] = Filed(Mention)
        self.kept, self.known, self.cited = Rows(), Parts(), Parts()
        self._paired, self._days, self.said = Rows(), array("i"), array("q")
        self.told: list[Told] = []

    def read(self, packets: Iterable[Iterable[Copy]], shares: int) -> None:
        """Files the records of all copies, given packet by packet."""
        coming = iter(packets)
        while some := list(islice(coming, _AT_ONCE)):
            parts = _parted(some, shares if len(some) >= _FEWEST * shares else 1)
            for sheaf in shared(lambda share, parts=parts: [_sheaf(parts[share])], len(parts)):  # type: ignore[misc]
                self._file(sheaf)

    def _file(self, sheaf: Sheaf) -> None:
        refs = {(packet, index): CopyRef(packet, index) for packet, index, _ in sheaf.heads}
        for (packet, index, data), told in zip(sheaf.heads, sheaf.told, strict=True):
            self.heads.put_packed(refs[packet, index], data)
            self.told.append((refs[packet, index], *told))
        for packet, index, reference, data in sheaf.mentions:
            self.mentions.put_packed(MentionRef(refs[packet, index], reference), data)
        for mine, more in ((self.kept, sheaf.kept), (self._paired, sheaf.paired)):
            mine.extend(more)
        for own, other in ((self.known, sheaf.known), (self.cited, sheaf.cited)):
            own.extend(other)
        self._days.extend(sheaf.days)
        self.said.extend(sheaf.said)

    def by_day(self) -> Numbers:
        """The citations by the day they name, so that what is looked up for one is at hand for the next."""
        order: Numbers = np.argsort(np.frombuffer(self._days, np.int32), kind="stable")
        return order

    def compared(self, leaders: Sequence[CopyRef], whole: Container[CopyRef], shares: int) -> Iterator[Pair]:
        """The leaders compared with those that share a key with them, in their order, by so many processes."""
        heads, refs = self.heads, [*self.heads]
        shares = shares if len(leaders) >= _FEWEST * shares else 1
        wanted: Numbers = np.array([heads.number(ref) for ref in leaders], np.int64)
        blocks, parts = Blocks(self.kept, counted=np.sort(wanted)), np.array_split(wanted, shares)
        heads.flush()

        def near(mine: Numbers) -> Iterator[tuple[CopyRef, list[CopyRef]]]:
            for start in range(0, len(mine), _SIDE_BY_SIDE):
                some = mine[start : start + _SIDE_BY_SIDE]
                found = dict(blocks.found(self._paired, np.sort(some)))
                for one in some.tolist():
                    yield refs[one], [refs[other] for other in found.get(one, ())]

        def share(number: int) -> Iterator[list[tuple[int, int, bool, str]]]:
            yield [(heads.number(one), heads.number(other), same, doubt)
                   for one, other, same, doubt in compared(heads, near(parts[number]), whole)]

        for some in shared(share, shares):
            yield from ((refs[one], refs[other], same, doubt) for one, other, same, doubt in some)


def _parted(packets: Sequence[Iterable[Copy]], shares: int) -> list[Sequence[Iterable[Copy]]]:
    size = -(-len(packets) // shares)
    return [packets[start : start + size] for start in range(0, len(packets), size)]


def _sheaf(packets: Iterable[Iterable[Copy]]) -> Sheaf:
    found = Sheaf()
    for some in packets:
        for packet in by_packet(some).values():
            found.add(*read_packet(packet))
    return found

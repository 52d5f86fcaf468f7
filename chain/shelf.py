"""What linking one packet more asks of an archive. Whoever keeps the letters answers; the linker asks no more than
this."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from chain.model import CopyRef, Link, MentionRef, Node
from chain.records import Head, Mention


class Shelf(Protocol):
    """The letters linked so far, found by key. Node ids are those of the graph as it stands."""

    def heads(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, Head]:
        """Heads of copies; unknown ones are left out."""

    def mentions(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Mention]:
        """Citations; unknown ones are left out."""

    def of_packets(self, packets: Collection[str]) -> tuple[list[Head], list[Mention]]:
        """All heads and citations of some packets."""

    def heads_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[CopyRef]]:
        """Copies by key; for a key in ``limits`` none where there are more than that."""

    def mentions_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[MentionRef]]:
        """Citations by key, in the same way."""

    def waiting_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[MentionRef, str]:
        """Citations of letters that are not here, found by key in the same way, with their placeholders."""

    def nodes_of(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, str]:
        """The letter of each copy."""

    def copies_of(self, nodes: Collection[str]) -> Mapping[str, Collection[CopyRef]]:
        """The copies of each letter."""

    def links_of(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Collection[Link]]:
        """The links of citations, rejected ones too."""

    def links_to(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that go to some letters."""

    def links_from(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that come from some letters."""

    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Letters by id; unknown ones are left out."""

    def absent(self, ids: Collection[str]) -> Collection[str]:
        """Those of the letters that are cited but not here."""

    def born(self, ids: Collection[str]) -> Mapping[str, int]:
        """In which order ids were given; ids never given are left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """What changes in the graph: letters and links to write, ids of letters and citations to take out before, ids that
    stand for others now, and the records of the packets that were read."""

    nodes: tuple[Node, ...]
    gone: tuple[str, ...]
    links: tuple[Link, ...]
    loose: tuple[MentionRef, ...]
    aliases: tuple[tuple[str, str], ...]
    packets: tuple[str, ...]
    heads: tuple[Head, ...]
    mentions: tuple[Mention, ...]

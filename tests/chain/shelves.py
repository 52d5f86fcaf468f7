"""A shelf in memory: a graph with the records it was made of, and what a part changes in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from chain import Copy, Graph, Judgement, Known, LinkState
from chain.keys import keys_of
from chain.part import link_part
from chain.shelf import Part


class MemoryShelf:
    """Answers from plain dictionaries, searched through each time."""

    def __init__(self) -> None:
        self.head, self.mention, self.node, self.link = {}, {}, {}, defaultdict(list)
        self.order, self.alias = {}, {}

    def take(self, copies: Sequence[Copy], packets: Iterable[str] = (), judgements: Sequence[Judgement] = ()) -> Part:
        """Links packets in and writes what changed."""
        part = link_part(self, {*packets, *(copy.ref.packet for copy in copies)}, copies, judgements)
        for table in (self.head, self.mention):
            for ref in [ref for ref in table if getattr(ref, "copy", ref).packet in part.packets]:
                del table[ref]
        self.head.update((one.ref, one) for one in part.heads)
        self.mention.update((one.ref, one) for one in part.mentions)
        for name in part.gone:
            del self.node[name]
        self.node.update((one.id, one) for one in part.nodes)
        for one in part.nodes:
            self.order.setdefault(one.id, len(self.order))
        for ref in part.loose:
            self.link.pop(ref, None)
        for one in part.links:
            self.link[one.mention].append(one)
        self.alias.update(part.aliases)
        return part

    @property
    def graph(self) -> Graph:
        """The graph as it stands."""
        links = sorted((link for links in self.link.values() for link in links),
                       key=lambda link: (link.mention, link.state == "rejected", link.target or ""))
        return Graph(tuple(sorted(self.node.values(), key=lambda node: node.id)), tuple(links))

    @property
    def known(self) -> Known:
        """The ids given so far."""
        return Known({}, self.order)

    def heads(self, refs):
        return {ref: self.head[ref] for ref in refs if ref in self.head}

    def mentions(self, refs):
        return {ref: self.mention[ref] for ref in refs if ref in self.mention}

    def of_packets(self, packets):
        return ([one for one in self.head.values() if one.ref.packet in packets],
                [one for one in self.mention.values() if one.ref.copy.packet in packets])

    def heads_under(self, keys, limits):
        return self._under(keys, limits, {ref: one.facts for ref, one in self.head.items()})

    def mentions_under(self, keys, limits):
        return self._under(keys, limits, {ref: one.cited for ref, one in self.mention.items()})

    def waiting_under(self, keys, limits):
        waits = {ref: link.target for ref, links in self.link.items() for link in links
                 if link.state is not LinkState.REJECTED and link.target and self.node[link.target].absent}
        facts = {ref: one.cited for ref, one in self.mention.items() if ref in waits}
        return {ref: waits[ref] for refs in self._under(keys, limits, facts).values() for ref in refs}

    def _under(self, keys, limits, facts):
        found = defaultdict(list)
        for ref, one in facts.items():
            for key in keys_of(one) & set(keys):
                found[key].append(ref)
        return {key: refs for key, refs in found.items() if len(refs) <= limits.get(key, len(refs))}

    def nodes_of(self, refs):
        return {ref: node.id for node in self.node.values() for ref in node.copies if ref in refs}

    def copies_of(self, nodes):
        return {name: self.node[name].copies for name in nodes if name in self.node}

    def links_of(self, refs):
        return {ref: tuple(self.link[ref]) for ref in refs if self.link.get(ref)}

    def links_to(self, nodes):
        return [link for links in self.link.values() for link in links if link.target in nodes]

    def links_from(self, nodes):
        return [link for links in self.link.values() for link in links if link.source in nodes]

    def nodes(self, ids):
        return {name: self.node[name] for name in ids if name in self.node}

    def absent(self, ids):
        return {name for name in ids if name in self.node and self.node[name].absent}

    def born(self, ids):
        return {name: self.order[name] for name in ids if name in self.order}

"""From decisions on a part of the graph to what is written: letters made anew, and the links that touch them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from chain.absent import by_placeholder
from chain.assemble import FUTURE, Assembly, cited_by, is_future, letter_at, links_of
from chain.ids import Known, Place, first_names, settle
from chain.model import CopyRef, Link, LinkState, MentionRef, Node
from chain.records import Head, Mention
from chain.shelf import Part, Shelf

_SPARE = 8  # ids looked up in advance for a letter that needs a new one


@dataclass(frozen=True, slots=True)
class Rewriting:
    """``parts``: all decisions on the part; ``node``: the letters of copies before; ``rebuilt``: all copies of the
    letters made anew; ``names``: their ids before; ``opened``: citations decided anew; ``links``: all others that
    touch them; ``was``: where the copies and citations of the ``packets`` in work stood before."""

    shelf: Shelf
    parts: Assembly
    node: Mapping[CopyRef, str]
    rebuilt: Collection[CopyRef]
    names: Collection[str]
    opened: Collection[MentionRef]
    links: Sequence[Link]
    packets: Collection[str]
    was: Mapping[Place, Place]

    def part(self, heads: tuple[Head, ...], mentions: tuple[Mention, ...], old: Collection[MentionRef]) -> Part:
        """What is written."""
        places = self._places()
        made, aliases = self._made(places)
        new = {node.id for node in made.values()}
        nodes = {**self._others(), **made}
        links = [link for ref in sorted(self.opened) for link in links_of(ref, self.parts, nodes)]
        again = self._again(nodes, dict(aliases))
        stored = self.shelf.nodes(new)
        return Part(
            nodes=tuple(node for node in made.values() if stored.get(node.id) != node),
            gone=tuple(sorted(set(self.names) - new)), links=(*links, *again),
            loose=tuple(sorted({*old, *self.opened, *(link.mention for link in again)})), aliases=aliases,
            packets=tuple(sorted(self.packets)), heads=heads, mentions=mentions)

    def _places(self) -> dict[Place, list[Place]]:
        """The letters made anew: who stands for each, with its copies and the citations of it."""
        places: dict[Place, list[Place]] = defaultdict(list)
        for ref in sorted(self.rebuilt):
            places[self.parts.letters.root[ref]].append(ref)
        for root, refs in by_placeholder(self.parts.absent).items():
            places[root] = [*refs]
        for mention in sorted(self.parts.mentions):
            target = self.parts.target(mention)
            if isinstance(target, CopyRef) and target in places:
                places[target].append(mention)
        return places

    def _made(self, places: Mapping[Place, Sequence[Place]]) -> tuple[dict[Place, Node], tuple[tuple[str, str], ...]]:
        copies = {root: [ref for ref in some if isinstance(ref, CopyRef)] for root, some in places.items()
                  if isinstance(root, CopyRef)}
        waiting = by_placeholder(self.parts.absent)
        cited = cited_by(self.parts)
        order: list[Place] = [*copies, *waiting]
        settled = settle([places[place] for place in order], self._known(places))
        made = {place: letter_at(place, name, self.parts, copies, cited)
                for place, name in zip(order, settled.ids, strict=True)}
        return made, settled.aliases

    def _known(self, places: Mapping[Place, Sequence[Place]]) -> Known:
        stood = {place: self._stood(place) for some in places.values() for place in some}
        cited = {place: old for place, old in stood.items() if isinstance(old, MentionRef)}
        before = {ref: link.target for ref, links in self.shelf.links_of(set(cited.values())).items() for link in links
                  if link.target and link.state is not LinkState.REJECTED}
        absent = self.shelf.absent(set(before.values()))
        at: dict[Place, str] = {place: self.node[old] for place, old in stood.items()
                                if isinstance(old, CopyRef) and old in self.node}
        at.update((place, before[old]) for place, old in cited.items() if before.get(old) in absent)
        spare = {name for some in places.values() for name in first_names(some, _SPARE)}
        return Known(at, self.shelf.born({*at.values(), *spare}))

    def _stood(self, place: Place) -> Place | None:
        """Where a copy or citation stood before; ``None`` for one that was not there."""
        packet = place.packet if isinstance(place, CopyRef) else place.copy.packet
        return self.was.get(place) if packet in self.packets else place

    def _others(self) -> dict[Place, Node]:
        """Letters that links come from or go to, and that stay as they are."""
        root = self.parts.letters.root
        wanted = {place for ref in self.parts.mentions for place in (root[ref.copy], self.parts.target(ref))}
        wanted |= {place for ref in self.opened for place in self.parts.decisions[ref].rivals}
        wanted |= {place for ref in self.opened for place, _ in self.parts.people.noes(ref)}
        names = {place: self.node[place] for place in wanted if isinstance(place, CopyRef) and place in self.node}
        nodes = self.shelf.nodes(set(names.values()))
        return {place: nodes[name] for place, name in names.items() if name in nodes}

    def _again(self, nodes: Mapping[Place, Node], aliases: Mapping[str, str]) -> list[Link]:
        """Links that were not decided anew, where their letters have other ids or dates now; all links of a
        citation."""
        by_mention: dict[MentionRef, list[Link]] = defaultdict(list)
        for ref, links in self.shelf.links_of({link.mention for link in self.links}).items():
            by_mention[ref].extend(links)
        standing = self.shelf.nodes({link.target for links in by_mention.values() for link in links if link.target})
        written: list[Link] = []
        for ref in sorted(by_mention):
            new = [self._renewed(link, nodes, standing, aliases) for link in by_mention[ref]]
            if new != by_mention[ref]:
                written += new
        return written

    def _renewed(self, link: Link, nodes: Mapping[Place, Node], standing: Mapping[str, Node],
                 aliases: Mapping[str, str]) -> Link:
        """The link between its letters as they are now; ``standing`` are letters as they were before."""
        source = nodes[self.parts.source(link.mention)]
        rivals = tuple(aliases.get(name, name) for name in link.rivals)
        if link.state is LinkState.REJECTED:
            return replace(link, source=source.id, target=aliases.get(link.target or "", link.target), rivals=rivals)
        found, place = self.parts.decisions[link.mention], self.parts.target(link.mention)
        target = (nodes.get(place) if place is not None else None) or standing.get(link.target or "")
        state, reasons, english = found.state, [one for one, _ in found.reasons], [one for _, one in found.reasons]
        checked = state is LinkState.LINKED and found.rule != "judgement"
        if checked and target is not None and is_future(source, target):
            state, reasons, english = LinkState.LIKELY, [*reasons, FUTURE[0]], [*english, FUTURE[1]]
        return replace(link, source=source.id, target=target.id if target else link.target, state=state,
                       reasons=tuple(reasons), reasons_en=tuple(english), rivals=rivals)

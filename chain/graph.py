"""Copies of letters → the graph of letters and citations. The whole room's work in order: :func:`build_graph`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chain.gather import by_packet, facts_of, heads, mentions
from chain.identity import Cluster, cluster
from chain.judged import Judged, judged
from chain.linking import Decision, Mention, Shelf, decide, placeholders
from chain.model import Copy, CopyRef, Graph, Judgement, Link, LinkState, Node
from chain.nodes import Cited, absent_node, letter_node, with_ids
from chain.relation import relation_of
from letters import Letter, Reference


def build_graph(copies: Iterable[Copy], judgements: Iterable[Judgement] = ()) -> Graph:
    """All letters and citations of an archive. The same copies and judgements, in any order, give the same graph.

    Every citation of every copy has a link; none is dropped. A citation a person rejected has two: the rejected
    link, and what it means without it.
    """
    shelved = sorted({copy.ref: copy for copy in copies}.values(), key=lambda copy: copy.ref)
    decided = sorted(judgements, key=repr)
    packets = by_packet(shelved)
    clusters = cluster(heads(packets), decided)
    home = {head.ref: place for place, group in enumerate(clusters) for head in group.heads}
    known = [facts_of(group) for group in clusters]
    cited = list(mentions(clusters, known, packets, home))
    by_people = judged(decided, home)
    shelf = Shelf(known, [facts_of(group, own=True) for group in clusters])
    decisions = [by_people.answer(mention.ref) or decide(mention, shelf, by_people.rejected(mention.ref))
                 for mention in cited]
    letters = {copy.ref: copy.letter for copy in shelved}
    return _Assembly(clusters, cited, decisions, by_people, letters).graph()


@dataclass(frozen=True, slots=True)
class _Assembly:
    """Turns decisions into nodes and links. Clusters come first in the list of nodes, placeholders behind them."""

    clusters: Sequence[Cluster]
    mentions: Sequence[Mention]
    decisions: Sequence[Decision]
    judged: Judged
    letters: Mapping[CopyRef, Letter]

    def graph(self) -> Graph:
        targets = self._targets()
        cited: dict[int, list[Cited]] = defaultdict(list)
        for mention, decision, target in zip(self.mentions, self.decisions, targets, strict=True):
            if target is not None:
                cited[target].append(Cited(self._reference(mention), self._weight(mention, decision)))
        arrived = [letter_node(group, cited[place]) for place, group in enumerate(self.clusters)]
        absent = [absent_node(cited[place]) for place in sorted(cited) if place >= len(self.clusters)]
        nodes = with_ids([*arrived, *absent])
        links = [link for mention, decision, target in zip(self.mentions, self.decisions, targets, strict=True)
                 for link in self._links(mention, decision, target, nodes)]
        links.sort(key=lambda link: (link.mention, link.state is LinkState.REJECTED, link.target or ""))
        return Graph(tuple(sorted(nodes, key=lambda node: node.id)), tuple(links))

    def _targets(self) -> list[int | None]:
        """Each mention's place in the list of nodes; ``None`` where the citation says nothing."""
        absent = [mention for mention, decision in zip(self.mentions, self.decisions, strict=True)
                  if decision.target is None]
        places = {mention.ref: len(self.clusters) + place for mention, place in placeholders(absent)}
        return [places.get(mention.ref) if decision.target is None else decision.target
                for mention, decision in zip(self.mentions, self.decisions, strict=True)]

    def _reference(self, mention: Mention) -> Reference:
        return self.letters[mention.ref.copy].references[mention.ref.reference]

    def _weight(self, mention: Mention, decision: Decision) -> float:
        """How much a citation counts for its letter's number. All copies of a citing letter have one vote together."""
        weight = {LinkState.LINKED: 1.0, LinkState.ABSENT: 1.0, LinkState.LIKELY: 0.3}.get(decision.state, 0.0)
        if decision.state is LinkState.LIKELY and decision.near:
            weight = 0.8
        if decision.rule == "judgement":
            weight = 0.3  # a person said which letter is meant, not that its number is cited rightly
        return weight * max(self._reference(mention).number.confidence, 0.1) / len(self.clusters[mention.source].heads)

    def _links(self, mention: Mention, decision: Decision, target: int | None, nodes: Sequence[Node]) -> list[Link]:
        letter, reference = self.letters[mention.ref.copy], self._reference(mention)
        link = Link(
            source=nodes[mention.source].id, target=None if target is None else nodes[target].id,
            relation=relation_of(letter, reference), state=decision.state, score=decision.score,
            reasons=decision.reasons, mention=mention.ref, rule=decision.rule, evidence=reference.evidence,
            rivals=tuple(nodes[place].id for place in decision.rivals),
        )
        rejected = [replace(link, target=nodes[place].id, state=LinkState.REJECTED, score=0.0, reasons=(words,),
                            rule="judgement", rivals=())
                    for place, words in self.judged.noes(mention.ref)]
        return [link, *rejected]

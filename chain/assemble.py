"""Decisions → nodes and links. Nothing is decided here but one thing: a link never goes to a letter that is later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from chain import nodes as make
from chain.absent import by_placeholder
from chain.identity import Letters
from chain.ids import Known, Place, settle
from chain.judged import Judged
from chain.linking import Decision
from chain.model import CopyRef, Graph, Link, LinkState, MentionRef, Node
from chain.records import Head, Mention
from chain.score import Reason
from chain.weights import version

FUTURE: Reason = ("หนังสือที่ถูกอ้างลงวันที่หลังหนังสือที่อ้าง", "the cited letter is dated after the citing one")


@dataclass(frozen=True, slots=True)
class Assembly:
    """All that was decided: ``absent`` tells for each citation of an absent letter which one stands for it."""

    heads: Mapping[CopyRef, Head]
    mentions: Mapping[MentionRef, Mention]
    letters: Letters
    decisions: Mapping[MentionRef, Decision]
    absent: Mapping[MentionRef, MentionRef]
    people: Judged

    def target(self, ref: MentionRef) -> Place | None:
        """Who stands for the letter that a citation means; ``None`` where it says nothing."""
        target = self.decisions[ref].target
        return self.absent.get(ref) if target is None else target

    def source(self, ref: MentionRef) -> CopyRef:
        """Who stands for the citing letter."""
        return self.letters.root[ref.copy]


def assemble(parts: Assembly, known: Known) -> Graph:
    """The graph, its letters under the ids they have, or new ones."""
    members = parts.letters.members()
    waiting = by_placeholder(parts.absent)
    drafts = dict(draft_nodes(parts, members, waiting))
    places: dict[Place, list[Place]] = {root: [*copies] for root, copies in members.items()}
    for ref in parts.mentions:
        target = parts.target(ref)
        if target is not None:
            places.setdefault(target, []).append(ref)
    order = list(drafts)
    settled = settle([places[place] for place in order], known)
    nodes = {place: replace(drafts[place], id=name) for place, name in zip(order, settled.ids, strict=True)}
    links = [link for ref in sorted(parts.mentions) for link in links_of(ref, parts, nodes)]
    links.sort(key=lambda link: (link.mention, link.state is LinkState.REJECTED, link.target or ""))
    return Graph(tuple(sorted(nodes.values(), key=lambda node: node.id)), tuple(links), settled.aliases)


def draft_nodes(parts: Assembly, members: Mapping[CopyRef, list[CopyRef]],
                waiting: Mapping[MentionRef, list[MentionRef]]) -> Iterator[tuple[Place, Node]]:
    """The nodes without their ids, by who stands for them."""
    cited: dict[Place, list[MentionRef]] = defaultdict(list)
    for ref in sorted(parts.mentions):
        target = parts.target(ref)
        if target is not None:
            cited[target].append(ref)
    for root, copies in members.items():
        doubts = (doubt for ref in copies for doubt in parts.letters.doubts.get(ref, ()))
        yield root, make.letter_node([parts.heads[ref] for ref in copies], _votes(cited[root], parts), doubts)
    for place in waiting:
        yield place, make.absent_node(_votes(cited[place], parts))


def _votes(cited: list[MentionRef], parts: Assembly) -> list[make.Cited]:
    return make.votes((parts.mentions[ref], found.state, found.rule, found.near, parts.source(ref))
                      for ref in cited for found in (parts.decisions[ref],))


def links_of(ref: MentionRef, parts: Assembly, nodes: Mapping[Place, Node]) -> Iterator[Link]:
    """A citation's link, and one for each letter that a person said it does not mean."""
    mention, found = parts.mentions[ref], parts.decisions[ref]
    source, place = nodes[parts.source(ref)], parts.target(ref)
    target = nodes[place] if place is not None else None
    state, reasons = found.state, found.reasons
    if target and state is LinkState.LINKED and found.rule != "judgement" and is_future(source, target):
        state, reasons = LinkState.LIKELY, (*reasons, FUTURE)
    yield _link(mention, source, target, state, found.score, reasons, found.rule,
                tuple(nodes[one].id for one in found.rivals))
    for place, words in parts.people.noes(ref):
        yield _link(mention, source, nodes[place], LinkState.REJECTED, 0.0, (words,), "judgement", ())


def _link(mention: Mention, source: Node, target: Node | None, state: LinkState, score: float,
          reasons: tuple[Reason, ...], rule: str, rivals: tuple[str, ...]) -> Link:
    return Link(
        source=source.id, target=target.id if target else None, relation=mention.relation, state=state, score=score,
        reasons=tuple(thai for thai, _ in reasons), mention=mention.ref, rule=rule, evidence=mention.evidence,
        rivals=rivals, reasons_en=tuple(english for _, english in reasons), model=version(), told=mention.told)


def is_future(source: Node, target: Node) -> bool:
    """Whether a cited letter is dated after the citing one."""
    return bool(source.date and target.date and target.date.earliest > source.date.latest)

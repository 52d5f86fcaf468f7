"""Decisions → nodes and links. Nothing is decided here but one thing: a link never goes to a letter that is later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chain import nodes as make
from chain.absent import by_placeholder
from chain.filed import packed, unpacked
from chain.identity import Letters
from chain.ids import Known, Place, settle
from chain.judged import Judged
from chain.linking import Decision
from chain.model import CopyRef, Graph, Link, LinkState, MentionRef, Node
from chain.records import Head, Mention
from chain.shares import shared
from chain.summing import Reason
from chain.weights import version
from letters import LetterDate

FUTURE: Reason = ("หนังสือที่ถูกอ้างลงวันที่หลังหนังสือที่อ้าง", "the cited letter is dated after the citing one")
_AT_ONCE = 40_000  # letters that are made before another share is begun


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
    drafts = Drafts(parts, known)
    nodes = sorted(drafts.nodes(), key=lambda node: node.id)
    links = sorted(drafts.links(), key=lambda link: (link.mention, link.state is LinkState.REJECTED, link.target or ""))
    return Graph(tuple(nodes), tuple(links), drafts.aliases)


@dataclass(frozen=True, slots=True)
class Named:
    """As much of a letter as the links to it need."""

    id: str
    date: LetterDate | None
    dated: bool = True


class Drafts:
    """The graph letter by letter, for archives that are too large to have it at once: ids first, then :meth:`nodes`,
    then :meth:`links`."""

    def __init__(self, parts: Assembly, known: Known) -> None:
        self._parts = parts
        self._members = parts.letters.members()
        self._waiting = by_placeholder(parts.absent)
        self._cited = cited_by(parts)
        order: list[Place] = [*self._members, *self._waiting]
        at: list[list[Place]] = [[*copies, *self._cited.get(root, ())] for root, copies in self._members.items()]
        at += [[*self._cited.get(root, ())] for root in self._waiting]
        settled = settle(at, known)
        self.aliases = settled.aliases
        self._named: dict[Place, Named] = {
            place: Named(name, None) for place, name in zip(order, settled.ids, strict=True)}

    def nodes(self, shares: int = 1) -> Iterator[Node]:
        """The letters, in no order, made by so many processes."""
        places = [*self._named]
        for start in range(0, len(places), _AT_ONCE):
            some = range(start, min(start + _AT_ONCE, len(places)))
            for number, data in shared(lambda share, some=some: self._packed(  # type: ignore[misc]
                    (number, places[number]) for number in some[share::shares]), shares):
                node = unpacked(data, Node)
                self._named[places[number]] = Named(node.id, node.date, node.dated)
                yield node

    def _packed(self, places: Iterable[tuple[int, Place]]) -> Iterator[tuple[int, bytes]]:
        """Letters made, as they go from one process to another."""
        for number, place in places:
            yield number, packed(letter_at(place, self._named[place].id, self._parts, self._members, self._cited))

    def links(self) -> Iterator[Link]:
        """The links by citation, once all letters were told."""
        for ref in sorted(self._parts.mentions):
            yield from links_of(ref, self._parts, self._named)


def cited_by(parts: Assembly) -> dict[Place, list[MentionRef]]:
    """The citations of each letter, sorted, by who stands for it."""
    cited: dict[Place, list[MentionRef]] = defaultdict(list)
    for ref in sorted(parts.mentions):
        target = parts.target(ref)
        if target is not None:
            cited[target].append(ref)
    return cited


def letter_at(place: Place, name: str, parts: Assembly, members: Mapping[CopyRef, Sequence[CopyRef]],
              cited: Mapping[Place, Iterable[MentionRef]]) -> Node:
    """The letter that ``place`` stands for, under its id: one that has arrived, or a placeholder."""
    votes = make.votes((parts.mentions[ref], found.state, found.rule, found.near, parts.source(ref))
                       for ref in cited.get(place, ()) for found in (parts.decisions[ref],))
    if isinstance(place, MentionRef):
        return make.absent_node(name, votes)
    copies = members[place]
    doubts = (doubt for ref in copies for doubt in parts.letters.doubts.get(ref, ()))
    return make.letter_node(name, [parts.heads[ref] for ref in copies], votes, doubts)


def links_of(ref: MentionRef, parts: Assembly, nodes: Mapping[Place, Named] | Mapping[Place, Node]) -> Iterator[Link]:
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


def _link(mention: Mention, source: Named | Node, target: Named | Node | None, state: LinkState, score: float,
          reasons: tuple[Reason, ...], rule: str, rivals: tuple[str, ...]) -> Link:
    return Link(
        source=source.id, target=target.id if target else None, relation=mention.relation, state=state, score=score,
        reasons=tuple(thai for thai, _ in reasons), mention=mention.ref, rule=rule, evidence=mention.evidence,
        rivals=rivals, reasons_en=tuple(english for _, english in reasons), model=version(), told=mention.told)


def is_future(source: Named | Node, target: Named | Node) -> bool:
    """Whether a cited letter is dated after the citing one, whose date is surely read."""
    return bool(source.date and source.dated and target.date and target.date.earliest > source.date.latest)

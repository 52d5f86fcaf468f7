"""Graph → duties: one for each matter a chain of letters asks for, however many letters and copies pass it on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain as joined

from chain import Copy, CopyRef, Graph, Node
from letters import Evidence, Letter
from tasks.due import level_deadlines, strictest
from tasks.flow import Flow
from tasks.model import Duty, TaskEvidence
from tasks.where import where_of

_Read = tuple[Node, CopyRef, Letter]


def find_duties(graph: Graph, copies: Iterable[Copy]) -> tuple[Duty, ...]:
    """What the letters of an archive ask for, each thing once, by id.

    A chain's duty is told from its origin; the covering letters of province and district add their deadlines. Letters
    that ask for nothing, and those that only lie in a packet for information, give none.
    """
    flow = Flow(graph, copies)
    duties = (_duty(origin, flow) for origin in flow.origins())
    return tuple(sorted((duty for duty in duties if duty), key=lambda duty: duty.id))


def content_id(*parts: str) -> str:
    """16 hex digits that stand for these parts, the same in every run."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _duty(origin: str, flow: Flow) -> Duty | None:
    letters = flow.reach(origin, flow.forwarded_by)
    read = [(flow.nodes[node], *copy) for node in letters if (copy := flow.copy_of(node))]
    asking = [one for one in read if one[2].actions or one[2].deadlines]
    if not asking or flow.received.isdisjoint(letters):
        return None
    deadlines = tuple(joined.from_iterable(level_deadlines(node, letter) for node, _, letter in read))
    binding = strictest(deadlines)
    return Duty(
        id=content_id("duty", origin), node=origin, title=_title(flow.nodes[origin], read),
        actions=next((tuple(action.text for action in letter.actions) for _, _, letter in read if letter.actions), ()),
        deadlines=deadlines, due=binding.date if binding else None, deadline_text=binding.text if binding else "",
        where=where_of(letter.text for _, _, letter in read[:1]),
        urls=_each(letter.urls for _, _, letter in read), phones=_each(letter.phones for _, _, letter in read),
        letters=tuple(letters), evidence=tuple(joined.from_iterable(_evidence(*one) for one in asking)),
    )


def _title(origin: Node, read: Sequence[_Read]) -> str:
    """The origin's subject; stamped letters have none, so their number stands for it."""
    subjects = [origin.subject, *(node.subject for node, _, _ in read)]
    name = origin.number or next((node.number for node, _, _ in read if node.number), None)
    return next((subject for subject in subjects if subject), f"ดำเนินการตามหนังสือที่ {name or '(ไม่มีเลขที่)'}")


def _each(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(joined.from_iterable(values)))


def _evidence(node: Node, ref: CopyRef, letter: Letter) -> Iterator[TaskEvidence]:
    """The sentences that ask and those that set a day; none that is part of one before it."""
    asked = [(action.evidence, action.text) for action in letter.actions]
    told = [(one.evidence, one.sentence or one.text) for one in letter.deadlines]
    seen: list[str] = []
    for place, sentence in [*asked, *told]:
        words = " ".join(sentence.split())
        if words and not any(words in other for other in seen):
            seen.append(words)
            yield TaskEvidence(node.id, ref.packet, _page(place, letter), words)


def _page(place: Evidence | None, letter: Letter) -> int:
    return place.page if place else letter.pages[0]

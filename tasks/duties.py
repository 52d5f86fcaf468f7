"""Graph → duties: one for each thing a chain of letters asks for, however many letters and copies pass it on."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as joined

from chain import Copy, CopyRef, Graph, Node
from letters import Action, Deadline, Evidence, Letter
from letters.text import arabic, squeeze
from tasks.due import level_deadlines, settled, strictest
from tasks.flow import Flow
from tasks.model import Duty, Menu, TaskEvidence
from tasks.things import Thing, actions_for, deadlines_for, things_of
from tasks.where import system_of, where

_FISCAL_YEAR = re.compile(r"ปีงบประมาณ(?:พ\.?ศ\.?)?(25\d\d)")


@dataclass(frozen=True, slots=True)
class _Read:
    """A letter of the chain as its best copy reads."""

    node: Node
    ref: CopyRef
    letter: Letter


def find_duties(graph: Graph, copies: Iterable[Copy], menus: Sequence[Menu] = ()) -> tuple[Duty, ...]:
    """What the letters of an archive ask for, each thing once, by id. ``menus``: the forms that letters may name.

    A chain's duties are told from its origin; covering letters, reminders and letters that move a day add their
    deadlines. Letters that ask for nothing, that only lie in a packet for information, or that a later letter took
    back, give none.
    """
    flow = Flow(graph, copies)
    duties = joined.from_iterable(_duties(origin, flow, menus) for origin in flow.origins())
    return tuple(sorted(duties, key=lambda duty: duty.id))


def content_id(*parts: str) -> str:
    """16 hex digits that stand for these parts, the same in every run."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _duties(origin: str, flow: Flow, menus: Sequence[Menu]) -> Iterator[Duty]:
    letters = flow.reach(origin, flow.forwarded_by, flow.followed_by)
    if origin in flow.cancelled or flow.received.isdisjoint(letters):
        return
    read = [_Read(flow.nodes[node], *copy) for node in letters if (copy := flow.copy_of(node))]
    told = next((one for one in read if one.letter.actions), next((one for one in read if one.letter.deadlines), None))
    things = things_of(told.letter, menus) if told else ()
    named = [thing.menu for thing in things if thing.menu]
    for thing in things:
        yield _duty(thing, read, _Chain(flow.nodes[origin], tuple(letters), flow, named, len(things) > 1))


@dataclass(frozen=True, slots=True)
class _Chain:
    """What the duties of one chain have in common."""

    origin: Node
    letters: tuple[str, ...]
    flow: Flow
    named: list[Menu]
    several: bool


def _duty(thing: Thing, read: Sequence[_Read], chain: _Chain) -> Duty:
    held = [(one, _bound(thing, one, chain)) for one in read]
    every = [day for one, bound in held for day in level_deadlines(one.node, bound)]
    deadlines = settled(every, chain.flow)
    binding = strictest(deadlines)
    menus = [thing.menu] if thing.menu else []
    parts = ("duty", chain.origin.id, *([thing.key] if thing.key else []))
    return Duty(
        id=content_id(*parts), node=chain.origin.id, title=_title(thing, chain, read),
        actions=tuple(action.text for action in thing.actions), deadlines=deadlines,
        due=binding.date if binding else None, deadline_text=binding.text if binding else "",
        where=where(system_of(one.letter.text for one in read[:1]), menus),
        urls=_each(one.letter.urls for one in read), phones=_each(one.letter.phones for one in read),
        letters=chain.letters, evidence=tuple(joined.from_iterable(_evidence(thing, *one, chain) for one in held)),
        form=thing.menu.form if thing.menu else None, by_province=bool(thing.menu and thing.menu.by_province),
        fiscal_year=_fiscal_year(read), manuals=_each(one.letter.qr for one in read),
        emails=_each(one.letter.emails for one in read),
        contacts=_each(_contacts(one.letter) for one in read),
    )


def _bound(thing: Thing, one: _Read, chain: _Chain) -> tuple[Deadline, ...]:
    """The deadlines of one letter of the chain that bind this thing."""
    if thing.menu:
        return deadlines_for(one.letter, thing.menu, chain.named)
    same = [other for other in things_of(one.letter) if other.key == thing.key] if chain.several else []
    return same[0].deadlines if same else one.letter.deadlines


def _title(thing: Thing, chain: _Chain, read: Sequence[_Read]) -> str:
    """The origin's subject, with the menu's name before it where the letter asks for several things; stamped letters
    have no subject, so the menu or their number stands for it."""
    subject = next((text for text in (chain.origin.subject, *(one.node.subject for one in read)) if text), None)
    if thing.menu and (chain.several or not subject):
        return f"{thing.menu.title}: {subject}" if subject else thing.menu.title
    name = chain.origin.number or next((one.node.number for one in read if one.node.number), None)
    return subject or f"ดำเนินการตามหนังสือที่ {name or '(ไม่มีเลขที่)'}"


def _fiscal_year(read: Iterable[_Read]) -> int | None:
    """The fiscal year (BE) that most letters of the chain name in what they ask or in their subject."""
    years: Counter[int] = Counter()
    for one in read:
        words = [one.letter.subject.value or "", *(action.text for action in one.letter.actions)]
        years.update({int(year) for text in words for year in _FISCAL_YEAR.findall(squeeze(arabic(text)))})
    best = years.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _contacts(letter: Letter) -> tuple[str, ...]:
    """Persons to ask, each with post and telephones."""
    return tuple(" ".join(part for part in (one.name, one.position, *one.phones) if part)
                 for one in letter.coordinators)


def _each(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(joined.from_iterable(values)))


def _evidence(thing: Thing, one: _Read, bound: Sequence[Deadline], chain: _Chain) -> Iterator[TaskEvidence]:
    """The sentences of one letter that ask for the thing and those that set a day; none that is part of one before."""
    actions = _same_actions(thing, one.letter, chain)
    asked = [(action.evidence, action.text) for action in actions]
    told = [(day.evidence, day.sentence or day.text) for day in bound]
    seen: list[str] = []
    for place, sentence in [*asked, *told]:
        words = " ".join(sentence.split())
        if words and not any(words in other for other in seen):
            seen.append(words)
            yield TaskEvidence(one.node.id, one.ref.packet, _page(place, one.letter), words)


def _same_actions(thing: Thing, letter: Letter, chain: _Chain) -> tuple[Action, ...]:
    """The actions of a letter of the chain that ask for this thing, as far as its words tell."""
    if thing.menu is None:
        return thing.actions if chain.several and set(thing.actions) <= set(letter.actions) else letter.actions
    return actions_for(letter, thing.menu, chain.named)


def _page(place: Evidence | None, letter: Letter) -> int:
    return place.page if place else letter.pages[0]

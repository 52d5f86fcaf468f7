"""A chain told in full as plain data: who received it when, how many days were left at each hop, who still has it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from chain.facts import issuer_name, normal
from chain.level import Level, level_of
from chain.model import CopyRef, LinkRelation, LinkState, Node
from chain.view import ChainView, Hop, Step
from letters import DeadlineKind, Letter, ReceivedStamp

Report = dict[str, Any]
_BINDING = (DeadlineKind.DATE, DeadlineKind.RELATIVE)


def report(view: ChainView, letters: Mapping[CopyRef, Letter]) -> Report:
    """The chain as JSON: its letters newest first, and the steps between them. ``letters`` are the copies of its
    letters as read; days are whole days, dates ISO (CE), unknown is ``None``.

    ``days_left``: from the letter's own date, or where that is not known to the day from the first stamp on it, to the
    strictest day that it or the letters it passes on set.
    ``waiting``: offices that received or are named by a letter and of which no letter is here that passes it on.
    """
    passing: dict[str, list[Step]] = defaultdict(list)
    for step in view.steps:
        if step.link.relation is LinkRelation.FORWARDS:
            passing[step.upper].append(step)
    due = {hop.node.id: _due(hop.node.id, view, passing, letters) for hop in view.hops}
    return {"asked": view.asked, "letters": [_hop(hop, view, letters, due[hop.node.id]) for hop in view.hops],
            "steps": [_step(step) for step in view.steps]}


def _hop(hop: Hop, view: ChainView, letters: Mapping[CopyRef, Letter], due: dt.date | None) -> Report:
    node = hop.node
    stamps = [stamp for ref in node.copies if ref in letters for stamp in letters[ref].received_stamps]
    day = (node.date.date if node.date else None) or min(
        (stamp.date.date for stamp in stamps if stamp.date and stamp.date.date), default=None)
    return {
        "id": node.id, "number": str(node.number) if node.number else None,
        "date": node.date.iso if node.date else None,
        "issuer": node.issuer, "subject": node.subject, "absent": node.absent, "copies": len(node.copies),
        "level": hop.level.value if hop.level else None, "place": hop.place.value, "doubts": list(node.doubts),
        "received": [_stamp(stamp) for stamp in _each(stamps)],
        "due": due.isoformat() if due else None, "days_left": (due - day).days if due and day else None,
        "waiting": _waiting(node, view, letters, stamps),
    }


def _stamp(stamp: ReceivedStamp) -> Report:
    return {"office": stamp.office, "number": stamp.number, "date": stamp.date.iso if stamp.date else None,
            "time": stamp.time}


def _each(stamps: list[ReceivedStamp]) -> list[ReceivedStamp]:
    """Each stamp once, though the letter was scanned in many packets."""
    first = {(normal(stamp.office or ""), stamp.number, stamp.date): stamp for stamp in reversed(stamps)}
    return sorted(first.values(), key=lambda stamp: (stamp.date.iso if stamp.date else "", stamp.number or ""))


def _due(node: str, view: ChainView, passing: Mapping[str, list[Step]],
         letters: Mapping[CopyRef, Letter]) -> dt.date | None:
    """The strictest day set by a letter or by those it passes on."""
    seen, waiting, days = {node}, [node], []
    hops = {hop.node.id: hop.node for hop in view.hops}
    while waiting:
        here = waiting.pop()
        days += [deadline.last_day for ref in hops[here].copies if ref in letters for deadline in letters[ref].deadlines
                 if deadline.kind in _BINDING and deadline.last_day]
        fresh = [step.lower for step in passing.get(here, ()) if step.lower not in seen]
        seen.update(fresh)
        waiting += fresh
    return min(days, default=None)


def _waiting(node: Node, view: ChainView, letters: Mapping[CopyRef, Letter], stamps: list[ReceivedStamp]) -> list[str]:
    """Whoever stamped it or is named in it by itself and has not passed it on. An LAO has nobody to pass it to, and
    groups are for the list of offices."""
    read = [letters[ref] for ref in node.copies if ref in letters]
    names = [stamp.office for stamp in stamps if stamp.office]
    names += [one.name for letter in read for one in letter.recipients if not one.everyone]
    names = [name for name in names if level_of(None, name) is not Level.LAO]
    upper = {step.upper for step in view.steps
             if step.lower == node.id and step.link.relation is LinkRelation.FORWARDS
             and step.link.state in (LinkState.LINKED, LinkState.LIKELY)}
    done = [issuer_name(hop.node.issuer or "") for hop in view.hops if hop.node.id in upper]
    return [name for name in dict.fromkeys(names) if not any(_same(issuer_name(name), other) for other in done)]


def _same(name: str, issuer: str) -> bool:
    return bool(name and issuer) and (name in issuer or issuer in name)


def _step(step: Step) -> Report:
    link = step.link
    return {"upper": step.upper, "lower": step.lower, "relation": link.relation.value, "state": link.state.value,
            "score": link.score, "days": step.days, "reasons": list(link.reasons), "reasons_en": list(link.reasons_en),
            "evidence": link.evidence.text if link.evidence else None, "told": link.told or None, "rule": link.rule,
            "model": link.model}

"""A chain as the screens need it: told in full, as a graph for the browser, and along time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive import Archive
from archive.sight import Sight
from chain import Node
from chain.report import Report, report
from webui.relatives import Tree

_KINDS = ("letter", "received", "due")


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day: a ``letter`` was written, ``received`` somewhere, or a ``due`` day comes. ``days`` since the
    event before; ``letter`` is a row of the report."""

    kind: str
    day: dt.date
    letter: Report
    office: str | None = None
    number: str | None = None
    days: int = 0


def told(archive: Archive, tree: Tree, sight: Sight) -> Report:
    """The chain in full (:func:`chain.report.report`), told by the copies that the reader may see."""
    refs = archive.sights.copies(sight, (ref for hop in tree.view.hops for ref in hop.node.copies))
    return report(tree.view, {ref: copy.letter for ref, copy in archive.letters.several(refs).items()})


def events(chain: Report) -> list[Event]:
    """What happened when, oldest first; letters without a day are left to the table."""
    found: list[Event] = []
    for letter in chain["letters"]:
        if day := _day(letter["date"]):
            found.append(Event("letter", day, letter))
        found += [Event("received", day, letter, stamp["office"], stamp["number"])
                  for stamp in letter["received"] if (day := _day(stamp["date"]))]
    found += [Event("due", dt.date.fromisoformat(due), letter) for due, letter in _dues(chain)]
    found.sort(key=lambda event: (event.day, _KINDS.index(event.kind), event.letter["id"]))
    return [Event(now.kind, now.day, now.letter, now.office, now.number, (now.day - before.day).days)
            for before, now in zip([*found[:1], *found], found, strict=False)]


def _day(iso: str | None) -> dt.date | None:
    """A whole day of the report; months and years alone are none."""
    try:
        return dt.date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def drawing(chain: Report, words: Mapping[str, Mapping[str, Any]], show: Mapping[str, Any]) -> dict[str, Any]:
    """Nodes and edges for the graph library. Edges run from the older letter to the newer one, so that the origin
    stands on top; ``depth`` is the longest way down from an origin. ``show`` holds the functions ``date`` (ISO → text)
    and ``days`` (number → text)."""
    depth = depths(chain)
    setting = {first["id"] for _due, first in _dues(chain)}
    nodes = [{
        "id": one["id"], "number": one["number"] or "–", "date": show["date"](_day(one["date"])),
        "level": one["level"] or "none", "levelWord": str(words["level"].get(one["level"], "")),
        "subject": one["subject"] or "", "absent": one["absent"], "asked": one["place"] == "asked",
        "doubtful": bool(one["doubts"]), "due": show["date"](_day(one["due"])) if one["id"] in setting else "",
        "order": one["date"] or "9999", "depth": depth[one["id"]],
    } for one in chain["letters"]]
    edges = [{
        "id": f"{step['upper']}-{step['lower']}", "source": step["lower"], "target": step["upper"],
        "state": step["state"], "days": "" if step["days"] is None else show["days"](step["days"]),
    } for step in chain["steps"]]
    return {"nodes": nodes, "edges": edges}


def _dues(chain: Report) -> list[tuple[str, Report]]:
    """Each day that binds, with the oldest letter it comes from."""
    first: dict[str, Report] = {}
    for letter in sorted(chain["letters"], key=lambda one: one["date"] or "9999", reverse=True):
        if letter["due"]:
            first[letter["due"]] = letter
    return sorted(first.items())


def depths(chain: Report) -> dict[str, int]:
    """Steps from the farthest origin by letter id: 0 for letters that cite none of this chain. A circle made by
    misreadings is cut where it closes."""
    lower: dict[str, list[str]] = {one["id"]: [] for one in chain["letters"]}
    for step in chain["steps"]:
        lower[step["upper"]].append(step["lower"])
    known: dict[str, int] = {}
    for start in lower:
        way: list[tuple[str, bool]] = [(start, False)]
        open_: set[str] = set()
        while way:
            here, seen = way.pop()
            if seen:
                known[here] = max((known[one] + 1 for one in lower[here] if one in known), default=0)
                open_.discard(here)
            elif here not in known and here not in open_:
                open_.add(here)
                way.append((here, True))
                way += [(one, False) for one in lower[here] if one not in known and one not in open_]
    return known


def mergeable(tree: Tree, node: Node) -> list[Node]:
    """Letters of the chain that could be the same letter as this one: present, with copies of their own."""
    return [hop.node for hop in tree.view.hops if hop.node.id != node.id and hop.node.copies and node.copies]

"""Graph → duties → tasks: for the whole archive, or for the letters that changed since tasks were given out last."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace

from archive import Archive, ChangeKind
from chain import Copy, Graph, Link, LinkRelation, LinkState
from saraban.menus import forms_of, menus_of, thai_today
from saraban.settings import Settings
from tasks import Menu, Registry, assign, find_duties

_PASSING_ON = (LinkRelation.FORWARDS, LinkRelation.FOLLOWS, LinkRelation.AMENDS, LinkRelation.CANCELS)
_GIVEN, _BY = "tasks.revision", "tasks.given"


def give_tasks(archive: Archive, settings: Settings) -> None:
    """All tasks of the archive; what people did with their tasks stays."""
    revision, menus, today = archive.revision(), menus_of(forms_of(settings)), thai_today()
    graph, copies = archive.graph.load(), list(archive.letters.copies())
    duties = find_duties(graph, copies, menus)
    registry = Registry(archive.offices.all())
    archive.tasks.save(assign(duties, graph, copies, registry, archive.tasks.registered(), today))
    _note(archive, revision, menus, today)


def renew_tasks(archive: Archive, settings: Settings) -> None:
    """The tasks of letters whose duties may have changed since the last time, and nothing else; all tasks on another
    day, for duties that recur, with other forms, and after everything was linked anew."""
    menus, today = menus_of(forms_of(settings)), thai_today()
    since = archive.meta.get(_GIVEN)
    if not since or archive.meta.get(_BY) != _by(menus, today):
        give_tasks(archive, settings)
        return
    touched, revision = _touched(archive, int(since))
    if touched:
        chain = reach(archive, touched)
        graph, copies = around(archive, chain)
        duties = [duty for duty in find_duties(graph, copies, menus) if duty.node in chain]
        receipts = archive.tasks.registered({copy.ref.packet for copy in copies}, chain)
        tasks = assign(duties, graph, copies, Registry(archive.offices.all()), receipts, today)
        archive.tasks.save(tasks, chain | touched)
    _note(archive, revision, menus, today)


def _touched(archive: Archive, revision: int) -> tuple[set[str], int]:
    """The letters whose duties may have changed since a revision, those of packets read anew among them; and the
    revision of the last change."""
    touched = set[str]()
    while changes := archive.changes(revision, kinds=[ChangeKind.DUTY, ChangeKind.COPY]):
        touched |= {change.key for change in changes if change.kind is ChangeKind.DUTY}
        touched |= archive.graph.in_packets(change.copy.packet for change in changes if change.kind is ChangeKind.COPY)
        revision = changes[-1].revision
    return touched, revision


def all_anew(archive: Archive) -> None:
    """Has all tasks given out the next time, for everything was linked anew."""
    archive.meta.set(_GIVEN, "")


def reach(archive: Archive, touched: Iterable[str]) -> set[str]:
    """The letters (node ids) and all that pass them on, follow them up or take them back, or that they do so with."""
    found: set[str] = set()
    waiting = set(touched)
    while waiting:
        found |= waiting
        links = [*archive.graph.links_beside(waiting, cited=True), *archive.graph.links_beside(waiting, cited=False)]
        waiting = {name for link in links if _passes_on(link) for name in (link.source, link.target or "")} - found
    return found - {""}


def around(archive: Archive, chain: Collection[str]) -> tuple[Graph, list[Copy]]:
    """As much of the graph as the duties of these letters hang on: the letters, those beside them in their packets,
    and their links; with the copies in these packets."""
    own = archive.graph.several(chain)
    packets = {ref.packet for node in own.values() for ref in node.copies}
    others = archive.graph.several(archive.graph.in_packets(packets) - own.keys())
    beside = [replace(node, copies=tuple(ref for ref in node.copies if ref.packet in packets))
              for node in others.values()]
    links = archive.graph.links_beside({*own, *others}, cited=False)
    copies = [copy for packet in sorted(packets) for copy in archive.letters.of_packet(packet)]
    return Graph((*own.values(), *beside), tuple(links)), copies


def _passes_on(link: Link) -> bool:
    return link.relation in _PASSING_ON and link.state is not LinkState.REJECTED


def _note(archive: Archive, revision: int, menus: Iterable[Menu], today: dt.date) -> None:
    archive.meta.set(_GIVEN, str(revision))
    archive.meta.set(_BY, _by(menus, today))


def _by(menus: Iterable[Menu], today: dt.date) -> str:
    """What tasks were made by beside the letters: the forms and the day."""
    return hashlib.sha256(repr((list(menus), today)).encode()).hexdigest()[:16]

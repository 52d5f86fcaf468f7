"""Duties → tasks for offices: who was reached by which letter, and what binds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from chain import Copy, Graph, Level, level_of
from letters import DeadlineKind, Office, OfficeKind
from tasks.addressees import expand
from tasks.area import area_of, lao_of
from tasks.due import by_urgency, received_on, settled, strictest, waits_for_receipt
from tasks.duties import content_id
from tasks.flow import Flow
from tasks.model import Duty, LevelDeadline, Task, TaskRole
from tasks.receipt import Receipt, Receipts, Registered
from tasks.recurring import occurrences
from tasks.registry import Area, Registry, full_name


def assign(duties: Iterable[Duty], graph: Graph, copies: Iterable[Copy], registry: Registry,
           registered: Registered | None = None, today: dt.date | None = None) -> tuple[Task, ...]:
    """One task for each duty and office reached, the most urgent first; the same input in any order gives the same.

    Reached are the addressees of the letters on top of packets: an LAO to do it, a province or district to pass it on.
    A province or district whose own covering letter is known has passed it on and gets no task. What the provincial
    office itself enters is its task, letter passed on or not. ``registered``: when offices got letters, as far as their
    registers or persons tell; days after receipt count from the office's own stamp or from there, and have no day where
    neither tells. ``today``: a recurring duty has a task for each of its days up to the next one from there.
    """
    flow = Flow(graph, copies)
    work = _Work(flow, registry, Receipts(flow, registry, registered or Registered()), today)
    tasks: dict[str, Task] = {}
    for duty in duties:
        for task in work.tasks(duty):
            known = tasks.get(task.id)
            if known is None or (*by_urgency(task), task.letter) < (*by_urgency(known), known.letter):
                tasks[task.id] = task
    return tuple(sorted(tasks.values(), key=by_urgency))


@dataclass(frozen=True, slots=True)
class _Work:
    """What all duties are assigned with."""

    flow: Flow
    registry: Registry
    receipts: Receipts
    today: dt.date | None

    def tasks(self, duty: Duty) -> Iterator[Task]:
        """The tasks of one duty; an office that several letters reached comes several times."""
        areas = {node: area_of(self.flow.nodes[node], self.registry) for node in duty.letters}
        reached = self._provinces(duty, areas) if duty.by_province else self._offices(duty, areas)
        makers: dict[tuple[str, frozenset[str], Receipt | None], Callable[[Office], list[Task]]] = {}
        counts = any(waits_for_receipt(one) for one in duty.deadlines)
        for letter, way, office in reached:
            near = frozenset(way) | self._follow_ups(duty, areas, office)
            receipt = self.receipts.of(letter, office) if counts else None
            if (letter, near, receipt) not in makers:
                makers[letter, near, receipt] = self._maker(duty, letter, near, receipt)
            yield from makers[letter, near, receipt](office)

    def _offices(self, duty: Duty, areas: Mapping[str, Area | None]) -> Iterator[tuple[str, list[str], Office]]:
        """Letter, its way up to the origin, and office, for every office that a letter on top of a packet reached."""
        passed_on = {areas[node] for node in duty.letters if self._level(node) in (Level.PROVINCE, Level.DISTRICT)}
        for node in duty.letters:
            if node in self.flow.received:
                way = self.flow.reach(node, self.flow.forwards, self.flow.follows)
                for office in self._reached(node, areas[node]):
                    if office.kind.is_lao or Area(office.province, office.district) not in passed_on:
                        yield node, way, office

    def _provinces(self, duty: Duty, areas: Mapping[str, Area | None]) -> Iterator[tuple[str, list[str], Office]]:
        """The same for work of the provincial office itself: those addressed, and those that passed the letter on. What
        a province asks of others does not bind itself."""
        for node in duty.letters:
            area = areas[node]
            if self._level(node) is Level.PROVINCE and area:
                above = sorted(self.flow.forwards.get(node, ()))
                way = [one for one in self.flow.reach(node, self.flow.forwards, self.flow.follows) if one != node]
                for office in self.registry.within([OfficeKind.PROVINCE], Area(area.province)) if above else ():
                    yield above[0], way, office
            elif node in self.flow.received:
                way = self.flow.reach(node, self.flow.forwards, self.flow.follows)
                for office in self._reached(node, area):
                    if office.kind is OfficeKind.PROVINCE:
                        yield node, way, office

    def _reached(self, node_id: str, area: Area | None) -> list[Office]:
        """The offices that a letter reaches: its addressees; for an LAO's own note on a letter, that LAO."""
        node, copy = self.flow.nodes[node_id], self.flow.copy_of(node_id)
        if copy is None:
            return []
        if self._level(node_id) is Level.LAO and self.flow.forwards.get(node_id):
            found = lao_of(node, self.registry)
            return [found] if found else []
        if area is None:
            return []
        addressed, _ = expand(copy[1].recipients, area, self.registry)
        return [one.office for one in addressed]

    def _follow_ups(self, duty: Duty, areas: Mapping[str, Area | None], office: Office) -> frozenset[str]:
        """Reminders of the duty and letters that move its day, with what covers them, that concern an office."""
        first = [node for node in duty.letters if self.flow.follows.get(node)]
        later = {one for node in first for one in self.flow.reach(node, self.flow.forwarded_by)}
        return frozenset(node for node in later if (area := areas.get(node)) and _covers(area, office))

    def _level(self, node_id: str) -> Level | None:
        return level_of(self.flow.nodes[node_id].number, self.flow.nodes[node_id].issuer)

    def _maker(self, duty: Duty, letter: str, near: frozenset[str],
               receipt: Receipt | None) -> Callable[[Office], list[Task]]:
        """Makes the tasks of all offices that one letter reached on one day: what the letters ``near`` them set binds
        them."""
        held = [replace(received_on(one, receipt), moved_by=None) for one in duty.deadlines if one.node in near]
        deadlines = settled(held, self.flow)
        node = self.flow.nodes[letter]
        asked = node.date.date if node.date else None
        base = Task(
            id="", duty=duty.id, office="", office_name="", role=TaskRole.DO, title=duty.title, actions=duty.actions,
            due=None, deadline_text="", where=duty.where, urls=duty.urls, phones=duty.phones, letter=letter,
            evidence=tuple(one for one in duty.evidence if one.node in near), level_deadlines=deadlines,
            form=duty.form, fiscal_year=duty.fiscal_year, asked=asked, manuals=duty.manuals, emails=duty.emails,
            contacts=duty.contacts)
        times = self._times(deadlines, asked)

        def tasks_for(office: Office) -> list[Task]:
            relays = office.kind in (OfficeKind.PROVINCE, OfficeKind.DISTRICT) and not duty.by_province
            return [replace(base, id=task_id(duty.id, office.code, day),
                            office=office.code, office_name=full_name(office), due=due, deadline_text=text,
                            occurrence=day, role=TaskRole.RELAY if relays else TaskRole.DO)
                    for due, text, day in times]

        return tasks_for

    def _times(self, deadlines: tuple[LevelDeadline, ...],
               asked: dt.date | None) -> list[tuple[dt.date | None, str, dt.date | None]]:
        """Due day, its words, and the occurrence it is: one that binds once, and each day of recurring ones."""
        recurring = [one for one in deadlines if one.kind is DeadlineKind.RECURRING and one.rule]
        days = {day: one.text for one in recurring if self.today and asked
                for day in occurrences(one.rule or "", asked, self.today)}
        once = [one for one in deadlines if one not in recurring]
        binding = strictest(once if days else deadlines)
        single = (binding.date if binding else None, binding.text if binding else "", None)
        return [*([] if days and not once else [single]), *((day, text, day) for day, text in sorted(days.items()))]


def task_id(duty: str, office: str, occurrence: dt.date | None) -> str:
    """The id of a duty's task for an office (code), and of one of its days if it recurs; the same in every run."""
    return content_id("task", duty, office, *([f"{occurrence}"] if occurrence else []))


def _covers(area: Area, office: Office) -> bool:
    return area.province in ("", office.province) and area.district in ("", office.district)

"""Duties → tasks for offices: who was reached by which letter, and what binds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from chain import Copy, Graph, Level, level_of
from letters import Office, OfficeKind
from tasks.addressees import expand
from tasks.area import area_of, lao_of
from tasks.due import by_urgency, strictest
from tasks.duties import content_id
from tasks.flow import Flow
from tasks.model import Duty, Task, TaskRole
from tasks.registry import Area, Registry, full_name


def assign(duties: Iterable[Duty], graph: Graph, copies: Iterable[Copy], registry: Registry) -> tuple[Task, ...]:
    """One task for each duty and office reached, the most urgent first; the same input in any order gives the same.

    Reached are the addressees of the letters on top of packets: an LAO to do it, a province or district to pass it on.
    A province or district whose own covering letter is known has passed it on and gets no task.
    """
    flow = Flow(graph, copies)
    tasks: dict[str, Task] = {}
    for duty in duties:
        for task in _tasks(duty, flow, registry):
            known = tasks.get(task.id)
            if known is None or (*by_urgency(task), task.letter) < (*by_urgency(known), known.letter):
                tasks[task.id] = task
    return tuple(sorted(tasks.values(), key=by_urgency))


def _tasks(duty: Duty, flow: Flow, registry: Registry) -> Iterator[Task]:
    areas = {node: area_of(flow.nodes[node], registry) for node in duty.letters}
    passing = {node for node in duty.letters if _level(node, flow) in (Level.PROVINCE, Level.DISTRICT)}
    passed_on = {areas[node] for node in passing}
    for node in duty.letters:
        if node in flow.received:
            task_for = _tasks_of(duty, node, flow)
            for office in _reached(node, flow, registry, areas[node]):
                if office.kind.is_lao or Area(office.province, office.district) not in passed_on:
                    yield task_for(office)


def _reached(node_id: str, flow: Flow, registry: Registry, area: Area | None) -> list[Office]:
    """The offices that a letter reaches: its addressees; for an LAO's own note on a letter, that LAO."""
    node, copy = flow.nodes[node_id], flow.copy_of(node_id)
    if copy is None:
        return []
    if _level(node_id, flow) is Level.LAO and flow.forwards.get(node_id):
        found = lao_of(node, registry)
        return [found] if found else []
    if area is None:
        return []
    addressed, _ = expand(copy[1].recipients, area, registry)
    return [one.office for one in addressed]


def _level(node_id: str, flow: Flow) -> Level | None:
    return level_of(flow.nodes[node_id].number, flow.nodes[node_id].issuer)


def _tasks_of(duty: Duty, letter: str, flow: Flow) -> Callable[[Office], Task]:
    """Makes the tasks of all offices that one letter reached: the deadlines on its way from the origin bind them."""
    way = set(flow.reach(letter, flow.forwards))
    deadlines = tuple(one for one in duty.deadlines if one.node in way)
    evidence = tuple(one for one in duty.evidence if one.node in way)
    binding = strictest(deadlines)

    def task_for(office: Office) -> Task:
        relays = office.kind in (OfficeKind.PROVINCE, OfficeKind.DISTRICT)
        return Task(
            id=content_id("task", duty.id, office.code), duty=duty.id, office=office.code,
            office_name=full_name(office), role=TaskRole.RELAY if relays else TaskRole.DO, title=duty.title,
            actions=duty.actions, due=binding.date if binding else None,
            deadline_text=binding.text if binding else "", where=duty.where, urls=duty.urls, phones=duty.phones,
            letter=letter, evidence=evidence, level_deadlines=deadlines,
        )

    return task_for

"""Deadlines as each letter sets them, which later letters moved, and the strictest that binds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chain import Level, Node, level_of
from letters import Deadline, DeadlineKind
from tasks.calendar import thai_holidays
from tasks.flow import Flow
from tasks.model import LevelDeadline, Task, TaskState
from tasks.receipt import RECEIPT, Receipt
from tasks.states import CLOSED

_RANK = (Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT, Level.LAO)


def level_deadlines(node: Node, deadlines: Iterable[Deadline]) -> list[LevelDeadline]:
    """Deadlines of one letter as its level sets them. Days after the letter's date are counted from it; days after its
    receipt have no day yet, since each office gets the letter on its own day."""
    level = level_of(node.number, node.issuer) or Level.DEPARTMENT
    return [_at(one, node, level) for one in deadlines]


def settled(deadlines: Sequence[LevelDeadline], flow: Flow) -> tuple[LevelDeadline, ...]:
    """The deadlines with those marked that a later letter moved. A letter that amends another sets new days for that
    one and what covers it, at its own level and below; what its own covering letters set stands."""
    held = {one.node for one in deadlines if one.date or one.days}
    for mover in sorted((node for node in held if flow.amends.get(node)), key=lambda node: _day_of(flow.nodes[node])):
        old = {below for target in flow.amends[mover] for below in flow.reach(target, flow.forwarded_by)}
        old -= set(flow.reach(mover, flow.forwarded_by, flow.followed_by))
        rank = min(_rank(one) for one in deadlines if one.node == mover)
        deadlines = [replace(one, moved_by=mover) if one.node in old and _rank(one) >= rank
                     and one.kind is not DeadlineKind.RECURRING else one for one in deadlines]
    return tuple(deadlines)


def received_on(deadline: LevelDeadline, receipt: Receipt | None) -> LevelDeadline:
    """The deadline as it binds an office that got the letter on this day, where it counts from the receipt."""
    if receipt is None or not waits_for_receipt(deadline):
        return deadline
    asked = Deadline(deadline.kind, deadline.text, days=deadline.days, working=deadline.working)
    return replace(deadline, date=asked.due(receipt.day, thai_holidays()), since=receipt.day, counted=receipt.known)


def waits_for_receipt(deadline: LevelDeadline) -> bool:
    """Whether the deadline's day cannot be told until it is known when the office got the letter."""
    return deadline.date is None and deadline.starts == RECEIPT and deadline.days is not None


def strictest(deadlines: Iterable[LevelDeadline]) -> LevelDeadline | None:
    """The deadline that binds: the earliest day; a day to report by before a day to come to; where no day is known,
    the first one's words. What was moved binds no more. ``None`` without any deadline."""
    every = [one for one in deadlines if one.moved_by is None]
    dated = sorted((one for one in every if one.date), key=lambda one: (one.date or dt.date.max, one.node, one.text))
    binding = [one for one in dated if one.kind is not DeadlineKind.EVENT] or dated
    return binding[0] if binding else every[0] if every else None


def is_overdue(task: Task, state: TaskState, today: dt.date) -> bool:
    """Whether the last day has passed with the work not done. The last day itself is still in time."""
    return task.due is not None and task.due < today and state not in CLOSED


def by_urgency(task: Task) -> tuple[dt.date, str, str]:
    """Sort key: the earliest due first, without a day last, then by office and id."""
    return task.due or dt.date.max, task.office, task.id


def _at(deadline: Deadline, node: Node, level: Level) -> LevelDeadline:
    since, counted = None, None
    if deadline.kind is DeadlineKind.RELATIVE and deadline.date is None and deadline.starts == "letter" and node.date:
        since, counted = node.date.date, "letter"
    return LevelDeadline(
        node.id, level, deadline.kind, deadline.text, deadline.due(since, thai_holidays()), deadline.days,
        deadline.starts, deadline.rule, deadline.working, since, counted if since else None)


def _rank(deadline: LevelDeadline) -> int:
    return _RANK.index(deadline.level)


def _day_of(node: Node) -> tuple[dt.date, str]:
    return (node.date.latest if node.date else dt.date.min), node.id

"""Deadlines as each letter sets them, and the strictest that binds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from chain import Level, Node, level_of
from letters import Deadline, DeadlineKind, Letter
from tasks.model import LevelDeadline, Task, TaskState
from tasks.states import CLOSED


def level_deadlines(node: Node, letter: Letter) -> list[LevelDeadline]:
    """All deadlines of one letter; relative ones counted from the receiving stamp or from the letter's date."""
    level = level_of(node.number, node.issuer) or Level.DEPARTMENT
    return [LevelDeadline(node.id, level, one.kind, one.text, _day(one, node, letter), one.days, one.starts, one.rule)
            for one in letter.deadlines]


def strictest(deadlines: Iterable[LevelDeadline]) -> LevelDeadline | None:
    """The deadline that binds: the earliest day; a day to report by before a day to come to; where no day is known,
    the first one's words. ``None`` without any deadline."""
    every = list(deadlines)
    dated = sorted((one for one in every if one.date), key=lambda one: (one.date or dt.date.max, one.node, one.text))
    binding = [one for one in dated if one.kind is not DeadlineKind.EVENT] or dated
    return binding[0] if binding else every[0] if every else None


def is_overdue(task: Task, state: TaskState, today: dt.date) -> bool:
    """Whether the last day has passed with the work not done. The last day itself is still in time."""
    return task.due is not None and task.due < today and state not in CLOSED


def by_urgency(task: Task) -> tuple[dt.date, str, str]:
    """Sort key: the earliest due first, without a day last, then by office and id."""
    return task.due or dt.date.max, task.office, task.id


def _day(deadline: Deadline, node: Node, letter: Letter) -> dt.date | None:
    if deadline.date:
        return deadline.last_day
    if deadline.kind is DeadlineKind.RELATIVE and deadline.days is not None:
        start = _start(deadline.starts, node, letter)
        return start + dt.timedelta(days=deadline.days) if start else None
    return None


def _start(starts: str | None, node: Node, letter: Letter) -> dt.date | None:
    """The day a relative deadline counts from; unknown until the letter is received or dated."""
    if starts == "receipt":
        days = (stamp.date.date for stamp in letter.received_stamps if stamp.date)
        return min((day for day in days if day), default=None)
    return node.date.date if starts == "letter" and node.date else None

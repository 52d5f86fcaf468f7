"""Whose tasks somebody may see, and which are overdue."""

from __future__ import annotations

from archive import LAO_ROLES, Archive, TaskRow, User
from tasks import TaskState
from webui.secrecy import sees_all

OPEN = (TaskState.NEW, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS)
"""States in which there is still something to do."""


def own_office(person: User) -> str | None:
    """The office whose tasks a user is limited to; ``None`` for no limit.

    An LAO's user without an office is limited to none at all: the empty code, which no office has.
    """
    return (person.office or "") if person.role in LAO_ROLES else None


def sees_task(archive: Archive, person: User, row: TaskRow) -> bool:
    """Whether this person may know of the task: of their office, and not out of a secret letter."""
    office = own_office(person)
    if office is not None and row.task.office != office:
        return False
    return sees_all(archive, person, {row.task.letter, *(item.node for item in row.task.evidence)})

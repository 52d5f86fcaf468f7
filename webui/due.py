"""Whose tasks somebody may see, and which are overdue."""

from __future__ import annotations

from archive import Archive, Role, TaskRow, User
from letters.errors import NotFound
from tasks import TaskState
from webui.access import SECRET_READERS
from webui.secrecy import is_secret

OPEN = (TaskState.NEW, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS)
"""States in which there is still something to do."""


def own_office(person: User) -> str | None:
    """The office whose tasks a user is limited to; ``None`` for no limit.

    An LAO's user without an office is limited to none at all: the empty code, which no office has.
    """
    return (person.office or "") if person.role is Role.LAO else None


def sees_task(archive: Archive, person: User, row: TaskRow) -> bool:
    """Whether this person may know of the task: of their office, and not out of a secret letter."""
    office = own_office(person)
    if office is not None and row.task.office != office:
        return False
    if person.role in SECRET_READERS:
        return True
    return not any(_secret(archive, node) for node in {row.task.letter, *(item.node for item in row.task.evidence)})


def _secret(archive: Archive, node_id: str) -> bool:
    try:
        return is_secret(archive, archive.graph.node(node_id).copies)
    except NotFound:
        return False

"""Whose tasks somebody may see, and which are overdue."""

from __future__ import annotations

from archive import LAO_ROLES, Archive, Role, TaskRow, User, Wanted
from archive.sight import sight_of
from letters.errors import NotFound
from tasks import TaskState, open_moves
from webui.secrecy import closed_to, sees_all

HOUSE = frozenset({Role.CLERK, Role.OFFICER, Role.ADMIN})
"""Roles of the house that keeps the archive: they work on every task they see."""

CERTIFIERS = frozenset({Role.PROVINCE, Role.ADMIN})
"""Roles that may call work certified (รับรอง), and take that back."""


def own_office(person: User) -> str | None:
    """The office whose tasks a user is limited to; ``None`` for no limit.

    An LAO's user without an office is limited to none at all: the empty code, which no office has.
    """
    return (person.office or "") if person.role in LAO_ROLES else None


def within(archive: Archive, person: User) -> Wanted:
    """The tasks a user is limited to: of their office, district or province, and out of no letter closed to them."""
    seen, closed = sight_of(person), closed_to(archive, person)
    if seen.whole:
        return Wanted(hidden=closed)
    if seen.province or seen.district:
        code = f"P{seen.province}" if seen.province else f"D{seen.district}"
        try:
            home = archive.offices.get(code)
        except NotFound:
            return Wanted(office="", hidden=closed)
        if seen.province:
            return Wanted(province=home.name, hidden=closed)
        return Wanted(province=home.province, district=home.name, hidden=closed)
    return Wanted(office=seen.office, hidden=closed)


def sees_task(archive: Archive, person: User, row: TaskRow) -> bool:
    """Whether this person may know of the task: of their area, and not out of a secret letter."""
    if not sight_of(person).covers(row.task.office):
        return False
    return sees_all(archive, person, {row.task.letter, *(item.node for item in row.task.evidence)})


def may_work(person: User, row: TaskRow) -> bool:
    """Whether a person who sees a task may move, assign and prove it: the house, and users of the task's office. The
    province above only certifies, the DLA looks on; all may comment."""
    return person.role in HOUSE or (person.office == row.task.office and person.role is not Role.DEPARTMENT)


def moves_of(person: User, row: TaskRow) -> tuple[TaskState, ...]:
    """The states a person may choose for a task they see, the present one first."""
    certifies = person.role in CERTIFIERS
    every = open_moves(row.state, certifies=certifies)
    if may_work(person, row):
        return every
    return (row.state, *(after for after in every[1:] if certifies and TaskState.CERTIFIED in (row.state, after)))

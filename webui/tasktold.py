"""All that the page of a task tells: where it is written, when it is due and why, who did what."""

from __future__ import annotations

from dataclasses import dataclass

from archive import Archive, AuditEvent, Comment, Proof, TaskRow, User, letters_of
from chain import Node
from letters import Office
from letters.errors import NotFound
from tasks import LevelDeadline, Task, TaskRole, waiting, waits_for_receipt, working_day_note
from webui.due import HOUSE
from webui.quoted import Quoted, quoted
from webui.secrecy import sees

_MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on a task's page. ``unknown``: days after receipt whose day nobody knows; ``waiting``: LAOs that a
    letter to be passed on has not reached; ``events`` the newest first."""

    letter: Node | None
    evidence: tuple[Quoted, ...]
    deadlines: tuple[tuple[LevelDeadline, Node | None], ...]
    note: str
    unknown: tuple[LevelDeadline, ...]
    comments: tuple[Comment, ...]
    proofs: tuple[Proof, ...]
    events: tuple[AuditEvent, ...]
    waiting: tuple[Office, ...]
    office: Office | None


def told(archive: Archive, person: User, row: TaskRow) -> Told:
    """The whole page's facts; letters the person may not see are left out, what they ask for is not."""
    task = row.task
    nodes = {one: _node(archive, person, one) for one in letters_of(task)}
    return Told(
        nodes[task.letter], tuple(quoted(archive, person, item, nodes[item.node]) for item in task.evidence),
        tuple((item, nodes[item.node]) for item in task.level_deadlines),
        working_day_note(task.due) if task.due else "",
        tuple(one for one in task.level_deadlines if waits_for_receipt(one) and one.moved_by is None),
        archive.tasks.comments(task.id), archive.tasks.proofs(task.id),
        archive.audit.latest(f"task:{task.id}", limit=_MOST_EVENTS), _waiting(archive, task),
        _office(archive, task.office))


def colleagues(archive: Archive, person: User, row: TaskRow) -> tuple[User, ...]:
    """Whom a task may be given to: the active users of its office, and the person who gives it."""
    return tuple(one for one in archive.users.list()
                 if one.active and (one.office == row.task.office or one.name == person.name
                                    or (person.role in HOUSE and one.role in HOUSE)))


def colleagues_at(archive: Archive, office: str | None) -> tuple[User, ...]:
    """The active users of an office; none where no office is meant."""
    return tuple(one for one in archive.users.list() if one.active and one.office == office) if office else ()


def _waiting(archive: Archive, task: Task) -> tuple[Office, ...]:
    if task.role is not TaskRole.RELAY:
        return ()
    office = _office(archive, task.office)
    return tuple(waiting(office, archive.offices.within(office.province), archive.tasks.offices_of(task.duty))
                 ) if office else ()


def _office(archive: Archive, code: str) -> Office | None:
    try:
        return archive.offices.get(code)
    except NotFound:
        return None


def _node(archive: Archive, person: User, node_id: str) -> Node | None:
    """The letter, if it is still there under this id and the person may know of it."""
    try:
        node = archive.graph.node(node_id)
    except NotFound:
        return None
    return node if sees(archive, person, node) else None

"""What people did with a task follows its letter: where two letters were found to be one, the task of the id that
stands takes over from the task of the other."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.audit import note
from archive.database import Database, chunks
from archive.schema import (
    NodeIdRecord,
    TaskAssignmentRecord,
    TaskCommentRecord,
    TaskLetterRecord,
    TaskProofRecord,
    TaskRecord,
    TaskStateRecord,
)

_BY_PEOPLE = (TaskStateRecord, TaskAssignmentRecord, TaskCommentRecord, TaskProofRecord)


def inherit(database: Database, session: Session, gone: Iterable[str], actor: str) -> None:
    """Hands on what people did with tasks that are about to be withdrawn to the only task of the same office and form
    that quotes the letter which stands for theirs now; nothing where somebody acted on that one already."""
    for some in chunks(gone):
        acted = {key for table in _BY_PEOPLE
                 for key in session.scalars(select(table.task_id).where(table.task_id.in_(some)))}
        for key in sorted(acted):
            heir = _heir(session, key)
            if heir is not None and not _acted_on(session, heir):
                for table in _BY_PEOPLE:
                    session.execute(update(table).where(table.task_id == key).values(task_id=heir))
                note(database, session, actor, "task-inherited", f"task:{heir}", "task", key, heir)


def _heir(session: Session, key: str) -> str | None:
    old = session.get(TaskRecord, key)
    if old is None:
        return None
    letters = set(session.scalars(select(TaskLetterRecord.node).where(TaskLetterRecord.body == old.body)))
    stands = {_stands_for(session, letter) for letter in letters} - letters
    if not stands:
        return None
    rows = session.execute(select(TaskRecord.id, TaskRecord.due).where(
        TaskRecord.withdrawn.is_(False), TaskRecord.office_code == old.office_code,
        TaskRecord.form.is_not_distinct_from(old.form),
        TaskRecord.body.in_(select(TaskLetterRecord.body).where(TaskLetterRecord.node.in_(stands))))).all()
    same_day = [row.id for row in rows if row.due == old.due] or [row.id for row in rows]
    return str(same_day[0]) if len(same_day) == 1 else None


def _stands_for(session: Session, node: str) -> str:
    seen: set[str] = set()
    while node not in seen:
        seen.add(node)
        row = session.get(NodeIdRecord, node)
        node = row.stands if row and row.stands else node
    return node


def _acted_on(session: Session, key: str) -> bool:
    return any(session.scalars(select(table.task_id).where(table.task_id == key).limit(1)).first()
               for table in _BY_PEOPLE)

"""A certified entry completes the tasks that asked for it, in the transaction that certifies, itself as proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.audit import note
from archive.database import Database
from archive.schema import (
    BANGKOK,
    EntryRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskProofRecord,
    TaskRecord,
    TaskStateRecord,
)
from letters import codec
from records import Form, State
from tasks import Task, TaskRole, TaskState

_BEFORE_DONE = (TaskState.NEW, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS)


def complete_tasks(database: Database, session: Session, entry: EntryRecord, form: Form, state: State,
                   actor: str) -> None:
    """Certified by the LAO: its tasks for this form are done; accepted by the province: they are certified.

    Meant are tasks of the same office and form whose letter names no other fiscal year and is not younger than today.
    """
    target = TaskState.CERTIFIED if state is State.ACCEPTED else TaskState.DONE
    open_before = (*_BEFORE_DONE, TaskState.DONE) if target is TaskState.CERTIFIED else _BEFORE_DONE
    for task_id, row in _asking(database, session, entry):
        before = TaskState(row.state) if row else TaskState.NEW
        if before in open_before:
            _set(database, session, task_id, row, target, actor)
            _prove(database, session, task_id, entry, form, actor)


def reopen_tasks(database: Database, session: Session, entry: EntryRecord, actor: str, reason: str) -> None:
    """The entry is a draft again: tasks that it had proved done are in progress again, with the reason."""
    proved = set(session.scalars(select(TaskProofRecord.task_id).where(TaskProofRecord.entry_id == entry.id)))
    for task_id in sorted(proved):
        row = session.get(TaskStateRecord, task_id, with_for_update=True)
        if row and TaskState(row.state) in (TaskState.DONE, TaskState.CERTIFIED):
            _set(database, session, task_id, row, TaskState.IN_PROGRESS, actor)
            session.add(TaskCommentRecord(task_id=task_id, at=database.now(session), actor=actor, text=reason))


def _asking(database: Database, session: Session,
            entry: EntryRecord) -> Iterator[tuple[str, TaskStateRecord | None]]:
    today = database.now(session).astimezone(BANGKOK).date()
    query = (select(TaskRecord.id, TaskBodyRecord.data).join(TaskBodyRecord, TaskBodyRecord.digest == TaskRecord.body)
             .where(TaskRecord.office_code == entry.office_code, TaskRecord.form == entry.form,
                    TaskRecord.withdrawn.is_(False)).order_by(TaskRecord.id))
    for task_id, data in session.execute(query).all():
        task = codec.load(data, Task)
        if task.role is TaskRole.DO and _meant(task, entry.fiscal_year, today):
            yield task_id, session.get(TaskStateRecord, task_id, with_for_update=True)


def _meant(task: Task, fiscal_year: int, today: dt.date) -> bool:
    return task.fiscal_year in (None, fiscal_year) and (task.asked is None or task.asked <= today)


def _set(database: Database, session: Session, task_id: str, row: TaskStateRecord | None, state: TaskState,
         actor: str) -> None:
    before, version = (row.state, row.version) if row else (TaskState.NEW.value, 0)
    session.merge(TaskStateRecord(task_id=task_id, state=state.value, version=version + 1,
                                  at=database.now(session), actor=actor))
    note(database, session, actor, "task-state", f"task:{task_id}", "state", before, state.value)


def _prove(database: Database, session: Session, task_id: str, entry: EntryRecord, form: Form, actor: str) -> None:
    held = session.scalars(select(TaskProofRecord.id).where(
        TaskProofRecord.task_id == task_id, TaskProofRecord.entry_id == entry.id)).first()
    if held is None:
        name = f"{form.title.th} ปีงบประมาณ {entry.fiscal_year}"
        session.add(TaskProofRecord(task_id=task_id, name=name, file=None, entry_id=entry.id,
                                    at=database.now(session), actor=actor))
        note(database, session, actor, "task-proof", f"task:{task_id}", "entry", None, f"entry:{entry.id}")

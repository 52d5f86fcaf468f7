"""Tasks: what was derived from letters, and beside it what people say of each, which no re-run touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.columns import digest, pack
from archive.database import Database, chunks
from archive.differences import differences
from archive.schema import TaskCommentRecord, TaskRecord, TaskStateRecord
from letters import codec
from letters.errors import Conflict, NotFound
from tasks import Task, TaskState

_LAST_DAY = dt.date.max
"""Sort day of tasks without a due day: after all others."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task and where it stands. ``version`` counts changes of state, from 0; ``withdrawn``: the letters as read now
    no longer ask for it. ``changed_at`` is UTC; it and ``changed_by`` are ``None`` until somebody acted."""

    task: Task
    state: TaskState
    version: int
    withdrawn: bool
    changed_at: dt.datetime | None
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a person on a task; ``at`` is UTC."""

    at: dt.datetime
    actor: str
    text: str


class Tasks:
    """The register of tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, tasks: Iterable[Task], actor: str = PROGRAM) -> None:
        """Replaces the derived part. A task that is no longer derived is withdrawn, not removed; states and comments
        stay with the task's id. The audit trail gets every changed field; the same tasks again change nothing."""
        with self._database.writing("tasks") as session:
            self._database.lock(session, "tasks")
            stored = dict(session.execute(
                select(TaskRecord.id, TaskRecord.digest).where(TaskRecord.withdrawn.is_(False))).all())
            for some in chunks(tasks):
                rows = [_row(task) for task in some]
                changed = [row for row in rows if stored.pop(row["id"], None) != row["digest"]]
                self._tell_changes(session, changed, actor)
                self._upsert(session, changed)
            self._withdraw(session, stored, actor)

    def list(self, office: str | None = None, state: TaskState | None = None, due_before: dt.date | None = None,
             after: str | None = None, limit: int = 50, *, withdrawn: bool = False) -> tuple[TaskRow, ...]:
        """Tasks by due day, those without one last; those after the task with the id ``after``.

        ``due_before``: due on an earlier day than this (CE). ``withdrawn`` gives the withdrawn ones instead.
        """
        where = _filters(office, state, due_before, withdrawn)
        if after is not None:
            where.append(self._beyond(after))
        return self._rows(*where, limit=limit)

    def count(self, office: str | None = None, state: TaskState | None = None, due_before: dt.date | None = None, *,
              withdrawn: bool = False) -> int:
        """How many tasks :meth:`list` would give in all."""
        query = (select(func.count()).select_from(TaskRecord)
                 .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
                 .where(*_filters(office, state, due_before, withdrawn)))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()

    def get(self, task_id: str) -> TaskRow:
        """The task with this id, withdrawn or not. Raises :class:`letters.errors.NotFound`."""
        rows = self._rows(TaskRecord.id == task_id)
        if not rows:
            raise NotFound(task_id)
        return rows[0]

    def set_state(self, task_id: str, state: TaskState, actor: str, reason: str = "",
                  expected_version: int | None = None) -> TaskRow:
        """A person's word on a task; the reason is kept as a comment.

        Raises :class:`letters.errors.NotFound`, and :class:`letters.errors.Conflict` if the task is not at
        ``expected_version`` any more.
        """
        with self._database.writing(task_id) as session:
            self._lock(session, task_id)
            row = session.get(TaskStateRecord, task_id)
            version = row.version if row else 0
            if expected_version not in (None, version):
                raise Conflict(task_id, f"version {version}, not {expected_version}")
            now = self._database.now(session)
            before = row.state if row else TaskState.NEW.value
            session.merge(TaskStateRecord(task_id=task_id, state=state.value, version=version + 1, at=now, actor=actor))
            note(self._database, session, actor, "task-state", f"task:{task_id}", "state", before, state.value)
            if reason:
                session.add(TaskCommentRecord(task_id=task_id, at=now, actor=actor, text=reason))
        return self.get(task_id)

    def comment(self, task_id: str, actor: str, text: str) -> None:
        """Adds a remark. Raises :class:`letters.errors.NotFound`."""
        with self._database.writing(task_id) as session:
            self._lock(session, task_id)
            session.add(TaskCommentRecord(task_id=task_id, at=self._database.now(session), actor=actor, text=text))
            note(self._database, session, actor, "task-comment", f"task:{task_id}", "comment", None, text)

    def comments(self, task_id: str) -> tuple[Comment, ...]:
        """The remarks on a task, oldest first."""
        query = select(TaskCommentRecord).where(TaskCommentRecord.task_id == task_id).order_by(TaskCommentRecord.id)
        with self._database.reading() as session:
            return tuple(Comment(row.at, row.actor, row.text) for row in session.scalars(query))

    def _lock(self, session: Session, task_id: str) -> None:
        if session.execute(select(TaskRecord.id).where(TaskRecord.id == task_id).with_for_update()).first() is None:
            raise NotFound(task_id)

    def _rows(self, *where: ColumnElement[bool], limit: int | None = None) -> tuple[TaskRow, ...]:
        query = (
            select(TaskRecord, TaskStateRecord)
            .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
            .where(*where).order_by(TaskRecord.sort_day, TaskRecord.id).limit(limit))
        with self._database.reading() as session:
            return tuple(_task_row(task, state) for task, state in session.execute(query).all())

    def _beyond(self, task_id: str) -> ColumnElement[bool]:
        day = self.get(task_id).task.due or _LAST_DAY
        return or_(TaskRecord.sort_day > day, and_(TaskRecord.sort_day == day, TaskRecord.id > task_id))

    def _tell_changes(self, session: Session, rows: Sequence[dict[str, Any]], actor: str) -> None:
        new = {row["id"]: row["data"] for row in rows}
        stored = session.execute(select(TaskRecord.id, TaskRecord.data).where(TaskRecord.id.in_(new)))
        for key, data in stored:
            for field, before, after in differences(codec.load(data, Task), codec.load(new[key], Task)):
                note(self._database, session, actor, "task-changed", f"task:{key}", field, before, after)

    def _upsert(self, session: Session, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = self._database.insert(TaskRecord)
        taken = {key: statement.excluded[key] for key in rows[0] if key != "id"}
        session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=taken), rows)

    def _withdraw(self, session: Session, keys: Iterable[str], actor: str) -> None:
        for some in chunks(keys):
            session.execute(update(TaskRecord).where(TaskRecord.id.in_(some)).values(withdrawn=True))
            for key in some:
                note(self._database, session, actor, "task-withdrawn", f"task:{key}")


def _filters(office: str | None, state: TaskState | None, due_before: dt.date | None,
             withdrawn: bool) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [TaskRecord.withdrawn.is_(withdrawn)]
    if office is not None:
        where.append(TaskRecord.office_code == office)
    if state is not None:
        where.append(func.coalesce(TaskStateRecord.state, TaskState.NEW.value) == state.value)
    if due_before is not None:
        where.append(TaskRecord.due < due_before)
    return where


def _row(task: Task) -> dict[str, Any]:
    data = pack(task)
    return {"id": task.id, "office_code": task.office, "due": task.due, "sort_day": task.due or _LAST_DAY,
            "withdrawn": False, "digest": digest(data), "data": data}


def _task_row(record: TaskRecord, state: TaskStateRecord | None) -> TaskRow:
    task = codec.load(record.data, Task)
    if state is None:
        return TaskRow(task, TaskState.NEW, 0, record.withdrawn, None, None)
    return TaskRow(task, TaskState(state.state), state.version, record.withdrawn, state.at, state.actor)

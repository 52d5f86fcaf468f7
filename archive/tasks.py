"""Tasks: what was derived from letters, and beside it what people say of each, which no re-run touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.columns import digest, pack
from archive.database import Database, chunks
from archive.differences import differences
from archive.schema import (
    OfficeRecord,
    TaskAssignmentRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskProofRecord,
    TaskRecord,
    TaskStateRecord,
)
from letters import codec
from letters.errors import Conflict, NotFound
from tasks import CLOSED, Task, TaskState, check_move

_LAST_DAY = dt.date.max
"""Sort day of tasks without a due day: after all others."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task and where it stands. ``version`` counts changes of state, from 0; ``withdrawn``: the letters as read now
    no longer ask for it. ``changed_at`` is UTC; it and ``changed_by`` are ``None`` until somebody acted. ``assignee``
    is who has it in hand."""

    task: Task
    state: TaskState
    version: int
    withdrawn: bool
    changed_at: dt.datetime | None
    changed_by: str | None
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a person on a task; ``at`` is UTC."""

    at: dt.datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a task done: ``file`` is the SHA-256 of a kept file, ``entry`` the id of a certified entry."""

    name: str
    file: str | None
    entry: int | None
    at: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of an office's tasks stand where. ``certified`` are also ``done``; ``overdue`` are open and past their
    day; not-applicable ones count in ``total`` only."""

    office: str
    total: int
    done: int
    certified: int
    overdue: int
    not_applicable: int


class Tasks:
    """The register of tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, tasks: Iterable[Task], actor: str = PROGRAM) -> None:
        """Replaces the derived part. A task that is no longer derived is withdrawn, not removed; states and comments
        stay with the task's id. The audit trail gets every changed field; the same tasks again change nothing."""
        with self._database.writing("tasks") as session:
            self._database.lock(session, "tasks")
            stored: dict[str, tuple[str, str]] = {key: (body, name) for key, body, name in session.execute(select(
                TaskRecord.id, TaskRecord.body, TaskRecord.office_name).where(TaskRecord.withdrawn.is_(False)))}
            bodies = set(session.scalars(select(TaskBodyRecord.digest)))
            for some in chunks(tasks):
                rows = [_row(task) for task in some]
                changed = [row for row in rows if stored.get(row["id"]) != (row["body"], row["office_name"])]
                self._tell_changes(session, [row for row in changed if row["id"] in stored], actor)
                for row in rows:
                    stored.pop(row["id"], None)
                self._keep_bodies(session, changed, bodies)
                self._upsert(session, changed)
            self._withdraw(session, stored, actor)
            session.execute(delete(TaskBodyRecord).where(TaskBodyRecord.digest.not_in(select(TaskRecord.body))))

    def list(self, office: str | None = None, state: TaskState | None = None, due_before: dt.date | None = None,
             after: str | None = None, limit: int | None = 50, *, withdrawn: bool = False,
             open_only: bool = False, province: str | None = None, form: str | None = None) -> tuple[TaskRow, ...]:
        """Tasks by due day, those without one last; those after the task with the id ``after``.

        ``due_before``: due on an earlier day than this (CE). ``withdrawn`` gives the withdrawn ones instead.
        ``open_only``: those with something left to do; ``province``: of all offices of that province (by name).
        """
        where = _filters(office, state, due_before, withdrawn)
        if open_only:
            where.append(_state().not_in([one.value for one in CLOSED]))
        if province is not None:
            where.append(TaskRecord.office_code.in_(
                select(OfficeRecord.code).where(OfficeRecord.province == province)))
        if form is not None:
            where.append(TaskRecord.form == form)
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
                  expected_version: int | None = None, *, certifies: bool = True) -> TaskRow:
        """A person's word on a task; the reason is kept as a comment. ``certifies``: whether the person may certify.

        Raises :class:`letters.errors.NotFound`, :class:`tasks.IllegalMove`, and :class:`letters.errors.Conflict` if
        the task is not at ``expected_version`` any more.
        """
        with self._database.writing(task_id) as session:
            self._lock(session, task_id)
            row = session.get(TaskStateRecord, task_id)
            version = row.version if row else 0
            if expected_version not in (None, version):
                raise Conflict(task_id, f"version {version}, not {expected_version}")
            now = self._database.now(session)
            before = row.state if row else TaskState.NEW.value
            check_move(task_id, TaskState(before), state, reason, certifies=certifies)
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

    def assign(self, task_id: str, assignee: str, actor: str) -> None:
        """Puts a task into somebody's hands; an empty name takes it out of them. Raises as :meth:`comment`."""
        with self._database.writing(task_id) as session:
            self._lock(session, task_id)
            row = session.get(TaskAssignmentRecord, task_id)
            before = row.assignee if row and row.assignee else None
            session.merge(TaskAssignmentRecord(task_id=task_id, assignee=assignee, at=self._database.now(session),
                                               actor=actor))
            note(self._database, session, actor, "task-assigned", f"task:{task_id}", "assignee", before,
                 assignee or None)

    def prove(self, task_id: str, name: str, actor: str, *, file: str) -> None:
        """Adds an attachment, a file kept under its SHA-256, as proof. Raises as :meth:`comment`."""
        with self._database.writing(task_id) as session:
            self._lock(session, task_id)
            session.add(TaskProofRecord(task_id=task_id, name=name, file=file, entry_id=None,
                                        at=self._database.now(session), actor=actor))
            note(self._database, session, actor, "task-proof", f"task:{task_id}", "file", None, f"{name} {file}")

    def proofs(self, task_id: str) -> tuple[Proof, ...]:
        """What proves a task done, oldest first."""
        query = select(TaskProofRecord).where(TaskProofRecord.task_id == task_id).order_by(TaskProofRecord.id)
        with self._database.reading() as session:
            return tuple(Proof(row.name, row.file, row.entry_id, row.at, row.actor) for row in session.scalars(query))

    def progress(self, today: dt.date, province: str | None = None, district: str | None = None,
                 form: str | None = None, duty: str | None = None) -> tuple[Progress, ...]:
        """How each office stands, by code: of a province (by name), a district of it, or all."""
        state = _state()
        here = [getattr(OfficeRecord, name) == value for name, value in
                (("province", province), ("district", district)) if value is not None]
        here += [column == value for column, value in ((TaskRecord.form, form), (TaskRecord.duty, duty))
                 if value is not None]
        done = [TaskState.DONE.value, TaskState.CERTIFIED.value]
        query = (
            select(TaskRecord.office_code, func.count(), _how_many(state.in_(done)),
                   _how_many(state == TaskState.CERTIFIED.value),
                   _how_many(and_(TaskRecord.due < today, state.not_in([one.value for one in CLOSED]))),
                   _how_many(state == TaskState.NOT_APPLICABLE.value))
            .join(OfficeRecord, OfficeRecord.code == TaskRecord.office_code)
            .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
            .where(TaskRecord.withdrawn.is_(False), *here)
            .group_by(TaskRecord.office_code).order_by(TaskRecord.office_code))
        with self._database.reading() as session:
            return tuple(Progress(*row) for row in session.execute(query).all())

    def _lock(self, session: Session, task_id: str) -> None:
        if session.execute(select(TaskRecord.id).where(TaskRecord.id == task_id).with_for_update()).first() is None:
            raise NotFound(task_id)

    def _rows(self, *where: ColumnElement[bool], limit: int | None = None) -> tuple[TaskRow, ...]:
        query = (
            select(TaskRecord.id, TaskRecord.office_code, TaskRecord.office_name, TaskRecord.withdrawn,
                   TaskRecord.body, TaskStateRecord, TaskAssignmentRecord.assignee)
            .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
            .outerjoin(TaskAssignmentRecord, TaskAssignmentRecord.task_id == TaskRecord.id)
            .where(*where).order_by(TaskRecord.sort_day, TaskRecord.id).limit(limit))
        with self._database.reading() as session:
            rows = session.execute(query).all()
            bodies = _bodies(session, {row.body for row in rows})
        return tuple(_task_row(row, bodies[row.body]) for row in rows)

    def _beyond(self, task_id: str) -> ColumnElement[bool]:
        day = self.get(task_id).task.due or _LAST_DAY
        return or_(TaskRecord.sort_day > day, and_(TaskRecord.sort_day == day, TaskRecord.id > task_id))

    def _tell_changes(self, session: Session, rows: Sequence[dict[str, Any]], actor: str) -> None:
        if not rows:
            return
        new = {row["id"]: _whole(codec.load(row["data"], Task), row) for row in rows}
        stored = session.execute(
            select(TaskRecord.id, TaskRecord.office_code, TaskRecord.office_name, TaskRecord.body)
            .where(TaskRecord.id.in_(new))).all()
        bodies = _bodies(session, {row.body for row in stored})
        for row in stored:
            for field, before, after in differences(_whole(bodies[row.body], row._mapping), new[row.id]):
                note(self._database, session, actor, "task-changed", f"task:{row.id}", field, before, after)

    def _keep_bodies(self, session: Session, rows: Sequence[dict[str, Any]], known: set[str]) -> None:
        """Stores what the rows share and is not there yet; takes it out of the rows."""
        fresh = {row["body"]: row["data"] for row in rows if row["body"] not in known}
        if fresh:
            session.execute(self._database.insert(TaskBodyRecord),
                            [{"digest": digest, "data": data} for digest, data in fresh.items()])
            known.update(fresh)
        for row in rows:
            del row["data"]

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
        where.append(_state() == state.value)
    if due_before is not None:
        where.append(TaskRecord.due < due_before)
    return where


def _state() -> ColumnElement[str]:
    return func.coalesce(TaskStateRecord.state, TaskState.NEW.value)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _bodies(session: Session, digests: Iterable[str]) -> dict[str, Task]:
    """What tasks share, by digest, each read once."""
    found: dict[str, Task] = {}
    for some in chunks(sorted(digests)):
        query = select(TaskBodyRecord).where(TaskBodyRecord.digest.in_(some))
        found |= {row.digest: codec.load(row.data, Task) for row in session.scalars(query)}
    return found


def _row(task: Task) -> dict[str, Any]:
    data = pack(replace(task, id="", office="", office_name=""))
    return {"id": task.id, "office_code": task.office, "office_name": task.office_name, "duty": task.duty,
            "form": task.form, "due": task.due, "sort_day": task.due or _LAST_DAY, "withdrawn": False,
            "body": digest(data), "data": data}


def _whole(body: Task, row: Mapping[Any, Any]) -> Task:
    return replace(body, id=row["id"], office=row["office_code"], office_name=row["office_name"])


def _task_row(row: Any, body: Task) -> TaskRow:
    task, state, assignee = _whole(body, row._mapping), row.TaskStateRecord, row.assignee or None
    if state is None:
        return TaskRow(task, TaskState.NEW, 0, row.withdrawn, None, None, assignee)
    return TaskRow(task, TaskState(state.state), state.version, row.withdrawn, state.at, state.actor, assignee)

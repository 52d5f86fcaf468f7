"""Tasks: what was derived from letters, and beside it what people say of each, which no re-run touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.columns import digest, pack
from archive.database import chunks
from archive.differences import differences
from archive.heirs import inherit
from archive.schema import (
    OfficeRecord,
    TaskAssignmentRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskLetterRecord,
    TaskRecord,
    TaskStateRecord,
)
from archive.taskwork import TaskWork
from archive.wanted import Wanted, beyond, is_open, state_column
from letters import codec
from letters.errors import Conflict, NotFound
from tasks import Task, TaskState, check_move

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
class Progress:
    """How many of an office's tasks stand where. ``certified`` are also ``done``; ``overdue`` are open and past their
    day; not-applicable ones count in ``total`` only."""

    office: str
    total: int
    done: int
    certified: int
    overdue: int
    not_applicable: int


@dataclass(frozen=True, slots=True)
class DayRow:
    """What of one duty is due on a day (CE): how many tasks, how many of them open, and the first one's id."""

    day: dt.date
    duty: str
    title: str
    first: str
    total: int
    open: int


class Tasks(TaskWork):
    """The register of tasks: what was derived, where each stands, and what people did with it."""

    def save(self, tasks: Iterable[Task], letters: Collection[str] | None = None, actor: str = PROGRAM) -> None:
        """Replaces the derived part, or as much of it as has to do with ``letters`` (node ids). A task that is no
        longer derived is withdrawn, not removed; states and comments stay with the task's id, or go to the task that
        takes its place where two letters were found to be one. The audit trail gets every changed field; the same tasks
        again change nothing."""
        with self._database.writing("tasks") as session:
            self._database.lock(session, "tasks")
            stored, bodies = _stored(session, letters)
            before = set(bodies)
            for some in chunks(tasks):
                rows = [_row(task) for task in some]
                changed = [row for row in rows if stored.get(row["id"]) != (row["body"], row["office_name"])]
                self._tell_changes(session, [row for row in changed if row["id"] in stored], actor)
                for row in rows:
                    stored.pop(row["id"], None)
                self._keep_bodies(session, changed, bodies)
                self._upsert(session, changed)
            self._withdraw(session, stored, actor)
            inherit(self._database, session, stored, actor)
            _drop_bodies(session, before)

    def list(self, office: str | None = None, state: TaskState | None = None, due_before: dt.date | None = None,
             after: str | None = None, limit: int | None = 50, *, withdrawn: bool = False,
             open_only: bool = False, province: str | None = None, form: str | None = None) -> tuple[TaskRow, ...]:
        """:meth:`find` with the filters most in use given by name."""
        return self.find(Wanted(office, province, state=state, due_before=due_before, open_only=open_only, form=form,
                                withdrawn=withdrawn), after, limit)

    def find(self, wanted: Wanted, after: str | None = None, limit: int | None = 50) -> tuple[TaskRow, ...]:
        """Tasks by due day, those without one last; those after the task with the id ``after``."""
        where = wanted.conditions()
        if after is not None:
            where.append(beyond(self.get(after).task.due or _LAST_DAY, after))
        return self._rows(*where, limit=limit)

    def count(self, office: str | None = None, state: TaskState | None = None, due_before: dt.date | None = None, *,
              withdrawn: bool = False) -> int:
        """How many tasks :meth:`list` would give in all."""
        return self.how_many(Wanted(office, state=state, due_before=due_before, withdrawn=withdrawn))

    def how_many(self, wanted: Wanted) -> int:
        """How many tasks :meth:`find` would give in all."""
        return sum(self.by_state(wanted).values())

    def by_state(self, wanted: Wanted) -> dict[TaskState, int]:
        """How many tasks stand in each state; states without any are left out."""
        query = (select(state_column().label("stands"), func.count()).select_from(TaskRecord)
                 .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
                 .outerjoin(TaskAssignmentRecord, TaskAssignmentRecord.task_id == TaskRecord.id)
                 .where(*wanted.conditions()).group_by("stands"))
        with self._database.reading() as session:
            return {TaskState(state): number for state, number in session.execute(query).all()}

    def by_day(self, wanted: Wanted) -> tuple[DayRow, ...]:
        """What is due on each day, one line for each duty, by day and title; tasks without a day are left out."""
        query = (select(TaskRecord.due, TaskRecord.body, func.count(), _how_many(is_open()), func.min(TaskRecord.id))
                 .select_from(TaskRecord)
                 .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
                 .outerjoin(TaskAssignmentRecord, TaskAssignmentRecord.task_id == TaskRecord.id)
                 .where(*wanted.conditions(), TaskRecord.due.is_not(None)).group_by(TaskRecord.due, TaskRecord.body))
        with self._database.reading() as session:
            rows = session.execute(query).all()
            bodies = _bodies(session, {row.body for row in rows})
        found: dict[tuple[dt.date, str], DayRow] = {}
        for due, body, total, left, first in rows:
            day, duty = due or _LAST_DAY, bodies[body].duty
            before = found.get((day, duty), DayRow(day, duty, bodies[body].title, first, 0, 0))
            found[day, duty] = replace(before, first=min(before.first, first), total=before.total + total,
                                       open=before.open + left)
        return tuple(sorted(found.values(), key=lambda row: (row.day, row.title, row.duty)))

    def offices_of(self, duty: str) -> frozenset[str]:
        """The codes of the offices that have a task of a duty: those its letters have reached."""
        query = select(TaskRecord.office_code).where(TaskRecord.duty == duty, TaskRecord.withdrawn.is_(False))
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

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

    def progress(self, today: dt.date, province: str | None = None, district: str | None = None,
                 form: str | None = None, duty: str | None = None, *,
                 hidden: frozenset[str] = frozenset()) -> tuple[Progress, ...]:
        """How each office stands, by code: of a province (by name), a district of it, or all. Tasks that quote a
        ``hidden`` letter (node id) are not counted."""
        state = state_column()
        here = [getattr(OfficeRecord, name) == value for name, value in
                (("province", province), ("district", district)) if value is not None]
        here += [column == value for column, value in ((TaskRecord.form, form), (TaskRecord.duty, duty))
                 if value is not None]
        here += Wanted(hidden=hidden).conditions()
        done = [TaskState.DONE.value, TaskState.CERTIFIED.value]
        query = (
            select(TaskRecord.office_code, func.count(), _how_many(state.in_(done)),
                   _how_many(state == TaskState.CERTIFIED.value),
                   _how_many(and_(TaskRecord.due < today, is_open())),
                   _how_many(state == TaskState.NOT_APPLICABLE.value))
            .join(OfficeRecord, OfficeRecord.code == TaskRecord.office_code)
            .outerjoin(TaskStateRecord, TaskStateRecord.task_id == TaskRecord.id)
            .where(*here)
            .group_by(TaskRecord.office_code).order_by(TaskRecord.office_code))
        with self._database.reading() as session:
            return tuple(Progress(*row) for row in session.execute(query).all())

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
            session.execute(self._database.insert(TaskLetterRecord), [
                {"body": digest, "node": node} for digest, data in fresh.items()
                for node in letters_of(codec.load(data, Task))])
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


def _stored(session: Session, letters: Collection[str] | None) -> tuple[dict[str, tuple[str, str]], set[str]]:
    """The standing tasks, all or those that have to do with the letters: body and office's name by id; and the digests
    of the bodies there are for them."""
    query = select(TaskRecord.id, TaskRecord.body, TaskRecord.office_name).where(TaskRecord.withdrawn.is_(False))
    if letters is None:
        rows = session.execute(query).all()
        return {key: (body, name) for key, body, name in rows}, set(session.scalars(select(TaskBodyRecord.digest)))
    bodies = {body for some in chunks(sorted(letters)) for body in session.scalars(
        select(TaskLetterRecord.body).where(TaskLetterRecord.node.in_(some)))}
    stored = {key: (body, name) for some in chunks(sorted(bodies))
              for key, body, name in session.execute(query.where(TaskRecord.body.in_(some))).all()}
    return stored, bodies


def _drop_bodies(session: Session, digests: Iterable[str]) -> None:
    """Takes out those that no task has any more."""
    for some in chunks(sorted(digests)):
        held = set(session.scalars(select(TaskRecord.body).where(TaskRecord.body.in_(some)).distinct()))
        gone = [digest for digest in some if digest not in held]
        session.execute(delete(TaskBodyRecord).where(TaskBodyRecord.digest.in_(gone)))
        session.execute(delete(TaskLetterRecord).where(TaskLetterRecord.body.in_(gone)))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def letters_of(task: Task) -> frozenset[str]:
    """Ids of the letters that a task came with, quotes, or has a deadline of."""
    return frozenset({task.letter, *(one.node for one in task.evidence), *(one.node for one in task.level_deadlines)})


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

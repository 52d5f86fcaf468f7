"""What people do with a task beside its state: remarks, hands it is in, proofs, and the day its letter came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.audit import note
from archive.books import receipts
from archive.changes import ChangeKind, mark
from archive.database import Database, chunks
from archive.schema import (
    BANGKOK,
    PacketNameRecord,
    TaskAssignmentRecord,
    TaskBodyRecord,
    TaskCommentRecord,
    TaskProofRecord,
    TaskReceiptRecord,
    TaskRecord,
    UserRecord,
)
from letters import codec
from letters.errors import BadRequest, NotFound
from tasks import Registered, Task


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a person on a task; ``at`` is UTC."""

    at: dt.datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a task done: ``file`` is the SHA-256 of a kept file, ``entry`` the id of a certified entry."""

    id: int
    name: str
    file: str | None
    entry: int | None
    at: dt.datetime
    actor: str


class TaskWork:
    """The work on tasks; all of it outlives every re-run."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
            if before == (assignee or None):
                return
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
            return tuple(Proof(row.id, row.name, row.file, row.entry_id, row.at, row.actor)
                         for row in session.scalars(query))

    def received(self, task_id: str, day: dt.date, actor: str) -> None:
        """Keeps the day (CE) on which the task's office got the letter that asks, as a person tells it; it holds for
        all tasks of that letter and office once tasks are given out again.

        Raises as :meth:`comment`, and :class:`letters.errors.BadRequest` for a day before the letter's or to come.
        """
        with self._database.writing(task_id) as session:
            task = self._locked_task(session, task_id)
            now = self._database.now(session)
            if (task.asked and day < task.asked) or day > now.astimezone(BANGKOK).date():
                raise BadRequest(day.isoformat(), "วันรับหนังสือต้องไม่ก่อนวันที่ของหนังสือและไม่อยู่ในอนาคต")
            key = {"office_code": task.office, "letter": task.letter}
            row = session.get(TaskReceiptRecord, key)
            before = row.day.isoformat() if row else None
            session.merge(TaskReceiptRecord(**key, day=day, at=now, actor=actor))
            note(self._database, session, actor, "letter-received", f"task:{task_id}", "received", before,
                 day.isoformat())
            mark(self._database, session, ChangeKind.DUTY, [task.letter])

    def retell(self, letters: Iterable[str]) -> None:
        """Has the tasks of letters (node ids) given out again the next time: what tells when they came has changed."""
        with self._database.writing("tasks") as session:
            mark(self._database, session, ChangeKind.DUTY, sorted(set(letters)))

    def registered(self, packets: Collection[str] | None = None, letters: Collection[str] = ()) -> Registered:
        """When offices got letters: as their received registers tell, and where a packet stands in none, when the first
        of an office's users took it in. ``packets`` (SHA-256) and ``letters`` (node ids): of these alone."""
        with self._database.reading() as session:
            if packets is None:
                return Registered(_came(session, None), _told(session, None))
            came = {key: day for some in chunks(sorted(packets)) for key, day in _came(session, some).items()}
            told = {key: day for some in chunks(sorted(letters)) for key, day in _told(session, some).items()}
        return Registered(came, told)

    def _lock(self, session: Session, task_id: str) -> None:
        if session.execute(select(TaskRecord.id).where(TaskRecord.id == task_id).with_for_update()).first() is None:
            raise NotFound(task_id)

    def _locked_task(self, session: Session, task_id: str) -> Task:
        """The task as derived; its shared part has no id and no office of its own."""
        self._lock(session, task_id)
        row = session.execute(select(TaskRecord.office_code, TaskBodyRecord.data).join(
            TaskBodyRecord, TaskBodyRecord.digest == TaskRecord.body).where(TaskRecord.id == task_id)).one()
        return replace(codec.load(row.data, Task), id=task_id, office=row.office_code)


def _came(session: Session, packets: Collection[str] | None) -> dict[tuple[str, str], dt.date]:
    """The day on which each office got a packet; ``None``: all packets."""
    query = (select(PacketNameRecord.packet_id, UserRecord.office_code, func.min(PacketNameRecord.at))
             .join(UserRecord, UserRecord.name == PacketNameRecord.actor)
             .where(UserRecord.office_code.is_not(None))
             .group_by(PacketNameRecord.packet_id, UserRecord.office_code))
    if packets is not None:
        query = query.where(PacketNameRecord.packet_id.in_(packets))
    return {(packet, office): at.astimezone(BANGKOK).date()
            for packet, office, at in session.execute(query).all() if office} | receipts(session, packets)


def _told(session: Session, letters: Collection[str] | None) -> dict[tuple[str, str], dt.date]:
    """The day that a person told for each letter and office; ``None``: all letters."""
    query = select(TaskReceiptRecord)
    if letters is not None:
        query = query.where(TaskReceiptRecord.letter.in_(letters))
    return {(row.letter, row.office_code): row.day for row in session.scalars(query)}

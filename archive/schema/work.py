"""Offices, their tasks and what people did with them, and the entries of their records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Key, Serial


class OfficeRecord(Base):
    """An office of the registry; ``retired`` once an import no longer names it."""

    __tablename__ = "offices"
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    province: Mapped[str]
    district: Mapped[str]
    retired: Mapped[bool]
    __table_args__ = (Index(None, "province", "kind"),)


class OfficeChangeRecord(Base):
    """What an office was called and was from an instant on: one row per change of its type, name or area."""

    __tablename__ = "office_changes"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    change: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    province: Mapped[str]
    district: Mapped[str]


class OfficeMailRecord(Base):
    """Where reminders to an office go."""

    __tablename__ = "office_mail"
    office_code: Mapped[str] = mapped_column(ForeignKey("offices.code"), primary_key=True)
    address: Mapped[str]
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class FeedRecord(Base):
    """A secret address of an office's calendar; only the digest of the secret is kept."""

    __tablename__ = "feeds"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    office_code: Mapped[str] = mapped_column(ForeignKey("offices.code"), index=True)
    secret: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[dt.datetime | None]


class TaskBodyRecord(Base):
    """What the tasks of one duty have in common, once however many offices have it; the id is its digest."""

    __tablename__ = "task_bodies"
    digest: Mapped[str] = mapped_column(Key, primary_key=True)
    data: Mapped[str]


class TaskRecord(Base):
    """A task as derived from letters; ``withdrawn`` once the letters no longer ask for it."""

    __tablename__ = "tasks"
    id: Mapped[str] = mapped_column(primary_key=True)
    office_code: Mapped[str]
    office_name: Mapped[str]
    duty: Mapped[str] = mapped_column(index=True)
    form: Mapped[str | None]
    due: Mapped[dt.date | None]
    sort_day: Mapped[dt.date]
    withdrawn: Mapped[bool]
    body: Mapped[str]
    __table_args__ = (Index(None, "sort_day", "id"), Index(None, "office_code", "sort_day", "id"))


class TaskLetterRecord(Base):
    """A letter that a task's shared part came with or quotes: for the tasks of a letter, and to hide secret ones."""

    __tablename__ = "task_letters"
    body: Mapped[str] = mapped_column(Key, primary_key=True)
    node: Mapped[str] = mapped_column(primary_key=True, index=True)


class TaskReceiptRecord(Base):
    """On which day an office got a letter (node id), as a person told it."""

    __tablename__ = "task_receipts"
    office_code: Mapped[str] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[dt.date]
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class TaskAssignmentRecord(Base):
    """Who has a task in hand."""

    __tablename__ = "task_assignments"
    task_id: Mapped[str] = mapped_column(primary_key=True)
    assignee: Mapped[str]
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class TaskProofRecord(Base):
    """What proves a task done: an attached file (SHA-256) or a certified entry."""

    __tablename__ = "task_proofs"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    task_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    file: Mapped[str | None]
    entry_id: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class ReminderRecord(Base):
    """A reminder of a task's day at one stage (7, 3, 1 days before, overdue): ``sending`` until the mail is handed
    over, so that none is ever sent twice."""

    __tablename__ = "reminders"
    task_id: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(Key, primary_key=True)
    due: Mapped[dt.date] = mapped_column(primary_key=True)
    office_code: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    at: Mapped[dt.datetime]


class TaskStateRecord(Base):
    """What people say of a task; outlives every re-run."""

    __tablename__ = "task_states"
    task_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    version: Mapped[int]
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class TaskCommentRecord(Base):
    """A remark on a task, or the reason given for its new state."""

    __tablename__ = "task_comments"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    task_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    text: Mapped[str]


class EntryRecord(Base):
    """An entry of an office in a form of a fiscal year (BE)."""

    __tablename__ = "records"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    office_code: Mapped[str] = mapped_column(ForeignKey("offices.code"))
    form: Mapped[str]
    fiscal_year: Mapped[int]
    data: Mapped[dict[str, Any]]
    state: Mapped[str]
    version: Mapped[int]
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    __table_args__ = (Index(None, "office_code", "form", "fiscal_year", unique=True),
                      Index(None, "fiscal_year", "form"))


class EntryEventRecord(Base):
    """A step somebody took with an entry: from which state to which, why, and the data as it stood afterwards."""

    __tablename__ = "record_events"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    entry_id: Mapped[int] = mapped_column(Serial, ForeignKey("records.id"), index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    step: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    form_version: Mapped[int]
    data: Mapped[dict[str, Any]]

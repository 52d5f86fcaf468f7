"""The tables. Dates are ISO days of the Common Era, instants are UTC. ``data`` columns hold ``letters.codec`` JSON: the
whole value; the columns beside it are copies of the parts that questions are asked about.

Derived (may be rebuilt at any time): pages, parses, letters, readings, references, nodes, links, tasks, changes.
Kept for good: packets and their names, offices, people's decisions (task states, comments, judgements, corrections,
records), users, audit events. Decisions refer to derived rows by their stable ids without a foreign key, so no re-run
can remove them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Thailand's time, in which days begin and end."""

NO_DAY = dt.date.min
"""Sort day of what has no date: after everything else, newest first."""


class UtcTime(TypeDecorator[dt.datetime]):
    """An instant in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """As aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Words(TypeDecorator[str]):
    """Text from outside. PostgreSQL refuses NUL; no database takes the half characters of undecodable file names."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """With U+FFFD in place of what cannot be stored."""
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Base(DeclarativeBase):
    """All tables, with predictable names for their constraints."""

    metadata = MetaData(naming_convention={
        "pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    })
    type_annotation_map = {str: Words, dt.datetime: UtcTime, dict[str, Any]: JSON}


_Serial = BigInteger().with_variant(Integer, "sqlite")
_Key = Text


class PacketRecord(Base):
    """A file taken in; the id is the SHA-256 of its bytes."""

    __tablename__ = "packets"
    id: Mapped[str] = mapped_column(_Key, primary_key=True)
    name: Mapped[str]
    stem: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[dt.datetime]
    received_by: Mapped[str]
    __table_args__ = (Index(None, "received_at", "id"),)


class PacketNameRecord(Base):
    """Every name the same file came in under."""

    __tablename__ = "packet_names"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    stem: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]


class StageRecord(Base):
    """How far a packet has come in one stage of the pipeline."""

    __tablename__ = "stages"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(_Key, primary_key=True)
    state: Mapped[str]
    detail: Mapped[str]
    at: Mapped[dt.datetime]


class PageRecord(Base):
    """A page as read."""

    __tablename__ = "pages"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    reader: Mapped[str]
    data: Mapped[str]


class ParseRecord(Base):
    """What parsing made of a packet besides its letters. ``pages`` only where parsing divided them differently."""

    __tablename__ = "parses"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    name: Mapped[str]
    pages: Mapped[str | None]
    attachments: Mapped[str]
    letter_count: Mapped[int]


class LetterRecord(Base):
    """A letter in a packet: one copy of a letter that may have many."""

    __tablename__ = "letters"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    data: Mapped[str]


class ReadingRecord(Base):
    """One field of a letter as read: what stands there, what it was taken for, how sure, and what settled it."""

    __tablename__ = "readings"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(_Key, primary_key=True)
    value: Mapped[str | None]
    printed: Mapped[str]
    confidence: Mapped[float]
    evidence: Mapped[str]
    repairs: Mapped[str]
    rivals: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"], ondelete="CASCADE"),
    )


class ReferenceRecord(Base):
    """A citation of another letter."""

    __tablename__ = "letter_references"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    relation: Mapped[str]
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    issuer: Mapped[str | None]
    title: Mapped[str | None]
    data: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"], ondelete="CASCADE"),
        Index(None, "serial", "agency"),
    )


class NodeRecord(Base):
    """A letter as such, of which the archive may hold many copies, or none (``absent``)."""

    __tablename__ = "nodes"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    code: Mapped[str | None]
    agency: Mapped[str | None]
    circular: Mapped[bool | None]
    serial: Mapped[str | None]
    date_from: Mapped[dt.date | None]
    date_to: Mapped[dt.date | None]
    sort_day: Mapped[dt.date]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    absent: Mapped[bool]
    digest: Mapped[str]
    data: Mapped[str]
    __table_args__ = (Index(None, "sort_day", "id"), Index(None, "serial", "agency"), Index(None, "date_from"))


class NodeCopyRecord(Base):
    """Which letters in packets are copies of a node."""

    __tablename__ = "node_copies"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    node_id: Mapped[str] = mapped_column(ForeignKey("nodes.id", ondelete="CASCADE"), index=True)


class LinkRecord(Base):
    """A link between letters. ``id`` is a digest of the whole value, so an unchanged link is an unchanged row."""

    __tablename__ = "links"
    id: Mapped[str] = mapped_column(_Key, primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    target: Mapped[str | None] = mapped_column(index=True)
    relation: Mapped[str]
    state: Mapped[str]
    score: Mapped[float]
    packet_id: Mapped[str]
    position: Mapped[int]
    reference: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", "reference"),)


class NodeIdRecord(Base):
    """Every id a letter ever had, in the order they were given. ``stands``: the id that stands for it now, where two
    letters were found to be one. Kept for good."""

    __tablename__ = "node_ids"
    id: Mapped[str] = mapped_column(_Key, primary_key=True)
    born: Mapped[int] = mapped_column(BigInteger)
    stands: Mapped[str | None]


class LinkingHeadRecord(Base):
    """What linking needs of a copy."""

    __tablename__ = "linking_heads"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    packet_id: Mapped[str]
    position: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", unique=True),)


class LinkingMentionRecord(Base):
    """What linking needs of a citation."""

    __tablename__ = "linking_mentions"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    packet_id: Mapped[str]
    position: Mapped[int]
    reference: Mapped[int]
    data: Mapped[str]
    __table_args__ = (Index(None, "packet_id", "position", "reference", unique=True),)


class HeadKeyRecord(Base):
    """Under which keys (``chain.keys``) a copy is found."""

    __tablename__ = "linking_head_keys"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = {"sqlite_with_rowid": False}


class MentionKeyRecord(Base):
    """Under which keys a citation is found."""

    __tablename__ = "linking_mention_keys"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    __table_args__ = {"sqlite_with_rowid": False}


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
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
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
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    office_code: Mapped[str] = mapped_column(ForeignKey("offices.code"), index=True)
    secret: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[dt.datetime | None]


class TaskBodyRecord(Base):
    """What the tasks of one duty have in common, once however many offices have it; the id is its digest."""

    __tablename__ = "task_bodies"
    digest: Mapped[str] = mapped_column(_Key, primary_key=True)
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
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
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
    stage: Mapped[str] = mapped_column(_Key, primary_key=True)
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
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    task_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    text: Mapped[str]


class EntryRecord(Base):
    """An entry of an office in a form of a fiscal year (BE)."""

    __tablename__ = "records"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
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
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    entry_id: Mapped[int] = mapped_column(_Serial, ForeignKey("records.id"), index=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    step: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    form_version: Mapped[int]
    data: Mapped[dict[str, Any]]


class UserRecord(Base):
    """Somebody who may sign in; ``name`` is kept case-folded."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    role: Mapped[str]
    office_code: Mapped[str | None]
    active: Mapped[bool]


class JobRecord(Base):
    """A piece of background work and who has it until when."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    kind: Mapped[str]
    packet_id: Mapped[str | None] = mapped_column(ForeignKey("packets.id"), index=True)
    state: Mapped[str]
    worker: Mapped[str | None]
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    stage: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    error: Mapped[str | None]
    message: Mapped[str]
    created_at: Mapped[dt.datetime]
    run_after: Mapped[dt.datetime]
    lease_seconds: Mapped[float]
    lease_until: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    __table_args__ = (Index(None, "state", "run_after"),)


class AuditRecord(Base):
    """Who or what changed which field from what to what. Triggers refuse every change of what stands here."""

    __tablename__ = "audit_events"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    __table_args__ = {"sqlite_autoincrement": True}


class JudgementRecord(Base):
    """A person's decision, in order; later ones overrule earlier ones on the same matter."""

    __tablename__ = "judgements"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]]
    actor: Mapped[str]
    at: Mapped[dt.datetime]


class CorrectionRecord(Base):
    """What a person decided about a field of a letter as read, by the first page of that letter; never changed."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"))
    page: Mapped[int]
    field: Mapped[str]
    verdict: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    actor: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "packet_id", "id"), {"sqlite_autoincrement": True})


class MetaRecord(Base):
    """Small facts about the archive itself."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class CounterRecord(Base):
    """The last revision given out. Writers lock the row, so revisions become visible in their order."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(_Key, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class ChangeRecord(Base):
    """The latest revision of each letter and node, for those who follow along (the index)."""

    __tablename__ = "changes"
    kind: Mapped[str] = mapped_column(_Key, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, unique=True)
    gone: Mapped[bool]

"""People, jobs, the audit trail, decisions, and the books the archive keeps of itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Key, Serial


class UserRecord(Base):
    """Somebody who may sign in; ``name`` is kept case-folded."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    role: Mapped[str]
    office_code: Mapped[str | None]
    active: Mapped[bool]


class JobRecord(Base):
    """A piece of background work and who has it until when."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
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
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
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
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]]
    actor: Mapped[str]
    at: Mapped[dt.datetime]


class CorrectionRecord(Base):
    """What a person decided about a field of a letter as read, by the first page of that letter; never changed."""

    __tablename__ = "corrections"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
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
    name: Mapped[str] = mapped_column(Key, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class ChangeRecord(Base):
    """The latest revision of each letter and node, for those who follow along (the index)."""

    __tablename__ = "changes"
    kind: Mapped[str] = mapped_column(Key, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, unique=True)
    gone: Mapped[bool]

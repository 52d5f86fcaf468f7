"""People, jobs, the audit trail, decisions, and the books the archive keeps of itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.schema.base import Base, Key, Serial


class UserRecord(Base):
    """Somebody who may sign in; ``name`` is kept case-folded. ``stamp`` is random and new with every password and
    second factor, so that sessions begun before end; ``totp_step`` is the last step whose code was used."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    role: Mapped[str]
    office_code: Mapped[str | None]
    active: Mapped[bool]
    stamp: Mapped[str]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)


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
    """Who or what changed which field from what to what. Triggers refuse every change of what stands here; ``digest``
    is of the event and the digest before it (:mod:`archive.trail`)."""

    __tablename__ = "audit_events"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    digest: Mapped[str]
    __table_args__ = (Index(None, "subject", "id"), Index(None, "actor", "id"), Index(None, "action", "id"),
                      Index(None, "at", "id"), {"sqlite_autoincrement": True})


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


class RecoveryCodeRecord(Base):
    """A code that stands in once for a lost second factor; only its digest is kept."""

    __tablename__ = "recovery_codes"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"), index=True)
    digest: Mapped[str]
    used_at: Mapped[dt.datetime | None]


class FailureRecord(Base):
    """A sign-in that failed. ``who`` is a keyed digest of the name typed, which may be a password in the wrong box."""

    __tablename__ = "sign_in_failures"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    who: Mapped[str]
    address: Mapped[str]
    at: Mapped[dt.datetime] = mapped_column(index=True)
    __table_args__ = (Index(None, "who", "at"), Index(None, "address", "at"))


class TokenRecord(Base):
    """A key for programs that act for a user; only its digest is kept."""

    __tablename__ = "api_tokens"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"), index=True)
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str]
    expires_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class ReaderRecord(Base):
    """Who is named for a packet with secret letters, and by whom."""

    __tablename__ = "packet_readers"
    packet_id: Mapped[str] = mapped_column(ForeignKey("packets.id"), primary_key=True)
    user_name: Mapped[str] = mapped_column(Key, primary_key=True)
    given_by: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "user_name"),)


class AreaRecord(Base):
    """An office that a copy of a letter concerns: its sender, its addressees, and theirs who got it enclosed. Province
    and district are the digits of the office's code."""

    __tablename__ = "letter_areas"
    packet_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    office_code: Mapped[str] = mapped_column(Key, primary_key=True)
    province: Mapped[str]
    district: Mapped[str]
    __table_args__ = (
        ForeignKeyConstraint(["packet_id", "position"], ["letters.packet_id", "letters.position"], ondelete="CASCADE"),
        Index(None, "office_code"), Index(None, "district"), Index(None, "province"),
    )


class WebhookRecord(Base):
    """An address that is told of events. ``secret`` signs what is sent; ``events`` are names with blanks between."""

    __tablename__ = "webhooks"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"))
    url: Mapped[str]
    events: Mapped[str]
    secret: Mapped[str]
    active: Mapped[bool]
    version: Mapped[int]
    made_at: Mapped[dt.datetime]


class DeliveryRecord(Base):
    """One event for one address, and how telling it went."""

    __tablename__ = "webhook_deliveries"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(Serial, ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    event: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int]
    status: Mapped[int | None]
    detail: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "webhook_id", "event", "subject", unique=True),)


class ToldRecord(Base):
    """A thing that was announced, or was there before anybody asked to be told."""

    __tablename__ = "told"
    event: Mapped[str] = mapped_column(Key, primary_key=True)
    subject: Mapped[str] = mapped_column(Key, primary_key=True)


class SavedSearchRecord(Base):
    """A search that somebody keeps under a title of their own. ``query``: the address's query string."""

    __tablename__ = "saved_searches"
    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    user_name: Mapped[str]
    title: Mapped[str]
    query: Mapped[str]
    made_at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "user_name", "title", unique=True),)

"""The audit trail: who or what changed which field from what to what. The database refuses to change or remove it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, func, select
from sqlalchemy.orm import Session

from archive.database import Database
from archive.schema import AuditRecord
from archive.schema.base import storable
from archive.trail import append

LONGEST = 2000
"""Characters kept of a value; longer ones are cut with an ellipsis (the whole stands in what was derived)."""

PROGRAM = "saraban"
"""The actor of changes that no person made."""

_LOCK = "audit"
_LONGEST_WORK = dt.timedelta(hours=1)
"""No transaction takes longer from its first event to its end."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change. ``at`` is UTC; ``subject`` is ``packet:<id>``, ``letter:<packet>/<index>``, ``task:<id>`` and so on;
    ``before`` and ``after`` as people read them, ``None`` where there was or is nothing."""

    id: int
    at: dt.datetime
    actor: str
    action: str
    subject: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """What is looked for in the trail; what is empty narrows nothing. ``subject``: a whole one with its colon
    (``task:…``), or a part of one. ``since`` and ``until`` are UTC; the latter is not among what is found."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


class Audit:
    """Reads the trail and adds to it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, actor: str, action: str, subject: str, field: str = "", before: str | None = None,
            after: str | None = None) -> None:
        """Notes something that changes no row, such as a sign-in or an export."""
        with self._database.writing(subject) as session:
            note(self._database, session, actor, action, subject, field, before, after)

    def list(self, subject: str | None = None, after: int | None = None, limit: int = 100) -> tuple[AuditEvent, ...]:
        """Events in order of writing, those with an id above ``after``, of one subject or of all."""
        beyond = () if after is None else (AuditRecord.id > after,)
        return self._events(AuditRecord.id.asc(), subject, limit, *beyond)

    def latest(self, subject: str | None = None, before: int | None = None, limit: int = 100) -> tuple[AuditEvent, ...]:
        """Events, the newest first, those with an id below ``before``, of one subject or of all."""
        beyond = () if before is None else (AuditRecord.id < before,)
        return self._events(AuditRecord.id.desc(), subject, limit, *beyond)

    def search(self, asked: AuditAsked, before: int | None = None, limit: int = 100) -> tuple[AuditEvent, ...]:
        """Events that fit what is asked, the newest first, those with an id below ``before``."""
        where = [column.contains(words, autoescape=True) if loose else column == words for column, words, loose in (
            (AuditRecord.actor, asked.actor, False), (AuditRecord.action, asked.action, False),
            (AuditRecord.subject, asked.subject, ":" not in asked.subject)) if words]
        where += [] if asked.since is None else [AuditRecord.at >= asked.since]
        where += [] if before is None else [AuditRecord.id < before]
        if asked.until is not None:
            where += [AuditRecord.at < asked.until, AuditRecord.id <= self._last_before(asked.until)]
        return self._events(AuditRecord.id.desc(), None, limit, *where)

    def _last_before(self, until: dt.datetime) -> int:
        """The id of the last event before an instant, 0 if there is none, so that a search of long ago need not pass
        all that came since. Events stand in the order of their ends, nearly that of their times."""
        newest = select(func.max(AuditRecord.at)).where(AuditRecord.at < until).scalar_subquery()
        with self._database.reading() as session:
            at = session.execute(select(newest)).scalar_one()
            if at is None:
                return 0
            last: int = session.execute(select(func.max(AuditRecord.id)).where(
                AuditRecord.at > at - _LONGEST_WORK, AuditRecord.at <= at)).scalar_one()
            return last

    def _events(self, order: UnaryExpression[int], subject: str | None, limit: int,
                *where: ColumnElement[bool]) -> tuple[AuditEvent, ...]:
        query = select(AuditRecord).where(*where).order_by(order).limit(limit)
        if subject is not None:
            query = query.where(AuditRecord.subject == subject)
        with self._database.reading() as session:
            return tuple(_event(row) for row in session.scalars(query))


def note(database: Database, session: Session, actor: str, action: str, subject: str, field: str = "",
         before: str | None = None, after: str | None = None) -> None:
    """Writes an event within the transaction that makes the change, so that neither stands without the other."""
    row = {"at": database.now(session), "actor": actor, "action": action, "subject": subject, "field": field,
           "before": before, "after": after}
    append(session, lambda here: database.lock(here, _LOCK), {key: _cut(value) for key, value in row.items()})


def _cut(value: Any) -> Any:
    """Text as it will stand: not too long, and without what no database takes."""
    if not isinstance(value, str):
        return value
    return storable(value if len(value) <= LONGEST else value[: LONGEST - 1] + "…")


def _event(row: AuditRecord) -> AuditEvent:
    return AuditEvent(row.id, row.at, row.actor, row.action, row.subject, row.field, row.before, row.after)

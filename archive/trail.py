"""The audit trail as a chain: each event's digest covers the event and the digest before it.

Triggers refuse changes through the program; whoever writes past them (a dropped trigger, an edited file) breaks the
chain, which ``saraban check`` tells. The last digest, noted outside the house, proves that no event at the end is gone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from archive.schema import AuditRecord

FIRST = ""
"""What stands before the first event."""

_WAITING = "audit-events"
_BATCH = 2000


def next_digest(last: str, at: dt.datetime, actor: str, action: str, subject: str, field: str, before: str | None,
                after: str | None) -> str:
    """The digest (SHA-256 in hex) of an event that follows the digest ``last``; ``at`` without a zone is UTC."""
    moment = (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat(timespec="microseconds")
    words = json.dumps([last, moment, actor, action, subject, field, before, after], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def append(session: Session, lock: Any, row: dict[str, Any]) -> None:
    """Adds an event at the end of the transaction. ``lock`` makes other writers of the trail wait from then on: as the
    last thing a transaction does it can wait for nobody who waits for it."""
    if _WAITING not in session.info:
        session.info[_WAITING] = []
        event.listen(session, "before_commit", lambda here: _write(here, lock))
    session.info[_WAITING].append(row)


def _write(session: Session, lock: Any) -> None:
    rows = session.info[_WAITING]
    if not rows:
        return
    session.info[_WAITING] = []
    session.flush()
    lock(session)
    _, last = last_event(session)
    for row in rows:
        row["digest"] = last = next_digest(last, **row)
    session.execute(insert(AuditRecord), rows)


def last_event(session: Session) -> tuple[int, str]:
    """Id and digest of the newest event; 0 and :data:`FIRST` of an empty trail."""
    row = session.execute(select(AuditRecord.id, AuditRecord.digest).order_by(AuditRecord.id.desc()).limit(1)).first()
    return (row[0], row[1]) if row else (0, FIRST)


def broken(session: Session) -> Iterator[int]:
    """Ids of events whose digest does not follow from the one before."""
    last = FIRST
    for row in _events(session):
        if row.digest != next_digest(last, row.at, row.actor, row.action, row.subject, row.field, row.before,
                                     row.after):
            yield row.id
        last = row.digest


def _events(session: Session) -> Iterable[AuditRecord]:
    after = 0
    while rows := session.scalars(select(AuditRecord).where(AuditRecord.id > after)
                                  .order_by(AuditRecord.id).limit(_BATCH)).all():
        yield from rows
        after = rows[-1].id
        session.expunge_all()

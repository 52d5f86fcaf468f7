"""Addresses that are told of events, and how telling each went. Sending is :mod:`saraban.webhooks`'s."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.jobs import add_job
from archive.schema import DeliveryRecord, NodeRecord, TaskRecord, ToldRecord, WebhookRecord
from letters.errors import BadRequest, Conflict, NotFound

DELIVER = "webhook:"
"""How the kind of a job that delivers begins; the delivery's id follows."""

ATTEMPTS = 12
"""With the queue's growing pauses, the last attempt is made about fifty minutes after the first."""


class WebhookEvent(StrEnum):
    """What can be told of."""

    LETTER = "letter.registered"
    DUTY = "duty.created"
    RECORD = "record.certified"
    PING = "ping"


class DeliveryState(StrEnum):
    """Waiting for an attempt, taken by the address, or given up."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address. What its user may not see is not told. ``version`` counts changes, from 1; ``secret`` signs."""

    id: int
    user: int
    url: str
    events: frozenset[WebhookEvent]
    secret: str
    active: bool
    version: int
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one address: ``body`` is what is sent, ``status`` what the address answered last."""

    id: int
    webhook: int
    event: WebhookEvent
    subject: str
    body: str
    state: DeliveryState
    attempts: int
    status: int | None
    detail: str
    at: dt.datetime


class Webhooks:
    """The register of addresses and deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user_id: int, url: str, events: Iterable[str], actor: str = PROGRAM) -> Webhook:
        """A new address; it is told of what comes from now on. The caller has judged the address. Raises
        :class:`letters.errors.BadRequest` for no or unknown events."""
        wanted = _events(events)
        with self._database.writing("webhooks") as session:
            self._database.lock(session, "webhooks")
            if session.scalars(select(WebhookRecord.id).limit(1)).first() is None:
                self._all_told(session)
            row = WebhookRecord(user_id=user_id, url=url, events=" ".join(sorted(wanted)), active=True, version=1,
                                secret=secrets.token_urlsafe(32), made_at=self._database.now(session))
            session.add(row)
            session.flush()
            note(self._database, session, actor, "webhook-added", f"webhook:{row.id}", "url", None, url)
            return _webhook(row)

    def change(self, webhook_id: int, expected_version: int, actor: str, *, url: str | None = None,
               events: Iterable[str] | None = None, active: bool | None = None) -> Webhook:
        """Changes what is given. Raises :class:`letters.errors.NotFound`, :class:`letters.errors.Conflict` for another
        version, and as :meth:`add`."""
        with self._database.writing("webhooks") as session:
            row = session.get(WebhookRecord, webhook_id, with_for_update=True)
            if row is None:
                raise NotFound(f"webhook {webhook_id}")
            if row.version != expected_version:
                raise Conflict(f"webhook {webhook_id}", f"version {row.version}, not {expected_version}")
            wanted = None if events is None else " ".join(sorted(_events(events)))
            for field, value in (("url", url), ("events", wanted), ("active", active)):
                if value is not None and getattr(row, field) != value:
                    note(self._database, session, actor, "webhook-changed", f"webhook:{webhook_id}", field,
                         str(getattr(row, field)), str(value))
                    setattr(row, field, value)
            row.version += 1
            return _webhook(row)

    def remove(self, webhook_id: int, actor: str = PROGRAM) -> None:
        """Forgets an address and its deliveries. Raises :class:`letters.errors.NotFound`."""
        with self._database.writing("webhooks") as session:
            row = session.get(WebhookRecord, webhook_id)
            if row is None:
                raise NotFound(f"webhook {webhook_id}")
            note(self._database, session, actor, "webhook-removed", f"webhook:{webhook_id}", "url", row.url, None)
            session.execute(delete(DeliveryRecord).where(DeliveryRecord.webhook_id == webhook_id))
            session.delete(row)

    def get(self, webhook_id: int) -> Webhook:
        """One address. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(WebhookRecord, webhook_id)
            if row is None:
                raise NotFound(f"webhook {webhook_id}")
            return _webhook(row)

    def list(self, *, active: bool = False) -> tuple[Webhook, ...]:
        """All addresses, or those in use, by id."""
        query = select(WebhookRecord).order_by(WebhookRecord.id)
        if active:
            query = query.where(WebhookRecord.active)
        with self._database.reading() as session:
            return tuple(map(_webhook, session.scalars(query)))

    def queue(self, webhook_id: int, event: WebhookEvent, subject: str, body: str) -> int | None:
        """Keeps an event for an address with the job that delivers it; gives its id, ``None`` if it is kept already."""
        with self._database.writing("webhooks") as session:
            statement = self._database.insert(DeliveryRecord).values(
                webhook_id=webhook_id, event=event.value, subject=subject, body=body, attempts=0, status=None,
                state=DeliveryState.WAITING.value, detail="", at=self._database.now(session))
            made = session.execute(statement.on_conflict_do_nothing().returning(DeliveryRecord.id)).first()
            if made is None:
                return None
            add_job(self._database, session, f"{DELIVER}{made.id}", None, ATTEMPTS)
            return int(made.id)

    def delivery(self, delivery_id: int) -> Delivery:
        """One delivery. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(DeliveryRecord, delivery_id)
            if row is None:
                raise NotFound(f"delivery {delivery_id}")
            return _delivery(row)

    def deliveries(self, webhook_id: int, before: int | None = None, limit: int = 50) -> tuple[Delivery, ...]:
        """Deliveries to an address, newest first, those with an id below ``before``."""
        query = select(DeliveryRecord).where(DeliveryRecord.webhook_id == webhook_id).order_by(
            DeliveryRecord.id.desc()).limit(limit)
        if before is not None:
            query = query.where(DeliveryRecord.id < before)
        with self._database.reading() as session:
            return tuple(map(_delivery, session.scalars(query)))

    def attempted(self, delivery_id: int, state: DeliveryState, status: int | None, detail: str) -> None:
        """Notes how an attempt went."""
        with self._database.writing("webhooks") as session:
            row = session.get(DeliveryRecord, delivery_id, with_for_update=True)
            if row is not None:
                row.state, row.status, row.detail, row.attempts = state.value, status, detail[:500], row.attempts + 1
                row.at = self._database.now(session)

    def untold_duties(self, limit: int = 100) -> tuple[str, ...]:
        """Duties that were not announced yet."""
        told = select(ToldRecord.subject).where(ToldRecord.event == WebhookEvent.DUTY.value)
        query = (select(TaskRecord.duty).where(TaskRecord.withdrawn.is_(False), TaskRecord.duty.not_in(told))
                 .distinct().order_by(TaskRecord.duty).limit(limit))
        with self._database.reading() as session:
            return tuple(session.scalars(query))

    def untold_letters(self, limit: int = 100) -> tuple[str, ...]:
        """Letters (node ids) that are here and were not announced yet."""
        told = select(ToldRecord.subject).where(ToldRecord.event == WebhookEvent.LETTER.value)
        query = (select(NodeRecord.id).where(NodeRecord.absent.is_(False), NodeRecord.id.not_in(told))
                 .order_by(NodeRecord.id).limit(limit))
        with self._database.reading() as session:
            return tuple(session.scalars(query))

    def mark_told(self, event: WebhookEvent, subjects: Iterable[str]) -> None:
        """These were announced."""
        rows = [{"event": event.value, "subject": subject} for subject in subjects]
        if rows:
            with self._database.writing("webhooks") as session:
                session.execute(self._database.insert(ToldRecord).on_conflict_do_nothing(), rows)

    def _all_told(self, session: Session) -> None:
        """What stands before the first address is no news."""
        session.execute(delete(ToldRecord))
        for event, column, here in ((WebhookEvent.LETTER, NodeRecord.id, NodeRecord.absent.is_(False)),
                                    (WebhookEvent.DUTY, TaskRecord.duty, TaskRecord.withdrawn.is_(False))):
            known = select(literal(event.value), column).where(here).distinct()
            session.execute(insert(ToldRecord).from_select(["event", "subject"], known))


def _events(names: Iterable[str]) -> frozenset[WebhookEvent]:
    wanted = frozenset(names)
    unknown = wanted - set(WebhookEvent)
    if not wanted or unknown:
        raise BadRequest("events", ", ".join(sorted(unknown)) or "none given")
    return frozenset(WebhookEvent(name) for name in wanted)


def _webhook(row: WebhookRecord) -> Webhook:
    return Webhook(row.id, row.user_id, row.url, frozenset(WebhookEvent(name) for name in row.events.split()),
                   row.secret, row.active, row.version, row.made_at)


def _delivery(row: DeliveryRecord) -> Delivery:
    return Delivery(row.id, row.webhook_id, WebhookEvent(row.event), row.subject, row.body, DeliveryState(row.state),
                    row.attempts, row.status, row.detail, row.at)

"""Telling other programs' addresses what happened: what is news, for whom, and that it is tried again.

Nothing of a secret letter is ever told, and nothing that the address's user may not see. How an event is posted, and
what guards that, stands in :mod:`saraban.posting`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive import Archive, Job, Wanted, letters_of
from archive.sight import sight_of
from archive.webhooks import DELIVER, DeliveryState, Webhook, WebhookEvent
from letters.errors import NotFound, SarabanError
from saraban.settings import Settings

_BATCH = 200
_EVENTS = "webhooks.event"
_CERTIFIED = frozenset({"entry-certify", "entry-accept"})


class Undelivered(SarabanError):
    """An address did not take an event; the queue tries again."""

    code = "undelivered"
    exit_code = 75
    http_status = 502
    what = {"th": "ส่งเหตุการณ์ไปยัง {subject} ไม่สำเร็จ: {detail}", "en": "{subject} did not take an event: {detail}"}
    remedy = {"th": "ระบบจะลองใหม่เอง", "en": "it is tried again by itself"}


@dataclass(frozen=True, slots=True)
class News:
    """What happened: to which subject, what is told of it, and the letter or the offices that decide who may know."""

    event: WebhookEvent
    subject: str
    data: dict[str, Any]
    node: str | None = None
    offices: frozenset[str] = frozenset()


def announce(archive: Archive, *, derived: bool = False) -> int:
    """Queues what is news for every address that wants it; gives how many deliveries that were. ``derived``: letters
    and duties too, which only linking makes. May be called as often as one likes, by several workers at once."""
    hooks = archive.webhooks.list(active=True)
    if not hooks:
        if archive.meta.get(_EVENTS):
            archive.meta.set(_EVENTS, "")
        return 0
    if not archive.meta.get(_EVENTS):
        latest = archive.audit.latest(limit=1)
        archive.meta.set(_EVENTS, str(latest[0].id if latest else 0))
    count = 0
    for news in _news(archive, derived=derived):
        count += sum(_queue(archive, hook, news) for hook in hooks)
        if news.event is not WebhookEvent.RECORD:
            archive.webhooks.mark_told(news.event, [news.subject])
    return count


def ping(archive: Archive, hook: Webhook) -> int | None:
    """Queues a test event for an address; gives its id."""
    subject, body = f"ping:{secrets.token_hex(4)}", _body(WebhookEvent.PING, {})
    return archive.webhooks.queue(hook.id, WebhookEvent.PING, subject, body)


def deliver(archive: Archive, settings: Settings, job: Job) -> None:
    """One attempt at a delivery. Raises :class:`Undelivered` if the address did not take it."""
    from saraban import posting  # noqa: PLC0415 - reading letters starts faster without the network library

    try:
        delivery = archive.webhooks.delivery(int(job.kind.removeprefix(DELIVER)))
        hook = archive.webhooks.get(delivery.webhook)
    except NotFound:
        return  # the address was removed
    if not hook.active:
        archive.webhooks.attempted(delivery.id, DeliveryState.FAILED, None, "the address is switched off")
        return
    last = job.attempts >= job.max_attempts
    try:
        status = posting.send(hook, delivery, settings)
    except posting.FAILURES as error:
        archive.webhooks.attempted(delivery.id, _open(last), None, str(error))
        raise Undelivered(hook.url, type(error).__name__) from error
    taken = 200 <= status < 300
    archive.webhooks.attempted(delivery.id, DeliveryState.SENT if taken else _open(last), status, "")
    if not taken:
        raise Undelivered(hook.url, f"HTTP {status}")


def _news(archive: Archive, *, derived: bool) -> Iterator[News]:
    yield from _derived(archive) if derived else ()
    yield from _certified(archive)


def _derived(archive: Archive) -> Iterator[News]:
    """Letters and duties; those of secret letters are passed over for good."""
    secret = archive.secret_letters()
    for node_id in archive.webhooks.untold_letters(_BATCH):
        if node_id in secret:
            archive.webhooks.mark_told(WebhookEvent.LETTER, [node_id])
            continue
        node = archive.graph.node(node_id)
        yield News(WebhookEvent.LETTER, node_id, {
            "id": node.id, "number": str(node.number) if node.number else None,
            "date": node.date.iso if node.date else None, "issuer": node.issuer, "subject": node.subject}, node_id)
    for duty in archive.webhooks.untold_duties(_BATCH):
        yield _duty(archive, duty, secret)


def _duty(archive: Archive, duty: str, secret: frozenset[str]) -> News:
    rows = archive.tasks.find(Wanted(duty=duty), limit=None)
    task = rows[0].task
    quiet = not secret.isdisjoint({one for row in rows for one in letters_of(row.task)})
    offices = frozenset() if quiet else frozenset(row.task.office for row in rows)
    return News(WebhookEvent.DUTY, duty, {
        "duty": duty, "title": task.title, "due": task.due.isoformat() if task.due else None, "form": task.form,
        "letter": task.letter}, offices=offices)


def _certified(archive: Archive) -> Iterator[News]:
    after = int(archive.meta.get(_EVENTS) or 0)
    while events := archive.audit.list(after=after, limit=_BATCH):
        for event in events:
            if event.action in _CERTIFIED:
                entry = archive.records.get(int(event.subject.removeprefix("entry:")))
                yield News(WebhookEvent.RECORD, f"{event.subject}@{event.id}", {
                    "entry": entry.id, "office": entry.office, "form": entry.form, "fiscal_year": entry.fiscal_year,
                    "state": (event.after or "").partition(":")[0]}, offices=frozenset({entry.office}))
        after = events[-1].id
        archive.meta.set(_EVENTS, str(after))


def _queue(archive: Archive, hook: Webhook, news: News) -> bool:
    if news.event not in hook.events:
        return False
    try:
        sight = sight_of(archive.users.get(hook.user))
    except NotFound:
        return False
    if news.node is not None and not archive.sights.sees_node(sight, news.node):
        return False
    offices = frozenset(filter(sight.covers, news.offices))
    if news.node is None and not offices:
        return False
    data = news.data if news.event is not WebhookEvent.DUTY else news.data | {"offices": len(offices)}
    return archive.webhooks.queue(hook.id, news.event, news.subject, _body(news.event, data)) is not None


def _body(event: WebhookEvent, data: dict[str, Any]) -> str:
    return json.dumps({"event": event.value, "data": data}, ensure_ascii=False)


def _open(last: bool) -> DeliveryState:
    return DeliveryState.FAILED if last else DeliveryState.WAITING

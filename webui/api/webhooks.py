"""Addresses that are told of events, and how telling each went."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from flask import Response
from msgspec import Meta

from archive.webhooks import Delivery as DeliveryRow
from archive.webhooks import Webhook as WebhookRow
from archive.webhooks import WebhookEvent
from letters.errors import Conflict, NotFound
from saraban.posting import LONGEST_URL, judge_url
from saraban.webhooks import ping
from webui.api.core import Closed, Open, operation
from webui.api.etags import must_match, tagged
from webui.api.paging import Paged, cursor_of, number_of
from webui.api.problems import Overtaken
from webui.current import archive, house, user

_Url = Annotated[str, Meta(min_length=8, max_length=LONGEST_URL)]
_Events = Annotated[tuple[WebhookEvent, ...], Meta(min_length=1, max_length=10)]


class NewWebhook(Closed):
    """An address (``https://``) and the events it is told of."""

    url: _Url
    events: _Events


class WebhookChange(Closed):
    """What changes; what is left out stays."""

    url: _Url | None = None
    events: _Events | None = None
    active: bool | None = None


class Webhook(Open):
    """An address. What its maker may not see is not told."""

    id: int
    user: int
    url: str
    events: tuple[WebhookEvent, ...]
    active: bool
    version: int
    made_at: dt.datetime


class MadeWebhook(Open):
    """A new address. ``secret`` signs what is sent: told here once and never again."""

    webhook: Webhook
    secret: str


class Webhooks(Open):
    """All addresses."""

    items: tuple[Webhook, ...]


class Delivery(Open):
    """One event for an address: ``status`` is what it answered last."""

    id: int
    event: WebhookEvent
    subject: str
    state: str
    attempts: int
    status: int | None
    detail: str
    at: dt.datetime


class Deliveries(Open):
    """Deliveries, newest first."""

    items: tuple[Delivery, ...]
    next: str | None


@operation("GET", "/webhooks", "webhooks", Webhooks)
def webhooks() -> Webhooks:
    """All addresses."""
    return Webhooks(items=tuple(map(_told, archive().webhooks.list())))


@operation("POST", "/webhooks", "webhooks", MadeWebhook, 201)
def add_webhook(json: NewWebhook) -> tuple[MadeWebhook, int]:
    """Adds an address; it is told of what comes from now on, as far as its maker may see it."""
    judge_url(json.url, house().settings)
    made = archive().webhooks.add(user().id, json.url, json.events, user().name)
    return MadeWebhook(webhook=_told(made), secret=made.secret), 201


@operation("GET", "/webhooks/<int(max=2147483647):webhook_id>", "webhooks", Webhook, etag=True)
def webhook(webhook_id: int) -> Response:
    """One address."""
    found = archive().webhooks.get(webhook_id)
    return tagged(_told(found), found.version)


@operation("PATCH", "/webhooks/<int(max=2147483647):webhook_id>", "webhooks", Webhook, etag=True, match=True)
def change_webhook(webhook_id: int, json: WebhookChange) -> Response:
    """Changes address or events, or switches it off and on."""
    found = archive().webhooks.get(webhook_id)
    must_match(found.version, "webhook")
    if json.url is not None:
        judge_url(json.url, house().settings)
    try:
        changed = archive().webhooks.change(found.id, found.version, user().name, url=json.url, events=json.events,
                                            active=json.active)
    except Conflict as error:
        raise Overtaken("webhook") from error
    return tagged(_told(changed), changed.version)


@operation("DELETE", "/webhooks/<int(max=2147483647):webhook_id>", "webhooks", None, 204)
def remove_webhook(webhook_id: int) -> tuple[None, int]:
    """Forgets an address and its deliveries."""
    archive().webhooks.remove(webhook_id, user().name)
    return None, 204


@operation("GET", "/webhooks/<int(max=2147483647):webhook_id>/deliveries", "webhooks", Deliveries)
def deliveries(webhook_id: int, query: Paged) -> Deliveries:
    """How telling it went."""
    hook = archive().webhooks.get(webhook_id)
    rows = archive().webhooks.deliveries(hook.id, number_of(query.cursor), query.limit + 1)
    page = rows[: query.limit]
    return Deliveries(items=tuple(map(_delivery, page)),
                      next=cursor_of(page[-1].id if len(rows) > query.limit else None))


@operation("POST", "/webhooks/<int(max=2147483647):webhook_id>/ping", "webhooks", Delivery, 202)
def ping_webhook(webhook_id: int) -> tuple[Delivery, int]:
    """Queues a test event for it."""
    made = ping(archive(), archive().webhooks.get(webhook_id))
    if made is None:
        raise NotFound(f"webhook {webhook_id}")
    return _delivery(archive().webhooks.delivery(made)), 202


def _told(one: WebhookRow) -> Webhook:
    return Webhook(id=one.id, user=one.user, url=one.url, events=tuple(sorted(one.events)), active=one.active,
                   version=one.version, made_at=one.made_at)


def _delivery(one: DeliveryRow) -> Delivery:
    return Delivery(id=one.id, event=one.event, subject=one.subject, state=one.state.value, attempts=one.attempts,
                    status=one.status, detail=one.detail, at=one.at)

"""The register of webhooks and deliveries, on both databases."""

from __future__ import annotations

import pytest

from archive import Archive, JobState, Role
from archive.webhooks import ATTEMPTS, DELIVER, DeliveryState, Webhook, WebhookEvent
from chain import CopyRef, Graph
from letters.errors import BadRequest, Conflict, NotFound
from tests.archive.made import letter, node, packet

URL = "https://example.org/hook"


@pytest.fixture
def hook(archive: Archive) -> Webhook:
    user = archive.users.add("admin", "correct horse battery", Role.ADMIN)
    return archive.webhooks.add(user.id, URL, ["letter.registered", "ping"], "admin")


def test_an_event_is_kept_once_with_its_job(archive: Archive, hook: Webhook) -> None:
    first = archive.webhooks.queue(hook.id, WebhookEvent.LETTER, "node", "{}")
    assert first is not None and archive.webhooks.queue(hook.id, WebhookEvent.LETTER, "node", "{}") is None
    (job,) = archive.jobs.list(JobState.WAITING)
    assert (job.kind, job.max_attempts) == (f"{DELIVER}{first}", ATTEMPTS)
    archive.webhooks.attempted(first, DeliveryState.WAITING, 500, "x" * 900)
    archive.webhooks.attempted(first, DeliveryState.SENT, 204, "")
    found = archive.webhooks.delivery(first)
    assert (found.state, found.status, found.attempts, found.detail) == (DeliveryState.SENT, 204, 2, "")
    second = archive.webhooks.queue(hook.id, WebhookEvent.PING, "node", "{}")
    assert [one.id for one in archive.webhooks.deliveries(hook.id)] == [second, first]
    assert [one.id for one in archive.webhooks.deliveries(hook.id, before=second)] == [first]


def test_changes_ask_for_the_version_seen(archive: Archive, hook: Webhook) -> None:
    changed = archive.webhooks.change(hook.id, 1, "admin", events=["ping"], active=False)
    assert changed.version == 2 and changed.events == {WebhookEvent.PING} and changed.url == URL
    assert archive.webhooks.list(active=True) == () and archive.webhooks.list() == (changed,)
    with pytest.raises(Conflict):
        archive.webhooks.change(hook.id, 1, "admin", active=True)
    with pytest.raises(BadRequest):
        archive.webhooks.change(hook.id, 2, "admin", events=["everything"])
    fields = [event.field for event in archive.audit.list(f"webhook:{hook.id}")]
    assert fields == ["url", "events", "active"]


def test_a_removed_one_takes_its_deliveries_along(archive: Archive, hook: Webhook) -> None:
    made = archive.webhooks.queue(hook.id, WebhookEvent.PING, "1", "{}")
    archive.webhooks.remove(hook.id, "admin")
    assert made is not None
    for ask in (lambda: archive.webhooks.get(hook.id), lambda: archive.webhooks.delivery(made),
                lambda: archive.webhooks.remove(hook.id)):
        with pytest.raises(NotFound):
            ask()


def test_only_what_came_since_is_news(archive: Archive) -> None:
    first = archive.packets.receive("one.pdf", b"one", "malee")[0].id
    archive.packets.save_parse(first, packet(letter(), letter()))
    archive.graph.save(Graph((node("old", copies=(CopyRef(first, 0),)), node("absent")), ()))
    user = archive.users.add("admin", "correct horse battery", Role.ADMIN)
    archive.webhooks.add(user.id, URL, ["ping"])
    assert archive.webhooks.untold_letters() == ()
    archive.graph.save(Graph((node("old", copies=(CopyRef(first, 0),)), node("absent"),
                              node("new", copies=(CopyRef(first, 1),))), ()))
    assert archive.webhooks.untold_letters() == ("new",) and archive.webhooks.untold_duties() == ()
    archive.webhooks.mark_told(WebhookEvent.LETTER, ["new", "old"])
    assert archive.webhooks.untold_letters() == ()

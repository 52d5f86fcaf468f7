"""Webhooks, told to a real server on this machine."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive import Archive, JobState, User
from archive.webhooks import DeliveryState, Webhook, WebhookEvent
from letters.errors import BadRequest
from records import Part, Person, Step
from saraban.jobs import run_job
from saraban.menus import forms_of
from saraban.pipeline import take_in
from saraban.posting import judge_url
from saraban.settings import Settings
from saraban.webhooks import announce, ping
from tasks import builtin_offices
from tests.webui.packets import CHAIN, SECRET

PASSWORD = "correct horse battery"


@dataclass
class Listener:
    """A server that keeps what it is told and answers with the next of ``answers``, else 204."""

    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    here = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            status = here.answers.pop(0) if here.answers else 204
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", here.url)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}/hook?from=saraban"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class House:
    """An archive with a webhook."""

    archive: Archive
    settings: Settings
    admin: User

    def hook(self, url: str, *events: WebhookEvent, user: User | None = None) -> Webhook:
        return self.archive.webhooks.add((user or self.admin).id, url, events or tuple(WebhookEvent))

    def take_in(self, name: str, text: str) -> None:
        path = self.settings.home / "file"
        path.write_text(text)
        take_in(self.archive, self.settings, path, name, "clerk")

    def work(self) -> None:
        """Runs every job that is due now."""
        while job := self.archive.jobs.claim("worker", 60):
            run_job(self.archive, self.settings, job, "worker")

    def make_due(self) -> None:
        """Ends the pauses of waiting jobs."""
        with self.archive.database.writing() as session:
            session.connection().exec_driver_sql("UPDATE jobs SET run_after = created_at WHERE state = 'waiting'")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Archive.create(tmp_path) as archive:
        archive.offices.save(builtin_offices())
        admin = archive.users.add("admin", PASSWORD, "admin")
        yield House(archive, Settings(home=tmp_path, local_webhooks=True), admin)


def told(listener: Listener) -> list[dict[str, object]]:
    return [json.loads(body) for _, body in listener.heard]


def test_letters_and_duties_are_told_once(house: House, listener: Listener) -> None:
    house.hook(listener.url)
    house.take_in("chain.txt", CHAIN)
    house.work()
    events = told(listener)
    numbers = [one["data"]["number"] for one in events if one["event"] == "letter.registered"]
    assert sorted(numbers) == ["พช 0023.3/ว 2871", "พช 0118/ว 417"]
    duties = [one["data"] for one in events if one["event"] == "duty.created"]
    assert duties and all(one["offices"] > 1 and one["title"] for one in duties)
    count = len(listener.heard)
    house.archive.jobs.enqueue("link")
    house.work()
    announce(house.archive, derived=True)
    house.work()
    assert len(listener.heard) == count


def test_what_was_there_before_the_address_is_no_news(house: House, listener: Listener) -> None:
    house.take_in("chain.txt", CHAIN)
    house.work()
    house.hook(listener.url)
    announce(house.archive, derived=True)
    house.work()
    assert listener.heard == []


def test_nothing_of_a_secret_letter_leaves(house: House, listener: Listener) -> None:
    house.hook(listener.url)
    house.take_in("secret.txt", SECRET)
    house.work()
    assert listener.heard == []


def test_an_address_is_told_what_its_user_sees(house: House, listener: Listener) -> None:
    house.hook(listener.url, user=house.archive.users.add("elsewhere", PASSWORD, "lao", "6360104"))
    house.take_in("chain.txt", CHAIN)
    house.work()
    assert listener.heard == []


def test_a_certified_record_is_told(house: House, listener: Listener) -> None:
    house.hook(listener.url, WebhookEvent.RECORD)
    announce(house.archive)
    form, office = forms_of(house.settings).get("INFO08"), "6670318"
    entry = house.archive.records.save(office, form, 2566, {"website": "www.example.go.th"},
                                       Person("a", frozenset({Part.RECORDER})))
    for step, part in ((Step.SUBMIT, Part.RECORDER), (Step.CHECK, Part.CHECKER), (Step.CERTIFY, Part.CERTIFIER)):
        house.archive.records.step(entry.id, form, step, Person(step.value, frozenset({part})))
    for _ in range(2):
        announce(house.archive)
        house.work()
    (event,) = told(listener)
    assert event == {"event": "record.certified", "data": {
        "entry": entry.id, "office": office, "form": "INFO08", "fiscal_year": 2566, "state": "certified"}}


def test_what_is_sent_is_signed(house: House, listener: Listener) -> None:
    hook = house.hook(listener.url)
    ping(house.archive, hook)
    house.work()
    (headers, body), = listener.heard
    moment, mac = (part.partition("=")[2] for part in headers["Saraban-Signature"].split(","))
    wanted = hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    assert mac == wanted and headers["Saraban-Event"] == "ping" and headers["Content-Type"] == "application/json"


def test_a_refused_event_is_tried_again_later(house: House, listener: Listener) -> None:
    listener.answers = [500, 503]
    hook = house.hook(listener.url)
    ping(house.archive, hook)
    house.work()
    (delivery,) = house.archive.webhooks.deliveries(hook.id)
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.WAITING, 500, 1)
    (job,) = house.archive.jobs.list(JobState.WAITING)
    assert job.error == "undelivered" and job.run_after > job.created_at
    for _ in range(2):
        house.make_due()
        house.work()
    (delivery,) = house.archive.webhooks.deliveries(hook.id)
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.SENT, 204, 3)
    assert len({headers["Saraban-Delivery"] for headers, _ in listener.heard}) == 1


def test_an_address_that_never_answers_is_given_up(house: House, listener: Listener) -> None:
    hook = house.hook("http://127.0.0.1:1/nobody")
    ping(house.archive, hook)
    for _ in range(15):
        house.make_due()
        house.work()
    (delivery,) = house.archive.webhooks.deliveries(hook.id)
    assert delivery.state is DeliveryState.FAILED and delivery.attempts == 12 and delivery.status is None
    assert house.archive.jobs.list(JobState.FAILED)


def test_a_redirect_is_not_followed(house: House, listener: Listener) -> None:
    listener.answers = [307]
    ping(house.archive, house.hook(listener.url))
    house.work()
    assert len(listener.heard) == 1


@pytest.mark.parametrize("url", [
    "http://example.org/", "https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://192.168.0.1/",
    "https://169.254.169.254/latest/meta-data", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/",
    "https://[fd00::1]/", "https://[2002:7f00:1::]/", "https://[64:ff9b::7f00:1]/", "https://0.0.0.0/", "https://0/",
    "https://2130706433/", "https://0x7f.1/", "https://224.0.0.1/", "https://100.64.0.1/", "ftp://example.org/",
    "file:///etc/passwd", "https://", "https://user:pw@8.8.8.8/", "https://8.8.8.8:99999/", "https://exa mple/",
    "https://8.8.8.8/\r\nHost:x", "https://8.8.8.8/" + "a" * 600, "javascript:alert(1)", "", "https://no.invalid/",
])
def test_addresses_that_are_never_called(url: str) -> None:
    with pytest.raises(BadRequest):
        judge_url(url, Settings())


@pytest.mark.parametrize("url", ["https://8.8.8.8/hook", "https://8.8.8.8:8443/a?b=c", "https://[2001:4860:4860::8888]/"])
def test_public_addresses_may_be_called(url: str) -> None:
    assert judge_url(url, Settings()) is None, "nothing is wrong with it"


def test_an_address_turned_inward_since_is_not_called(house: House, listener: Listener) -> None:
    """It was added while the setting allowed it; the next attempt looks again."""
    hook = house.hook(listener.url)
    ping(house.archive, hook)
    house.settings = Settings(home=house.settings.home)
    house.work()
    assert listener.heard == [] and house.archive.webhooks.deliveries(hook.id)[0].status is None


def test_a_switched_off_address_is_not_told(house: House, listener: Listener) -> None:
    hook = house.hook(listener.url)
    ping(house.archive, hook)
    house.archive.webhooks.change(hook.id, 1, "admin", active=False)
    house.take_in("chain.txt", CHAIN)
    house.work()
    assert listener.heard == []


def test_a_removed_address_leaves_nothing_to_do(house: House, listener: Listener) -> None:
    hook = house.hook(listener.url)
    ping(house.archive, hook)
    house.archive.webhooks.remove(hook.id, "admin")
    house.work()
    assert listener.heard == [] and house.archive.webhooks.list() == ()
    assert not house.archive.jobs.list(JobState.WAITING)

"""Reminders through a real mail server, and the daily work."""

from __future__ import annotations

import datetime as dt
import email
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from archive import Archive
from saraban.mail import MailUnavailable
from saraban.reminders import Sent, daily, due_today, remind
from saraban.settings import Settings
from tasks import TaskState, builtin_offices
from tests.archive.made import task

TODAY = dt.date(2024, 3, 4)
LAO, OTHER, SILENT = "6670116", "6670318", "6670108"


@dataclass
class Inbox:
    """Keeps what the server takes; refuses some addresses."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, _server, _session, envelope: Envelope, address: str, _options) -> str:  # noqa: N802
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope: Envelope) -> str:  # noqa: N802 - the server's names
        mail = email.message_from_bytes(envelope.content or b"", policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos[0], mail))
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def settings(inbox: Inbox, tmp_path: Path) -> Iterator[Settings]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield Settings(home=tmp_path / "home", smtp_host="127.0.0.1", smtp_port=port, mail_from="saraban@example.go.th",
                   address="https://saraban.example.go.th")
    server.stop()


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    with Archive.create(settings.home) as made:
        made.offices.save(builtin_offices())
        made.offices.set_mail(LAO, "saraban@lao.example.go.th")
        made.offices.set_mail(OTHER, "saraban@other.example.go.th")
        days = {"late": -2, "today": 0, "near": 3, "week": 7, "far": 30}
        made.tasks.save([
            *(task(f"{office}-{name}", office, TODAY + dt.timedelta(days=left), f"งาน {name}")
              for office in (LAO, SILENT) for name, left in days.items()),
            replace(task("done", OTHER, TODAY), title="งานที่เสร็จแล้ว"), task("free", OTHER, None)])
        made.tasks.set_state("done", TaskState.DONE, "ใคร")
        yield made


def test_one_digest_to_each_office_and_nothing_twice(archive: Archive, settings: Settings, inbox: Inbox) -> None:
    assert remind(archive, settings, TODAY) == Sent(mails=1, tasks=4, without_address=1)
    [(to, mail)] = inbox.mails
    assert to == mail["To"] == "saraban@lao.example.go.th" and mail["From"] == "saraban@example.go.th"
    assert mail["Subject"].strip().startswith("[สารบรรณ] งานใกล้ครบกำหนด 3 เรื่อง เกินกำหนด 1 เรื่อง")
    text = mail.get_content()
    assert all(f"งาน {name}" in text for name in ("late", "today", "near", "week")) and "งาน far" not in text
    assert "https://saraban.example.go.th/tasks/6670116-late" in text
    assert remind(archive, settings, TODAY) == Sent(without_address=1)
    assert len(inbox.mails) == 1


def test_each_stage_once_as_the_day_comes_near(archive: Archive, settings: Settings, inbox: Inbox) -> None:
    told = []
    for day in range(-2, 45):
        remind(archive, settings, TODAY + dt.timedelta(days=day))
    for _, mail in inbox.mails:
        told += [line.strip() for line in mail.get_content().splitlines() if "• งาน far" in line]
    assert len(told) == 4  # 7, 3, 1 days before, and overdue
    assert {state for _, state in archive.reminders.list()} == {"sent"}


def test_a_moved_day_is_reminded_of_anew(archive: Archive, settings: Settings, inbox: Inbox) -> None:
    remind(archive, settings, TODAY)
    rows = [row.task for row in archive.tasks.list(limit=None)]
    moved = TODAY + dt.timedelta(days=1)
    archive.tasks.save(replace(one, due=moved) if one.id == f"{LAO}-late" else one for one in rows)
    assert remind(archive, settings, TODAY).tasks == 1
    assert "งาน late" in inbox.mails[1][1].get_content()


def test_a_refused_mail_is_tried_again_and_stops_no_other(archive: Archive, settings: Settings, inbox: Inbox) -> None:
    archive.offices.set_mail(SILENT, "saraban@silent.example.go.th")
    inbox.refused.add("saraban@lao.example.go.th")
    assert remind(archive, settings, TODAY) == Sent(mails=1, tasks=4, refused=1)
    inbox.refused.clear()
    assert remind(archive, settings, TODAY) == Sent(mails=1, tasks=4)
    assert sorted(to for to, _ in inbox.mails) == ["saraban@lao.example.go.th", "saraban@silent.example.go.th"]


def test_a_server_that_is_not_there_is_named_and_loses_nothing(archive: Archive, settings: Settings) -> None:
    with pytest.raises(MailUnavailable, match=r"127\.0\.0\.1"):
        remind(archive, replace(settings, smtp_port=1), TODAY)
    assert archive.reminders.list() == ()


def test_nothing_of_a_secret_letter_is_mailed(archive: Archive, settings: Settings, inbox: Inbox,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "secret_letters", lambda: frozenset({"node"}))
    assert remind(archive, settings, TODAY) == Sent()
    assert inbox.mails == []


def test_the_daily_work_is_begun_once_a_day(archive: Archive, settings: Settings, inbox: Inbox) -> None:
    assert due_today(archive, TODAY) and not due_today(archive, TODAY)
    assert due_today(archive, TODAY + dt.timedelta(days=1))
    assert daily(archive, replace(settings, smtp_host=""), TODAY) == Sent()
    assert inbox.mails == []
    assert archive.tasks.count() == 0  # no letters, so no tasks: those above were made by hand

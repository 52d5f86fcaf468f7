"""The daily work on days: new occurrences of recurring duties, and one digest of reminders per office."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from archive import Archive, Reminder, TaskRow
from saraban.giving import give_tasks
from saraban.mail import MailUnavailable, Post, post
from saraban.pipeline import LINK
from saraban.settings import Settings
from tasks import Stage, digest, stage_of

REMIND = "remind"
"""The kind of job that does the daily work."""

_DAY_DONE = "reminders.day"


@dataclass(frozen=True, slots=True)
class Sent:
    """How a run went: mails handed over and refused, tasks told of, and offices without a mail address."""

    mails: int = 0
    tasks: int = 0
    refused: int = 0
    without_address: int = 0


def daily(archive: Archive, settings: Settings, today: dt.date) -> Sent:
    """Makes the tasks of today's occurrences, then sends what is to be reminded of. May be run as often as one likes.

    Raises :class:`saraban.mail.MailUnavailable` if the mail server does not answer; nothing is lost then.
    """
    with archive.exclusively(LINK):
        give_tasks(archive, settings)
    return remind(archive, settings, today) if settings.smtp_host else Sent()


def due_today(archive: Archive, today: dt.date) -> bool:
    """Whether today's daily work was not begun yet; notes that it is now."""
    with archive.exclusively(REMIND):
        if archive.meta.get(_DAY_DONE) == today.isoformat():
            return False
        archive.meta.set(_DAY_DONE, today.isoformat())
        return True


def remind(archive: Archive, settings: Settings, today: dt.date) -> Sent:
    """One mail to each office that has tasks at a stage it was not reminded of yet. Tasks out of secret letters are
    told on screens only. Raises as :func:`daily`."""
    addresses = archive.offices.mails()
    waiting = to_remind(archive, today)
    sent = Sent(without_address=len(waiting.keys() - addresses.keys()))
    with post(settings) as line:
        for office in sorted(waiting.keys() & addresses.keys()):
            sent = _send(archive, settings, line, addresses[office], waiting[office], sent)
    return sent


def to_remind(archive: Archive, today: dt.date) -> dict[str, list[tuple[Stage, TaskRow]]]:
    """Open tasks by office that have reached a stage, sent or not."""
    secret = archive.secret_letters()
    horizon = today + dt.timedelta(days=int(Stage.WEEK.value) + 1)
    found: dict[str, list[tuple[Stage, TaskRow]]] = defaultdict(list)
    for row in archive.tasks.list(due_before=horizon, open_only=True, limit=None):
        stage = stage_of(row.task.due, today)
        if stage and not is_secret(row, secret):
            found[row.task.office].append((stage, row))
    return found


def is_secret(row: TaskRow, secret: Iterable[str]) -> bool:
    """Whether a task comes out of a secret letter, or quotes one."""
    return not {row.task.letter, *(item.node for item in row.task.evidence)}.isdisjoint(secret)


def _send(archive: Archive, settings: Settings, line: Post, address: str, waiting: list[tuple[Stage, TaskRow]],
          sent: Sent) -> Sent:
    """Claims what was not sent yet, hands the mail over, and notes how it went."""
    by_task = {row.task.id: (stage, row.task) for stage, row in waiting}
    claimed = archive.reminders.claim(
        Reminder(task.id, stage.value, task.due, task.office) for stage, task in by_task.values() if task.due)
    if not claimed:
        return sent
    mail = digest(waiting[0][1].task.office_name, [by_task[one.task] for one in claimed], settings.address)
    try:
        line.send(address, mail.subject, mail.text)
    except MailUnavailable:
        archive.reminders.give_back(claimed)
        return Sent(sent.mails, sent.tasks, sent.refused + 1, sent.without_address)
    archive.reminders.sent(claimed, address)
    return Sent(sent.mails + 1, sent.tasks + len(claimed), sent.refused, sent.without_address)

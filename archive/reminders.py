"""Which reminders went out. One is claimed before its mail is sent, so that no run sends it twice.

If the mail server refuses, the claim is given back and the next run tries again. A program killed between claim and
hand-over leaves the claim as ``sending``: whether that mail went out nobody knows, so it is not sent again; the office
still sees the task on its screens and in the next stage's mail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, select, tuple_, update

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.schema import ReminderRecord


class ReminderState(StrEnum):
    """Claimed by a run, or handed over to the mail server."""

    SENDING = "sending"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task's day at one stage; ``due`` is that day (CE), so that a moved day is reminded of anew."""

    task: str
    stage: str
    due: dt.date
    office: str


class Reminders:
    """The record of reminders."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, reminders: Iterable[Reminder]) -> list[Reminder]:
        """Those that no run has claimed or sent yet, now claimed."""
        with self._database.writing("reminders") as session:
            now = self._database.now(session)
            return [one for one in reminders if session.execute(
                self._database.insert(ReminderRecord).values(
                    task_id=one.task, stage=one.stage, due=one.due, office_code=one.office, at=now,
                    state=ReminderState.SENDING.value)
                .on_conflict_do_nothing().returning(ReminderRecord.task_id)).first()]

    def sent(self, reminders: Iterable[Reminder], address: str) -> None:
        """The mail with these was handed over."""
        every = list(reminders)
        with self._database.writing("reminders") as session:
            session.execute(update(ReminderRecord).where(_these(every)).values(
                state=ReminderState.SENT.value, at=self._database.now(session)))
            for office in sorted({one.office for one in every}):
                stages = ", ".join(f"{one.task} ({one.stage})" for one in every if one.office == office)
                note(self._database, session, PROGRAM, "reminder-sent", f"office:{office}", address, None, stages)

    def give_back(self, reminders: Iterable[Reminder]) -> None:
        """The mail with these was refused; the next run may try."""
        with self._database.writing("reminders") as session:
            session.execute(delete(ReminderRecord).where(
                _these(list(reminders)), ReminderRecord.state == ReminderState.SENDING.value))

    def list(self, office: str | None = None) -> tuple[tuple[Reminder, ReminderState], ...]:
        """Reminders claimed or sent, of an office or of all, by time."""
        query = select(ReminderRecord).order_by(ReminderRecord.at, ReminderRecord.task_id)
        if office is not None:
            query = query.where(ReminderRecord.office_code == office)
        with self._database.reading() as session:
            return tuple((Reminder(row.task_id, row.stage, row.due, row.office_code), ReminderState(row.state))
                         for row in session.scalars(query))


def _these(reminders: list[Reminder]) -> ColumnElement[bool]:
    return tuple_(ReminderRecord.task_id, ReminderRecord.stage, ReminderRecord.due).in_(
        [(one.task, one.stage, one.due) for one in reminders])

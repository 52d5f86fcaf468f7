"""Tasks as an iCalendar (RFC 5545): an all-day event on each due day, with alarms before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Alarm, Calendar, Event

from tasks.calendar import working_day_note
from tasks.model import Task, TaskState
from tasks.states import CLOSED

_ALARMS = (7, 3, 1)
_PRODUCT = "-//Saraban//Tasks//TH"


@dataclass(frozen=True, slots=True)
class Dated:
    """A task with its state and the number of changes of it, which tells calendars what is newer."""

    task: Task
    state: TaskState
    version: int


def calendar_of(tasks: Iterable[Dated], name: str, stamp: dt.datetime, address: str = "") -> bytes:
    """The calendar of these tasks; those without a day are left out. ``stamp``: the instant it is made (UTC);
    ``address``: the screens', for links."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for one in tasks:
        if one.task.due:
            calendar.add_component(_event(one, one.task.due, stamp, address))
    written: bytes = calendar.to_ical()
    return written


def _event(one: Dated, due: dt.date, stamp: dt.datetime, address: str) -> Event:
    task, event = one.task, Event()
    event.add("uid", f"{task.id}@saraban")
    event.add("dtstamp", stamp.replace(microsecond=0))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("sequence", one.version)
    event.add("summary", ("✓ " if one.state in CLOSED else "") + task.title)
    event.add("description", "\n".join(_description(task)))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if address:
        event.add("url", f"{address}/tasks/{task.id}")
    for days in _ALARMS if one.state not in CLOSED else ():
        event.add_component(_alarm(days, task.title))
    return event


def _alarm(days: int, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"อีก {days} วันครบกำหนด: {title}")
    alarm.add("trigger", -dt.timedelta(days=days))
    return alarm


def _description(task: Task) -> list[str]:
    rows = [("", task.office_name), ("กำหนด: ", task.deadline_text),
            ("", working_day_note(task.due) if task.due else ""), ("ทำใน: ", task.where or ""),
            *[("• ", action) for action in task.actions], ("ลิงก์: ", " ".join((*task.urls, *task.manuals))),
            ("โทร. ", ", ".join(task.phones))]
    return [label + text for label, text in rows if text]

"""How the API tells of letters, packets and tasks: short forms that several operations share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from archive import Archive, PacketRow, TaskRow
from chain import CopyRef, Node
from tasks import is_overdue
from webui.api.core import Open
from webui.current import house
from webui.progress import progress_of


class Letter(Open):
    """A letter. ``number`` in canonical form, ``date`` ISO (CE) as far as known, ``absent``: cited, but not here."""

    id: str
    number: str | None
    date: str | None
    issuer: str | None
    subject: str | None
    absent: bool
    copies: int
    doubts: tuple[str, ...]


class Stage(Open):
    """One stage of a packet; ``detail`` is the message for people."""

    stage: str
    state: str
    detail: str
    at: dt.datetime


class Packet(Open):
    """A file taken in. ``id`` is its SHA-256, ``size`` in bytes, ``letters`` ``null`` until it is read, ``doubts``:
    how many of their fields wait for a person. ``standing``: waiting, reading, linking, done, failed or cancelled;
    ``done`` of ``total`` pages while reading."""

    id: str
    name: str
    names: tuple[str, ...]
    size: int
    received_at: dt.datetime
    received_by: str
    pages: int
    letters: int | None
    doubts: int
    standing: str
    done: int
    total: int
    detail: str
    stages: tuple[Stage, ...]


class Copy(Open):
    """Where a copy of a letter stands: the packet's id and the letter's place in it, from 0."""

    packet: str
    index: int


class Task(Open):
    """One duty for one office. ``due`` ISO (CE), ``state`` as people set it, ``version`` counts its changes."""

    id: str
    duty: str
    office: str
    office_name: str
    role: str
    title: str
    actions: tuple[str, ...]
    due: dt.date | None
    deadline_text: str
    where: str | None
    form: str | None
    fiscal_year: int | None
    letter: str
    state: str
    version: int
    overdue: bool
    withdrawn: bool
    assignee: str | None
    changed_at: dt.datetime | None
    changed_by: str | None


def letter(node: Node) -> Letter:
    """A letter in short."""
    return Letter(id=node.id, number=str(node.number) if node.number else None,
                  date=node.date.iso if node.date else None, issuer=node.issuer, subject=node.subject,
                  absent=node.absent, copies=len(node.copies), doubts=node.doubts)


def packet(archive: Archive, row: PacketRow) -> Packet:
    """A packet and how far it is."""
    progress = progress_of(archive, row, house().clock())
    return Packet(
        id=row.id, name=row.name, names=row.names, size=row.size, received_at=row.received_at,
        received_by=row.received_by, pages=row.page_count, letters=row.letter_count, doubts=row.waiting,
        standing=progress.standing.value, done=progress.done, total=progress.total, detail=progress.detail,
        stages=tuple(Stage(stage=one.stage.value, state=one.state.value, detail=one.detail, at=one.at)
                     for one in row.stages))


def copy(ref: CopyRef) -> Copy:
    """Where a copy stands."""
    return Copy(packet=ref.packet, index=ref.index)


def task(row: TaskRow, today: dt.date) -> Task:
    """A task and where it stands."""
    one = row.task
    same: dict[str, Any] = {name: getattr(one, name) for name in (
        "id", "duty", "office", "office_name", "title", "actions", "due", "deadline_text", "where", "form",
        "fiscal_year", "letter")}
    return Task(**same, role=one.role.value, state=row.state.value, version=row.version,
                overdue=is_overdue(one, row.state, today), withdrawn=row.withdrawn, assignee=row.assignee,
                changed_at=row.changed_at, changed_by=row.changed_by)

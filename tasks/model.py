"""What letters ask for: duties (once per thing asked) and tasks (once per duty and office)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from chain.level import Level
from letters import DeadlineKind


@dataclass(frozen=True, slots=True)
class LevelDeadline:
    """A deadline as one letter of the chain sets it. ``date``: last day, CE (``None``: no day known). ``text`` are the
    letter's words; ``rule`` is an RFC 5545 RRULE for recurring ones; ``days`` after ``starts`` for relative ones."""

    node: str
    level: Level
    kind: DeadlineKind
    text: str
    date: dt.date | None = None
    days: int | None = None
    starts: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class TaskEvidence:
    """Where it is written: letter (node id), ``packet`` (SHA-256 in hex), page in it from 1, and the sentence."""

    node: str
    packet: str
    page: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing asked for, from the chain's origin. ``node`` is the origin letter's id, ``letters`` every letter that
    passes it on, the origin first. ``deadlines`` holds each level's; ``due`` is the strictest day that binds and
    ``deadline_text`` its words. ``where`` names the system and menu when the letter does."""

    id: str
    node: str
    title: str
    actions: tuple[str, ...]
    deadlines: tuple[LevelDeadline, ...]
    due: dt.date | None
    deadline_text: str
    where: str | None = None
    urls: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    evidence: tuple[TaskEvidence, ...] = ()


class TaskRole(StrEnum):
    """What the office has to do with the duty: do it, or pass the letter on (แจ้งต่อ)."""

    DO = "do"
    RELAY = "relay"


class TaskState(StrEnum):
    """Where the work stands. Overdue is no state: it follows from state, due day and today (``is_overdue``)."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    CERTIFIED = "certified"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Task:
    """One duty for one office. ``office`` is its code (``letters.Office``), ``letter`` the node id of the letter that
    reached it, ``due`` the strictest day that binds it (CE)."""

    id: str
    duty: str
    office: str
    office_name: str
    role: TaskRole
    title: str
    actions: tuple[str, ...]
    due: dt.date | None
    deadline_text: str
    where: str | None
    urls: tuple[str, ...]
    phones: tuple[str, ...]
    letter: str
    evidence: tuple[TaskEvidence, ...]
    level_deadlines: tuple[LevelDeadline, ...]

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
    letter's words; ``rule`` is an RFC 5545 RRULE for recurring ones. Relative ones are ``days`` (working days where
    ``working``) after ``starts``, counted from the day ``since`` that ``counted`` names (``stamp``, ``registration``,
    ``person``, ``letter``); days after receipt have no date while nobody knows when the office got the letter.
    ``moved_by``: the later letter (node id) that set another day instead, so that this binds no more."""

    node: str
    level: Level
    kind: DeadlineKind
    text: str
    date: dt.date | None = None
    days: int | None = None
    starts: str | None = None
    rule: str | None = None
    working: bool = False
    since: dt.date | None = None
    counted: str | None = None
    moved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """A form of the record store as duties see it: its code, where it is found, the ``words`` letters call it by, the
    ``groups`` of words that mean it among others, who enters it, and its domain (``own``: the domain's own form)."""

    form: str
    title: str
    where: str
    words: tuple[str, ...]
    groups: tuple[str, ...] = ()
    by_province: bool = False
    domain: int | None = None
    own: bool = False


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
    passes it on, reminds of it or moves its day, the origin first. ``deadlines`` holds each level's; ``due`` is the
    strictest day that binds and ``deadline_text`` its words. ``where`` names the system and menu when the letter does,
    ``form`` the form of the record store that it means; ``by_province``: the provincial office does it itself.
    ``fiscal_year`` (BE) when the letter names one."""

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
    form: str | None = None
    by_province: bool = False
    fiscal_year: int | None = None
    manuals: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


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
    reached it, ``asked`` that letter's day and ``due`` the strictest day that binds the office (both CE). ``manuals``
    are what QR codes say; ``occurrence`` is the day of a recurring duty that this task is for."""

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
    form: str | None = None
    fiscal_year: int | None = None
    asked: dt.date | None = None
    manuals: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    occurrence: dt.date | None = None

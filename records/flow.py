"""The way of an entry: draft → submitted → checked → certified by the LAO → certified by the province, and back.

Pure: who may take which step is a table; the store keeps the events and asks here first. Roles and steps as in DOMAIN
section 6. A returned or unlocked entry is a draft again and goes the whole way anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from letters.errors import SarabanError
from records.form import RecordedBy


class State(StrEnum):
    """Where an entry stands. CERTIFIED (by the LAO) and ACCEPTED (by the provincial office) are locked."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    CERTIFIED = "certified"
    ACCEPTED = "accepted"


class Step(StrEnum):
    """What somebody does with an entry."""

    SAVE = "save"
    SUBMIT = "submit"
    CHECK = "check"
    CERTIFY = "certify"
    ACCEPT = "accept"
    RETURN = "return"
    UNLOCK = "unlock"


class Part(StrEnum):
    """A person's part in the record store: ผู้บันทึก, ผู้ตรวจสอบ, ผู้รับรองของ อปท., สถจ., สถ."""

    RECORDER = "recorder"
    CHECKER = "checker"
    CERTIFIER = "certifier"
    PROVINCE = "province"
    DEPARTMENT = "department"


class NotAllowed(SarabanError):
    """A step that this person, or anybody, may not take now."""

    code = "not-allowed"
    exit_code = 77
    http_status = 403
    what = {"th": "ทำขั้นตอน {subject} ไม่ได้: {detail}", "en": "the step {subject} is not allowed: {detail}"}
    remedy = {"th": "ให้ผู้มีสิทธิ์ทำ หรือทำตามลำดับ", "en": "let the person whose part it is do it, in its order"}


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the way: from a state by a step to a state, by whom, and whether a reason must be given."""

    before: State
    step: Step
    after: State
    parts: frozenset[Part]
    reason: bool = False


def _moves(*rows: tuple[State, Step, State, str]) -> tuple[Move, ...]:
    back = (Step.RETURN, Step.UNLOCK)
    return tuple(Move(before, step, after, frozenset(Part(part) for part in parts.split()), step in back)
                 for before, step, after, parts in rows)


WAYS: Mapping[RecordedBy, tuple[Move, ...]] = {
    RecordedBy.LAO: _moves(
        (State.DRAFT, Step.SAVE, State.DRAFT, "recorder"),
        (State.DRAFT, Step.SUBMIT, State.SUBMITTED, "recorder"),
        (State.SUBMITTED, Step.CHECK, State.CHECKED, "checker"),
        (State.CHECKED, Step.CERTIFY, State.CERTIFIED, "certifier"),
        (State.CERTIFIED, Step.ACCEPT, State.ACCEPTED, "province"),
        (State.SUBMITTED, Step.RETURN, State.DRAFT, "checker"),
        (State.CHECKED, Step.RETURN, State.DRAFT, "certifier"),
        (State.CERTIFIED, Step.RETURN, State.DRAFT, "province"),
        (State.CERTIFIED, Step.UNLOCK, State.DRAFT, "certifier"),
        (State.ACCEPTED, Step.UNLOCK, State.DRAFT, "province department"),
    ),
    RecordedBy.PROVINCE: _moves(
        (State.DRAFT, Step.SAVE, State.DRAFT, "province"),
        (State.DRAFT, Step.SUBMIT, State.SUBMITTED, "province"),
        (State.SUBMITTED, Step.ACCEPT, State.ACCEPTED, "province"),
        (State.SUBMITTED, Step.RETURN, State.DRAFT, "province"),
        (State.ACCEPTED, Step.UNLOCK, State.DRAFT, "province department"),
    ),
}
"""The arrows for forms that LAOs enter and for those that the provincial office enters."""

_FORWARD = (Step.SUBMIT, Step.CHECK, Step.CERTIFY, Step.ACCEPT)
_LOCKED = (State.CERTIFIED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: user name and parts."""

    name: str
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Taken:
    """A step somebody took before, oldest first in a history."""

    step: Step
    actor: str


def is_locked(state: State) -> bool:
    """Whether the data may no longer be changed without an unlocking."""
    return state in _LOCKED


def next_state(way: RecordedBy, state: State, step: Step, person: Person, history: Iterable[Taken] = (),
               reason: str = "", *, separate: bool = True) -> State:
    """The state after a step. ``separate``: nobody takes two forward steps of one round (four-eyes rule).

    Raises :class:`NotAllowed` with the reason why not, in Thai.
    """
    move = next((move for move in WAYS[way] if (move.before, move.step) == (state, step)), None)
    if move is None:
        raise NotAllowed(step.value, f"รายการอยู่ในสถานะ {state.value}")
    if not person.parts & move.parts:
        raise NotAllowed(step.value, f"{person.name} ไม่มีหน้าที่นี้")
    if move.reason and not reason.strip():
        raise NotAllowed(step.value, "ต้องบอกเหตุผล")
    if separate and step in _FORWARD and person.name in _this_round(history):
        raise NotAllowed(step.value, f"{person.name} ทำขั้นตอนก่อนหน้านี้แล้ว ต้องเป็นคนละคน")
    return move.after


def steps_open(way: RecordedBy, state: State, person: Person, history: Iterable[Taken] = (), *,
               separate: bool = True) -> tuple[Step, ...]:
    """The steps this person may take now, in the order of the way."""
    taken = tuple(history)
    possible = []
    for move in WAYS[way]:
        if move.before is state:
            try:
                next_state(way, state, move.step, person, taken, "–", separate=separate)
            except NotAllowed:
                continue
            possible.append(move.step)
    return tuple(possible)


def _this_round(history: Iterable[Taken]) -> set[str]:
    """Who took forward steps since the entry was last a draft."""
    people: set[str] = set()
    for taken in history:
        if taken.step in (Step.RETURN, Step.UNLOCK):
            people = set()
        elif taken.step in _FORWARD:
            people.add(taken.actor)
    return people

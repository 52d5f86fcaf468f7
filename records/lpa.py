"""The LPA indicator on the INFO system: 5, 3, 1 or 0 for an LAO and fiscal year (seed 002, DOMAIN section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from records.flow import State
from records.form import Form

_NEXT = {0: 1, 1: 3, 3: 5}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one domain's entry stood on a day: its state, and whether all required fields were there and right."""

    state: State
    complete: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """What one domain still lacks for the next step of the indicator, in plain Thai."""

    domain: int
    form: str
    what: str


@dataclass(frozen=True, slots=True)
class Score:
    """The points, the next higher ones (``None`` at 5), and what they still need."""

    points: int
    next_points: int | None
    missing: tuple[Missing, ...]


def lpa_score(forms: Iterable[Form], standings: Mapping[str, Standing]) -> Score:
    """The score from the standing of each domain's form (by code; one without an entry is left out).

    5: all complete and certified by the LAO and the provincial office; 3: all complete and certified by the LAO;
    1: something is recorded; 0: nothing is.
    """
    domains = [form for form in forms if form.assessed]
    held = {form.code: standings.get(form.code) for form in domains}
    if all(_certified(one) and one.state is State.ACCEPTED for one in held.values()):
        points = 5
    elif all(_certified(one) for one in held.values()):
        points = 3
    else:
        points = 1 if any(held.values()) else 0
    wanted = _NEXT.get(points)
    missing = (Missing(form.domain or 0, form.code, what) for form in domains
               if (what := _lacks(held[form.code], wanted)))
    return Score(points, wanted, tuple(missing))


def _certified(one: Standing | None) -> TypeGuard[Standing]:
    return one is not None and one.complete and one.state in (State.CERTIFIED, State.ACCEPTED)


def _lacks(one: Standing | None, wanted: int | None) -> str:
    if wanted is None:
        return ""
    if one is None:
        return "ยังไม่ได้บันทึก"
    if wanted == 5:
        return "" if one.state is State.ACCEPTED else "รอ สถจ. รับรอง"
    if not one.complete:
        return "ข้อมูลยังไม่ครบ"
    waits = {State.DRAFT: "ยังไม่ได้ส่งตรวจ", State.SUBMITTED: "รอผู้ตรวจสอบ", State.CHECKED: "รอ อปท. รับรอง"}
    return waits.get(one.state, "")

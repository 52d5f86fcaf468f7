"""When to remind of a day, and what a digest says. Pure: today is an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from letters import LetterDate
from tasks.calendar import working_day_note
from tasks.model import Task

MANY = 50
"""Tasks told of in one mail; the screens show the rest."""


class Stage(StrEnum):
    """How near the day is: within 7, 3, 1 days, or past."""

    WEEK = "7"
    NEAR = "3"
    TOMORROW = "1"
    OVERDUE = "overdue"


_DAYS = ((1, Stage.TOMORROW), (3, Stage.NEAR), (7, Stage.WEEK))
_HEADS = {Stage.OVERDUE: "เกินกำหนดแล้ว", Stage.TOMORROW: "ครบกำหนดวันนี้หรือพรุ่งนี้", Stage.NEAR: "ครบกำหนดใน 3 วัน",
          Stage.WEEK: "ครบกำหนดใน 7 วัน"}


@dataclass(frozen=True, slots=True)
class Digest:
    """One mail to one office."""

    subject: str
    text: str


def stage_of(due: dt.date | None, today: dt.date) -> Stage | None:
    """The stage a task is at: the nearest that has been reached, so that a day without a run loses none. ``None`` far
    before the day, or without one."""
    if due is None:
        return None
    left = (due - today).days
    return Stage.OVERDUE if left < 0 else next((stage for days, stage in _DAYS if left <= days), None)


def digest(office: str, tasks: Sequence[tuple[Stage, Task]], address: str) -> Digest:
    """The mail about an office's tasks, the overdue first. ``office`` is its full name, ``address`` the screens'."""
    lines = [f"เรียน {office}", "", f"มีงานที่ต้องดำเนินการ {len(tasks)} เรื่อง", ""]
    order = list(_HEADS)
    shown = sorted(tasks, key=lambda one: (order.index(one[0]), one[1].due or dt.date.max, one[1].id))[:MANY]
    for stage in order:
        held = [task for at, task in shown if at is stage]
        lines += [f"■ {_HEADS[stage]}", *(line for task in held for line in _told(task, address)), ""] if held else []
    if len(tasks) > MANY:
        lines += [f"และอีก {len(tasks) - MANY} เรื่อง ดูที่ {address}/tasks", ""]
    late = sum(stage is Stage.OVERDUE for stage, _ in tasks)
    words = f"งานใกล้ครบกำหนด {len(tasks) - late} เรื่อง" if len(tasks) > late else ""
    words += f"{' ' if words else ''}เกินกำหนด {late} เรื่อง" if late else ""
    return Digest(f"[สารบรรณ] {words} – {office}", "\n".join(lines))


def _told(task: Task, address: str) -> list[str]:
    due = LetterDate.of(task.due).thai() if task.due else task.deadline_text
    note = working_day_note(task.due) if task.due else ""
    lines = [f"  • {task.title}", f"    กำหนด {due}{f' ({note})' if note else ''}"]
    lines += [f"    ทำใน {task.where}"] if task.where else []
    return [*lines, f"    {address}/tasks/{task.id}"]

"""The states of a task and the moves between them. Pure; the store asks here before it keeps a move."""

from __future__ import annotations

from collections.abc import Mapping

from letters.errors import SarabanError
from tasks.model import TaskState

_NEW, _SEEN, _BUSY = TaskState.NEW, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS
_DONE, _CERTIFIED, _NONE = TaskState.DONE, TaskState.CERTIFIED, TaskState.NOT_APPLICABLE

MOVES: Mapping[TaskState, Mapping[TaskState, bool]] = {
    _NEW: {_SEEN: False, _BUSY: False, _DONE: False, _NONE: True},
    _SEEN: {_BUSY: False, _DONE: False, _NONE: True},
    _BUSY: {_SEEN: False, _DONE: False, _NONE: True},
    _DONE: {_CERTIFIED: False, _BUSY: True},
    _CERTIFIED: {_BUSY: True},
    _NONE: {_NEW: True},
}
"""From each state the states that may follow, and whether a reason must be given."""

CLOSED = (_DONE, _CERTIFIED, _NONE)
"""States in which nothing is left to do."""


class IllegalMove(SarabanError):
    """A change of state that a task cannot make, that needs a reason, or that is another person's."""

    code = "illegal-move"
    exit_code = 64
    http_status = 422
    what = {"th": "เปลี่ยนสถานะงาน {subject} ไม่ได้: {detail}", "en": "the task {subject} cannot be changed: {detail}"}
    remedy = {"th": "เปิดงานใหม่แล้วเลือกสถานะที่ทำได้", "en": "open it again and choose a state it can have"}


def check_move(task_id: str, before: TaskState, after: TaskState, reason: str = "", *, certifies: bool = True) -> None:
    """Raises :class:`IllegalMove` unless the task may go from one state to the other. Staying is no move and always
    allowed. ``certifies``: whether the person may certify, and take a certification back."""
    if before is after:
        return
    moves = MOVES[before]
    if after not in moves:
        raise IllegalMove(task_id, f"จาก {before.value} ไปเป็น {after.value} ไม่ได้")
    if _CERTIFIED in (before, after) and not certifies:
        raise IllegalMove(task_id, "การรับรองเป็นหน้าที่ของจังหวัด")
    if moves[after] and not reason.strip():
        raise IllegalMove(task_id, "ต้องบอกเหตุผล")


def open_moves(state: TaskState, *, certifies: bool) -> tuple[TaskState, ...]:
    """The states a person may choose for a task, the present one first."""
    return (state, *(after for after in MOVES[state] if certifies or _CERTIFIED not in (state, after)))

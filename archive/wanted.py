"""Which tasks are meant: the filters of every list, count, board and calendar of tasks, as one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from archive.schema import OfficeRecord, TaskAssignmentRecord, TaskLetterRecord, TaskRecord, TaskStateRecord
from tasks import CLOSED, TaskState


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tasks that fit every part given; what is ``None`` or empty narrows nothing.

    ``office`` is a code, ``province`` and ``district`` are names. ``open_only``: with something left to do. Days are of
    the CE: due on ``due_from`` or later, before ``due_before``, open and past their day ``overdue_on``;
    ``without_day``: only those without one. ``assignee``: in this person's hands; empty: in nobody's.
    ``letter``: that came with this letter (node id) or quote it; ``hidden``: but with none of these. ``withdrawn``: the
    withdrawn ones instead.
    """

    office: str | None = None
    province: str | None = None
    district: str | None = None
    state: TaskState | None = None
    open_only: bool = False
    due_from: dt.date | None = None
    due_before: dt.date | None = None
    overdue_on: dt.date | None = None
    without_day: bool = False
    form: str | None = None
    duty: str | None = None
    assignee: str | None = None
    letter: str | None = None
    hidden: frozenset[str] = frozenset()
    withdrawn: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """For a query over tasks with :class:`TaskStateRecord` and :class:`TaskAssignmentRecord` joined outer."""
        found = [TaskRecord.withdrawn.is_(self.withdrawn), *self._whose(), *self._when()]
        if self.state is not None:
            found.append(state_column() == self.state.value)
        if self.open_only or self.overdue_on is not None:
            found.append(is_open())
        if self.letter is not None:
            found.append(TaskRecord.body.in_(_quoting([self.letter])))
        if self.hidden:
            found.append(TaskRecord.body.not_in(_quoting(self.hidden)))
        same = ((TaskRecord.form, self.form), (TaskRecord.duty, self.duty))
        return found + [column == value for column, value in same if value is not None]

    def _whose(self) -> list[ColumnElement[bool]]:
        found = [] if self.office is None else [TaskRecord.office_code == self.office]
        area = [column == name for column, name in
                ((OfficeRecord.province, self.province), (OfficeRecord.district, self.district)) if name is not None]
        if area:
            found.append(TaskRecord.office_code.in_(select(OfficeRecord.code).where(*area)))
        if self.assignee is not None:
            found.append(func.coalesce(TaskAssignmentRecord.assignee, "") == self.assignee)
        return found

    def _when(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [TaskRecord.due.is_(None)] if self.without_day else []
        if self.due_from is not None:
            found.append(TaskRecord.due >= self.due_from)
        for day in (self.due_before, self.overdue_on):
            if day is not None:
                found.append(TaskRecord.due < day)
        return found


def state_column() -> ColumnElement[str]:
    """A task's state; nobody's word yet means new."""
    return func.coalesce(TaskStateRecord.state, TaskState.NEW.value)


def is_open() -> ColumnElement[bool]:
    """Whether something is left to do."""
    return state_column().not_in([one.value for one in CLOSED])


def beyond(day: dt.date, task_id: str) -> ColumnElement[bool]:
    """Tasks that come after one in the order of lists: by due day, those without one last, then by id."""
    return or_(TaskRecord.sort_day > day, and_(TaskRecord.sort_day == day, TaskRecord.id > task_id))


def _quoting(nodes: Iterable[str]) -> ColumnElement[str]:
    return select(TaskLetterRecord.body).where(TaskLetterRecord.node.in_(sorted(nodes))).scalar_subquery()

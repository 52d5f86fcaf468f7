"""Several tasks of the list at once: moved to another state, or put into one person's hands."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from archive import TaskRow
from letters.errors import BadRequest, Conflict, NotFound
from tasks import MOVES, IllegalMove, TaskState
from webui.current import archive, user
from webui.due import may_work, moves_of
from webui.filters import query
from webui.safety import way_back
from webui.tasktold import colleagues
from webui.views.tasks import visible

blueprint = Blueprint("task_batch", __name__, url_prefix="/tasks/batch")

STATES = (TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS, TaskState.DONE, TaskState.CERTIFIED)
"""States that several tasks may be moved to; those that need a reason are told on a task's own page."""

MOST = 100


@blueprint.post("")
def change() -> ResponseReturnValue:
    """Does with each task that is ticked (``row``: id and version) what its own page would do; those for which it
    cannot be done, or that somebody else changed meanwhile, stay as they are and are counted."""
    state, to = request.form.get("state", ""), request.form.get("assignee", "")
    if state and state not in list(STATES):
        raise BadRequest(state)
    done = [_moved(row, version, TaskState(state)) if state else _assigned(row, to) for row, version in _ticked()]
    back = way_back(request.form.get("next"), url_for("tasks.index"))
    told = query({"changed": done.count(True), "left": done.count(False)}).lstrip("?") if done else "changed=none"
    return redirect(f"{back}{'&' if '?' in back else '?'}{told}")


def _ticked() -> Iterator[tuple[TaskRow, int]]:
    for value in request.form.getlist("row")[:MOST]:
        task_id, _colon, version = value.partition(":")
        if not version.isdecimal():
            raise BadRequest(value[:80])
        yield visible(task_id), int(version)


def _moved(row: TaskRow, version: int, state: TaskState) -> bool:
    if state is row.state or state not in moves_of(user(), row) or MOVES[row.state].get(state, True):
        return False
    try:
        archive().tasks.set_state(row.task.id, state, user().name, "", version)
    except (Conflict, IllegalMove, NotFound):
        return False
    return True


def _assigned(row: TaskRow, name: str) -> bool:
    if not may_work(user(), row) or (name and name not in {one.name for one in colleagues(archive(), user(), row)}):
        return False
    archive().tasks.assign(row.task.id, name, user().name)
    return True

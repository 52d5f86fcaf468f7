"""Tasks: list, board and calendar, and one task with all that people do with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import TaskRow, Wanted
from letters import LetterDate, Precision
from letters.errors import BadRequest, NotFound
from saraban.feeds import calendar_file
from saraban.menus import forms_of
from saraban.pipeline import LINK
from saraban.tables import TASK_COLUMNS, as_bytes, task_table
from tasks import MOVES, TaskState, full_name
from webui import attached, month
from webui.asked import DUE, Asked, districts, read
from webui.current import archive, house, today, user
from webui.dates import read_day
from webui.due import may_work, moves_of, sees_task
from webui.filters import thai_date
from webui.safety import way_back
from webui.tasktold import colleagues, colleagues_at, told

__all__ = ["DUE", "blueprint"]

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")
blueprint.add_app_template_filter(full_name, "office_name")

PAGE, COLUMN = 25, 12
MOST_EXPORTED = 10_000
"""Tasks that go into one file; more are to be narrowed first."""

BOARD = (TaskState.NEW, TaskState.ACKNOWLEDGED, TaskState.IN_PROGRESS, TaskState.DONE, TaskState.CERTIFIED)
_LONGEST = 2000
_TYPES = {"csv": "text/csv; charset=utf-8", "ics": "text/calendar",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Tasks by due day."""
    asked = _asked()
    rows = () if asked.offices or asked.unknown else archive().tasks.find(
        asked.wanted, _after(), limit=PAGE + 1)
    page = rows[:PAGE]
    return render_template("tasks.html", rows=page, total=0 if not page else archive().tasks.how_many(asked.wanted),
                           after=page[-1].task.id if len(rows) > PAGE else None, most=MOST_EXPORTED,
                           figures=_figures(asked), batch=_batch(page), **_choices(asked, "tasks.index"))


@blueprint.get("/board")
def board() -> ResponseReturnValue:
    """Tasks in columns by state, the most urgent first."""
    asked = _asked(state="")
    every = replace(asked.wanted, open_only=False)
    counts = archive().tasks.by_state(every)
    columns = [(state, counts.get(state, 0), archive().tasks.find(replace(every, state=state), limit=COLUMN))
               for state in BOARD]
    return render_template("board.html", columns=columns, moves=lambda row: moves_of(user(), row)[1:],
                           **_choices(asked, "tasks.board"))


@blueprint.get("/calendar")
def calendar() -> ResponseReturnValue:
    """Tasks on the days of a month."""
    asked, first = _asked(), month.first_of(request.args.get("month", ""), today())
    start, end = month.span(first)
    rows = archive().tasks.by_day(_between(asked.wanted, start, end))
    return render_template("calendar.html", month=month.month_of(first, rows), now=f"{today():%Y-%m}",
                           without=archive().tasks.how_many(_without_day(asked.wanted)),
                           **_choices(asked, "tasks.calendar"))


@blueprint.get("/export.<any(csv, xlsx, ics):kind>")
def export(kind: str) -> ResponseReturnValue:
    """The tasks of the filters as a file. 400 for more than fit one."""
    asked, here = _asked(), archive()
    if here.tasks.how_many(asked.wanted) > MOST_EXPORTED:
        raise BadRequest(f"> {MOST_EXPORTED:,}", "กรองให้เหลือน้อยลงก่อนส่งออก")
    rows = here.tasks.find(asked.wanted, limit=None)
    data = as_bytes(kind, TASK_COLUMNS, task_table(rows, today()), "งาน") if kind != "ics" else calendar_file(
        here, rows, asked.wanted.office, house().settings.address, house().clock())
    return _file(data, kind, "tasks")


@blueprint.get("/<task_id>")
def task(task_id: str) -> ResponseReturnValue:
    """One task."""
    row = visible(task_id)
    return render_template("task.html", told=told(archive(), user(), row), row=row, moves=moves_of(user(), row),
                           works=may_work(user(), row), colleagues=colleagues(archive(), user(), row),
                           most_mb=attached.MOST_BYTES // 1024 // 1024)


@blueprint.post("/<task_id>")
def change(task_id: str) -> ResponseReturnValue:
    """Moves a task to another state; somebody else's change in between is not overwritten (409)."""
    row = visible(task_id)
    name, version = request.form.get("state", ""), request.form.get("version", "")
    if name not in list(TaskState) or not version.isdigit():
        raise BadRequest(name or "state")
    state, certified = TaskState(name), TaskState.CERTIFIED
    allowed = moves_of(user(), row)
    if state not in allowed and (certified in (state, row.state) or not may_work(user(), row)):
        abort(403)
    archive().tasks.set_state(task_id, state, user().name, _words("reason"), int(version), certifies=True)
    return _back(task_id)


@blueprint.post("/<task_id>/assignee")
def assign(task_id: str) -> ResponseReturnValue:
    """Puts a task into the hands of somebody of its office or of the house; an empty name takes it out."""
    row, name = visible(task_id), _words("assignee").casefold()
    if not may_work(user(), row):
        abort(403)
    if name and name not in {one.name for one in colleagues(archive(), user(), row)}:
        raise BadRequest(name)
    archive().tasks.assign(task_id, name, user().name)
    return _back(task_id)


@blueprint.post("/<task_id>/comments")
def comment(task_id: str) -> ResponseReturnValue:
    """Adds a remark."""
    visible(task_id)
    text = _words("text")
    if not text:
        raise BadRequest("text")
    archive().tasks.comment(task_id, user().name, text)
    return _back(task_id)


@blueprint.post("/<task_id>/proofs")
def prove(task_id: str) -> ResponseReturnValue:
    """Keeps an uploaded file as proof."""
    row, upload = visible(task_id), request.files.get("file")
    if not may_work(user(), row):
        abort(403)
    if upload is None or not upload.filename:
        raise BadRequest("file")
    kept = attached.keep(archive(), upload)
    archive().tasks.prove(task_id, kept.name, user().name, file=kept.file)
    return _back(task_id)


@blueprint.get("/<task_id>/proofs/<int:proof_id>")
def proof(task_id: str, proof_id: int) -> ResponseReturnValue:
    """A proof as a download, for those who may see the task."""
    visible(task_id)
    found = next((one for one in archive().tasks.proofs(task_id) if one.id == proof_id and one.file), None)
    if found is None or found.file is None:
        raise NotFound(str(proof_id))
    return attached.give(archive(), found.file, found.name)


@blueprint.post("/<task_id>/received")
def received(task_id: str) -> ResponseReturnValue:
    """Keeps the day on which the office got the letter; days after receipt are counted anew from it."""
    row = visible(task_id)
    if not may_work(user(), row):
        abort(403)
    day = read_day(_words("day")).date
    if day is None:
        raise BadRequest(_words("day"), "ระบุวันที่ให้ครบ วัน เดือน ปี")
    archive().tasks.received(task_id, day, user().name)
    archive().jobs.enqueue(LINK)
    return _back(task_id)


@blueprint.app_template_global()
def reasoned(before: TaskState, after: TaskState) -> bool:
    """Whether a move needs a reason, so that a bare button cannot make it."""
    return MOVES[before][after]


@blueprint.app_template_filter()
def month_name(first: dt.date) -> str:
    """A month for people: ``มีนาคม 2566``."""
    return thai_date(LetterDate(first.year, first.month, precision=Precision.MONTH), short=False)


def visible(task_id: str) -> TaskRow:
    """The task, if the reader may know of it; both are told alike. Raises ``NotFound``."""
    row = archive().tasks.get(task_id)
    if not sees_task(archive(), user(), row):
        raise NotFound(task_id)
    return row


def _asked(**given: str) -> Asked:
    return read({**request.args, **given}, archive(), user(), today())


def _after() -> str | None:
    """The task that the page begins behind, if the reader may know of it."""
    task_id = request.args.get("after")
    return visible(task_id).task.id if task_id else None


def _choices(asked: Asked, endpoint: str) -> dict[str, object]:
    """What the filters of each view of the list show."""
    return {"asked": asked, "view": endpoint, "forms": tuple(forms_of(house().settings)),
            "districts": districts(archive(), user()), "today": today(),
            "people": colleagues_at(archive(), asked.wanted.office)}


def _batch(rows: tuple[TaskRow, ...]) -> dict[str, object]:
    """What the reader can do with several of these tasks at once: the states they can be moved to, in their order, and
    whether they can be put into somebody's hands; empty for nothing."""
    open_ = {state for row in rows for state in moves_of(user(), row)[1:] if not reasoned(row.state, state)}
    works = any(may_work(user(), row) for row in rows)
    return {"states": [state for state in BOARD if state in open_], "works": works} if open_ or works else {}


def _figures(asked: Asked) -> list[tuple[str, int]]:
    """How many open tasks are late, near, or without a day, by the filter that shows them; the other filters hold."""
    others = {name: value for name, value in asked.given.items() if name not in ("due", "state")}
    return [(due, archive().tasks.how_many(read({**others, "due": due}, archive(), user(), today()).wanted))
            for due in ("overdue", "near", "week", "none")]


def _between(wanted: Wanted, start: dt.date, end: dt.date) -> Wanted:
    return replace(wanted, due_from=max(start, wanted.due_from or start), due_before=min(end, wanted.due_before or end))


def _without_day(wanted: Wanted) -> Wanted:
    return replace(wanted, without_day=True, due_from=None, due_before=None, overdue_on=None)


def _words(name: str) -> str:
    return request.form.get(name, "").strip()[:_LONGEST]


def _back(task_id: str) -> ResponseReturnValue:
    """To the page the form stood on."""
    return redirect(way_back(request.form.get("next"), url_for("tasks.task", task_id=task_id)))


def _file(data: bytes, kind: str, name: str) -> Response:
    return Response(data, mimetype=_TYPES[kind],
                    headers={"Content-Disposition": f"attachment; filename={name}.{kind}"})

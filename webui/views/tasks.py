"""Tasks: the list, one task with its evidence, and moving it on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import Archive, Role, TaskRow
from chain import Node
from letters import Office
from letters.errors import BadRequest, NotFound
from tasks import TaskState, is_overdue, open_moves
from webui.current import archive, today, user
from webui.due import own_office, sees_task
from webui.listing import gather
from webui.secrecy import sees

blueprint = Blueprint("tasks", __name__, url_prefix="/tasks")

DUE = {"overdue": 0, "week": 8, "month": 31}
"""Choices of the due filter: due before today plus so many days."""

CERTIFIERS = frozenset({Role.PROVINCE, Role.ADMIN})
"""Roles that may call work certified (รับรอง)."""

_MOST_OFFICES = 30
_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The office asked for: ``code`` where one is meant, ``offices`` where the words fit several."""

    code: str | None = None
    offices: tuple[Office, ...] = ()
    unknown: bool = False


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Tasks by due day, narrowed to an office, a state and a time."""
    here, person = archive(), user()
    asked = {name: request.args.get(name, "").strip() for name in ("office", "state", "due")}
    state = TaskState(asked["state"]) if asked["state"] in list(TaskState) else None
    own = own_office(person)
    chosen = Chosen(own) if own is not None else _office(here, asked["office"])
    if chosen.offices or chosen.unknown:
        return render_template("tasks.html", asked=asked, chosen=chosen, rows=(), after=None, own=own)
    before = today() + dt.timedelta(days=DUE[asked["due"]]) if asked["due"] in DUE else None
    page = gather(
        lambda after, limit: here.tasks.list(chosen.code, state, before, after, limit),
        lambda row: row.task.id,
        lambda row: sees_task(here, person, row) and (asked["due"] != "overdue" or _overdue(row)),
        request.args.get("after") or None)
    return render_template("tasks.html", asked=asked, chosen=chosen, rows=page.items, after=page.after,
                           own=own)


@blueprint.get("/<task_id>")
def task(task_id: str) -> ResponseReturnValue:
    """One task."""
    here = archive()
    row = _visible(here, task_id)
    return render_template(
        "task.html", row=row, comments=here.tasks.comments(task_id),
        letter=_node(here, row.task.letter), states=open_moves(row.state, certifies=_certifies()),
        evidence=[(item, _node(here, item.node)) for item in row.task.evidence],
        deadlines=[(item, _node(here, item.node)) for item in row.task.level_deadlines])


@blueprint.post("/<task_id>")
def change(task_id: str) -> ResponseReturnValue:
    """Moves a task to another state; somebody else's change in between is not overwritten (409)."""
    here = archive()
    row = _visible(here, task_id)
    name, version = request.form.get("state", ""), request.form.get("version", "")
    if name not in list(TaskState) or not version.isdigit():
        raise BadRequest(name or "state")
    state = TaskState(name)
    if state is TaskState.CERTIFIED and state is not row.state and not _certifies():
        abort(403)
    reason = request.form.get("reason", "").strip()[:_LONGEST_REASON]
    here.tasks.set_state(task_id, state, user().name, reason, int(version), certifies=_certifies())
    return redirect(url_for("tasks.task", task_id=task_id))


def _overdue(row: TaskRow) -> bool:
    return is_overdue(row.task, row.state, today())


def _visible(here: Archive, task_id: str) -> TaskRow:
    row = here.tasks.get(task_id)
    if not sees_task(here, user(), row):
        raise NotFound(task_id)
    return row


def _certifies() -> bool:
    return user().role in CERTIFIERS


def _office(here: Archive, text: str) -> Chosen:
    """The office a reader typed, by code or name; names repeat, so several may fit."""
    if not text:
        return Chosen()
    offices = here.offices.all()
    fitting = [office for office in offices if text in (office.code, office.name)] or \
              [office for office in offices if text in office.name]
    if len(fitting) == 1:
        return Chosen(fitting[0].code)
    return Chosen(offices=tuple(fitting[:_MOST_OFFICES]), unknown=not fitting)


def _node(here: Archive, node_id: str) -> Node | None:
    """The letter, if it is still there under this id and the reader may know of it."""
    try:
        node = here.graph.node(node_id)
    except NotFound:
        return None
    return node if sees(here, user(), node) else None

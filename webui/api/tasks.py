"""Tasks: lists, one with its evidence, its state, who has it in hand, remarks, and how offices stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated

from flask import Response
from msgspec import Meta

from archive import TaskRow, Wanted
from letters.errors import BadRequest, Conflict, NotFound
from saraban.pipeline import LINK
from tasks import IllegalMove, TaskState, open_moves
from webui import attached
from webui.api import shapes
from webui.api.core import Closed, Open, operation
from webui.api.etags import must_match, tagged
from webui.api.files import FILE, uploaded
from webui.api.paging import Paged, cursor_of, key_of
from webui.api.problems import NotYours, Overtaken
from webui.current import archive, today, user
from webui.due import may_work, moves_of, sees_task, within
from webui.tasktold import colleagues

_Reason = Annotated[str, Meta(max_length=2000)]
_Name = Annotated[str, Meta(max_length=100)]


class TaskQuery(Paged):
    """``office`` is a code, ``province`` and ``district`` are names; ``open``: with something left to do; ``letter``:
    that came with this letter or quote it; days are of the CE. ``assignee``: in this person's hands, empty: in
    nobody's."""

    office: _Name | None = None
    province: _Name | None = None
    district: _Name | None = None
    state: TaskState | None = None
    open: bool = False
    form: _Name | None = None
    letter: _Name | None = None
    assignee: _Name | None = None
    due_from: dt.date | None = None
    due_before: dt.date | None = None


class Tasks(Open):
    """A page of tasks."""

    items: tuple[shapes.Task, ...]
    next: str | None


class Evidence(Open):
    """Where it is written: letter, packet, page from 1, and the sentence."""

    letter: str
    packet: str
    page: int
    sentence: str


class Proof(Open):
    """What proves a task done: the SHA-256 of a kept file, or the id of a certified entry."""

    id: int
    name: str
    file: str | None
    entry: int | None
    at: dt.datetime
    actor: str


class WholeTask(Open):
    """A task with all that an office needs to do it; ``moves`` are the states the asker may choose now."""

    task: shapes.Task
    evidence: tuple[Evidence, ...]
    contacts: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    urls: tuple[str, ...]
    manuals: tuple[str, ...]
    proofs: tuple[Proof, ...]
    moves: tuple[TaskState, ...]


class TaskChange(Closed):
    """A new state; some moves need a reason."""

    state: TaskState
    reason: _Reason = ""


class Assignment(Closed):
    """Whose hands it is in; empty: nobody's."""

    assignee: _Name


class Remark(Closed):
    """What somebody says of a task."""

    text: Annotated[str, Meta(min_length=1, max_length=4000)]


class LetterReceipt(Closed):
    """The day (CE) on which a letter came."""

    day: dt.date


class Comment(Open):
    """A remark that was made."""

    at: dt.datetime
    actor: str
    text: str


class Comments(Open):
    """The remarks on a task, oldest first."""

    items: tuple[Comment, ...]


class AreaQuery(Closed):
    """Names of a province and a district; without them all that the asker sees."""

    province: _Name | None = None
    district: _Name | None = None


class TaskStanding(Open):
    """How many of an office's tasks stand where; ``certified`` are also ``done``."""

    office: str
    total: int
    done: int
    certified: int
    overdue: int
    not_applicable: int


class TaskProgress(Open):
    """How offices stand, by code."""

    items: tuple[TaskStanding, ...]


@operation("GET", "/tasks", "tasks", Tasks)
def tasks(query: TaskQuery) -> Tasks:
    """Tasks by due day, those without one last."""
    wanted = _narrowed(within(archive(), user()), query)
    if wanted is None:
        return Tasks(items=(), next=None)
    after = key_of(query.cursor)
    rows = archive().tasks.find(wanted, _seen(after).task.id if after else None, query.limit + 1)
    page = rows[: query.limit]
    return Tasks(items=tuple(shapes.task(row, today()) for row in page),
                 next=cursor_of(page[-1].task.id if len(rows) > query.limit else None))


@operation("GET", "/tasks/<task_id>", "tasks", WholeTask, etag=True)
def task(task_id: str) -> Response:
    """One task."""
    return _told(_seen(task_id))


@operation("PATCH", "/tasks/<task_id>", "tasks", WholeTask, etag=True, match=True, problems=(409,))
def change_task(task_id: str, json: TaskChange) -> Response:
    """Moves it to another state; the reason is kept as a remark."""
    row = _seen(task_id)
    must_match(_version(row), "task")
    if json.state not in moves_of(user(), row):
        if json.state in open_moves(row.state, certifies=True):
            raise NotYours(json.state.value)
        raise IllegalMove(row.task.id, f"{row.state.value} → {json.state.value}")
    try:
        archive().tasks.set_state(row.task.id, json.state, user().name, json.reason, row.version, certifies=True)
    except Conflict as error:
        raise Overtaken("task") from error
    return _told(archive().tasks.get(row.task.id))


@operation("PUT", "/tasks/<task_id>/assignee", "tasks", WholeTask, etag=True, match=True)
def assign_task(task_id: str, json: Assignment) -> Response:
    """Puts it into somebody's hands, or takes it out of them."""
    row = _seen(task_id)
    must_match(_version(row), "task")
    _works(row)
    name = json.assignee.strip().casefold()
    if name and name not in {one.name for one in colleagues(archive(), user(), row)}:
        raise BadRequest(name, "nobody who could have it in hand")
    archive().tasks.assign(row.task.id, name, user().name)
    return _told(archive().tasks.get(row.task.id))


@operation("GET", "/tasks/<task_id>/comments", "tasks", Comments)
def task_comments(task_id: str) -> Comments:
    """What people said of it."""
    found = archive().tasks.comments(_seen(task_id).task.id)
    return Comments(items=tuple(Comment(at=one.at, actor=one.actor, text=one.text) for one in found))


@operation("POST", "/tasks/<task_id>/comments", "tasks", Comments, 201)
def comment_task(task_id: str, json: Remark) -> tuple[Comments, int]:
    """Adds a remark."""
    archive().tasks.comment(_seen(task_id).task.id, user().name, json.text)
    found = archive().tasks.comments(task_id)
    return Comments(items=tuple(Comment(at=one.at, actor=one.actor, text=one.text) for one in found)), 201


@operation("PUT", "/tasks/<task_id>/received", "tasks", WholeTask)
def receive_task(task_id: str, json: LetterReceipt) -> Response:
    """Keeps the day (CE) on which the office got the letter; days after receipt are counted anew with the next job."""
    row = _seen(task_id)
    _works(row)
    archive().tasks.received(row.task.id, json.day, user().name)
    archive().jobs.enqueue(LINK)
    return _told(archive().tasks.get(row.task.id))


@operation("POST", "/tasks/<task_id>/proofs", "tasks", WholeTask, 201, etag=True, upload=FILE)
def prove_task(task_id: str) -> Response:
    """Attaches a file as proof (``multipart/form-data``, part ``file``): PDF, JPEG or PNG, told by its content."""
    row = _seen(task_id)
    _works(row)
    kept = attached.keep(archive(), uploaded())
    archive().tasks.prove(row.task.id, kept.name, user().name, file=kept.file)
    return _told(row, 201)


@operation("GET", "/tasks/<task_id>/proofs/<int(max=2147483647):proof_id>", "tasks", media="application/octet-stream")
def task_proof(task_id: str, proof_id: int) -> Response:
    """A file that was attached, with the type of its content."""
    row = _seen(task_id)
    found = next((one for one in archive().tasks.proofs(row.task.id) if one.id == proof_id), None)
    if found is None or found.file is None:
        raise NotFound(f"{task_id}/{proof_id}")
    return attached.give(archive(), found.file, found.name)


@operation("GET", "/tasks-progress", "tasks", TaskProgress)
def task_progress(query: AreaQuery) -> TaskProgress:
    """How offices stand."""
    wanted = _narrowed(within(archive(), user()), TaskQuery(province=query.province, district=query.district))
    if wanted is None or wanted.office is not None:
        return TaskProgress(items=())
    rows = archive().tasks.progress(today(), wanted.province, wanted.district)
    return TaskProgress(items=tuple(
        TaskStanding(office=one.office, total=one.total, done=one.done, certified=one.certified, overdue=one.overdue,
                 not_applicable=one.not_applicable) for one in rows))


def _narrowed(own: Wanted, query: TaskQuery) -> Wanted | None:
    """What is asked for within what may be seen; ``None`` if the two have nothing in common."""
    pairs = ((own.office, query.office), (own.province, query.province), (own.district, query.district))
    if any(limit is not None and asked not in (None, limit) for limit, asked in pairs):
        return None
    office, province, district = (asked if limit is None else limit for limit, asked in pairs)
    return replace(own, office=office, province=province, district=district, state=query.state,
                   open_only=query.open, form=query.form, letter=query.letter,
                   assignee=query.assignee, due_from=query.due_from, due_before=query.due_before)


def _seen(task_id: str) -> TaskRow:
    row = archive().tasks.get(task_id)
    if not sees_task(archive(), user(), row):
        raise NotFound(task_id)
    return row


def _works(row: TaskRow) -> None:
    """Raises :class:`webui.api.problems.NotYours` where the asker may only look on."""
    if not may_work(user(), row):
        raise NotYours("task")


def _version(row: TaskRow) -> str:
    return f"{row.version} {row.assignee or ''}"


def _told(row: TaskRow, status: int = 200) -> Response:
    one = row.task
    body = WholeTask(
        task=shapes.task(row, today()), contacts=one.contacts, phones=one.phones, emails=one.emails, urls=one.urls,
        manuals=one.manuals, moves=moves_of(user(), row),
        evidence=tuple(Evidence(letter=item.node, packet=item.packet, page=item.page, sentence=item.sentence)
                       for item in one.evidence),
        proofs=tuple(Proof(id=item.id, name=item.name, file=item.file, entry=item.entry, at=item.at, actor=item.actor)
                     for item in archive().tasks.proofs(one.id)))
    return tagged(body, _version(row), status)

"""The list of letters, and one letter with its page pictures, fields, links and tasks."""

from __future__ import annotations

import datetime as dt
import json

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from archive import Archive, TaskRow
from chain import Copy, CopyRef, Node
from letters.errors import BadRequest, NotFound
from parsing.contract import letter_json
from tasks import TaskState
from webui.access import sight
from webui.current import archive, user
from webui.dates import read_day
from webui.due import own_office, sees_task
from webui.fields import fields_of, sheets_of
from webui.letterpast import differences, past_of
from webui.listing import gather
from webui.relatives import by_duty, linked, tasks_of
from webui.secrecy import class_of, note_read, visible_node

blueprint = Blueprint("letters", __name__, url_prefix="/letters")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Letters, newest first, narrowed to a range of dates and a sender."""
    asked = {name: request.args.get(name, "").strip() for name in ("first", "last", "sender", "absent")}
    try:
        first, last = _day(asked["first"], "earliest"), _day(asked["last"], "latest")
    except BadRequest as error:
        return render_template("letters.html", asked=asked, nodes=(), after=None, unclear=error.subject), 400
    here, seen = archive(), sight()
    page = gather(
        lambda after, limit: here.graph.nodes(after, limit, first=first, last=last, sender=asked["sender"] or None,
                                              absent=bool(asked["absent"]), sight=seen),
        lambda node: node.id, lambda _node: True, request.args.get("after") or None)
    return render_template("letters.html", asked=asked, nodes=page.items, after=page.after)


@blueprint.get("/<node_id>")
def letter(node_id: str) -> ResponseReturnValue:
    """One letter, shown by one of its copies (``?copy=<packet>/<index>``, else the first)."""
    here, person = archive(), user()
    node = visible(here, node_id)
    copies = _seen(here, node)
    copy = _chosen(copies)
    secret = note_read(here, person, f"letter:{node.id}", node.copies, "letter")
    office = own_office(person)
    return render_template(
        "letter.html", node=node, copies=copies, copy=copy, past=past_of(here, copies), differing=differences(copies),
        secrecy=_class(here, copies) if secret else None,
        fields=fields_of(copy.letter) if copy else (),
        sheets=sheets_of(copy.letter, here.packets.pages(copy.ref.packet)) if copy else (),
        out=linked(here, here.graph.links_from(node.id), "target", sight()),
        into=linked(here, here.graph.links_to(node.id), "source", sight()),
        duties=by_duty((row for row in tasks_of(here, node.id, office) if sees_task(here, person, row)), _finished))


@blueprint.get("/<node_id>.json")
def as_json(node_id: str) -> ResponseReturnValue:
    """One letter as ``saraban parse`` writes it, as a file."""
    node, copy = _taken_home(node_id, "json")
    body = {"id": node.id, "packet": copy.packet_name, **letter_json(copy.letter)}
    return Response(
        json.dumps(body, ensure_ascii=False, indent=1), mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="letter-{node.id}.json"'})


@blueprint.get("/<node_id>.txt")
def as_text(node_id: str) -> ResponseReturnValue:
    """What is printed on one letter, in reading order, as a file."""
    node, copy = _taken_home(node_id, "text")
    return Response(copy.letter.text + "\n", mimetype="text/plain",
                    headers={"Content-Disposition": f'attachment; filename="letter-{node.id}.txt"'})


def _taken_home(node_id: str, form: str) -> tuple[Node, Copy]:
    """A letter and the copy of it that is asked for. Raises :class:`letters.errors.NotFound` for one only cited."""
    here = archive()
    node = visible(here, node_id)
    copy = _chosen(_seen(here, node))
    if copy is None:
        raise NotFound(str(node.number or node.id))
    note_read(here, user(), f"letter:{node.id}", node.copies, form)
    return node, copy


def visible(here: Archive, node_id: str) -> Node:
    """The letter, if it is there and the reader may know of it; both are told alike."""
    return visible_node(here, user(), node_id)


def _seen(here: Archive, node: Node) -> list[Copy]:
    """The copies of a letter that the reader may see, in their order."""
    refs = here.sights.copies(sight(), node.copies)
    found = here.letters.several(refs)
    return [found[ref] for ref in refs if ref in found]


def _chosen(copies: list[Copy]) -> Copy | None:
    """The copy asked for, else the first; ``None`` for a letter that is only cited."""
    packet, _, index = request.args.get("copy", "").rpartition("/")
    if index.isdigit():
        wanted = CopyRef(packet, int(index))
        return next((copy for copy in copies if copy.ref == wanted), copies[0] if copies else None)
    return copies[0] if copies else None


def _finished(row: TaskRow) -> bool:
    return row.state in (TaskState.DONE, TaskState.CERTIFIED, TaskState.NOT_APPLICABLE)


def _class(here: Archive, copies: list[Copy]) -> str | None:
    return next((found for copy in copies if (found := class_of(here, copy.ref))), None)


def _day(text: str, end: str) -> dt.date | None:
    """A day the reader typed; a month or a year stands for its first or last day."""
    if not text:
        return None
    day: dt.date = getattr(read_day(text), end)
    return day

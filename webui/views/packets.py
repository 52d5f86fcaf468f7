"""Packets: the files as they came, their pages, the letters found in them, and how far each is."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from archive import PROCESS, Narrowed, PacketRow
from chain import CopyRef
from letters.errors import NotFound
from webui.access import sight
from webui.current import archive, house, user
from webui.progress import progress_of
from webui.secrecy import note_read, sees_packet, sees_page

blueprint = Blueprint("packets", __name__, url_prefix="/packets")

PAGE = 25
_DAY = 24 * 3600


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Packets, the last that came first: all, those in which something waits for a person, or those that failed."""
    here, seen = archive(), sight()
    asked = {name: request.args.get(name, "").strip() for name in ("words", "show")}
    only = Narrowed(asked["words"], waits=asked["show"] == "waits", failed=asked["show"] == "failed")
    rows = here.packets.list(request.args.get("after") or None, PAGE + 1, seen, only)
    page = rows[:PAGE]
    return render_template(
        "packets.html", rows=[(row, progress_of(here, row, house().clock())) for row in page], asked=asked,
        after=page[-1].id if len(rows) > PAGE else None,
        counts={"waits": here.packets.count(seen, Narrowed(waits=True)),
                "failed": here.packets.count(seen, Narrowed(failed=True))})


@blueprint.get("/<packet_id>")
def packet(packet_id: str) -> ResponseReturnValue:
    """One packet."""
    here = archive()
    row = visible(packet_id)
    copies = here.letters.of_packet(row.id)
    secret = note_read(here, user(), f"packet:{row.id}", (copy.ref for copy in copies), "packet")
    parsed = here.packets.parse(row.id)
    found = [(copy, here.graph.node_of(copy.ref)) for copy in copies]
    return render_template(
        "packet.html", row=row, progress=progress_of(here, row, house().clock()), found=found, secret=secret,
        attachments=parsed.attachments if parsed else (), pages=here.packets.pages(row.id))


@blueprint.post("/<packet_id>/rerun")
def rerun(packet_id: str) -> ResponseReturnValue:
    """Queues the packet again; with ``anew`` its pages are read again too."""
    row = visible(packet_id)
    run_again(row.id, anew=request.form.get("anew") == "1")
    return redirect(url_for("packets.packet", packet_id=row.id))


def run_again(packet_id: str, *, anew: bool) -> None:
    """Queues a packet; ``anew``: its pages are read again too."""
    here = archive()
    if anew:
        here.packets.clear_pages(packet_id)
    here.jobs.enqueue(PROCESS, packet_id)
    here.audit.add(user().name, "packet-rerun", f"packet:{packet_id}", "pages" if anew else "")


@blueprint.get("/<packet_id>/original")
def original(packet_id: str) -> ResponseReturnValue:
    """The file as it came, byte for byte; always as a download, never shown by the browser."""
    here = archive()
    row = visible(packet_id)
    note_read(here, user(), f"packet:{row.id}", refs(row), "original")
    path = here.files.path(row.id)
    if not path.is_file():
        raise NotFound(row.name)
    return send_file(path, mimetype="application/octet-stream", as_attachment=True, download_name=row.name,
                     etag=row.id)


@blueprint.get("/<packet_id>/pages/<int:number>/<any(small, page, large):size>.jpg")
def picture(packet_id: str, number: int, size: str) -> ResponseReturnValue:
    """A page as a JPEG drawn by us."""
    here = archive()
    row = here.packets.get(packet_id)
    if not sees_page(here, user(), row.id, number):
        raise NotFound(packet_id)
    path = house().pictures.path(row.id, number, size)
    secret = size != "small" and note_read(here, user(), f"packet:{row.id}", refs(row), f"page {number}")
    response: Response = send_file(path, mimetype="image/jpeg", etag=path.stem[-64:],
                                   conditional=True)
    response.headers["Cache-Control"] = "no-store" if secret else f"private, max-age={_DAY}"
    return response


def visible(packet_id: str) -> PacketRow:
    """The packet, if the reader may see all of it. Raises ``NotFound``, as for one that is not there: that a file came
    in is not told either."""
    row = archive().packets.get(packet_id)
    if not sees_packet(archive(), user(), row.id):
        raise NotFound(packet_id)
    return row


def refs(row: PacketRow) -> Iterator[CopyRef]:
    """The letters found in the packet."""
    return (CopyRef(row.id, index) for index in range(row.letter_count or 0))



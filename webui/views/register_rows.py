"""One row of a register: what it says, correcting, cancelling, filing, and the receiving stamp on a copy."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chain import CopyRef
from letters.errors import BadRequest, NotFound
from registers import RETENTION, Book, NotSo, Row, State, be_number
from registers.forms import dated
from registers.stamp import stamp_of
from registers.stamped import stamped
from saraban import registering
from tasks import full_name
from webui.current import archive, house, user
from webui.language import told
from webui.registerdesk import noted, row_seen, stampable
from webui.registering import Typed, writes
from webui.searchable import searchable_file
from webui.secrecy import note_read, sees_packet
from webui.views.packets import refs

blueprint = Blueprint("register_rows", __name__, url_prefix="/registers/rows")


@blueprint.get("/<int:row_id>")
def row(row_id: int) -> ResponseReturnValue:
    """One row with all that can be done with it."""
    found = row_seen(row_id)
    return _row_page(found)


@blueprint.post("/<int:row_id>")
def change(row_id: int) -> ResponseReturnValue:
    """Writes what a row says; a number set aside is used by it."""
    found, typed = _writable(row_id), Typed(request.form)
    try:
        columns, time = typed.columns(), Typed({"time": typed["time"]}).entered().time
        archive().registers.change(row_id, columns, user().name, typed.whole("version"), time)
    except BadRequest as error:
        return _row_page(found, dict(request.form), told(error)), 400
    return redirect(url_for("register_rows.row", row_id=row_id))


@blueprint.post("/<int:row_id>/cancel")
def cancel(row_id: int) -> ResponseReturnValue:
    """Takes a number out of use, with a reason."""
    found, typed = _writable(row_id), Typed(request.form)
    registering.cancel(archive(), found, typed["reason"], user().name, typed.whole("version"))
    return redirect(url_for("register_rows.row", row_id=row_id))


@blueprint.post("/<int:row_id>/keep")
def keep(row_id: int) -> ResponseReturnValue:
    """Enters the letter into the book of kept letters."""
    found = _writable(row_id)
    try:
        kept = archive().registers.keep(row_id, Typed(request.form).keeping(), user().name, house().clock())
    except BadRequest as error:
        return _row_page(found, None, told(error)), 400
    return redirect(url_for("register_rows.row", row_id=kept.id))


@blueprint.get("/<int:row_id>/stamped.pdf")
def stamp(row_id: int) -> ResponseReturnValue:
    """A copy of the packet with the receiving stamp on the letter's first page; the original stays as it came."""
    found, here = row_seen(row_id), archive()
    if found.packet is None or found.page is None or not sees_packet(here, user(), found.packet):
        raise NotFound(f"{row_id}")
    if found.book is not Book.RECEIVED or found.state is not State.ENTERED:
        raise NotSo(be_number(found.number, found.year), "ไม่ใช่หนังสือรับที่ใช้อยู่")
    packet = here.packets.get(found.packet)
    note_read(here, user(), f"packet:{packet.id}", refs(packet), "stamped")
    office = here.offices.get(found.office)
    copy = stamped(searchable_file(here, house().settings.limits, packet), found.page,
                   stamp_of(found, full_name(office)), here.packets.pages(packet.id).get(found.page),
                   registering.stamps_on(here, packet.id, found.page))
    answer = Response(copy, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{packet.stem}-{found.number}.pdf")
    return answer


def _writable(row_id: int) -> Row:
    """A row that the one who asks may change: of their books, and of no letter closed to them."""
    found = row_seen(row_id)
    if not writes(user(), found.office) or found.closed:
        abort(403)
    return found


def _row_page(found: Row, values: dict[str, str] | None = None, error: str = "") -> str:
    here, office = archive(), archive().offices.get(found.office)
    noted((found,))
    packet = here.packets.get(found.packet) if found.packet and sees_packet(here, user(), found.packet) else None
    letter = found.letter
    shown = values or {"number": letter.number, "dated": dated(letter.dated), "sender": letter.sender,
                       "recipient": letter.recipient, "subject": letter.subject, "action": letter.action,
                       "remark": letter.remark, "time": found.time}
    node = here.graph.node_of(_copy_of(found)) if packet else None
    return render_template(
        "registers_row.html", row=found, office=office, name=full_name(office), values=shown,
        error=error, packet=packet, node=node, may_write=writes(user(), found.office) and not found.closed,
        kept=here.registers.kept_of(found.id), retention=RETENTION,
        source=row_seen(found.source) if found.source else None,
        stampable=stampable(found),
        events=here.audit.latest(f"register:{found.id}") if not found.closed else ())


def _copy_of(found: Row) -> CopyRef:
    place, _letter = registering.letter_at(archive(), found.packet or "", found.page or 1)
    return CopyRef(found.packet or "", place)

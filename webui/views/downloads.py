"""A packet to take away: as a PDF that can be searched, as text, as data. The original is in ``packets``."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from archive import PacketRow
from letters.errors import Conflict
from parsing import packet_json
from webui.current import archive, house, user
from webui.searchable import searchable_file
from webui.secrecy import note_read
from webui.views.packets import refs, visible

blueprint = Blueprint("downloads", __name__, url_prefix="/packets")


@blueprint.get("/<packet_id>/searchable.pdf")
def searchable(packet_id: str) -> ResponseReturnValue:
    """The pages as they came with the reading under them; with ``?pdfa=1`` as PDF/A-2b."""
    row = _readable(packet_id, "searchable")
    path = searchable_file(archive(), house().settings.limits, row, pdfa=request.args.get("pdfa") == "1")
    return send_file(path, mimetype="application/pdf", as_attachment=True, download_name=f"{row.stem}.pdf",
                     etag=path.stem)


@blueprint.get("/<packet_id>/text.txt")
def text(packet_id: str) -> ResponseReturnValue:
    """What was read, page by page, a form feed between pages; itself a packet that can be taken in."""
    row = _readable(packet_id, "text")
    pages = archive().packets.pages(row.id)
    return _attached("\f".join(pages[number].text for number in sorted(pages)), "text/plain", f"{row.stem}.txt")


@blueprint.get("/<packet_id>/packet.json")
def as_json(packet_id: str) -> ResponseReturnValue:
    """Its letters as ``saraban parse`` writes them."""
    row = _readable(packet_id, "json")
    packet = archive().packets.parse(row.id)
    if packet is None:
        raise Conflict(row.name)
    return _attached(json.dumps(packet_json(packet), ensure_ascii=False, indent=1), "application/json",
                     f"{row.stem}.json")


def _readable(packet_id: str, what: str) -> PacketRow:
    """The packet, if its pages may be seen; reading a secret one is noted."""
    row = visible(packet_id)
    note_read(archive(), user(), f"packet:{row.id}", refs(row), what)
    return row


def _attached(body: str, kind: str, name: str) -> Response:
    response = Response(body, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response

"""Taking files in: each is judged at once by its content, and read in the background."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from archive import PacketRow
from letters.date import BE_OFFSET
from letters.errors import BadRequest, NotFound, SarabanError
from saraban.photos import bind
from saraban.pipeline import take_in
from webui.access import wants_json
from webui.current import THAILAND, archive, house, user
from webui.language import told
from webui.progress import progress_of

blueprint = Blueprint("intake", __name__, url_prefix="/intake")

_RECENT, _MOST_ASKED = 10, 50
_LONGEST_NAME = 150
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing so that a name lies about its ending."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file: a packet (``new`` or known already), or an error."""

    name: str
    packet: PacketRow | None = None
    new: bool = False
    error: SarabanError | None = None


@blueprint.get("")
def form() -> ResponseReturnValue:
    """The form, and the files that came last."""
    return _page(())


@blueprint.post("")
def receive() -> ResponseReturnValue:
    """Takes files in; with ``together`` they are pictures of one packet, in their order. A script sends one file, or
    one such set, at a time and gets JSON; the bare form sends many and gets the page."""
    files = [file for file in request.files.getlist("files") if file.filename]
    together = request.form.get("together") == "1" and bool(files)
    receipts = [_receipt(files)] if together else [_receipt([file]) for file in files]
    if not wants_json():
        return _page(receipts, 200 if files else 400, nothing=not files)
    if len(receipts) != 1:
        raise BadRequest("files", "one file at a time")
    receipt = receipts[0]
    if receipt.error is not None:
        return jsonify(error=receipt.error.code, message=told(receipt.error)), receipt.error.http_status
    return jsonify(_status(receipt.packet, new=receipt.new)), 201 if receipt.new else 200


@blueprint.get("/status")
def status() -> ResponseReturnValue:
    """How far packets are (``?id=…&id=…``), with the cell that shows it."""
    found = []
    for packet_id in request.args.getlist("id")[:_MOST_ASKED]:
        try:
            found.append(_status(archive().packets.get(packet_id)))
        except NotFound:
            continue
    return jsonify(found)


def _receipt(files: Sequence[FileStorage]) -> Receipt:
    """What became of a file, or of pictures that are to be one packet."""
    name = tidy_name(files[0].filename or "")
    try:
        packet, new = take(files[0]) if request.form.get("together") != "1" else take_together(files)
    except SarabanError as error:
        return Receipt(name, error=error)
    return Receipt(packet.name, packet, new)


def take(file: FileStorage) -> tuple[PacketRow, bool]:
    """Takes an upload in, through a file of our own making: the sender's name is never part of a path. Raises as
    :func:`saraban.pipeline.take_in`."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        path = Path(folder) / "upload"
        file.save(path)
        return take_in(archive(), house().settings, path, tidy_name(file.filename or ""), user().name)


def take_together(files: Sequence[FileStorage]) -> tuple[PacketRow, bool]:
    """Takes pictures in as the pages of one packet, in their order, named after the minute in Thailand. Raises as
    :func:`saraban.photos.bind` and :func:`saraban.pipeline.take_in`."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        pictures = []
        for number, file in enumerate(files):
            path = Path(folder) / str(number)
            file.save(path)
            pictures.append((path, tidy_name(file.filename or "")))
        whole = Path(folder) / "whole"
        bind(pictures, whole, house().settings.limits)
        return take_in(archive(), house().settings, whole, _photo_name(), user().name)


def _photo_name() -> str:
    now = house().clock().astimezone(THAILAND)
    return str(_("ภาพถ่าย %(day)s.pdf", day=f"{now:%d-%m-}{now.year + BE_OFFSET} {now:%H.%M}"))


def tidy_name(name: str) -> str:
    """A sender's file name as it may be shown and kept: no folders, no control characters, not too long."""
    last = _UNFIT.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "upload"
    if len(last) <= _LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    return stem[: _LONGEST_NAME - 10] + "…" + dot + ending[:8] if dot else last[:_LONGEST_NAME]


def _page(receipts: object, code: int = 200, *, nothing: bool = False) -> ResponseReturnValue:
    here = archive()
    rows = [(row, progress_of(here, row, house().clock())) for row in here.packets.list(limit=_RECENT)]
    return render_template("intake.html", rows=rows, receipts=receipts, nothing=nothing,
                           limits=house().settings.limits), code


def _status(packet: PacketRow | None, *, new: bool | None = None) -> dict[str, object]:
    if packet is None:
        raise BadRequest("files")
    progress = progress_of(archive(), packet, house().clock())
    return {
        "id": packet.id, "name": packet.name, "new": new, "final": progress.final,
        "url": url_for("packets.packet", packet_id=packet.id), "received": packet.received_at.isoformat(),
        "pages": packet.page_count,
        "html": render_template("_standing.html", row=packet, progress=progress),
    }

"""Packets with secret letters, for those who name their readers; nothing of what they say."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from letters.errors import BadRequest, NotFound
from webui.access import sight
from webui.current import archive, user

blueprint = Blueprint("secrets", __name__, url_prefix="/secret-packets")


@blueprint.get("")
def page() -> ResponseReturnValue:
    """The packets of the reader's house, and who is named for each."""
    return render_template("secrets.html", rows=archive().readers.secret(sight()))


@blueprint.post("/<packet_id>/readers")
def name(packet_id: str) -> ResponseReturnValue:
    """Names exactly these users. What somebody else did meanwhile is not overwritten (409)."""
    here = archive()
    if not here.sights.in_area(sight(), packet_id):
        raise NotFound(packet_id)
    seen = request.form.get("seen", "").split()
    if seen != [reader.name for reader in here.readers.of(packet_id)]:
        return _told(packet_id, "overtaken"), 409
    try:
        here.readers.name(packet_id, request.form.get("names", "").split(), user().name)
    except BadRequest as error:
        return _told(packet_id, error.subject), 422
    return redirect(url_for("secrets.page"))


def _told(packet_id: str, trouble: str) -> str:
    return render_template("secrets.html", rows=archive().readers.secret(sight()), at=packet_id, trouble=trouble,
                           typed=request.form.get("names", ""))

"""The calendar of an office behind its secret address. Calendar programs cannot sign in; the address is the key."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from saraban.feeds import calendar_file
from webui.current import archive, house

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")


@blueprint.get("/<secret>.ics")
def calendar(secret: str) -> Response:
    """An office's tasks as iCalendar; 404 for an address that is wrong or was taken back."""
    office = archive().feeds.office_of(secret)
    if office is None:
        abort(404)
    rows = archive().tasks.list(office, limit=None)
    data = calendar_file(archive(), rows, office, house().settings.address, house().clock())
    return Response(data, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=3600"})

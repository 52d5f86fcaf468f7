"""The calendar of an office behind its secret address, and the page on which that address is made and taken back.

Calendar programs cannot sign in; the address is the key. It is shown once, when it is made.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.sight import sight_of
from letters import Office
from letters.errors import NotFound
from saraban.feeds import calendar_file, feed_address
from webui.asked import fitting
from webui.current import archive, house, user
from webui.due import HOUSE

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


@blueprint.get("")
def manage() -> ResponseReturnValue:
    """How many addresses are open for an office; the house looks for one by its name or code."""
    words = request.args.get("office", "").strip() if user().role in HOUSE else ""
    found = fitting(archive(), user(), words) if words else ()
    office = found[0] if len(found) == 1 else None if words else chosen_office("")
    return _page(office, words=words, found=found)


@blueprint.post("")
def make() -> ResponseReturnValue:
    """A new address, shown on this answer only; with ``renew`` all others are taken back before."""
    office = _asked()
    if office is None:
        abort(400)
    if request.form.get("renew"):
        archive().feeds.revoke(office.code, user().name)
    return _page(office, feed_address(house().settings, archive().feeds.make(office.code, user().name)))


@blueprint.post("/revoke")
def revoke() -> ResponseReturnValue:
    """Takes all addresses of an office back."""
    office = _asked()
    if office is None:
        abort(400)
    archive().feeds.revoke(office.code, user().name)
    return redirect(url_for("feeds.manage", office=office.code if office.code != user().office else None))


def _page(office: Office | None, address: str = "", words: str = "", found: tuple[Office, ...] = ()) -> str:
    return render_template("feeds.html", office=office, address=address, own=user().office, asked=words, found=found,
                           count=archive().feeds.count(office.code) if office else 0)


def _asked() -> Office | None:
    return chosen_office(request.values.get("office", "").strip())


def chosen_office(asked: str) -> Office | None:
    """The reader's own office, or, for users of the house, the one asked for (a code) in their area. Raises
    ``NotFound``."""
    code = asked if asked and user().role in HOUSE else user().office or ""
    if not code:
        return None
    if code != user().office and not sight_of(user()).covers(code):
        raise NotFound(code)
    return archive().offices.get(code)

"""The search screen: one box for numbers, dates and words, filters with counts, searches to keep, files to take."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from letters.errors import BadRequest, IndexUnavailable
from records import all_forms
from saraban.tables import as_bytes
from webui import words
from webui.access import sight
from webui.current import archive, house, user
from webui.finding import COLUMNS, FACETS, MOST_EXPORTED, Finder, Sought, Words, read, table
from webui.language import language
from webui.suggesting import suggestions

blueprint = Blueprint("search", __name__, url_prefix="/search")

FACET_TITLES = {
    "state": _("สถานะ"), "kind": _("ชนิดหนังสือ"), "urgency": _("ชั้นความเร็ว"), "deadline": _("กำหนดเวลา"),
    "domain": _("ด้าน"), "year": _("ปี พ.ศ."), "sender": _("จาก"), "person": _("ผู้ลงนามและผู้ประสานงาน"),
}
STATES = {"here": _("มีในคลัง"), "absent": _("ถูกอ้างถึงแต่ยังไม่มี"), "doubt": _("รอตรวจ")}

_TYPES = {"csv": "text/csv; charset=utf-8",
          "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("")
def results() -> ResponseReturnValue:
    """What was found by number or date, and by words and filters. 400 for a day that cannot be understood."""
    start = max(0, request.args.get("start", 0, type=int))
    try:
        sought = read(request.args)
    except BadRequest as error:
        days = {name: request.args.get(name, "") for name in ("first", "last")}
        rest = read({**request.args, "first": "", "last": ""})
        return _page(replace(rest, given={**rest.given, **days}), Words(), unclear=error.subject), 400
    finder = _finder()
    return _page(sought, finder.by_words(sought, start), matches=finder.by_number(sought.query) if sought.query
                 and not start and not sought.narrowed else (), start=start, meant=_meant(finder, sought))


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """Rows for the list under the box: a piece of HTML."""
    rows = suggestions(_finder(), archive().searches.of(user().name), read({"q": request.args.get("q", "")}).query)
    return render_template("_suggestions.html", rows=rows)


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> ResponseReturnValue:
    """The letters found as a file. 400 for more than fit one."""
    sought, finder = read(request.args), _finder()
    found = finder.by_words(sought, look_near=False)
    if found.total > MOST_EXPORTED:
        raise BadRequest(f"> {MOST_EXPORTED:,}", "กรองให้เหลือน้อยลงก่อนส่งออก")
    data = as_bytes(kind, COLUMNS, table(finder.every(sought)), "หนังสือ")
    archive().audit.add(user().name, "search-exported", "search", f"{kind} {found.total}")
    return Response(data, mimetype=_TYPES[kind],
                    headers={"Content-Disposition": f"attachment; filename=letters.{kind}"})


@blueprint.post("/saved")
def keep() -> ResponseReturnValue:
    """Keeps the search that the form stands beside."""
    sought = read(request.form)
    archive().searches.keep(user().name, request.form.get("title", ""), _query(sought))
    return redirect(f"{url_for('search.results')}?{_query(sought)}")


@blueprint.post("/saved/<int:search_id>/forget")
def forget(search_id: int) -> ResponseReturnValue:
    """Forgets one of one's own searches."""
    archive().searches.drop(user().name, search_id)
    return redirect(url_for("search.results"))


def told(facet: str, value: str) -> str:
    """A facet's value in a reader's words."""
    if facet == "domain":
        titles = {str(form.domain): form.title for form in all_forms().assessed}
        title = titles.get(value)
        return str(title.en if language() == "en" else title.th) if title else value
    known = {"state": STATES, "kind": words.kind, "deadline": {"yes": _("มีกำหนดเวลา")}}.get(facet, {})
    return str(known.get(value, value))


def _page(sought: Sought, found: Words, **more: object) -> str:
    return render_template(
        "search.html", **{"matches": (), "meant": (), "unclear": "", "start": 0, **more}, sought=sought,
        query=sought.query, found=found, facets=FACETS, titles=FACET_TITLES, told=told, most=MOST_EXPORTED,
        empty=bool(found.trouble) and not archive().packets.count(), saved=archive().searches.of(user().name))


def _finder() -> Finder:
    return Finder(archive(), house().engine(), sight())


def _meant(finder: Finder, sought: Sought) -> list[tuple[str, str, int]]:
    """Senders and persons that the words name, each a filter to choose."""
    if not sought.query or sought.given["sender"] or sought.given["person"]:
        return []
    try:
        return [(facet, *one) for facet in ("sender", "person") for one in finder.named(facet, sought.query)]
    except IndexUnavailable:
        return []


def _query(sought: Sought) -> str:
    return urlencode({name: value for name, value in sought.address.items() if value})

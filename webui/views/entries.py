"""Entries as lists and tables: those of the reader's area, narrowed and taken away, and tables taken in."""

from __future__ import annotations

import json
from typing import TypedDict

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from archive.sight import sight_of
from letters.errors import BadRequest, NotFound
from records import State
from saraban.entrytables import export_json, export_table, keep_entries, read_entries
from webui import attached
from webui.asked import districts
from webui.current import archive, user
from webui.due import own_office, within
from webui.paging import paging
from webui.recordsasked import TYPES, export, forms_in_use, given, titled, years

blueprint = Blueprint("entries", __name__, url_prefix="/records")


class Where(TypedDict):
    """The filters of entries as the archive takes them."""

    office: str | None
    form: str | None
    fiscal_year: int | None
    province: str | None
    district: str | None
    state: State | None


@blueprint.get("/entries")
def index() -> ResponseReturnValue:
    """Entries of the reader's area, narrowed; ``format`` gives those of one form as a file."""
    asked = given("form", "state", "district", "year", "office")
    forms = forms_in_use()
    form = forms.get(asked["form"]) if asked["form"] else None
    where = _where(asked)
    if (kind := request.args.get("format", "")) in TYPES and form:
        rows = archive().records.list(**where)
        data = json.dumps(export_json(form, rows), ensure_ascii=False, indent=1).encode() if kind == "json" else \
            export_table(form, rows, kind)
        return export(data, kind, form.code)
    page = paging(request.args, archive().records.count(**where))
    found = archive().records.list(**where, limit=page.size, offset=page.offset)
    return render_template(
        "entries.html", page=page, asked=asked, forms=forms, form=form, years=years(), titles=titled(forms),
        districts=districts(archive(), user()),
        rows=[(one, archive().offices.get(one.office)) for one in found],
        own=own_office(user()) is not None)


@blueprint.route("/import", methods=["GET", "POST"])
def take_in() -> ResponseReturnValue:
    """A table of entries: first tried, with every fault by its row, then kept as drafts."""
    forms = tuple(forms_in_use())
    if request.method == "GET":
        return render_template("record_import.html", forms=forms, form=request.args.get("form", ""), result=None)
    form, upload = forms_in_use().get(request.form.get("form", "")), request.files.get("file")
    if upload is None or not upload.filename:
        raise BadRequest("file")
    known = {one.code: one for one in archive().offices.all() if sight_of(user()).covers(one.code)}
    name = attached.tidy_name(upload.filename)
    drafts, faults = read_entries(form, upload.read(), name, user(), known)
    kept = not faults and bool(request.form.get("keep"))
    if kept:
        keep_entries(archive(), form, drafts, user(), known, name)
    return render_template("record_import.html", forms=forms, form=form.code, result=(name, drafts, faults, kept),
                           known=known), 422 if faults else 200


@blueprint.get("/forms/<form>.<any(csv, xlsx):kind>")
def template(form: str, kind: str) -> ResponseReturnValue:
    """An empty table of a form, to be filled in and taken in."""
    return export(export_table(forms_in_use().get(form), (), kind), kind, f"{form}-empty")


def _where(asked: dict[str, str]) -> Where:
    """The filters of entries as the archive takes them, within the reader's area."""
    base = within(archive(), user())
    office = base.office if base.office is not None else asked["office"] or None
    if office and not sight_of(user()).covers(office):
        raise NotFound(office)
    year = asked["year"]
    return {"office": office, "form": asked["form"] or None, "fiscal_year": int(year) if year.isdigit() else None,
            "province": base.province, "district": base.district or asked["district"] or None,
            "state": State(asked["state"]) if asked["state"] in list(State) else None}

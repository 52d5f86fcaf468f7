"""The house itself: its health, its settings, the registry of offices and the forms of the record store."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from letters.errors import NotFound
from saraban import officelist
from saraban.health import parts
from saraban.settings import told as settings_told
from tasks.lao_table import BadTable
from webui.current import archive, house, user
from webui.language import told
from webui.recordsasked import forms_in_use

blueprint = Blueprint("admin_house", __name__, url_prefix="/admin")

SHOWN = 200
"""Offices listed of each kind of change; the rest is counted."""


@blueprint.get("/health")
def health() -> ResponseReturnValue:
    """How each part of the house is, with what to do."""
    here = house()
    found = parts(archive(), here.settings, here.engine, here.clock())
    return render_template("admin_health.html", found=found)


@blueprint.get("/settings")
def settings() -> ResponseReturnValue:
    """Every setting in force, and where it comes from; never a secret."""
    return render_template("admin_settings.html", settings=settings_told(house().settings))


@blueprint.get("/forms")
def forms() -> ResponseReturnValue:
    """The forms of the record store."""
    return render_template("admin_forms.html", forms=forms_in_use())


@blueprint.get("/offices")
def offices() -> ResponseReturnValue:
    """The registry, and the form that takes a list in."""
    return _offices(done=request.args.get("done", type=int))


@blueprint.post("/offices")
def look() -> ResponseReturnValue:
    """What a list would change; nothing is changed yet."""
    file = request.files.get("file")
    name = (file.filename if file else "") or "-"
    try:
        digest = officelist.put_aside(archive().home, file.read(officelist.LARGEST + 1) if file else b"", name)
        found = officelist.preview(archive(), digest, name)
    except BadTable as error:
        return _offices(trouble=told(error)), 422
    return render_template("admin_preview.html", found=found, digest=digest, name=name, shown=SHOWN)


@blueprint.post("/offices/take")
def take() -> ResponseReturnValue:
    """Takes the list that was looked at."""
    asked = {name: request.form.get(name, "") for name in ("digest", "name", "mark")}
    try:
        found = officelist.take(archive(), asked["digest"], asked["name"], asked["mark"], user().name)
    except (officelist.Changed, NotFound):
        return _offices(trouble="changed"), 409
    return redirect(url_for("admin_house.offices", done=found.changes))


def _offices(**found: object) -> str:
    known = archive().offices.all()
    counts: dict[str, int] = {}
    for office in known:
        counts[office.kind.value] = counts.get(office.kind.value, 0) + 1
    last = archive().audit.latest("offices", limit=1)
    return render_template("admin_offices.html", counts=counts, total=len(known), last=last[0] if last else None,
                           **found)

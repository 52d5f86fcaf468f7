"""The user guide on the screens."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from webui import guide
from webui.language import language

blueprint = Blueprint("help", __name__, url_prefix="/help")
blueprint.add_app_template_global(guide.page_of, "help_page")


@blueprint.get("")
@blueprint.get("/<name>")
def page(name: str = guide.PAGES[0]) -> ResponseReturnValue:
    """A page of the guide, with the list of all."""
    if name not in guide.PAGES:
        abort(404)
    spoken = language()
    found = guide.read(name, spoken, lambda other: url_for("help.page", name=other),
                       lambda picture: url_for("static", filename=f"guide/{picture}.webp"))
    return render_template("help.html", title=found.title, name=name, text=Markup(found.html),  # noqa: S704 - our words
                           pages=[(one, guide.title_of(one, spoken)) for one in guide.PAGES])

"""What the views of records read from an address, and the files they give."""

from __future__ import annotations

from flask import Response, abort, request

from letters import fiscal_year
from records import Form, Forms
from saraban.menus import forms_of
from webui.current import house, today

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""Formats of exports with their media types."""

_YEARS_BACK = 5
_YEARS = range(2500, 2700)


def forms_in_use() -> Forms:
    """The forms of the settings."""
    return forms_of(house().settings)


def titled(forms: Forms) -> dict[str, Form]:
    """The forms by code."""
    return {form.code: form for form in forms}


def given(*names: str) -> dict[str, str]:
    """These parts of the address, empty where not given."""
    return {name: request.args.get(name, "").strip() for name in names}


def asked_year() -> int:
    """The fiscal year (BE) of the address, else today's. Ends the request with 400 for one that none can be."""
    return checked_year(request.args.get("year", type=int)) or fiscal_year(today())


def years() -> list[int]:
    """Fiscal years (BE) to choose from, the latest first."""
    latest = fiscal_year(today())
    return sorted({*range(latest - _YEARS_BACK, latest + 1), asked_year()}, reverse=True)


def checked_year(year: int | None) -> int | None:
    """A fiscal year (BE) as given. Ends the request with 400 for one that none can be."""
    if year is not None and year not in _YEARS:
        abort(400)
    return year


def export(data: bytes, kind: str, name: str) -> Response:
    """A file to take away."""
    return Response(data, mimetype=TYPES[kind],
                    headers={"Content-Disposition": f"attachment; filename={name}.{kind}"})

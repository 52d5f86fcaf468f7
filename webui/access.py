"""Who may use which route: one table, checked before every request. A route that is not in it is closed to all."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from archive import LAO_ROLES, Role
from webui.current import user_or_none

STRANGERS: frozenset[Role] = frozenset()
"""Marks a route that needs no sign-in."""

ALL = frozenset(Role)
_INTAKE = frozenset({Role.CLERK, Role.ADMIN})
_PACKETS = ALL - LAO_ROLES
_ADMIN = frozenset({Role.ADMIN})

RULES: Mapping[str, frozenset[Role]] = {
    "static": STRANGERS,
    "home.health": STRANGERS,
    "sessions.sign_in": STRANGERS,
    "sessions.text_size": STRANGERS,
    "sessions.language": STRANGERS,
    "sessions.sign_out": ALL,
    "home.dashboard": ALL,
    "intake.form": _INTAKE,
    "intake.receive": _INTAKE,
    "intake.status": _INTAKE,
    "packets.index": _PACKETS,
    "packets.packet": _PACKETS,
    "packets.rerun": _INTAKE,
    "review.screen": _INTAKE,
    "review.judge": _INTAKE,
    "packets.original": _PACKETS,
    "packets.picture": ALL,
    "downloads.searchable": _PACKETS,
    "downloads.text": _PACKETS,
    "downloads.as_json": _PACKETS,
    "letters.index": ALL,
    "letters.letter": ALL,
    "letters.as_json": ALL,
    "chains.chain": ALL,
    "tasks.index": ALL,
    "tasks.task": ALL,
    "tasks.change": ALL,
    "records.index": ALL,
    "records.entry": ALL,
    "records.save": ALL,
    "records.step": ALL,
    "records.progress": _PACKETS,
    "feeds.calendar": STRANGERS,
    "search.results": ALL,
    "admin.jobs": _INTAKE,
    "admin.cancel": _INTAKE,
    "admin.audit": _ADMIN,
}
"""Roles by endpoint."""

SECRET_READERS = frozenset({Role.CLERK, Role.ADMIN})
"""Roles that may read letters with a secrecy class (ลับ, ลับมาก, ลับที่สุด)."""


def may(role: Role, endpoint: str) -> bool:
    """Whether a role may use a route."""
    allowed = RULES.get(endpoint)
    return allowed is not None and (allowed is STRANGERS or role in allowed)


def guard() -> ResponseReturnValue | None:
    """Runs before each request: sends strangers to the sign-in, and refuses roles the table does not name."""
    if request.endpoint is None:
        return None  # no such address: the error page says so
    if RULES.get(request.endpoint) is STRANGERS:
        return None
    person = user_or_none()
    if person is None:
        return _to_sign_in()
    if not may(person.role, request.endpoint):
        abort(403)
    return None


def wants_json() -> bool:
    """Whether a script of ours asks, rather than a person's browser for a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _to_sign_in() -> ResponseReturnValue:
    if wants_json():
        return Response('{"error": "signed-out"}', 401, mimetype="application/json")
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sessions.sign_in", next=back))

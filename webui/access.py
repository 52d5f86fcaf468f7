"""Who may use which route and which operation of the API: one table, checked before every request. What is not in it
is closed to all. Which letters, packets and tasks somebody sees within a route follows from role and office
(:mod:`archive.sight`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from archive import LAO_ROLES, Role
from archive.sight import Sight, sight_of
from archive.tokens import Scope, Token
from webui.api.problems import Forbidden, SignedOut, TooMany
from webui.current import archive, house, user, user_or_none
from webui.safety import page_before

STRANGERS: frozenset[Role] = frozenset()
"""Marks a route that needs no sign-in."""

ALL = frozenset(Role)
_INTAKE = frozenset({Role.CLERK, Role.ADMIN})
_PACKETS = ALL - LAO_ROLES
_ADMIN = frozenset({Role.ADMIN})
_REGISTRY = frozenset({Role.CLERK, Role.OFFICER, Role.ADMIN, Role.LAO})

SCREENS: Mapping[str, frozenset[Role]] = {
    "static": STRANGERS,
    "home.health": STRANGERS,
    "sessions.sign_in": STRANGERS,
    "sessions.text_size": STRANGERS,
    "sessions.language": STRANGERS,
    "sessions.code": STRANGERS,
    "sessions.sign_out": ALL,
    "secrets.page": _INTAKE,
    "secrets.name": _INTAKE,
    "account.page": ALL,
    "account.password": ALL,
    "account.factor": ALL,
    "account.factor_off": ALL,
    "account.make_token": ALL,
    "account.revoke_token": ALL,
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
    "letters.as_text": ALL,
    "chains.chain": ALL,
    "chains.graph": ALL,
    "chains.picture": ALL,
    "chains.letter": ALL,
    "chains.step": ALL,
    "chains.judge": _INTAKE,
    "tasks.index": ALL,
    "tasks.task": ALL,
    "tasks.change": ALL,
    "tasks.board": ALL,
    "tasks.calendar": ALL,
    "tasks.export": ALL,
    "tasks.assign": ALL,
    "tasks.comment": ALL,
    "tasks.prove": ALL,
    "tasks.proof": ALL,
    "tasks.received": ALL,
    "task_batch.change": ALL,
    "feeds.manage": ALL,
    "feeds.make": ALL,
    "feeds.revoke": ALL,
    "records.index": ALL,
    "records.entry": ALL,
    "records.save": ALL,
    "records.step": ALL,
    "records.offices": _PACKETS,
    "entries.index": ALL,
    "records.check": ALL,
    "records.file": ALL,
    "entries.take_in": ALL,
    "entries.template": ALL,
    "progress.index": _PACKETS,
    "registers.index": ALL,
    "registers.offices": ALL,
    "registers.new": _REGISTRY,
    "registers.enter": _REGISTRY,
    "registers.reserve": _REGISTRY,
    "register_rows.row": ALL,
    "register_rows.change": _REGISTRY,
    "register_rows.cancel": _REGISTRY,
    "register_rows.keep": _REGISTRY,
    "register_rows.stamp": ALL,
    "register_lists.printed": ALL,
    "register_lists.export": ALL,
    "register_lists.due": ALL,
    "register_lists.judge": _REGISTRY,
    "feeds.calendar": STRANGERS,
    "search.results": ALL,
    "search.suggest": ALL,
    "search.export": ALL,
    "search.keep": ALL,
    "search.forget": ALL,
    "admin.jobs": _INTAKE,
    "admin.cancel": _INTAKE,
    "admin.rebuild": _ADMIN,
    "admin.audit": _ADMIN,
    "help.page": ALL,
    "admin_users.index": _ADMIN,
    "admin_users.add": _ADMIN,
    "admin_users.one": _ADMIN,
    "admin_users.edit": _ADMIN,
    "admin_users.password": _ADMIN,
    "admin_users.sessions": _ADMIN,
    "admin_users.factor_off": _ADMIN,
    "admin_house.health": _ADMIN,
    "admin_house.settings": _ADMIN,
    "admin_house.forms": _ADMIN,
    "admin_house.offices": _ADMIN,
    "admin_house.look": _ADMIN,
    "admin_house.take": _ADMIN,
}
"""Roles by screen."""


@dataclass(frozen=True, slots=True)
class Right:
    """Who may use an operation of the API, and what a key must be for."""

    roles: frozenset[Role]
    scope: Scope


API: Mapping[str, Right] = {
    "me": Right(ALL, Scope.READ),
    "packets": Right(_PACKETS, Scope.READ),
    "upload_packet": Right(_INTAKE, Scope.INTAKE),
    "packet": Right(_PACKETS, Scope.READ),
    "rerun_packet": Right(_INTAKE, Scope.INTAKE),
    "packet_original": Right(_PACKETS, Scope.READ),
    "packet_searchable": Right(_PACKETS, Scope.READ),
    "packet_text": Right(_PACKETS, Scope.READ),
    "packet_json": Right(_PACKETS, Scope.READ),
    "packet_pages": Right(ALL, Scope.READ),
    "packet_page": Right(ALL, Scope.READ),
    "packet_picture": Right(ALL, Scope.READ),
    "packet_letters": Right(ALL, Scope.READ),
    "corrections": Right(_INTAKE, Scope.REVIEW),
    "correct": Right(_INTAKE, Scope.REVIEW),
    "secret_packets": Right(_INTAKE, Scope.REVIEW),
    "readers": Right(_INTAKE, Scope.REVIEW),
    "name_readers": Right(_INTAKE, Scope.REVIEW),
    "letters": Right(ALL, Scope.READ),
    "letter": Right(ALL, Scope.READ),
    "letter_links": Right(ALL, Scope.READ),
    "letter_chain": Right(ALL, Scope.READ),
    "search": Right(ALL, Scope.READ),
    "search_suggestions": Right(ALL, Scope.READ),
    "search_export": Right(ALL, Scope.READ),
    "searches": Right(ALL, Scope.READ),
    "keep_search": Right(ALL, Scope.WORK),
    "forget_search": Right(ALL, Scope.WORK),
    "chain_drawing": Right(ALL, Scope.READ),
    "judgements": Right(_INTAKE, Scope.REVIEW),
    "judge_link": Right(_INTAKE, Scope.REVIEW),
    "tasks": Right(ALL, Scope.READ),
    "task": Right(ALL, Scope.READ),
    "change_task": Right(ALL, Scope.WORK),
    "assign_task": Right(ALL, Scope.WORK),
    "task_comments": Right(ALL, Scope.READ),
    "comment_task": Right(ALL, Scope.WORK),
    "receive_task": Right(ALL, Scope.WORK),
    "prove_task": Right(ALL, Scope.WORK),
    "task_proof": Right(ALL, Scope.READ),
    "task_progress": Right(_PACKETS, Scope.READ),
    "tasks_export": Right(ALL, Scope.READ),
    "progress_export": Right(_PACKETS, Scope.READ),
    "task_feeds": Right(ALL, Scope.READ),
    "make_feed": Right(ALL, Scope.WORK),
    "revoke_feeds": Right(ALL, Scope.WORK),
    "forms": Right(ALL, Scope.READ),
    "form": Right(ALL, Scope.READ),
    "entries": Right(ALL, Scope.READ),
    "entry": Right(ALL, Scope.READ),
    "save_entry": Right(ALL, Scope.WORK),
    "step_entry": Right(ALL, Scope.WORK),
    "entry_events": Right(ALL, Scope.READ),
    "check_entry": Right(ALL, Scope.READ),
    "entry_file": Right(ALL, Scope.READ),
    "attach": Right(ALL, Scope.WORK),
    "import_entries": Right(ALL, Scope.WORK),
    "entries_export": Right(ALL, Scope.READ),
    "form_template": Right(ALL, Scope.READ),
    "lpa": Right(ALL, Scope.READ),
    "lpa_export": Right(_PACKETS, Scope.READ),
    "register": Right(ALL, Scope.READ),
    "register_row": Right(ALL, Scope.READ),
    "enter_row": Right(_REGISTRY, Scope.WORK),
    "change_row": Right(_REGISTRY, Scope.WORK),
    "cancel_row": Right(_REGISTRY, Scope.WORK),
    "keep_row": Right(_REGISTRY, Scope.WORK),
    "reserve_rows": Right(_REGISTRY, Scope.WORK),
    "destruction_list": Right(ALL, Scope.READ),
    "judge_rows": Right(_REGISTRY, Scope.WORK),
    "stamped_row": Right(ALL, Scope.READ),
    "register_export": Right(ALL, Scope.READ),
    "offices": Right(ALL, Scope.READ),
    "office": Right(ALL, Scope.READ),
    "office_history": Right(ALL, Scope.READ),
    "preview_offices": Right(_ADMIN, Scope.ADMIN),
    "take_offices": Right(_ADMIN, Scope.ADMIN),
    "users": Right(_ADMIN, Scope.ADMIN),
    "add_user": Right(_ADMIN, Scope.ADMIN),
    "one_user": Right(_ADMIN, Scope.ADMIN),
    "change_user": Right(_ADMIN, Scope.ADMIN),
    "set_password": Right(_ADMIN, Scope.ADMIN),
    "end_sessions": Right(_ADMIN, Scope.ADMIN),
    "drop_second_factor": Right(_ADMIN, Scope.ADMIN),
    "tokens": Right(ALL, Scope.READ),
    "revoke_token": Right(ALL, Scope.READ),
    "all_tokens": Right(_ADMIN, Scope.ADMIN),
    "make_token": Right(_ADMIN, Scope.ADMIN),
    "audit": Right(_ADMIN, Scope.ADMIN),
    "jobs": Right(_INTAKE, Scope.READ),
    "job": Right(_INTAKE, Scope.READ),
    "cancel_job": Right(_INTAKE, Scope.INTAKE),
    "rebuild": Right(_ADMIN, Scope.ADMIN),
    "backups": Right(_ADMIN, Scope.ADMIN),
    "health": Right(_ADMIN, Scope.ADMIN),
    "settings": Right(_ADMIN, Scope.ADMIN),
    "webhooks": Right(_ADMIN, Scope.ADMIN),
    "add_webhook": Right(_ADMIN, Scope.ADMIN),
    "webhook": Right(_ADMIN, Scope.ADMIN),
    "change_webhook": Right(_ADMIN, Scope.ADMIN),
    "remove_webhook": Right(_ADMIN, Scope.ADMIN),
    "deliveries": Right(_ADMIN, Scope.ADMIN),
    "ping_webhook": Right(_ADMIN, Scope.ADMIN),
}
"""Roles and scope by operation."""

OPENAPI = "api.openapi"
"""The document, which tells nothing that is not in the source."""

RULES: Mapping[str, frozenset[Role]] = {
    **SCREENS, OPENAPI: STRANGERS, **{f"api.{name}": right.roles for name, right in API.items()}}
"""Roles by endpoint, screens and API."""


def may(role: Role, endpoint: str) -> bool:
    """Whether a role may use a route."""
    allowed = RULES.get(endpoint)
    return allowed is not None and (allowed is STRANGERS or role in allowed)


def token() -> Token:
    """The key that opened an operation of the API."""
    return cast(Token, g.token)


def sight() -> Sight:
    """What the one who asks may see."""
    return sight_of(user())


def guard() -> ResponseReturnValue | None:
    """Runs before each request: sends strangers to the sign-in, and refuses roles the table does not name."""
    endpoint = request.endpoint
    if endpoint is None or RULES.get(endpoint) is STRANGERS:
        return None  # with no endpoint there is no such address: the error page says so
    if request.blueprint == "api":
        _guard_operation(endpoint.removeprefix("api."))
        return None
    person = user_or_none()
    if person is None:
        return _to_sign_in()
    if not may(person.role, endpoint):
        abort(403)
    return None


def _guard_operation(name: str) -> None:
    """A key alone opens the API, never a cookie: so no other site can make a signed-in browser use it."""
    limits, kind, secret = house().limits, *_authorization()
    found = archive().tokens.check(secret) if kind == "bearer" and secret else None
    wait = limits.wait(f"token {found[1].id}" if found else f"address {request.remote_addr}")
    if wait:
        raise TooMany(wait)
    if found is None:
        raise SignedOut("key")
    right, (person, token) = API.get(name), found
    if right is None or person.role not in right.roles:
        raise Forbidden(name)
    if right.scope not in token.scopes:
        raise Forbidden(name, f"scope {right.scope}")
    g.person, g.token = person, token


def _authorization() -> tuple[str, str]:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return kind.casefold(), secret.strip()


def wants_json() -> bool:
    """Whether a script of ours asks, rather than a person's browser for a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _to_sign_in() -> ResponseReturnValue:
    if wants_json():
        return Response('{"error": "signed-out"}', 401, mimetype="application/json")
    asks = request.method == "GET"
    back = request.full_path.rstrip("?") if asks else page_before()
    return redirect(url_for("sessions.sign_in", next=back, lost=None if asks else 1))

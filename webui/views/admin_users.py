"""Accounts: who may sign in, as what and for which office; passwords and sessions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import Role, User
from letters import Office
from letters.errors import BadRequest, NotFound
from saraban.people import Unfit, change, check_place
from webui.current import archive, user
from webui.signin import renew

blueprint = Blueprint("admin_users", __name__, url_prefix="/admin/users")

PAGE = 50
_MOST_OFFICES = 30
_PASSWORD_BYTES = 12


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Accounts by name, and the form of a new one."""
    return _listed()


@blueprint.post("")
def add() -> ResponseReturnValue:
    """A new account with a password made here and shown once."""
    name, role = request.form.get("name", "").strip(), _role()
    offices = _offices(request.form.get("office", ""))
    if len(offices) > 1 or not offices:
        return _listed(trouble="which-office" if offices else "no-office", offices=offices), 422
    office, password = (offices or [None])[0], secrets.token_urlsafe(_PASSWORD_BYTES)
    try:
        check_place(name, role, office)
        made = archive().users.add(name, password, role, office.code if office else None, user().name)
    except Unfit as error:
        return _listed(trouble=error.detail), 422
    except BadRequest:
        return _listed(trouble="name"), 422
    return _one(made, password=password, done="added")


@blueprint.get("/<int:user_id>")
def one(user_id: int) -> ResponseReturnValue:
    """One account, with what was done to it."""
    return _one(archive().users.get(user_id), done=request.args.get("done", ""))


@blueprint.post("/<int:user_id>")
def edit(user_id: int) -> ResponseReturnValue:
    """Another role or office, or whether they may sign in."""
    person, role = archive().users.get(user_id), _role()
    offices = _offices(request.form.get("office", ""))
    if len(offices) > 1 or not offices:
        return _one(person, trouble="which-office" if offices else "no-office", offices=offices), 422
    try:
        change(archive(), person, role, (offices or [None])[0], "active" in request.form, user())
    except Unfit as error:
        return _one(person, trouble=error.detail), 422
    return redirect(url_for("admin_users.one", user_id=user_id, done="changed"))


@blueprint.post("/<int:user_id>/password")
def password(user_id: int) -> ResponseReturnValue:
    """A new password, made here and shown once; all sessions end."""
    made = secrets.token_urlsafe(_PASSWORD_BYTES)
    archive().users.set_password(user_id, made, user().name)
    return _one(_still_in(user_id), password=made, done="password")


@blueprint.post("/<int:user_id>/sessions")
def sessions(user_id: int) -> ResponseReturnValue:
    """Ends all sessions; one's own in hand goes on."""
    archive().users.end_sessions(user_id, user().name)
    _still_in(user_id)
    return redirect(url_for("admin_users.one", user_id=user_id, done="sessions"))


@blueprint.post("/<int:user_id>/factor")
def factor_off(user_id: int) -> ResponseReturnValue:
    """Switches the second factor off: the phone is lost and the recovery codes are too."""
    archive().second_factors.switch_off(user_id, user().name)
    _still_in(user_id)
    return redirect(url_for("admin_users.one", user_id=user_id, done="factor"))


def _still_in(user_id: int) -> User:
    person = archive().users.get(user_id)
    if person.id == user().id:
        renew(person)
    return person


def _role() -> Role:
    asked = request.form.get("role", "")
    if asked not in list(Role):
        raise BadRequest(asked)
    return Role(asked)


def _offices(words: str) -> Sequence[Office | None]:
    """The offices that a code or a name fits: ``[None]`` for none asked, empty where none fits."""
    words = words.strip()
    if not words:
        return [None]
    known = archive().offices.all()
    exact = [office for office in known if words in (office.code, office.name)]
    return (exact or [office for office in known if words in office.name])[:_MOST_OFFICES]


def _listed(**told: object) -> str:
    asked = {name: request.args.get(name, "").strip() for name in ("words", "role")}
    found = archive().users.search(asked["words"], asked["role"], request.args.get("after") or None, PAGE + 1)
    page = found[:PAGE]
    return render_template("admin_users.html", users=page, asked=asked, known=_named(page),
                           after=page[-1].name if len(found) > PAGE else None, typed=request.form, **told)


def _one(person: User, **told: object) -> str:
    return render_template("admin_user.html", one=person, known=_named((person,)),
                           events=archive().audit.latest(f"user:{person.id}", limit=10), typed=request.form, **told)


def _named(people: tuple[User, ...]) -> dict[str, Office]:
    found = {}
    for code in {person.office for person in people if person.office}:
        try:
            found[code] = archive().offices.get(code)
        except NotFound:  # set by hand before the registry was taken in
            continue
    return found

"""One's own account: password, second factor, and keys for programs."""

from __future__ import annotations

import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from archive import Scope
from archive.secondfactor import address_of, new_secret
from archive.tokens import LONGEST_DAYS
from letters.errors import BadRequest
from webui.access import API
from webui.current import archive, house, user
from webui.signin import renew

blueprint = Blueprint("account", __name__, url_prefix="/account")

_SECRET = "factor"  # noqa: S105  # the name of a place in the session
"""Where the session keeps a shared secret until the device has shown that it knows it."""

DAYS = (30, 90, 365)


@blueprint.get("")
def page() -> ResponseReturnValue:
    """The account."""
    return _page()


@blueprint.post("/password")
def password() -> ResponseReturnValue:
    """A new password, for who knows the old one; all other sessions end."""
    new = request.form.get("new", "")
    if not _knows_password():
        return _page("password-wrong", 401)
    if new != request.form.get("again", ""):
        return _page("password-differs", 422)
    try:
        archive().users.set_password(user().id, new, user().name)
    except BadRequest:
        return _page("password-unfit", 422)
    renew(archive().users.get(user().id))
    return redirect(url_for("account.page", done="password"))


@blueprint.route("/second-factor", methods=["GET", "POST"])
def factor() -> ResponseReturnValue:
    """Switches the second factor on: a QR code for the device, and its first code to show that it took it."""
    person = user()
    if request.method == "GET":
        session[_SECRET] = session.get(_SECRET) or new_secret()
        return _factor(session[_SECRET])
    secret = session.get(_SECRET)
    if not secret:
        return redirect(url_for("account.factor"))
    try:
        codes = archive().second_factors.switch_on(
            person.id, secret, "".join(request.form.get("code", "").split()), house().clock(), person.name)
    except BadRequest:
        return _factor(secret, failed=True), 422
    session.pop(_SECRET)
    renew(archive().users.get(person.id))
    return render_template("account_codes.html", codes=codes)


@blueprint.post("/second-factor/off")
def factor_off() -> ResponseReturnValue:
    """Switches it off, for who knows the password."""
    if not _knows_password():
        return _page("factor-wrong", 401)
    archive().second_factors.switch_off(user().id, user().name)
    renew(archive().users.get(user().id))
    return redirect(url_for("account.page", done="factor-off"))


@blueprint.post("/tokens")
def make_token() -> ResponseReturnValue:
    """Makes a key and tells it, once."""
    try:
        secret, _ = archive().tokens.make(
            user().id, request.form.get("name", ""), request.form.getlist("scopes"),
            request.form.get("days", 0, type=int), user().name)
    except BadRequest:
        return _page("token-unfit", 422)
    return _page(secret=secret)


@blueprint.post("/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    """Takes one of one's own keys back."""
    archive().tokens.revoke(token_id, user().name, user().id)
    return redirect(url_for("account.page", done="token-revoked"))


def _page(trouble: str = "", status: int = 200, *, secret: str = "") -> ResponseReturnValue:
    here, person = archive(), user()
    office = next((one for one in here.offices.all() if one.code == person.office), None)
    scopes = [scope for scope in Scope if any(right.scope is scope and person.role in right.roles
                                              for right in API.values())]
    return render_template(
        "account.html", office=office, tokens=here.tokens.list(person.id), now=house().clock(), scopes=scopes,
        codes_left=here.second_factors.codes_left(person.id), trouble=trouble, done=request.args.get("done", ""),
        secret=secret, days=DAYS, most_days=LONGEST_DAYS), status


def _factor(secret: str, *, failed: bool = False) -> str:
    picture = segno.make(address_of(user().name, secret), error="m").svg_data_uri(scale=5, border=3)
    return render_template("account_factor.html", picture=picture, secret=secret, failed=failed)


def _knows_password() -> bool:
    """Whether the form holds the right password; wrong ones count as failed sign-ins."""
    person, address, throttle, now = user(), request.remote_addr or "", house().throttle, house().clock()
    if throttle.blocked(person.name, address, now):
        return False
    if archive().users.check(person.name, request.form.get("password", "")) is None:
        throttle.failed(person.name, address, now)
        return False
    return True

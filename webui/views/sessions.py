"""Signing in and out, and the reader's text size."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from archive import User
from webui.current import archive, house, user, user_or_none
from webui.language import COOKIE
from webui.safety import way_back
from webui.signin import begin, begin_half, half_in

blueprint = Blueprint("sessions", __name__)

_YEAR = 365 * 24 * 3600


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """The form; a right name and password lead to where the reader wanted to go."""
    home = url_for("home.dashboard")
    target = way_back(request.values.get("next"), home)
    if request.method == "GET":
        return redirect(target) if user_or_none() else render_template("sign_in.html", target=target)
    name, password = request.form.get("name", ""), request.form.get("password", "")
    state = _try(name, password)
    if state == "in":
        return redirect(target)
    if state == "half":
        return redirect(url_for("sessions.code", next=target))
    return render_template("sign_in.html", target=target, name=name, failed=state), 429 if state == "wait" else 401


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second step, for those who switched it on: the code of their device, or a recovery code."""
    target, person = way_back(request.values.get("next"), url_for("home.dashboard")), half_in()
    if person is None:
        return redirect(url_for("sessions.sign_in", next=target))
    if request.method == "GET":
        return render_template("sign_in_code.html", target=target)
    address, throttle, now = request.remote_addr or "", house().throttle, house().clock()
    if throttle.blocked(person.name, address, now):
        return render_template("sign_in_code.html", target=target, failed="wait"), 429
    if not archive().second_factors.check(person.id, request.form.get("code", ""), now):
        _failed(person.name)
        return render_template("sign_in_code.html", target=target, failed="wrong"), 401
    _in(person)
    return redirect(target)


def _try(name: str, password: str) -> str:
    """``in``, ``half`` (a code is owed), ``wrong`` or ``wait``. What was wrong is never told, so that names cannot be
    guessed one by one."""
    if house().throttle.blocked(name, request.remote_addr or "", house().clock()):
        return "wait"
    known = archive().users.check(name, password)
    if known is None:
        _failed(name)
        return "wrong"
    if known.second_factor:
        begin_half(known)
        return "half"
    _in(known)
    return "in"


def _failed(name: str) -> None:
    address = request.remote_addr or ""
    house().throttle.failed(name, address, house().clock())
    # The name typed may be a password typed into the wrong box: only the address is kept.
    archive().audit.add("saraban", "sign-in-failed", "sessions", "address", None, address)


def _in(person: User) -> None:
    address = request.remote_addr or ""
    house().throttle.succeeded(person.name, address)
    begin(person)
    archive().audit.add(person.name, "sign-in", f"user:{person.id}", "address", None, address)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Ends the session."""
    person = user()
    logout_user()
    session.clear()
    archive().audit.add(person.name, "sign-out", f"user:{person.id}")
    return redirect(url_for("sessions.sign_in"))


@blueprint.post("/text-size")
def text_size() -> ResponseReturnValue:
    """Remembers how large the reader wants the print (ก ก ก) and goes back to the page."""
    return _remember("text_size", request.form.get("size", "m")[:1])


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """Remembers the reader's language (ไทย, English) and goes back to the page."""
    return _remember(COOKIE, request.form.get("language", "th")[:2])


def _remember(name: str, value: str) -> ResponseReturnValue:
    response = make_response(redirect(way_back(request.form.get("next"), url_for("home.dashboard"))))
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", httponly=True,
                        secure=house().settings.secure_cookies)
    return response

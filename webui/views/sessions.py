"""Signing in and out, and the reader's text size."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from webui.current import Person, archive, house, user, user_or_none
from webui.language import COOKIE
from webui.safety import way_back

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
    return render_template("sign_in.html", target=target, name=name, failed=state), 429 if state == "wait" else 401


def _try(name: str, password: str) -> str:
    """``in``, ``wrong`` or ``wait``. What was wrong is never told, so that names cannot be guessed one by one."""
    address, throttle, now = request.remote_addr or "", house().throttle, house().clock()
    if throttle.blocked(name, address, now):
        return "wait"
    known = archive().users.check(name, password)
    if known is None:
        throttle.failed(name, address, now)
        # The name typed may be a password typed into the wrong box: only the address is kept.
        archive().audit.add("saraban", "sign-in-failed", "sessions", "address", None, address)
        return "wrong"
    throttle.succeeded(name, address)
    session.clear()
    session.permanent = True
    login_user(Person(known))
    archive().audit.add(known.name, "sign-in", f"user:{known.id}", "address", None, address)
    return "in"


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

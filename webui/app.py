"""The application factory."""

from __future__ import annotations

import datetime as dt
from functools import cache

from flask import Flask, Response, request
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from archive import Archive, Role
from index import open_engine
from letters.errors import NotFound
from saraban.settings import Settings
from tasks import is_overdue
from webui import views, words
from webui.access import guard, may
from webui.api import routes
from webui.current import Clock, House, Person, house, keep, today, user_or_none
from webui.faults import handle_errors
from webui.filters import add_filters
from webui.language import LANGUAGES, add_languages, language
from webui.menu import MENU
from webui.pictures import Pictures
from webui.safety import add_headers, signing_key
from webui.signin import is_live
from webui.throttle import Limits, Throttle

_FORM_ROOM = 1024 * 1024
"""Bytes of an upload beside the file itself."""

TEXT_SIZES = ("s", "m", "l")


def utc_now() -> dt.datetime:
    """The instant in UTC."""
    return dt.datetime.now(dt.UTC)


def create_app(archive: Archive, settings: Settings, clock: Clock = utc_now) -> Flask:
    """The screens of one archive. The signing key is made in the archive's home on first start."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=signing_key(settings.secret_file),
        SESSION_COOKIE_NAME="saraban",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=settings.max_bytes + _FORM_ROOM,
        COMPRESS_REGISTER=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a clerk's page stays open all day
    )
    with app.app_context():
        engine = cache(lambda: open_engine(settings.index, settings.index_folder))
        keep(House(archive, settings, clock, Pictures(archive, settings.limits),
                   Throttle(archive.failures, signing_key(settings.secret_file)), engine,
                   Limits(settings.requests_per_minute)))
    _sign_in(app, archive)
    add_languages(app)
    app.jinja_env.globals["words"] = words
    app.before_request(guard)
    CSRFProtect(app)
    views.register(app)
    routes.register(app)
    # Only files that are the same for all are compressed: a page's length would tell of its secrets (BREACH).
    app.view_functions["static"] = Compress(app).compressed()(app.view_functions["static"])
    add_filters(app)
    app.context_processor(_frame)
    handle_errors(app)
    app.after_request(_finish)
    return app


def _sign_in(app: Flask, archive: Archive) -> None:
    manager = LoginManager(app)

    @manager.user_loader  # type: ignore[untyped-decorator, unused-ignore]  # flask-login ships no types
    def load(user_id: str) -> Person | None:
        try:
            user = archive.users.get(int(user_id))
        except (NotFound, ValueError):
            return None
        return Person(user) if user.active and is_live(user) else None


def _frame() -> dict[str, object]:
    """What every page's frame shows."""
    person = user_or_none()
    chosen = request.cookies.get("text_size", "")
    return {
        "person": person, "Role": Role, "today": today(), "text_size": chosen if chosen in TEXT_SIZES else "m",
        "language": language(), "languages": LANGUAGES, "menu": MENU,
        "overdue": (lambda row: is_overdue(row.task, row.state, today())),
        "may": (lambda endpoint: may(person.role, endpoint)) if person else (lambda _endpoint: False),
    }


def _finish(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return add_headers(response, secure=house().settings.secure_cookies)

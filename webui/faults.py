"""Every error becomes a page in Thai (or JSON for scripts) in this one place; nothing of the program's inside shows."""

from __future__ import annotations

import re
import secrets

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from letters.errors import BadFile, BadRequest, Conflict, NotFound, SarabanError
from webui.access import wants_json
from webui.api.problems import API
from webui.api.problems import answer as problem
from webui.language import told
from webui.safety import page_before

_THAI = re.compile("[ก-๛]")


def handle_errors(app: Flask) -> None:
    """Registers the handlers."""
    app.register_error_handler(SarabanError, _named)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)  # the edge: the last place where a fault can be told


def _named(error: SarabanError) -> ResponseReturnValue:
    """A file's own fault is told with its name; other errors may name ids and paths, which are not for pages: of them
    the detail is told where it is Thai, that is, written for people, or the words of a kind of its own."""
    if error.http_status >= 500:
        return _told(error, error.http_status, error.code)
    return _answer(error.http_status, error.code, _for_people(error))


def _for_people(error: SarabanError) -> str:
    plain = type(error) in (SarabanError, BadRequest, Conflict, NotFound)
    if isinstance(error, BadFile) or not (plain or _THAI.search(error.detail)):
        return told(error)
    return error.detail if _THAI.search(error.detail) else ""


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "stale-form")


def _http(error: HTTPException) -> ResponseReturnValue:
    return _answer(error.code or 500, "http")


def _unforeseen(error: Exception) -> ResponseReturnValue:
    return _told(error, 500, "fault")


def _told(error: Exception, status: int, code: str) -> ResponseReturnValue:
    """Logs the fault under an incident id, which is all that the page tells."""
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s: %s %s", incident, request.method, request.path, exc_info=error)
    return _answer(status, code, incident=incident)


def _answer(status: int, code: str, message: str = "", incident: str = "") -> ResponseReturnValue:
    if request.path.startswith(API):
        return problem(status, code, message, incident=incident)
    words = {"status": status, "code": code, "message": message, "incident": incident}
    if wants_json():
        text = message or _bare("error_line.txt", words).strip()
        return jsonify(error=code, message=text, incident=incident), status
    if status >= 500:
        return _bare("fault.html", words), status
    return render_template("error.html", **words, before=page_before()), status


def _bare(template: str, words: dict[str, object]) -> str:
    """A template without the frame of every page, which asks the archive: it may be the archive that is broken."""
    return current_app.jinja_env.get_template(template).render(words)

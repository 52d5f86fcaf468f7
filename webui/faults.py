"""Every error becomes a page in Thai (or JSON for scripts) in this one place; nothing of the program's inside shows."""

from __future__ import annotations

import secrets

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from letters.errors import SarabanError
from webui.access import wants_json


def handle_errors(app: Flask) -> None:
    """Registers the handlers."""
    app.register_error_handler(SarabanError, _named)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)  # the edge: the last place where a fault can be told


def _named(error: SarabanError) -> ResponseReturnValue:
    return _answer(error.http_status, error.code, error.message("th"))


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "stale-form")


def _http(error: HTTPException) -> ResponseReturnValue:
    return _answer(error.code or 500, "http")


def _unforeseen(error: Exception) -> ResponseReturnValue:
    """Logs the fault under an incident id, which is all that the page tells."""
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s: %s %s", incident, request.method, request.path, exc_info=error)
    return _answer(500, "fault", incident=incident)


def _answer(status: int, code: str, message: str = "", incident: str = "") -> ResponseReturnValue:
    words = {"status": status, "code": code, "message": message, "incident": incident}
    if wants_json():
        text = message or render_template("error_line.txt", **words).strip()
        return jsonify(error=code, message=text, incident=incident), status
    return render_template("error.html", **words), status

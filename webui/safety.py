"""Headers, the signing key and addresses to go back to."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from flask import Response, request

_POLICY = "; ".join((
    "default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
))
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # the check of forms behind HTTPS needs the referrer
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_KEY_BYTES = 32
_YEAR = 365 * 24 * 3600


def add_headers(response: Response, *, secure: bool = False) -> Response:
    """Adds the safety headers; pages are not kept by browsers unless a view says otherwise. ``secure``: the house is
    reached by HTTPS, and browsers shall remember that."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)  # a view may be stricter, as for attached files
    if secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def signing_key(path: Path) -> bytes:
    """The key that signs sessions, made with mode 0600 where there is none; of two makers the first wins."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(_KEY_BYTES).encode())
        file.flush()
        os.fsync(file.fileno())
    return _read_key(path)


def _read_key(path: Path) -> bytes:
    """The key. Raises ``ValueError`` for one cut short, which must never sign anything."""
    key = path.read_bytes().strip()
    if len(key) < _KEY_BYTES:
        raise ValueError(f"{path} holds no key; remove it and start again")
    return key


def way_back(target: str | None, default: str) -> str:
    """``target`` if it is a path of this site, else ``default``: a link must not lead a signed-in user elsewhere."""
    if not target or re.search(r"[\x00-\x20\\]", target) or not target.startswith("/") or target.startswith("//"):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def page_before() -> str | None:
    """The path of the page that a form was sent from, if it is one of this site and the browser tells it."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return None
    return way_back(parts._replace(scheme="", netloc="", fragment="").geturl(), "") or None

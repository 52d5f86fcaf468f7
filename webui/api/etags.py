"""Versions of changeable things: told as ETag, asked for as If-Match."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

import msgspec
from flask import Response, request

from webui.api.problems import MatchNeeded, Overtaken

_SHORT = 100


def tag_of(version: object) -> str:
    """A version as an ETag holds it: a number or a short word as it is, anything else as a digest of its JSON."""
    if isinstance(version, int | str) and len(str(version)) <= _SHORT:
        return quote(str(version), safe="")
    return hashlib.sha256(msgspec.json.encode(version)).hexdigest()[:32]


def tagged(body: Any, version: object, status: int = 200) -> Response:
    """The answer with its ETag; 304 where the asker has this version already."""
    response = Response(msgspec.json.encode(body), status, mimetype="application/json")
    response.set_etag(tag_of(version))
    if request.method == "GET":
        response.make_conditional(request)
    return response


def must_match(version: object, subject: str) -> None:
    """Raises :class:`MatchNeeded` without If-Match, and :class:`Overtaken` if it names another version."""
    if not request.headers.get("If-Match", "").strip():
        raise MatchNeeded(subject)
    if not request.if_match.contains(tag_of(version)):
        raise Overtaken(subject)

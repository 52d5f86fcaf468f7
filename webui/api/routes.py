"""Registers the API: every subject's operations, how errors are told, and the OpenAPI document."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from letters.errors import SarabanError
from webui.access import API
from webui.api import (
    exports,
    house,
    letters,
    offices,
    packets,
    people,
    records,
    registers,
    registry,
    review,
    searches,
    tasks,
    webhooks,
)
from webui.api.core import DETAILS, SPEC, Detail, blueprint
from webui.api.problems import MEDIA, told

SUBJECTS = (packets, letters, searches, review, tasks, records, registers, exports, offices, registry, people, house,
            webhooks)
"""The modules whose import declares the operations."""

_ALWAYS = (400, 401, 403, 422, 429)
_KEY = "key"


def register(app: Flask) -> None:
    """Adds the API to the application, whose check of forms it needs not: a cookie opens no operation."""
    app.register_blueprint(blueprint)
    app.extensions["csrf"].exempt(blueprint)


for kind in (SarabanError, HTTPException, Exception):
    blueprint.register_error_handler(kind, told)


@blueprint.get("/openapi.json", endpoint="openapi")
def openapi() -> ResponseReturnValue:
    """The OpenAPI 3.1 document of all operations."""
    return current_app.json.response(document())


@cache
def document() -> dict[str, Any]:
    """What spectree made of the types, with what it does not know: problems, versions, files, keys."""
    found: dict[str, Any] = SPEC.spec
    found["info"]["description"] = "หนังสือราชการ งาน และบันทึกข้อมูล / official letters, tasks and records"
    found["components"]["securitySchemes"] = {_KEY: {"type": "http", "scheme": "bearer"}}
    found["security"] = [{_KEY: []}]
    for path, methods in found["paths"].items():
        for operation in methods.values():
            _complete(operation, DETAILS[operation["operationId"]], has_key="{" in path)
    return found


def _complete(operation: dict[str, Any], detail: Detail, *, has_key: bool) -> None:
    right = API[operation["operationId"]]
    operation["description"] = " ".join(part for part in (
        operation["description"], f"Scope: {right.scope}. Roles: {', '.join(sorted(right.roles))}.") if part)
    responses = operation["responses"]
    for code in {*_ALWAYS, *((404, 405) if has_key else ()), *detail.problems, *((412, 428) if detail.match else ()),
                 *((413, 415) if "requestBody" in operation or detail.upload else ())}:
        responses[str(code)] = {"description": "Problem", "content": {
            MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for code, response in responses.items():
        if code.startswith("2"):
            _complete_answer(response, detail)
    if detail.etag:
        responses["304"] = {"description": "Not Modified"}
    if detail.match:
        operation["parameters"].append({"name": "If-Match", "in": "header", "required": True,
                                        "description": "the ETag that was read", "schema": {"type": "string"}})
    if detail.upload:
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": detail.upload}}}


def _complete_answer(response: dict[str, Any], detail: Detail) -> None:
    if detail.etag:
        response["headers"] = {"ETag": {"description": "its version", "schema": {"type": "string"}}}
    if detail.media != "application/json":
        kinds = (detail.media,) if isinstance(detail.media, str) else detail.media
        response["content"] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}

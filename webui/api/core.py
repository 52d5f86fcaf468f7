"""What every operation of the API shares: the blueprint, how an operation is declared, and how it is answered.

An operation is a function with typed ``query`` and ``json`` arguments and a plain value for an answer; msgspec checks
what comes in and writes what goes out, and spectree makes the OpenAPI document out of the same types. Who may use it
stands in :data:`webui.access.API`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Request, make_response
from flask import Response as Answer
from spectree import Response, SpecTree
from spectree.model_adapter import get_msgspec_model_adapter
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from spectree.plugins.werkzeug_utils import flask_response_unpack
from spectree.utils import get_multidict_items

from webui.access import API
from webui.api.problems import Invalid, Problem

View = TypeVar("View", bound=Callable[..., Any])

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


class Closed(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of what is asked and posted: a misspelt field is refused, not passed over."""


class Open(msgspec.Struct, kw_only=True):
    """Base of what is answered."""


class _Backend(FlaskPlugin):
    """Spectree's Flask side, stricter in reading: a body that is no JSON is refused (400, 415), never taken for an
    empty one; and files pass through as they are."""

    def request_validation(self, request: Request, query: Any, json: Any, form: Any, headers: Any,
                           cookies: Any) -> None:
        """Reads what the operation asks for. Raises ``msgspec.ValidationError``, and answers 400 or 415."""
        del form, cookies
        adapter = self.model_adapter
        request.context = Context(  # type: ignore[attr-defined]  # where spectree keeps it
            adapter.validate_obj(query, get_multidict_items(request.args, query)) if query else None,
            msgspec.convert(request.get_json(), json) if json else None, None,
            adapter.validate_obj(headers, dict(request.headers)) if headers else None, None)

    def validate_response(self, resp: Any, resp_model: Any, skip_validation: bool,
                          force_resp_serialize: bool) -> tuple[Answer, None]:
        """The answer as JSON, unless it is one already."""
        del resp_model, skip_validation, force_resp_serialize
        if isinstance(resp, Answer):
            return resp, None
        payload, status, headers = flask_response_unpack(resp)
        if not isinstance(payload, Answer):
            payload = Answer(b"" if payload is None else msgspec.json.encode(payload), mimetype="application/json")
        return make_response(payload, status, headers), None


def _refuse(_request: object, _response: object, error: Exception | None, *_: object) -> None:
    if error is not None:
        raise Invalid.of(str(error))


SPEC = SpecTree(
    backend_name="flask", backend=_Backend, model_adapter=get_msgspec_model_adapter(), before=_refuse,
    naming_strategy=lambda model: str(model.__name__), nested_naming_strategy=lambda _parent, child: child,
    validation_error_model=Problem, mode="strict", annotations=True, title="Saraban", version="1",
    openapi_version="3.1.0", page_templates={})


@dataclass(frozen=True, slots=True)
class Detail:
    """What the document tells of an operation beside its types. ``media``: of its answer, several where the asker
    chooses. ``problems``: statuses it may refuse with, beside those every operation has. ``etag``: answers with one;
    ``match``: asks for If-Match."""

    media: str | tuple[str, ...] = "application/json"
    problems: tuple[int, ...] = ()
    etag: bool = False
    match: bool = False
    upload: dict[str, Any] = field(default_factory=dict)
    also: dict[int, str] = field(default_factory=dict)


DETAILS: dict[str, Detail] = {}


def operation(method: str, path: str, tag: str, answer: Any = None, status: int = 200, *,
              problems: Sequence[int] = (), etag: bool = False, match: bool = False,
              media: str | tuple[str, ...] = "application/json",
              upload: dict[str, Any] | None = None, also: dict[int, str] | None = None) -> Callable[[View], View]:
    """Declares an operation under ``/api/v1``. Its function's name is its id and its row in
    :data:`webui.access.API`."""
    def declare(view: View) -> View:
        name = view.__name__
        if name not in API:
            raise LookupError(f"{name} stands not in webui.access.API")
        view.__annotations__.pop("return", None)  # spectree reads all hints, and Flask's own cannot be read at run time
        DETAILS[name] = Detail(media, tuple(problems), etag, match, upload or {}, also or {})
        models = {f"HTTP_{code}": answer for code in (status, *(also or {}))}
        checked = SPEC.validate(resp=Response(**models), tags=[tag], operation_id=name)(view)
        blueprint.add_url_rule(path, name, checked, methods=[method])
        return view
    return declare

"""A form's data as JSON Schema (2020-12), for those who take the JSON export."""

from __future__ import annotations

from typing import Any

import msgspec

from records.check import type_of
from records.form import Field, FieldType, Form

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(form: Form) -> dict[str, Any]:
    """The schema of a complete entry's data. The single values' parts come from the types that also check entries."""
    return {"$schema": _DIALECT, "$id": f"{form.code}-{form.version}", "title": form.title.th,
            **_object(form.fields)}


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False,
            "properties": {field.key: _field(field) for field in fields},
            "required": [field.key for field in fields if field.required]}


def _field(field: Field) -> dict[str, Any]:
    one = _object(field.fields) if field.type is FieldType.GROUP else msgspec.json.schema(type_of(field))
    described = {"title": field.label.th} | ({"description": field.help} if field.help else {})
    if field.repeat is None:
        return described | one
    return described | {"type": "array", "items": one, "minItems": field.repeat.min, "maxItems": field.repeat.max}

"""Complete, invented data for any form, and forms made for tests."""

from __future__ import annotations

from typing import Any

from records import Field, FieldType, Form, builtin_forms

FORMS = {form.code: form for form in builtin_forms()}

_SAMPLES: dict[FieldType, Any] = {
    FieldType.TEXT: "ตัวอย่าง", FieldType.INTEGER: 3, FieldType.MONEY: 12.5, FieldType.DATE: "2023-03-24",
    FieldType.PHONE: "0 2000 0000", FieldType.URL: "www.example.go.th", FieldType.EMAIL: "saraban@example.go.th",
    FieldType.YES_NO: True, FieldType.FILE: "a" * 64,
}


def sample(form: Form) -> dict[str, Any]:
    """Data in which every field is filled."""
    return {field.key: _value(field) for field in form.fields}


def _value(field: Field) -> Any:
    one = {part.key: _value(part) for part in field.fields} if field.fields else (
        field.choices[0].value if field.choices else _SAMPLES[field.type])
    return [one] * max(field.repeat.min, 1) if field.repeat else one

"""An entry's data out of a posted form. What cannot be read stays as typed, so that the check names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from letters.errors import BadRequest
from letters.text import arabic
from records import Field, FieldType, Form
from webui.dates import read_day

Kept = Callable[[str], str | None]
"""Stores the upload of a field by its name and gives its SHA-256; ``None`` where there is none."""


def posted_data(form: Form, values: Mapping[str, str], kept: Kept) -> dict[str, Any]:
    """The data of a posted form. Names are ``key``, ``key.0`` for repeated values, ``key.part`` and ``key.0.part`` for
    groups; rows left empty are no values."""
    data: dict[str, Any] = {}
    for field in form.fields:
        if field.repeat is None:
            found = _value(field, field.key, values, kept)
        else:
            names = (f"{field.key}.{place}" for place in range(field.repeat.max))
            found = [one for name in names if (one := _value(field, name, values, kept)) is not None] or None
        if found is not None:
            data[field.key] = found
    return data


def _value(field: Field, name: str, values: Mapping[str, str], kept: Kept) -> Any:
    if field.type is FieldType.GROUP:
        parts = {part.key: one for part in field.fields
                 if (one := _value(part, f"{name}.{part.key}", values, kept)) is not None}
        return parts or None
    text = values.get(name, "").strip()
    if field.type is FieldType.FILE:
        return kept(name) or text or None
    return _read(field.type, text) if text else None


def _read(kind: FieldType, text: str) -> Any:
    plain = arabic(text).replace(",", "")
    try:
        if kind is FieldType.INTEGER:
            return int(plain)
        if kind is FieldType.MONEY:
            return float(plain)
    except ValueError:
        return text
    if kind is FieldType.YES_NO:
        return {"yes": True, "no": False}.get(text, text)
    return _day(text) if kind is FieldType.DATE else text


def _day(text: str) -> str:
    """A day in any usual form (``24/3/2566``) as ISO (CE); as typed if it is none."""
    try:
        day = read_day(text).date
    except BadRequest:
        return text
    return day.isoformat() if day else text

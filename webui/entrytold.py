"""An entry for people: what each step changed, and which files it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from archive import EntryEvent
from records import Field, FieldType, Form
from records.form import Label
from webui.filters import thai_iso
from webui.language import language


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that a step changed, in a reader's words; ``None``: there was or is none."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an entry's history with what it changed."""

    event: EntryEvent
    changes: tuple[Changed, ...]


def history(form: Form, events: Iterable[EntryEvent]) -> list[Step]:
    """Every step of an entry, the newest first."""
    found, before = [], dict[str, Any]()
    for event in events:
        found.append(Step(event, tuple(_changes(form, before, event.data))))
        before = event.data
    return found[::-1]


def files_in(form: Form, data: Mapping[str, Any]) -> Iterator[str]:
    """The files (SHA-256) that an entry's data holds."""
    yield from (value for field, _, value in _values(form, data) if field.type is FieldType.FILE)


def shown(field: Field, value: Any) -> str:
    """A value for people: choices by their names, days of the Buddhist era."""
    if field.type is FieldType.YES_NO:
        return str(_("ใช่") if value else _("ไม่ใช่"))
    if field.type is FieldType.CHOICE:
        return next((_spoken(choice.label) for choice in field.choices if choice.value == value), str(value))
    if field.type is FieldType.DATE:
        try:
            return thai_iso(str(value))
        except ValueError:
            return str(value)
    if field.type is FieldType.MONEY and isinstance(value, int | float):
        return f"{value:,.2f}"
    if field.type is FieldType.INTEGER and isinstance(value, int):
        return f"{value:,}"
    return str(_("ไฟล์แนบ")) if field.type is FieldType.FILE else str(value)


def _changes(form: Form, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    old, new = ({label: shown(field, value) for field, label, value in _values(form, data)} for data in (before, after))
    for label in dict.fromkeys((*old, *new)):
        if old.get(label) != new.get(label):
            yield Changed(label, old.get(label), new.get(label))


def _values(form: Form, data: Mapping[str, Any]) -> Iterator[tuple[Field, str, Any]]:
    """Every single value with its field and a label that tells its place."""
    for field in form.fields:
        value = data.get(field.key)
        items = value if field.repeat and isinstance(value, list) else [value]
        for place, item in enumerate(items, start=1):
            name = f"{_spoken(field.label)} {place}" if field.repeat else _spoken(field.label)
            if field.fields and isinstance(item, dict):
                yield from ((part, f"{name} · {_spoken(part.label)}", item[part.key]) for part in field.fields
                            if item.get(part.key) is not None)
            elif item is not None:
                yield field, name, item


def _spoken(label: Label) -> str:
    return label.en if language() == "en" else label.th

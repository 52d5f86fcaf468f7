"""What differs between two versions of a value, field by field, as the audit trail tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import msgspec

from archive.columns import pack, shown
from letters import Reading

# Where and how surely a value was read is kept beside it; a change of that alone is no change of the field.
_NOT_THE_VALUE = frozenset({"evidence", "box", "confidence", "repairs", "rivals", "maybe_numbers", "maybe_dates"})


def differences(before: Any, after: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """Field, old value, new value for each field of two dataclass values of one type that differs."""
    for field in fields(after):
        old, new = _plain(getattr(before, field.name)), _plain(getattr(after, field.name))
        if old != new:
            yield field.name, old, new


def _plain(value: Any) -> str | None:
    if isinstance(value, Reading):
        return shown(value.value)
    if isinstance(value, tuple) or is_dataclass(value):
        return pack(_strip(msgspec.to_builtins(value))) if value else None
    return shown(value)


def _strip(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strip(part) for key, part in value.items() if key not in _NOT_THE_VALUE}
    return [_strip(part) for part in value] if isinstance(value, list | tuple) else value

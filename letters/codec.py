"""The house's types to JSON and back, so that each stage's output can be kept and any later stage run again alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_decoder: Callable[[Any], msgspec.json.Decoder[Any]] = cache(msgspec.json.Decoder)


def dump(value: Any) -> bytes:
    """Compact UTF-8 JSON of a dataclass of this package (or a tuple of them)."""
    return msgspec.json.encode(value)


def load(data: bytes | str, kind: type[T]) -> T:
    """The value that :func:`dump` wrote. Raises ``msgspec.ValidationError`` if the JSON is not of that type."""
    found: T = _decoder(kind).decode(data)
    return found


"""Queryable columns beside the whole value, and back from a stored value to the house's types."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from letters import LetterDate, LetterNumber, codec


def serial_key(number: LetterNumber | None) -> str | None:
    """The running number as letters are told apart by: no spaces, no leading zeros (``0003`` → ``3``)."""
    return (number.key(year=None)[-1] or None) if number else None


def number_columns(number: LetterNumber | None) -> dict[str, Any]:
    """``number`` in canonical form and its parts; all ``None`` without a number."""
    return {
        "number": str(number) if number else None,
        "code": number.code if number else None,
        "agency": number.agency if number else None,
        "circular": number.circular if number else None,
        "serial": serial_key(number),
    }


def date_columns(date: LetterDate | None) -> dict[str, Any]:
    """First and last day (CE) the date can mean."""
    return {"date_from": date.earliest if date else None, "date_to": date.latest if date else None}


def pack(value: Any) -> str:
    """A value of the house's types as JSON text."""
    return codec.dump(value).decode()


def digest(data: str) -> str:
    """A short fingerprint of stored JSON (32 hex digits), to tell what changed without reading it all."""
    return hashlib.blake2b(data.encode(), digest_size=16).hexdigest()


def shown(value: Any) -> str | None:
    """A value as the audit trail and the readings table show it: dates ISO, numbers canonical, the rest JSON."""
    if value is None:
        return None
    return str(value) if isinstance(value, str | int | float | dt.date | LetterDate | LetterNumber) else pack(value)

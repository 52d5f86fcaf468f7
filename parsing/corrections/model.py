"""One decision of a person about one field of one letter, and how values are written down for it.

Values are kept as short text that an auditor can read: a number in canonical form, a date in ISO (CE) as far as it is
known, recipients one a line; what has several parts (:data:`PARTS`) with ``|`` between them: a citation as
``<date>|<number or title>``, a received stamp as ``<date>|<number>|<time>|<office>``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from letters import (
    Deadline,
    Enclosure,
    LetterDate,
    LetterNumber,
    Precision,
    ReceivedStamp,
    Recipient,
    Reference,
    Signatory,
)

READINGS = ("number", "date", "urgency", "secrecy", "issuer", "subject")
"""Fields of a letter with one value each, as read."""

ITEMS = ("references", "enclosures", "deadlines", "received_stamps")
"""Lists whose entries are corrected one by one."""

LISTS = ("recipients", *ITEMS)

SIGNATORY = "signatory"

PARTS: Mapping[str, tuple[str, ...]] = {
    "references": ("date", "value"), "deadlines": ("date", "value"), "enclosures": ("count", "value"),
    "received_stamps": ("date", "number", "time", "value"), SIGNATORY: ("value", "post")}
"""Fields written in parts, and the parts' names: ``value`` is the citation's number or title, the deadline's words, the
enclosure's title, the stamp's office, the signer's name. The last part may hold a ``|`` of its own."""

STARTS = "starts"
"""The field that tells what a page is (:class:`parsing.boundaries.Start`); the correction's page is that page."""

_LEFT_OPEN = "…"  # as ``str(LetterNumber)`` writes a running number that nobody could read


class Verdict(StrEnum):
    """What a person decided. SET: the value is ``after``, which may be what stood there already (accepted) or nothing.
    ADD and REMOVE: an entry of a list. SEEN: the field is right as a whole. WITHDRAW: all earlier decisions about the
    field are taken back."""

    SET = "set"
    ADD = "add"
    REMOVE = "remove"
    SEEN = "seen"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. ``page``: the first page of the letter it is about, the same in every later parse; ``before`` and
    ``after``: the value shown and the value decided, as :func:`written`. ``id`` counts up; ``at`` is UTC."""

    page: int
    field: str
    verdict: Verdict
    before: str | None = None
    after: str | None = None
    actor: str = ""
    at: dt.datetime | None = None
    id: int = 0

    @property
    def accepts(self) -> bool:
        """Whether the person found right what was shown."""
        return self.verdict is Verdict.SEEN or (self.verdict is Verdict.SET and self.before == self.after)


def written(value: Any) -> str | None:
    """A value, or an entry of a list, as a correction keeps it; ``None`` for none."""
    if value is None:
        return None
    if isinstance(value, LetterDate):
        return value.iso
    if isinstance(value, tuple):
        return "\n".join(one.name if isinstance(one, Recipient) else str(one) for one in value) or None
    parts = _parts(value)
    if parts is None:
        return str(value)
    *before, last = ("" if part is None else str(part) for part in parts)
    return "|".join((*(part.replace("|", " ") for part in before), last))


def read_back(field: str, text: str | None) -> Any:
    """The value of a reading out of its written form. Raises ``ValueError`` for what is none."""
    if text is None:
        return None
    if field == "number":
        return number_of(text)
    return date_of(text) if field == "date" else text


def date_of(text: str, *, day_meant: bool = True) -> LetterDate:
    """A date out of ISO text; ``2023-06`` is a day that could not be read, or a month if no day is meant."""
    year, *rest = (int(part) for part in text.split("-"))
    if len(rest) > 1:
        return LetterDate(year, rest[0], rest[1])
    month = Precision.UNKNOWN_DAY if day_meant else Precision.MONTH
    return LetterDate(year, rest[0] if rest else None, precision=month if rest else Precision.YEAR)


def number_of(text: str) -> LetterNumber:
    """A number out of its canonical form; an order has a running number alone, printed ``<n>/<year>``. Raises
    ``ValueError``."""
    if found := LetterNumber.parse(text.replace(_LEFT_OPEN, "0") if text.endswith(_LEFT_OPEN) else text):
        return LetterNumber(found.code, found.agency, found.circular, None) if text.endswith(_LEFT_OPEN) else found
    if order := re.fullmatch(r"(\d{1,6})(?:\s*/\s*2[45]\d\d)?", text.strip()):
        return LetterNumber(None, None, circular=False, serial=order[1])
    raise ValueError(text)


def parts_of(field: str, text: str) -> tuple[str, ...]:
    """The parts of a value of a field of :data:`PARTS`, those not there empty."""
    names = PARTS[field]
    found = text.split("|", len(names) - 1)
    return (*found, *[""] * (len(names) - len(found)))


def _parts(value: Any) -> tuple[Any, ...] | None:
    """The parts of a value in the order of :data:`PARTS`, ``None`` if it has none."""
    if isinstance(value, Reference):
        return value.date.value, value.number.value or value.title
    if isinstance(value, Deadline):
        return value.date, value.text
    if isinstance(value, Enclosure):
        return value.count, value.text
    if isinstance(value, ReceivedStamp):
        return value.date, value.number, value.time, value.office
    if isinstance(value, Signatory):
        return value.name, " ".join(filter(None, (value.position, value.acting_kind, value.acting_for)))
    return None

"""Confidence that means something: what a finder says is turned into how often it was right on the build samples.

``parsing/data/calibration.json`` holds, for each field, points of a rising curve (isotonic regression) from the
finder's own confidence to the share that was right, fitted by ``python -m bench.calibration --fit`` on letters read by
the model that the file names. A field without a curve keeps the finder's confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec
import numpy as np

from letters import (
    Action,
    Contact,
    Deadline,
    Enclosure,
    Letter,
    Reading,
    ReceivedStamp,
    Recipient,
    Reference,
    Signatory,
)

T = TypeVar("T")
Item = TypeVar("Item", Recipient, Enclosure, Action, Contact, Signatory, ReceivedStamp)


@dataclass(frozen=True, slots=True)
class Calibration:
    """``reader``: the model the samples were read with. ``curves``: field → (own confidence, share right) pairs, both
    rising; between points the curve is straight, beyond them flat."""

    reader: str = ""
    curves: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    def sure(self, name: str, confidence: float) -> float:
        """The calibrated confidence of a field, 0–1; the given one where the field has no curve."""
        curve = self.curves.get(name)
        if not curve:
            return confidence
        own, right = zip(*curve, strict=True)
        return float(np.interp(confidence, own, right))


@cache
def fitted() -> Calibration:
    """The calibration that the project ships."""
    data = (resources.files("parsing") / "data" / "calibration.json").read_bytes()
    return msgspec.json.decode(data, type=Calibration)


def calibrated(letter: Letter, by: Calibration | None = None) -> Letter:
    """The letter with calibrated confidences (``by`` the shipped calibration unless given) of every field."""
    table = by or fitted()
    return replace(
        letter,
        form=_sure(table, "kind", letter.form),
        salutation=_sure(table, "salutation", letter.salutation),
        secrecy=_sure(table, "secrecy", letter.secrecy),
        recipients=_items(table, "recipient", letter.recipients),
        enclosures=_items(table, "enclosure", letter.enclosures),
        actions=_items(table, "action", letter.actions),
        contacts=_items(table, "contact", letter.contacts),
        received_stamps=_items(table, "received stamp", letter.received_stamps),
        signatory=next(iter(_items(table, "signatory", (letter.signatory,) if letter.signatory else ())), None),
        number=_sure(table, "number", letter.number),
        date=_sure(table, "date", letter.date),
        urgency=_sure(table, "urgency", letter.urgency),
        issuer=_sure(table, "issuer", letter.issuer),
        subject=_sure(table, "subject", letter.subject),
        references=tuple(_reference(table, reference) for reference in letter.references),
        deadlines=tuple(_deadline(table, deadline) for deadline in letter.deadlines),
    )


def _items(table: Calibration, name: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(item, confidence=table.sure(name, item.confidence)) for item in items)


def _reference(table: Calibration, reference: Reference) -> Reference:
    number = _sure(table, "reference number", reference.number)
    return replace(reference, number=number, date=_sure(table, "reference date", reference.date))


def _deadline(table: Calibration, deadline: Deadline) -> Deadline:
    return replace(deadline, confidence=table.sure("deadline", deadline.confidence))


def _sure(table: Calibration, name: str, reading: Reading[T]) -> Reading[T]:
    """The reading with its confidence calibrated; an empty one as it is."""
    return replace(reading, confidence=table.sure(name, reading.confidence)) if reading else reading

"""A packet as the JSON that ``saraban parse`` writes: the stable contract that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from letters import (
    ContactKind,
    Deadline,
    Letter,
    LetterDate,
    LetterNumber,
    Packet,
    Passage,
    Precision,
    Reading,
    ReceivedStamp,
    Reference,
    Signatory,
)


def packet_json(packet: Packet, *, seconds: float | None = None) -> dict[str, Any]:
    """The packet as plain values: Arabic digits inside numbers, ISO CE dates, unknown is ``None``."""
    return {
        "packet": packet.name,
        "pages": len(packet.pages),
        "seconds": seconds,
        "letters": [letter_json(letter) for letter in packet.letters],
        "attachments": [
            {"pages": list(item.pages), "kind": item.kind.value, "letter": item.letter} for item in packet.attachments
        ],
    }


def letter_json(letter: Letter) -> dict[str, Any]:
    """One letter of a packet."""
    return {
        "pages": list(letter.pages),
        "kind": letter.kind.value,
        "number": _number(letter.number),
        "date": day(letter.date.value),
        "date_printed": letter.date.printed or None,
        "date_precision": letter.date.value.precision.value if letter.date.value else None,
        "urgency": letter.urgency.value,
        "secrecy": letter.secrecy.value,
        "issuer": letter.issuer.value,
        "address": letter.address.value,
        "subject": letter.subject.value,
        "addressed_as": letter.addressed_as,
        "recipients": [recipient.name for recipient in letter.recipients],
        "references": [_reference(reference) for reference in letter.references],
        "enclosures": [" จำนวน ".join(part for part in (item.text, item.count) if part) for item in letter.enclosures],
        "deadlines": [_deadline(deadline) for deadline in letter.deadlines],
        "dated_facts": [
            {"date": day(fact.date), "role": fact.role.value, "text": fact.text} for fact in letter.dated_facts
        ],
        "body": {part: _words(getattr(letter.body, part)) for part in ("cause", "wish", "end")},
        "actions": [action.text for action in letter.actions],
        "action_parts": [
            {"number": action.number, "verb": action.verb, "object": action.object} for action in letter.actions
        ],
        "signatory": _signatory(letter.signatory),
        "office": letter.office.value,
        "coordinators": [
            {"name": person.name, "position": person.position, "phones": list(person.phones)}
            for person in letter.coordinators
        ],
        "phones": list(letter.phones),
        "faxes": list(letter.faxes),
        "emails": list(letter.emails),
        "urls": list(letter.urls),
        "qr": list(letter.qr),
        "received_stamps": [_stamp(stamp) for stamp in letter.received_stamps],
        "copy_mark": letter.copy_mark.value,
        "copy_of": letter.copy_of,
        "text": letter.printed,
        "review": [{"field": doubt.field, "reason": doubt.reason} for doubt in letter.review],
        "confidence": _confidences(letter),
    }


_CONTACTS = {kind: "faxes" if kind is ContactKind.FAX else f"{kind.value}s" for kind in ContactKind}


def _confidences(letter: Letter) -> dict[str, Any]:
    """How sure each field is, 0–1: one figure, or one for each entry of a list in its order; ``None`` for what is not
    there. Of numbers and deadlines it stands beside the value."""
    readings: dict[str, Reading[Any]] = {
        "kind": letter.form,
        "date": letter.date,
        "urgency": letter.urgency,
        "secrecy": letter.secrecy,
        "issuer": letter.issuer,
        "subject": letter.subject,
        "addressed_as": letter.salutation,
    }
    lists: dict[str, Sequence[Any]] = {
        "recipients": letter.recipients,
        "enclosures": letter.enclosures,
        "actions": letter.actions,
        "received_stamps": letter.received_stamps,
        **{_CONTACTS[kind]: [item for item in letter.contacts if item.kind is kind] for kind in ContactKind},
    }
    signed = letter.signatory
    return {
        **{name: round(reading.confidence, 3) if reading else None for name, reading in readings.items()},
        **{name: [round(item.confidence, 3) for item in items] for name, items in lists.items()},
        "reference_dates": [round(item.date.confidence, 3) if item.date else None for item in letter.references],
        "signatory": round(signed.confidence, 3) if signed else None,
    }


def day(date: LetterDate | None) -> str | None:
    """A day-precise date as ISO; ``None`` for anything less, never a guess."""
    return date.iso if date and date.date else None


def _number(reading: Reading[LetterNumber]) -> dict[str, Any] | None:
    value = reading.value
    if value is None:
        return None
    rivals = [{"number": str(rival.value), "reason": rival.reason} for rival in reading.rivals]
    return {
        "code": value.code,
        "agency": value.agency,
        "circular": value.circular,
        "serial": value.serial,
        "printed": reading.printed,
        "confidence": round(reading.confidence, 3),
        "rivals": rivals,
    }


def _reference(reference: Reference) -> dict[str, Any]:
    return {
        "relation": reference.relation.value,
        "issuer": reference.issuer,
        "urgency": reference.urgency,
        "title": reference.title,
        "number": _number(reference.number),
        "date": day(reference.date.value),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    """``date`` is the day named, of a month its last; ``last_day`` the last one in time, so the day before ``ก่อน``.
    A day that could not be read is ``None``."""
    unread = deadline.date is None or deadline.date.precision is Precision.UNKNOWN_DAY
    due = None if unread or deadline.date is None else deadline.date.latest.isoformat()
    return {
        "date": due,
        "last_day": deadline.last_day.isoformat() if deadline.last_day else None,
        "time": deadline.time,
        "opens": deadline.opens.iso if deadline.opens else None,
        "text": deadline.text,
        "kind": deadline.kind.value,
        "days": deadline.days,
        "working_days": deadline.working,
        "from": deadline.starts,
        "rule": deadline.rule,
        "action": deadline.action,
        "recipient": deadline.recipient,
        "confidence": round(deadline.confidence, 3),
        "rivals": [{"date": rival.value.iso, "reason": rival.reason} for rival in deadline.rivals],
    }


def _words(passage: Passage | None) -> str | None:
    return passage.text if passage else None


def _signatory(signatory: Signatory | None) -> dict[str, Any] | None:
    if signatory is None:
        return None
    return {
        "name": signatory.name,
        "position": signatory.position,
        "acting_kind": signatory.acting_kind,
        "acting_for": signatory.acting_for,
    }


def _stamp(stamp: ReceivedStamp) -> dict[str, Any]:
    return {"office": stamp.office, "number": stamp.number, "date": day(stamp.date), "time": stamp.time}

"""Whole letters of every kind, with what a person reads in them (``cases/letters.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from letters import Letter, Passage
from tests.parsing.texts import parsed

CASES = tomllib.loads((Path(__file__).parent / "cases" / "letters.toml").read_text(encoding="utf-8"))["case"]


def plain(text: object) -> str:
    return "".join(str(text or "").split())


def day(date: Any) -> str:
    return date.iso if date and date.date else ""


def signed(letter: Letter) -> list[str] | None:
    person = letter.signatory
    if person is None:
        return None
    return [plain(part) for part in (person.name, person.position, person.acting_kind, person.acting_for)]


# Field of a case → what the letter says, in the case's own shape.
SAID: dict[str, Callable[[Letter], Any]] = {
    "kind": lambda letter: letter.kind.value,
    "number": lambda letter: str(letter.number.value),
    "date": lambda letter: day(letter.date.value),
    "urgency": lambda letter: letter.urgency.value or "",
    "secrecy": lambda letter: letter.secrecy.value or "",
    "issuer": lambda letter: plain(letter.issuer.value),
    "address": lambda letter: plain(letter.address.value),
    "subject": lambda letter: plain(letter.subject.value),
    "addressed_as": lambda letter: letter.addressed_as,
    "recipients": lambda letter: [plain(item.name) for item in letter.recipients],
    "references": lambda letter: [
        [str(item.number.value), day(item.date.value), item.relation.value] for item in letter.references
    ],
    "enclosures": lambda letter: [[plain(item.text), item.count or ""] for item in letter.enclosures],
    "signatory": signed,
    "office": lambda letter: plain(letter.office.value),
    "phones": lambda letter: list(letter.phones),
    "faxes": lambda letter: list(letter.faxes),
    "emails": lambda letter: list(letter.emails),
    "urls": lambda letter: list(letter.urls),
    "coordinators": lambda letter: [
        [item.name, item.position or "", list(item.phones)] for item in letter.coordinators
    ],
    "stamps": lambda letter: [[item.office, item.number, day(item.date), item.time] for item in letter.received_stamps],
    "copy_mark": lambda letter: letter.copy_mark.value,
}
LOOSE = ("issuer", "address", "subject", "office")


def wanted(field: str, value: Any) -> Any:
    """A case's value without blanks where printing them differs."""
    if field in LOOSE:
        return plain(value)
    if field in ("recipients", "signatory"):
        return [plain(part) for part in value]
    return [[plain(text), count] for text, count in value] if field == "enclosures" else value


def begins(part: Passage | None, words: str) -> bool:
    return part is not None and plain(part.text).startswith(plain(words))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_fields_of_a_letter(case: dict[str, Any]) -> None:
    packet = parsed(case["text"])
    assert len(packet.letters) == 1
    letter = packet.letters[0]
    said = {field: SAID[field](letter) for field in case if field in SAID}
    assert said == {field: wanted(field, case[field]) for field in said}
    for part in ("cause", "wish", "end"):
        assert part not in case or begins(getattr(letter.body, part), case[part]), part
    if "actions" in case:
        assert len(letter.actions) == len(case["actions"]), letter.actions
        for action, (verb, thing) in zip(letter.actions, case["actions"], strict=True):
            assert action.verb == verb
            assert plain(action.object).startswith(plain(thing))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_value_stands_where_its_evidence_says(case: dict[str, Any]) -> None:
    packet = parsed(case["text"])
    pages = {page.number: page.text for page in packet.pages}
    letter = packet.letters[0]
    readings = (letter.number, letter.date, letter.issuer, letter.address, letter.subject, letter.office)
    items = (*letter.recipients, *letter.actions, *letter.contacts, *letter.coordinators, *letter.enclosures)
    parts = tuple(part for part in (letter.body.cause, letter.body.wish, letter.body.end) if part)
    found = [piece for reading in readings for piece in reading.evidence]
    found += [item.evidence for item in (*items, *parts) if item.evidence]
    assert found
    for piece in found:
        assert "".join(pages[piece.page][piece.start : piece.end].split()) == plain(piece.text)

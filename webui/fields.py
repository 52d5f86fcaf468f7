"""A letter's fields as the letter screen shows them, and where each stands on the page pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from letters import Box, Evidence, Letter, Page, Reading
from parsing.corrections import READINGS
from parsing.waiting import EXPECTED, waiting

_AIR = 0.004  # of the page's width


@dataclass(frozen=True, slots=True)
class Field:
    """One reading. ``key`` is the field's name, ``reasons`` why a person should look, ``mark`` the id of its first
    place on a page picture (``None``: it has none), ``doubtful`` whether a person should look at it."""

    key: str
    reading: Reading[Any]
    reasons: tuple[str, ...]
    mark: str | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page picture that a field was read from; ``field`` is the id of the row that shows the field."""

    id: str
    field: str
    page: int
    box: Box
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page beside the fields: its picture's frame in pixels (zero: bare text, shown as such) and its marks."""

    page: Page
    marks: tuple[Mark, ...]

    @property
    def air(self) -> int:
        """Pixels left free around what a mark frames, so that the frame does not touch the print."""
        return round(self.page.width * _AIR)


def anchor(key: str) -> str:
    """A field's name as an id: ``references[0]`` → ``references-0``."""
    return key.replace("[", "-").replace("]", "")


def fields_of(letter: Letter) -> list[Field]:
    """The readings of a letter in the order of its head; optional ones only where there is something to show."""
    marked = {mark.field: mark.id for mark in reversed(marks_of(letter))}
    found, doubtful = [], waiting(letter)
    for key in READINGS:
        reading: Reading[Any] = getattr(letter, key)
        reasons = reasons_for(letter, key)
        if key in EXPECTED or reading.value is not None or reading.printed or reasons:
            found.append(Field(key, reading, reasons, marked.get(key), key in doubtful))
    return found


def reasons_for(letter: Letter, key: str) -> tuple[str, ...]:
    """Why a person should look at a field, in plain Thai."""
    return tuple(dict.fromkeys(doubt.reason for doubt in letter.review if doubt.field == key))


def marks_of(letter: Letter) -> list[Mark]:
    """Every place on a page picture that something was read from, in the order of the fields."""
    marks = []
    for key, places in _evidence(letter):
        doubtful = bool(reasons_for(letter, key))
        for number, evidence in enumerate(places):
            if evidence.box is not None:
                marks.append(Mark(f"m-{anchor(key)}-{number}", anchor(key), evidence.page, evidence.box, doubtful))
    return marks


def sheets_of(letter: Letter, pages: dict[int, Page]) -> list[Sheet]:
    """The letter's pages with their marks; pages no longer stored are left out."""
    marks = marks_of(letter)
    return [Sheet(pages[number], tuple(mark for mark in marks if mark.page == number))
            for number in letter.pages if number in pages]


def evidence_of(letter: Letter, key: str) -> Evidence | None:
    """Where a field stands first; ``None`` where that is not known."""
    return next((place for name, places in _evidence(letter) if name == key for place in places), None)


def _evidence(letter: Letter) -> Iterator[tuple[str, Iterable[Evidence]]]:
    for key in READINGS:
        yield key, getattr(letter, key).evidence
    yield "recipients", _given(recipient.evidence for recipient in letter.recipients)
    if letter.signatory is not None:
        yield "signatory", _given([letter.signatory.evidence])
    for name in ("references", "enclosures", "deadlines", "actions", "received_stamps"):
        for place, item in enumerate(getattr(letter, name)):
            yield f"{name}[{place}]", _given([item.evidence])


def _given(places: Iterable[Evidence | None]) -> list[Evidence]:
    return [place for place in places if place is not None]

"""An entry as every engine stores it: terms by field, joined by spaces, and the texts that snippets are cut from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from index.analysis import analyse, tidy
from index.entry import Entry
from letters.date import BE_OFFSET

GRAINS = ("words", "parts", "pairs", "threes")
SUBJECT_FIELDS = tuple(f"subject_{grain}" for grain in GRAINS)
"""Fields whose terms stand in the text too."""
FIELDS = (*SUBJECT_FIELDS, *(f"text_{grain}" for grain in GRAINS), "issuer_clusters")
FACETS = ("sender", "year", "kind", "urgency", "domain", "deadline", "state", "person")
"""What letters are counted by. ``year`` is of the Buddhist era; ``deadline`` is ``yes`` or nothing."""

LAYOUT = 3
"""Raised whenever an index of before can no longer be read as this module writes it: it is then built anew."""

# No term can be this, so that no phrase runs from the subject into the issuer's name.
_BREAK = "¶"


@dataclass(frozen=True, slots=True)
class Document:
    """``day``: proleptic ordinal of the date, 0 for none. ``fields``: terms by field name. ``facets``: values by facet,
    those without one left out. ``texts``: packed texts."""

    id: str
    day: int
    facets: dict[str, tuple[str, ...]]
    seers: tuple[str, ...]
    fields: dict[str, str]
    texts: str


def document(entry: Entry) -> Document:
    """The entry analysed."""
    texts = [tidy(text) for text in (entry.body, entry.subject, entry.recipients, entry.issuer, entry.number)]
    zones = [analyse(text) for text in texts]
    subject, issuer = zones[1], zones[3]
    return Document(entry.id, day(entry.date), _facets(entry), entry.seers, {
        **{f"subject_{grain}": " ".join(getattr(subject, grain)) for grain in GRAINS},
        **{f"text_{grain}": f" {_BREAK} ".join(" ".join(getattr(zone, grain)) for zone in zones) for grain in GRAINS},
        "issuer_clusters": " ".join(issuer.clusters),
    }, msgspec.json.encode(texts).decode())


def _facets(entry: Entry) -> dict[str, tuple[str, ...]]:
    year = str(entry.date.year + BE_OFFSET) if entry.date else ""
    values = {"sender": (entry.issuer,), "year": (year,), "kind": (entry.kind,), "urgency": (entry.urgency,),
              "domain": tuple(map(str, entry.domains)), "deadline": ("yes",) if entry.deadline else (),
              "state": entry.states, "person": entry.people}
    tidied = {name: tuple(dict.fromkeys(filter(None, map(facet, some)))) for name, some in values.items()}
    return {name: some for name, some in tidied.items() if some}


def facet(value: str) -> str:
    """A value as it is counted: tidied, in one line, of at most 200 characters."""
    return " ".join(tidy(value).split())[:200]


def day(when: date | None) -> int:
    """The date as a number that engines can order and compare; 0 if there is none."""
    return when.toordinal() if when else 0


def texts_of(packed: str) -> list[str]:
    """The texts of a document, most telling first: body, subject, recipients, issuer, number."""
    return msgspec.json.decode(packed, type=list[str])

"""Addressees as printed → offices. A group (ทุกอำเภอ, ทุกแห่ง) is expanded within the sender's area.

Who writes to whom (DOMAIN section 1): a department to provinces; a province to its districts, อบจ., เทศบาลนคร and
เทศบาลเมือง; a district to its เทศบาลตำบล and อบต.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from chain.facts import normal
from letters import Office, OfficeKind, Recipient
from letters.text import mend, squeeze
from tasks.registry import Area, Registry, rows

_GOOD_WORD = 88  # likeness 0–100 from which on a misread type word is taken
_POOR_WORD = 60
_EVERYONE = re.compile(r"(?:ทุก(?:จังหวัด|อำเภอ|แห่?ง|ท่?าน)|ทั้?งหมด|ใน(?:พื้?นที่?|เขต|สังกัด|จังหวัด)).*$")
_SEVERAL = re.compile(r"\s*,\s*|\s*และ\s*(?=นายก|เทศบาล|องค์การ|ผู้ว่า|ท้องถิ่น|นายอำเภอ|สำนักงาน|อบ[จต])|"
                      r"(?<=\S)\s+(?=นายก|นายอำเภอ|เทศบาล|องค์การ)")
_BANGKOK = "กรุงเทพมหานคร"  # has no governor of a ผู้ว่าราชการจังหวัด kind and no provincial local office


@dataclass(frozen=True, slots=True)
class Addressed:
    """An office a letter is addressed to: the words it was read from and how sure the reading is (0–1)."""

    office: Office
    printed: str
    score: float


def expand(recipients: Iterable[Recipient], area: Area, registry: Registry) -> tuple[list[Addressed], list[str]]:
    """The offices a letter from ``area`` is addressed to, each once, by code; and the words that fit no office."""
    found: dict[str, Addressed] = {}
    unknown: list[str] = []
    for recipient in recipients:
        for words in _SEVERAL.split(recipient.name):
            offices = _offices(words, area, registry, recipient.everyone) if words else []
            unknown += [] if offices or not words else [words]
            for one in offices:
                if one.office.code not in found or found[one.office.code].score < one.score:
                    found[one.office.code] = one
    return [found[code] for code in sorted(found)], unknown


def _offices(words: str, area: Area, registry: Registry, everyone: bool) -> list[Addressed]:
    text = squeeze(mend(words))
    length, kinds = _prefix(text)
    if not kinds:
        return []
    name = _EVERYONE.sub("", text[length:])
    found = registry.find(name, kinds, area)
    if not name or (everyone and not found):
        return [Addressed(office, words, 1.0) for office in registry.within(kinds, area) if office.name != _BANGKOK]
    return [Addressed(found.office, words, found.score)] if found else []


def read_name(words: str) -> tuple[tuple[OfficeKind, ...], str]:
    """The kinds that the type word of an office's name means, and the rest of it (``อบต.คงพลเหล็ก``); all LAOs' kinds
    where there is no type word."""
    text = squeeze(mend(words))
    length, kinds = _prefix(text)
    return (kinds, text[length:]) if kinds else (tuple(kind for kind in OfficeKind if kind.is_lao), text)


def _prefix(text: str) -> tuple[int, tuple[OfficeKind, ...]]:
    """The type word a text begins with: its length and the kinds it means; ``(0, ())`` if with none.

    Long words weigh more, so that นายกเทศมนตรีตำบล wins over นายกเทศมนตรี even with a letter misread.
    """
    best: tuple[float, int, tuple[OfficeKind, ...]] = 0.0, 0, ()
    for words, kinds in _type_words():
        likeness = fuzz.ratio(normal(text[: len(words)]), normal(words))
        weight = len(words) * (likeness - _POOR_WORD)
        if likeness >= _GOOD_WORD and weight > best[0]:
            best = weight, len(words), kinds
    return best[1:]


@cache
def _type_words() -> tuple[tuple[str, tuple[OfficeKind, ...]], ...]:
    return tuple((squeeze(row["words"]), tuple(OfficeKind(kind) for kind in row["kinds"].split(",")))
                 for row in rows("addressees.tsv"))

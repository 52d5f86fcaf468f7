"""What one place on paper (a letter's head, or a citation) says about a letter, in a form that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from letters import Letter, LetterDate, LetterNumber, Precision, Reference
from letters.text import arabic, mend, squeeze

BODY_LENGTH = 1200  # characters of a letter's text that are compared; the cause and the wish stand in them

_SURE = 0.7
_NOISE = re.compile(r"[^\w\u0e00-\u0e7f]|[\u0e46-\u0e4e]|_")
_SEAT = re.compile(r"^(?:ศาลากลาง|ที่ว่าการ|สำนักงานส่งเสริมการปกครองท้องถิ่น(?=จังหวัด.|อำเภอ.))")

_MAIN_CITY = re.compile(r"^จังหวัดเมือง")  # จังหวัดเมืองนครราชสีมา occurs for จังหวัดนครราชสีมา


@dataclass(frozen=True, slots=True)
class Facts:
    """Readings of a letter's number (best first), its date, and issuer and title in normal form (``""`` unknown).
    ``unsure``: the number was read with so little confidence that the running number may be any."""

    numbers: tuple[LetterNumber, ...] = ()
    date: LetterDate | None = None
    issuer: str = ""
    title: str = ""
    unsure: bool = False

    @property
    def number(self) -> LetterNumber | None:
        """The best reading of the number."""
        return self.numbers[0] if self.numbers else None

    @property
    def empty(self) -> bool:
        """Whether nothing is known by which a letter could be told from others."""
        return not (self.numbers or self.title or (self.date and self.issuer))


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """The text for comparison: Arabic digits, no blanks, punctuation or tone marks (which readers lose first)."""
    return _NOISE.sub("", squeeze(arabic(mend(text)))).lower()


@lru_cache(maxsize=65536)
def issuer_name(text: str) -> str:
    """An issuer's name for comparison, without the word for its seat: ศาลากลางจังหวัดตรัง and จังหวัดตรัง are one."""
    return normal(_MAIN_CITY.sub("จังหวัด", _SEAT.sub("", squeeze(mend(text)))))


def alike(one: str, other: str) -> float | None:
    """Likeness 0–100 of two normal texts, ``None`` if one is not known."""
    return fuzz.ratio(one, other) if one and other else None


def contains(one: str, other: str) -> float | None:
    """Likeness 0–100 of the shorter text to the best matching part of the longer, ``None`` if one is not known."""
    return fuzz.partial_ratio(one, other) if one and other else None


def body(letter: Letter) -> str:
    """The beginning of the letter's text in normal form."""
    return normal(letter.text[: 2 * BODY_LENGTH])[:BODY_LENGTH]


def of_head(letter: Letter) -> Facts:
    """What a letter says about itself."""
    return Facts(
        numbers=(letter.number.value,) if letter.number.value else (),
        date=letter.date.value,
        issuer=issuer_name(letter.issuer.value or ""),
        title=normal(letter.subject.value or ""),
        unsure=bool(letter.number) and letter.number.confidence < _SURE,
    )


def of_citation(reference: Reference) -> Facts:
    """What a citation says about the letter it means."""
    return Facts(
        numbers=(reference.number.value,) if reference.number.value else (),
        date=reference.date.value,
        issuer=issuer_name(reference.issuer or ""),
        title=normal(reference.title or ""),
    )


def to_the_day(date: LetterDate | None) -> bool:
    """Whether the date names a day."""
    return date is not None and date.precision is Precision.DAY

"""What one place on paper (a letter's head, or a citation) says about a letter, in a form that can be compared."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import msgspec
from rapidfuzz import fuzz

from letters import Letter, LetterDate, LetterNumber, Precision, Reading, Reference
from letters.number import bare
from letters.text import arabic, mend, squeeze

BODY_LENGTH = 1200  # characters of a letter's text that are compared; the cause and the wish stand in them

NOISE = (0.002, 0.005, 0.012, 0.026, 0.06, 0.15)
"""Rates at which a sign was misread, by level. A reading's confidence tells its level: 0.9 for a number of nine signs
is 0.012 for each. Levels, so that equal papers stay equal."""

_BOUNDS = tuple((low * high) ** 0.5 for low, high in pairwise(NOISE))
_SIGNS_OF_A_DAY = 2
_NOISE = re.compile(r"[^\w\u0e00-\u0e7f]|[\u0e46-\u0e4e]|_")
_SEAT = re.compile(r"^(?:ศาลากลาง|ที่ว่าการ|สำนักงานส่งเสริมการปกครองท้องถิ่น(?=จังหวัด.|อำเภอ.))")

_MAIN_CITY = re.compile(r"^จังหวัดเมือง")  # จังหวัดเมืองนครราชสีมา occurs for จังหวัดนครราชสีมา


@dataclass(frozen=True, slots=True)
class Facts:
    """Readings of a letter's number (best first), its date, and issuer and title in normal form (``""`` unknown).
    ``noise`` and ``date_noise``: levels of :data:`NOISE` at which the signs of number and day were misread;
    ``cover_noise``: those of the readings that are covering letters' (:mod:`chain.records`)."""

    numbers: tuple[LetterNumber, ...] = ()
    date: LetterDate | None = None
    issuer: str = ""
    title: str = ""
    noise: int = 0
    date_noise: int = 0
    cover_noise: int = 0

    @property
    def number(self) -> LetterNumber | None:
        """The best reading of the number."""
        return self.numbers[0] if self.numbers else None

    @property
    def empty(self) -> bool:
        """Whether nothing is known by which a letter could be told from others."""
        return not (self.numbers or self.title or (self.date and self.issuer))


def serial_of(number: LetterNumber) -> str:
    """The running number as letters are told apart by; ``""`` where there is none."""
    return bare(number.serial)


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """The text for comparison: Arabic digits, no blanks, punctuation or tone marks (which readers lose first)."""
    return _NOISE.sub("", squeeze(arabic(mend(text)))).lower()


@lru_cache(maxsize=65536)
def issuer_name(text: str) -> str:
    """An issuer's name for comparison, without the word for its seat: ศาลากลางจังหวัดตรัง and จังหวัดตรัง are one."""
    return normal(_MAIN_CITY.sub("จังหวัด", _SEAT.sub("", squeeze(mend(text)))))


def of_district(issuer: str) -> bool:
    """Whether an issuer's name, for comparison, is a district's."""
    return issuer.startswith("อำเภอ")


def alike(one: str, other: str) -> float | None:
    """Likeness 0–100 of two normal texts, ``None`` if one is not known."""
    return (100.0 if one == other else fuzz.ratio(one, other)) if one and other else None


def contains(one: str, other: str) -> float | None:
    """Likeness 0–100 of the shorter text to the best matching part of the longer, ``None`` if one is not known."""
    return (100.0 if one == other else fuzz.partial_ratio(one, other)) if one and other else None


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
        noise=_number_noise(letter.number), date_noise=_day_noise(letter.date),
    )


def of_citation(reference: Reference) -> Facts:
    """What a citation says about the letter it means."""
    return Facts(
        numbers=(reference.number.value,) if reference.number.value else (),
        date=reference.date.value,
        issuer=issuer_name(reference.issuer or ""),
        title=normal(reference.title or ""),
        noise=_number_noise(reference.number), date_noise=_day_noise(reference.date),
    )


def _number_noise(reading: Reading[LetterNumber]) -> int:
    number = reading.value
    signs = len(f"{number.agency or ''}{number.serial or ''}") if number else 0
    return noise_level(reading.confidence, signs)


def _day_noise(reading: Reading[LetterDate]) -> int:
    return noise_level(reading.confidence, _SIGNS_OF_A_DAY) if to_the_day(reading.value) else 0


@lru_cache(maxsize=4096)
def noise_level(confidence: float, signs: int) -> int:
    """The level of :data:`NOISE` next to the rate at which each of so many signs was misread, if all of them together
    are right with this confidence."""
    rate = 1 - min(max(confidence, 0.05), 0.999) ** (1 / max(signs, 1))
    return next((level for level, bound in enumerate(_BOUNDS) if rate < bound), len(_BOUNDS))


def imprint(facts: Facts, *more: str) -> bytes:
    """Sixteen bytes that stand for these facts and words, so that equal ones are found without keeping them."""
    return hashlib.blake2b(msgspec.msgpack.encode((facts, more)), digest_size=16).digest()


def to_the_day(date: LetterDate | None) -> bool:
    """Whether the date names a day."""
    return date is not None and date.precision is Precision.DAY

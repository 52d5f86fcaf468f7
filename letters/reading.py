"""A value read from paper, with all that a person, the linker and the audit trail need to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from letters.page import Box

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: page (from 1), characters ``start:end`` of that page's text, and box if it has pixels."""

    page: int
    start: int
    end: int
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """One step from what was printed or read to the value: what changed, by which named rule, how sure (0–1)."""

    rule: str
    before: str
    after: str
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Rival(Generic[T]):
    """Another value the evidence allows, and why it did not win."""

    value: T
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A field as read. ``value`` is ``None`` where it is not there or could not be read, never a guess;
    ``printed`` is what stands on the page, digits as printed."""

    value: T | None = None
    printed: str = ""
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    repairs: tuple[Repair, ...] = ()
    rivals: tuple[Rival[T], ...] = ()

    def __bool__(self) -> bool:
        return self.value is not None

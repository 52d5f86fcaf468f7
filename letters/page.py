"""What was read on a page: words in lines, with boxes in pixels of the page image at its own resolution."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the page image: left, top, right, bottom; origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something else that a word may read, and how likely, 0–1."""

    text: str
    probability: float


class Ink(StrEnum):
    """What put it on the paper."""

    PRINT = "print"
    STAMP = "stamp"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of print without white space, or an entry by hand (``ink``). ``confidence`` is 0–1: the share of its
    characters that should be right, of an entry by hand how likely it is right. ``rivals``: what else it may read,
    likeliest first; an entry that nobody could read has no text. ``box`` is absent in bare text."""

    text: str
    confidence: float
    box: Box | None = None
    rivals: tuple[Alternative, ...] = ()
    ink: Ink = Ink.PRINT


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, words joined as printed. ``text`` is what parsing reads; ``words`` give it its boxes."""

    text: str
    words: tuple[Word, ...] = ()
    box: Box | None = None
    confidence: float = 1.0
    ink: Ink = Ink.PRINT


class Source(StrEnum):
    """Where a page's text comes from."""

    OCR = "ocr"
    TEXT_LAYER = "text-layer"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code (or other matrix code) and what it says."""

    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. ``number`` counts from 1 within the packet; ``width`` and ``height`` are pixels at ``dpi``
    (zero for bare text). ``reader`` names engine and model version, so that a re-run can tell what changed.
    ``rotation``: degrees by which the page's image was turned clockwise before it was read, a skew included; boxes and
    sizes are those of the turned image."""

    number: int
    lines: tuple[Line, ...]
    source: Source
    width: int = 0
    height: int = 0
    dpi: int = 0
    codes: tuple[Code, ...] = ()
    reader: str = ""
    rotation: float = 0.0

    @property
    def text(self) -> str:
        """Printed text in reading order, one line a row."""
        return "\n".join(line.text for line in self.lines)

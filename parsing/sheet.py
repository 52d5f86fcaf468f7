"""One letter laid out for reading: its rows with the part each belongs to. What every finder takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from letters import Code
from parsing.flow import Flow, Row
from parsing.parts import Part
from parsing.sections import parts_of

_PRINTED = tuple(part for part in Part if part not in (Part.NOTE, Part.STAMP))


@dataclass(frozen=True, slots=True)
class Sheet:
    """``parts[i]`` is the part of ``rows[i]``; ``codes`` are the QR codes on its pages."""

    rows: tuple[Row, ...]
    parts: tuple[Part, ...]
    codes: tuple[Code, ...] = ()
    _known: dict[tuple[Part, ...], Flow] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, rows: tuple[Row, ...], codes: tuple[Code, ...] = ()) -> Sheet:
        """The sheet of one letter's rows."""
        return cls(rows, tuple(parts_of(rows)), codes)

    def part(self, *wanted: Part) -> Flow:
        """The rows of some parts as one text, in their order. Made once: every finder asks for some."""
        if wanted not in self._known:
            self._known[wanted] = self.where(lambda _, part: part in wanted)
        return self._known[wanted]

    def where(self, keep: Callable[[Row, Part], bool]) -> Flow:
        """The rows that ``keep(row, part)`` picks, as one text."""
        return Flow(tuple(row for row, part in zip(self.rows, self.parts, strict=True) if keep(row, part)))

    @property
    def printed(self) -> Flow:
        """Everything that is the letter's own print: no stamps, handwriting, routing slips or catch-words."""
        return self.part(*_PRINTED)

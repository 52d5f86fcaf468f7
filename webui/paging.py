"""Numbered pages of 10, 25 or 50 rows, told as in INFO: ``1 ถึง 10 จาก 57``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SIZES = (10, 25, 50)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows a page shows. ``number`` counts from 1 and is never beyond the last page."""

    total: int
    size: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are; one for an empty list."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The page's first row, counted from 1; 0 of an empty list."""
        return self.offset + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The page's last row."""
        return min(self.offset + self.size, self.total)


def paging(values: Mapping[str, str], total: int) -> Paging:
    """The page asked for in an address (``page``, ``size``); what makes no sense gives the first of the shortest."""
    size = int(values.get("size", "")) if values.get("size", "") in map(str, SIZES) else SIZES[0]
    asked = values.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    pages = max(1, -(-total // size))
    return Paging(total, size, min(max(1, number), pages))

"""Which pages go on with which letter, also where they were scanned in the wrong order.

A letter of several pages numbers them from the second on (``- ๒ -``) and ends each but the last with a catch-word, the
first words of the next page (``/๒. ตรวจสอบ……``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from letters import Doubt, Ink, Page
from letters.text import squeeze
from parsing import labels
from parsing.faxed import is_fax_line
from parsing.flow import Row, is_print, rows_of
from parsing.names import NAME_ROW

_CATCH = re.compile(r"^\s*/\s*(?P<words>[^/\d\s].{0,60}?)\s*(?:\.{2,}|…)*\s*$")
SHORTEST_CATCH = 3
SIGNED_WITHIN = 6
"""Rows of a page among which the signer stands, if it brings nothing but the end of a letter."""
FOOT_ROWS = 6
"""Rows of a page that brings nothing but the owner's office of a letter and how to reach it."""
MEMO_WITHIN = 8


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its rows, and those of them that hold something, are no stamp and no fax machine's line."""

    page: Page
    rows: tuple[Row, ...]
    filled: tuple[Row, ...]

    @classmethod
    def of(cls, page: Page) -> Leaf:
        """The leaf of a page."""
        rows = tuple(rows_of(page))
        filled = [row for row in rows if row.text.strip() and row.line.ink is not Ink.STAMP]
        return cls(page, rows, tuple(filled[1:] if filled and is_fax_line(filled[0].folded) else filled))

    @property
    def number(self) -> int:
        """Where the page lies in the packet, from 1."""
        return self.page.number


def page_number(rows: Sequence[Row]) -> int | None:
    """The number printed at the top of a page (``- ๒ -``); ``None`` where none stands."""
    for row in [row for row in rows if is_print(row)][:2]:
        if labels.PAGE_NUMBER.match(row.folded):
            return int(re.sub(r"\D", "", row.folded))
    return None


def catch_word(rows: Sequence[Row]) -> str | None:
    """The first words of the next page as the last row promises them, without blanks."""
    printed = [row for row in rows if is_print(row)]
    last = _CATCH.match(printed[-1].folded) if printed else None
    return squeeze(last["words"]) if last else None


def answers(promised: str | None, rows: Sequence[Row]) -> bool:
    """Whether a page begins with the words that a catch-word promises; one letter in five may be misread."""
    if promised is None or len(promised) < SHORTEST_CATCH:
        return False
    first = next((squeeze(row.folded) for row in rows if not labels.PAGE_NUMBER.match(row.folded)), "")
    return Levenshtein.distance(promised, first[: len(promised)]) <= len(promised) // 5


def is_closed(group: Sequence[Leaf]) -> bool:
    """Whether a letter has come to its end: closing words with what stands below them, or (without closing words) a
    telephone in the foot of the page. A promised next page keeps it open."""
    rows = [row for leaf in group for row in leaf.filled]
    if catch_word(rows):
        return False
    closing = next((index for index, row in enumerate(rows) if labels.CLOSING.match(row.text)), None)
    if closing is not None:
        return len(rows) > closing + 1
    return any(labels.CONTACT.search(row.text) or NAME_ROW.match(row.text) for row in rows[-6:])


def awaits(group: Sequence[Leaf], rows: Sequence[Row]) -> bool:
    """Whether a page brings what a letter still lacks, whatever else it looks like: the closing words, or behind them
    the signer or the owner's office. Memos, orders and announcements close otherwise."""
    before = [row for leaf in group for row in leaf.filled]
    if not any(labels.SALUTATION.match(row.text) for row in before) or any(
        labels.MEMO.match(row.folded) for row in before[:MEMO_WITHIN]
    ):
        return False
    closing = next((index for index, row in enumerate(before) if labels.CLOSING.match(row.text)), None)
    if closing is None:
        return any(labels.CLOSING.match(row.text) for row in rows)
    signed = any(NAME_ROW.match(row.text) for row in before[closing:])
    if not signed:
        return any(NAME_ROW.match(row.text) for row in rows[:SIGNED_WITHIN])
    return _is_foot(rows) and not any(_of_foot(row) for row in before[closing:])


def _is_foot(rows: Sequence[Row]) -> bool:
    """Whether a page holds the owner's office and nothing else but the caption of a code beside it."""
    foot = [row for row in rows if _of_foot(row)]
    caption = len(rows) - len(foot)
    told = any(labels.CONTACT.search(row.text) for row in foot)
    offices = any(labels.OFFICE_BLOCK.match(row.text) for row in foot)
    return offices and len(rows) <= FOOT_ROWS and caption <= int(told)


def _of_foot(row: Row) -> bool:
    return bool(labels.OFFICE_BLOCK.match(row.text) or labels.CONTACT.search(row.text))


def lacks(group: Sequence[Leaf], number: int | None) -> bool:
    """Whether a letter has a later page than this one, and this one not: it was scanned out of order."""
    have = {_place(leaf) for leaf in group}
    return number is not None and number > 1 and number not in have and any(other and other > number for other in have)


def in_reading_order(group: Sequence[Leaf]) -> tuple[list[Leaf], tuple[Doubt, ...]]:
    """A letter's pages as they must be read, and what is odd about how they lie in the packet."""
    numbers = [_place(leaf) for leaf in group]
    known = [number for number in numbers if number]
    ordered = list(group)
    if len(known) == len(group):
        ordered = [leaf for _, leaf in sorted(zip(known, group, strict=True), key=lambda item: item[0])]
    doubts = []
    scanned = [leaf.number for leaf in ordered]
    if scanned != sorted(scanned):
        doubts.append(Doubt("pages", f"หน้าสแกนสลับลำดับ อ่านตามลำดับหน้า {', '.join(map(str, scanned))}"))
    elif scanned[-1] - scanned[0] >= len(scanned):
        doubts.append(Doubt("pages", "มีเอกสารอื่นแทรกอยู่ระหว่างหน้าของหนังสือ"))
    missing = sorted(set(range(1, max(known, default=0) + 1)) - set(known)) if len(known) == len(group) else []
    if missing:
        doubts.append(Doubt("pages", f"อาจขาดหน้าที่ {', '.join(map(str, missing))} ของหนังสือ"))
    if catch_word(ordered[-1].filled):
        doubts.append(Doubt("pages", "มีคำต่อหน้าท้ายหน้า แต่ไม่พบหน้าถัดไป"))
    return ordered, tuple(doubts)


def _place(leaf: Leaf) -> int | None:
    """Which page of its letter a leaf is: as printed between dashes, the first if it has a letter's head (a lone figure
    at its top is a stray), else as printed."""
    rows = [row for row in leaf.filled if is_print(row)][:2]
    dashed = any(labels.PAGE_NUMBER.match(row.folded) and not row.text.strip()[0].isdigit() for row in rows)
    return 1 if not dashed and _begins(leaf) else page_number(leaf.filled)


def _begins(leaf: Leaf) -> bool:
    return any(
        pattern.match(row.text)
        for row in leaf.filled[:25]
        for pattern in (labels.SUBJECT, labels.SALUTATION, labels.TO)
    )

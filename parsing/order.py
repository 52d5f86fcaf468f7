"""Which pages go on with which letter, also where they were scanned in the wrong order.

A letter of several pages numbers them from the second on (``- ๒ -``) and ends each but the last with a catch-word, the
first words of the next page (``/๒. ตรวจสอบ……``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from letters import Doubt, Page
from letters.text import arabic, squeeze
from parsing import labels
from parsing.flow import Row, rows_of
from parsing.names import NAME_ROW

_CATCH = re.compile(r"^\s*/\s*(?P<words>[^/\d\s].{0,60}?)\s*(?:\.{2,}|…)*\s*$")
SHORTEST_CATCH = 3


def filled(page: Page) -> list[Row]:
    """The page's rows that hold something."""
    return [row for row in rows_of(page) if row.text.strip()]


def page_number(rows: Sequence[Row]) -> int | None:
    """The number printed at the top of a page (``- ๒ -``); ``None`` where none stands."""
    for row in rows[:2]:
        if labels.PAGE_NUMBER.match(arabic(row.text)):
            return int(re.sub(r"\D", "", arabic(row.text)))
    return None


def catch_word(rows: Sequence[Row]) -> str | None:
    """The first words of the next page as the last row promises them, without blanks."""
    last = _CATCH.match(arabic(rows[-1].text)) if rows else None
    return squeeze(last["words"]) if last else None


def answers(promised: str | None, rows: Sequence[Row]) -> bool:
    """Whether a page begins with the words that a catch-word promises; one letter in five may be misread."""
    if promised is None or len(promised) < SHORTEST_CATCH:
        return False
    first = next((squeeze(arabic(row.text)) for row in rows if not labels.PAGE_NUMBER.match(arabic(row.text))), "")
    return Levenshtein.distance(promised, first[: len(promised)]) <= len(promised) // 5


def is_closed(group: Sequence[Page]) -> bool:
    """Whether a letter has come to its end: closing words with what stands below them, or (without closing words) a
    telephone in the foot of the page. A promised next page keeps it open."""
    rows = [row for page in group for row in filled(page)]
    if catch_word(rows):
        return False
    closing = next((index for index, row in enumerate(rows) if labels.CLOSING.match(row.text)), None)
    if closing is not None:
        return len(rows) > closing + 1
    return any(labels.CONTACT.search(row.text) or NAME_ROW.match(row.text) for row in rows[-6:])


def in_reading_order(group: Sequence[Page]) -> tuple[list[Page], tuple[Doubt, ...]]:
    """A letter's pages as they must be read, and what is odd about how they lie in the packet."""
    numbers = [page_number(filled(page)) or (1 if _begins(page) else None) for page in group]
    known = [number for number in numbers if number]
    ordered = list(group)
    if len(known) == len(group):
        ordered = [page for _, page in sorted(zip(known, group, strict=True), key=lambda item: item[0])]
    doubts = []
    scanned = [page.number for page in ordered]
    if scanned != sorted(scanned):
        doubts.append(Doubt("pages", f"หน้าสแกนสลับลำดับ อ่านตามลำดับหน้า {', '.join(map(str, scanned))}"))
    elif scanned[-1] - scanned[0] >= len(scanned):
        doubts.append(Doubt("pages", "มีเอกสารอื่นแทรกอยู่ระหว่างหน้าของหนังสือ"))
    missing = sorted(set(range(1, max(known, default=0) + 1)) - set(known)) if len(known) == len(group) else []
    if missing:
        doubts.append(Doubt("pages", f"อาจขาดหน้าที่ {', '.join(map(str, missing))} ของหนังสือ"))
    if catch_word(filled(ordered[-1])):
        doubts.append(Doubt("pages", "มีคำต่อหน้าท้ายหน้า แต่ไม่พบหน้าถัดไป"))
    return ordered, tuple(doubts)


def _begins(page: Page) -> bool:
    return any(
        pattern.match(row.text)
        for row in filled(page)[:25]
        for pattern in (labels.SUBJECT, labels.SALUTATION, labels.TO)
    )

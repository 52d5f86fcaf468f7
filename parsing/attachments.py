"""What pages that are no letter hold: by their heading, their words, and how their rows are built."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from letters import AttachmentKind, Page
from letters.text import arabic
from parsing.flow import Row
from parsing.loose import loose
from parsing.tables import table

HEADING_ROWS = 4
LONGEST_CODE_PAGE = 500  # characters of a page that holds a QR code and hardly more
LEADERS = 4  # dotted or ruled spaces to fill in, of a form
COLUMNS = 3
TABLE_ROWS = 4

_START = r"^\s*[\d.\s]*"
_WORDS = tuple(
    (
        AttachmentKind(row["kind"]),
        row["where"] == "heading",
        re.compile(
            (r"^\s*[\d.\s]*" if row["where"] == "heading" else "") + loose(row["word"], spaced=True), re.IGNORECASE
        ),
        int(row["weight"]),
    )
    for row in table("attachments")
)
_LEADER = re.compile(r"\.{6,}|…{3,}|_{6,}|☐|□|\(\s{2,}\)")
_COUNTED = re.compile(r"^\s*(\d{1,3})\s+[^\d\s.)…_]\S*\s+\S")
_DIGIT = re.compile("[0-9๐-๙]")
_CELLS = re.compile(r"\s{3,}|\t|\|")


def looks_attached(rows: Sequence[Row]) -> bool:
    """Whether a page begins as attachments do: บัญชี…, แบบ…, คู่มือ…, กำหนดการ…"""
    return any(pattern.match(row.text) for row in rows[:HEADING_ROWS] for _, heading, pattern, _ in _WORDS if heading)


def attachment_kind(page: Page) -> AttachmentKind:
    """The kind that most of the page's words and rows speak for; ``OTHER`` where nothing does."""
    rows = [line.text for line in page.lines if line.text.strip()]
    weights = _weights(rows)
    if page.codes and len("".join(rows)) < LONGEST_CODE_PAGE:
        weights[AttachmentKind.QR] += 6
    elif len("".join(rows)) >= LONGEST_CODE_PAGE:
        weights[AttachmentKind.QR] = 0
    if sum(len(_LEADER.findall(row)) for row in rows) >= LEADERS:
        weights[AttachmentKind.FORM] += 4
    if _is_table(rows):
        weights[AttachmentKind.TABLE] += 4
    best = max(AttachmentKind, key=lambda kind: weights[kind])
    return best if weights[best] > 0 else AttachmentKind.OTHER


def _is_table(rows: Sequence[str]) -> bool:
    """Whether rows run on by number (1, 2, 3 without a stop) with something filled in, or fall into columns."""
    counted = [int(found[1]) for row in rows if (found := _COUNTED.match(arabic(row)))]
    running = sum(second == first + 1 for first, second in pairwise(counted)) >= TABLE_ROWS - 2
    columns = sum(len(_CELLS.split(row.strip())) >= COLUMNS and bool(_DIGIT.search(row)) for row in rows) >= TABLE_ROWS
    return running or columns


def _weights(rows: Sequence[str]) -> dict[AttachmentKind, int]:
    headings: dict[AttachmentKind, int] = defaultdict(int)
    weights: dict[AttachmentKind, int] = defaultdict(int)
    text = "\n".join(rows)
    for kind, heading, pattern, weight in _WORDS:
        if heading and any(pattern.match(row) for row in rows[:HEADING_ROWS]):
            headings[kind] = max(headings[kind], weight)
        elif not heading and pattern.search(text):
            weights[kind] += weight
    return defaultdict(int, {kind: weights[kind] + headings[kind] for kind in AttachmentKind})

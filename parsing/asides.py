"""Rows that are no part of a letter's course: stamps, officers' notes, what a fax machine or a hand put on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing import labels
from parsing.faxed import is_fax_line
from parsing.flow import Row, is_print
from parsing.names import BRACKETED, NAME_ROW, rank_above
from parsing.parts import LONGEST_STAMP, SIGNATURE_ROWS, Part

_DASHED = re.compile(r"^\s*[-–—]+\s*[ก-ฮเแโใไ]")
_STAMP_OFFICE = re.compile(r"^\s*(?!ที่\s)[^\d]{3,45}$")
_STAMP_ROW = re.compile(r"^\s*(?:วัน\s?ที่?|เวลา)")
_SLIP = re.compile(
    r"^\s*[-–]?\s*(?:เพื่อโปรด|เห็นควร|(?:-\s*)?ทราบ\s*(?:$|[-–/.])|โปรดสั่งการ|ความเห็น[ก-์]{3,40}\s*$|แจ้ง\.{2,}|มอบ)"
)


def aside(rows: Sequence[Row], position: int, current: Part, *, slip: bool) -> Part | None:
    """The part of a row that is no part of the letter's course: it stands between rows without ending their part."""
    row, text = rows[position], rows[position].folded
    if not is_print(row):
        return Part.STAMP
    if (
        labels.CATCH_WORD.match(text)
        or labels.RULE.match(text)
        or labels.COPY_MARK.match(text)
        or (current is Part.BODY and labels.PAGE_NUMBER.match(text))
    ):
        return Part.NOTE
    if len(text.strip()) < LONGEST_STAMP and labels.STAMP.search(text) and current is not Part.BODY:
        return Part.STAMP
    if current in (Part.BODY, Part.CLOSING, Part.OFFICE) and (labels.SALUTATION.match(text) or _is_slip(text)):
        return Part.NOTE
    if _written_in(rows, position, current):
        return Part.NOTE
    ends = (labels.CLOSING, labels.OFFICE_BLOCK, labels.BODY_STARTS, NAME_ROW)
    if slip and not any(pattern.match(text) for pattern in ends):
        return Part.NOTE
    return None


def with_whole_stamps(rows: Sequence[Row], parts: list[Part]) -> list[Part]:
    """Office, day and time of a received stamp stand right above and below its number row."""
    for position in [index for index, part in enumerate(parts) if part is Part.STAMP]:
        above = next((i for i in range(position - 1, max(-1, position - 3), -1) if rows[i].text.strip()), None)
        if above is not None and parts[above] is Part.HEAD and _STAMP_OFFICE.match(rows[above].text):
            parts[above] = Part.STAMP
        for below in range(position + 1, min(len(rows), position + 4)):
            if parts[below] is Part.HEAD and _STAMP_ROW.match(rows[below].folded):
                parts[below] = Part.STAMP
    return parts


def _is_slip(text: str) -> bool:
    """Whether a row begins as officers' notes do; these are short, a body's row may begin with the same words."""
    return len(text.strip()) < LONGEST_STAMP and bool(_SLIP.match(text))


def _written_in(rows: Sequence[Row], position: int, current: Part) -> bool:
    """Whether a row was put on the letter by a fax machine, or by those who handled it: where the signature goes, or
    below the foot."""
    if position == 0 or rows[position - 1].page != rows[position].page:
        return is_fax_line(rows[position].folded)
    if current is Part.HEAD:
        return False
    if current is Part.CLOSING:
        return _under_the_closing(rows, position)
    if current is Part.BODY and _DASHED.match(rows[position].text):  # memos end without closing words
        purpose = any(labels.PURPOSE.match(row.text) for row in rows[max(0, position - SIGNATURE_ROWS) : position])
        return purpose and any(_names(row) for row in rows[position + 1 : position + SIGNATURE_ROWS])
    return current is Part.OFFICE and _below_the_foot(rows, position)


def _under_the_closing(rows: Sequence[Row], position: int) -> bool:
    """Whether a row was written where the signature goes: between the closing words and the name nothing is printed but
    a rank."""
    below = next((row for row in rows[position + 1 : position + 2] if _names(row)), None)
    name = BRACKETED.search(below.text) if below else None
    if BRACKETED.search(rows[position].text) or rank_above(rows[position].text, name["name"] if name else ""):
        return False
    above = next((row for row in reversed(rows[:position]) if labels.CLOSING.match(row.text) or _names(row)), None)
    named = any(BRACKETED.search(row.text) for row in rows[position + 1 : position + SIGNATURE_ROWS])
    return named and above is not None and not _names(above)


def _below_the_foot(rows: Sequence[Row], position: int) -> bool:
    """Whether a second name stands between the telephone and this row: an officer's stamp, who handled the letter."""
    above = [row for row in rows[: position + 1] if row.page == rows[position].page]
    signed, *stamped = [at for at, row in enumerate(above) if _names(row)] or [0]
    return any(labels.CONTACT.search(row.text) for at in stamped[-1:] for row in above[signed + 1 : at])


def _names(row: Row) -> bool:
    return bool(NAME_ROW.match(row.text)) and not labels.COPY_MARK.match(row.folded)

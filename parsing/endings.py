"""Where a body ends whose closing words are missing: by its signature, its seal, or its owner's office."""

from __future__ import annotations

from collections.abc import Sequence

from parsing import labels
from parsing.dates import find_dates
from parsing.flow import Row, is_print
from parsing.names import BRACKETED, NAME_ROW, bare_name, rank_above
from parsing.parts import LONGEST_STAMP, SIGNATURE_ROWS, is_full

LONGEST_DATE = 36


def ends_body(text: str, rows: Sequence[Row], position: int) -> bool:
    return _signs_without_closing(text, rows, position) or _seals(rows, position)


def _signs_without_closing(text: str, rows: Sequence[Row], position: int) -> bool:
    """Memos, radio messages and orders are signed right below the body: a row that is a name in brackets."""
    printed = (row.text for row in rows[position + 1 : position + SIGNATURE_ROWS] if row.text.strip() and is_print(row))
    below = next(printed, "")
    ranked = NAME_ROW.match(below) and rank_above(text, BRACKETED.sub(r"\g<name>", below).strip())
    named = NAME_ROW.match(text) or ranked or bare_name(rows, position)
    return bool(named) and not any(labels.CLOSING.match(row.text) for row in rows[position:])


def _seals(rows: Sequence[Row], position: int) -> bool:
    """The end of a stamped letter (Regulation, form 3): the sender's name and the date, each on a row of its own."""
    if _is_date(rows[position].text):
        below = next((row.text for row in rows[position + 1 : position + 4] if row.text.strip()), "")
        sealed = not is_full(rows, position - 1) or bool(
            labels.OFFICE_BLOCK.match(below)
        )  # or a sentence ends in a date
    else:
        following = next((row.text for row in rows[position + 1 : position + 4] if row.text.strip()), "")
        sealed = len(rows[position].text.strip()) < LONGEST_STAMP and _is_date(following)
    return sealed and any(labels.TO.match(row.text) for row in rows[:position])


def _is_date(text: str) -> bool:
    """Whether a row holds a date and nothing else; its day may be left blank."""
    short = text.strip()
    found = find_dates(text) if len(short) < LONGEST_DATE and short[-2:].isdigit() else []
    return len(found) == 1 and len(text[: found[0].start].strip(" .…")) + len(text[found[0].end :].strip()) <= 3


def is_office_block(text: str, rows: Sequence[Row], position: int) -> bool:
    """The owner's office at the foot of a letter without a closing: a short office row, soon followed by a phone."""
    if not labels.OFFICE_BLOCK.match(text) or len(text.strip()) > 80:
        return False
    if any(labels.PURPOSE.match(other.text) for other in rows[position:]):
        return False  # the body goes on
    following = [other.text for other in rows[position : position + 8] if other.text.strip()]
    return any(labels.CONTACT.search(other) for other in following[:4])

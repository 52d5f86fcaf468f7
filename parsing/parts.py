"""The parts of a letter, the labels that begin them, and what tells where a row of print ends."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from parsing import labels
from parsing.flow import Row

SIGNATURE_ROWS = 6  # from the closing words to the name below the signature
LONGEST_STAMP = 60  # characters of a stamp's row


class Part(StrEnum):
    """Parts of a letter in the order in which they stand."""

    HEAD = "head"
    SUBJECT = "subject"
    ADDRESS = "address"
    REFERENCE = "reference"
    ENCLOSURE = "enclosure"
    BODY = "body"
    CLOSING = "closing"
    OFFICE = "office"
    NOTE = "note"  # routing slips, catch-words, page numbers, copy marks
    STAMP = "stamp"  # received stamps and other inks


LABELS = (
    (Part.SUBJECT, labels.SUBJECT),
    (Part.ADDRESS, labels.SALUTATION),
    (Part.ADDRESS, labels.TO),
    (Part.REFERENCE, labels.REFERENCE),
    (Part.ENCLOSURE, labels.ENCLOSURE),
)
LABELLED = frozenset((Part.SUBJECT, Part.ADDRESS, Part.REFERENCE, Part.ENCLOSURE))


def is_full(rows: Sequence[Row], position: int) -> bool:
    """Whether a row runs to the right margin, so that its sentence may go on in the next."""
    row = rows[position]
    if row.line.box is not None:
        margin = max(other.line.box.right for other in rows if other.line.box and other.page == row.page)
        return row.line.box.right > 0.8 * margin
    lengths = sorted(len(other.text.strip()) for other in rows if other.text.strip())
    return len(row.text.strip()) > 0.6 * min(100, lengths[int(len(lengths) * 0.8)])

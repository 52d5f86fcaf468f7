"""Which part of the letter each row belongs to: head, labelled lines, body, closing, office block, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsing import labels
from parsing.asides import aside, with_whole_stamps
from parsing.continuing import continues
from parsing.endings import ends_body, is_office_block
from parsing.flow import Row
from parsing.numberline import own_number
from parsing.parts import LABELLED, LABELS, Part

_LONG_START = re.compile(labels.BODY_STARTS.pattern + r".{30}")


def parts_of(rows: Sequence[Row]) -> list[Part]:
    """The part each row of one letter belongs to, same length and order as ``rows``.

    A routing slip's ``เรียน`` stands after the body has begun and is a note (DOMAIN section 2), never the salutation.
    """
    parts: list[Part] = []
    current, blank, slip, broken = Part.HEAD, False, False, False
    body = _body_start(rows)
    for position, row in enumerate(rows):
        text = row.folded
        if not text.strip():
            parts.append(current)
            blank = True
            continue
        beside = aside(rows, position, current, slip=slip)
        if beside is None:
            following = _next_part(current, text, blank=blank, row=row, rows=rows, position=position)
            broken = (
                current in LABELLED
                and position < body
                and (following is Part.BODY or (broken and following is current))
            )
            if broken:
                beside = Part.NOTE  # written between the labelled lines
            else:
                current = following
        slip = (slip or (beside is Part.NOTE and bool(labels.SALUTATION.match(text)))) and current is Part.BODY
        parts.append(beside or current)
        blank = False
    return with_whole_stamps(rows, parts)


def _body_start(rows: Sequence[Row]) -> int:
    """The last labelled row before the first row that begins as bodies do: what stands before it and belongs to no
    label was written between the labels. 0 where no row begins so, so that nothing is held back."""
    addressed = next(
        (i for i, row in enumerate(rows) if labels.SALUTATION.match(row.text) or labels.TO.match(row.text)), None
    )
    if addressed is None:
        return 0
    begins = next((i for i in range(addressed + 1, len(rows)) if labels.BODY_STARTS.match(rows[i].text)), 0)
    return max((i for i in range(begins) if any(label.match(rows[i].text) for _, label in LABELS)), default=0)


def _next_part(current: Part, text: str, *, blank: bool, row: Row, rows: Sequence[Row], position: int) -> Part:
    if current in (Part.HEAD, *LABELLED):
        for part, pattern in LABELS:
            if pattern.match(text) and not _labels_another(part, current, text, rows[:position]):
                return part
    if labels.CLOSING.match(text) or (current is Part.BODY and ends_body(text, rows, position)):
        return Part.CLOSING
    if current in (Part.HEAD, Part.SUBJECT, Part.ADDRESS) and labels.RADIO_TEXT.match(text):
        return Part.BODY
    if current is Part.ADDRESS and (own_number(row.text) or labels.DATE_LABEL.match(text) or labels.RADIO.match(text)):
        return Part.HEAD  # forms of radio messages name urgency, number and day below the addressees
    if current is Part.HEAD:
        return Part.BODY if _LONG_START.match(text) else Part.HEAD  # the labels were lost
    if current in LABELLED:
        return current if continues(current, text, blank=blank, row=row, rows=rows, position=position) else Part.BODY
    office = current is Part.BODY and is_office_block(text, rows, position)
    if office or (current is Part.CLOSING and labels.OFFICE_BLOCK.match(text)):
        return Part.OFFICE
    return current


def _labels_another(part: Part, current: Part, text: str, above: Sequence[Row]) -> bool:
    """Whether a label is none of the letter's own: the sender of a radio message, or the subject of a letter cited
    below the letter's own subject."""
    if part is Part.SUBJECT and current in (Part.REFERENCE, Part.ENCLOSURE):
        return any(labels.SUBJECT.match(row.text) for row in above)
    return part is Part.ADDRESS and current is Part.HEAD and bool(labels.RADIO_FROM.match(text))

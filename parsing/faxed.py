"""The line that a fax machine prints over each page: sender, telephone, day, hour, page. It belongs to nothing."""

from __future__ import annotations

import re

LONGEST = 140
SHORTEST = 15
SIGNS = 3  # of the four: number, hour, day, page
_SIGNS = (
    re.compile(r"\bFAX|โทรสาร|\bTEL\b|\bFROM\b|\bTO\b|(?<![\d.])0\d{1,2}[ -]?\d{3}[ -]?\d{3,4}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)\d{1,2}\s?[:.]\s?\d{2}\s?(?:[AP]\.?M|น\.)?", re.IGNORECASE),
    re.compile(
        r"(?<!\d)\d{1,4}[/-]\d{1,2}[/-]\d{2,4}(?!\d)|\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
        r"|\d{1,2}\s?[ก-ฮ]\S{1,4}\.\s?\d{2,4}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"\bP(?:AGE|G)?\s?[.:#]?\s?\d{1,3}(?:\s?/\s?\d{1,3})?\s*$|หน้า(?:ที่)?\s?\d{1,3}\s*$", re.IGNORECASE),
)


_MACHINE = re.compile(r"\bFAX|\bFROM\b|หมายเลขโทรสาร", re.IGNORECASE)


def is_fax_line(text: str) -> bool:
    """Whether the first row of a page (Arabic digits) is a fax machine's: at least three of its signs stand in it.

    >>> is_fax_line("FROM : KRABI OFFICE   FAX NO. : 075000000   Nov. 11 2010 10:45AM  P1")
    True
    """
    row = text.strip()
    if not SHORTEST <= len(row) <= LONGEST:
        return False
    if not (_MACHINE.search(row) or _SIGNS[-1].search(row)):
        return False
    return sum(bool(sign.search(row)) for sign in _SIGNS) >= SIGNS

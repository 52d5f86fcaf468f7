"""What received stamps say, known by likeness: the labels of form 12, offices, and what is entered there.

Regulation on Correspondence, form 12: office, number, day, hour, one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from letters.text import arabic
from ocr.handwriting.decode import Kind

# Labels by kind, and from what likeness on, in hundredths, one counts as read.
_LABELS = ((Kind.RECEIVED, 72, ("เลขรับที่", "เลขที่รับ", "เลขรับ", "รับที่", "ทะเบียนรับ")), (Kind.DAY, 60, ("วันที่", "วันเดือนปี")),
           (Kind.TIME, 70, ("เวลา",)))
_OFFICES = ("ที่ทำการ", "ที่ว่าการอำเภอ", "องค์การบริหารส่วน", "บริหารส่วนตำบล", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร",
            "สำนักงาน", "ศาลากลาง")
_OFFICE = 72                   # likeness of one of these, in hundredths
# What is entered in the rows of form 12 below the office, however badly it was read: number, day, hour.
_ENTERED = ((Kind.RECEIVED, re.compile(r"(?<!\d)\d{2,6}(?:/\d{2,4})?(?!\d)")),
            (Kind.DAY, re.compile(r"\d\D{2,8}\d{2,4}\W*$|25[4-9]\d\W*$")),
            (Kind.TIME, re.compile(r"(?<!\d)\d{1,2}\D{0,2}\d{2}\W*$")))
_JUNK = 4                      # signs before the first label
WORDS = {kind: words[0] for kind, _, words in _LABELS}
"""Each label in the words that most stamps have."""


def labelled(text: str) -> list[tuple[Kind, int, int]]:
    """Labels in a row as read, digits Arabic: kind, start, end. The first begins the row, others follow an entry."""
    found: list[tuple[float, Kind, int, int]] = []
    for kind, least, words in _LABELS:
        hits = [(one.score, one.dest_start, one.dest_end) for word in words if len(text) >= len(word) - 2
                if (one := fuzz.partial_ratio_alignment(word, text, score_cutoff=least)) is not None
                and one.dest_end - one.dest_start >= len(word) - 1]
        if hits:
            score, start, end = max(hits, key=lambda hit: hit[0] * (hit[2] - hit[1]))
            found.append((score, kind, start, end))
    kept: list[tuple[Kind, int, int]] = []
    for _, kind, start, end in sorted(found, key=lambda one: -one[0]):
        first = start <= _JUNK or re.search(r"\d\D{0,3}$", text[:start])
        if first and all(end <= other or start >= after for _, other, after in kept):
            kept.append((kind, start, end))
    return sorted(kept, key=lambda one: one[1])


def labels_in(text: str) -> set[Kind]:
    """Which labels of a received stamp a row as read has."""
    return {kind for kind, _, _ in labelled(arabic(text))}


def label_of(text: str) -> Kind | None:
    """The label of a received stamp that a row as read begins with."""
    return next((kind for kind, start, _ in labelled(arabic(text)) if start <= _JUNK), None)


def names_office(text: str) -> bool:
    """Whether a row as read begins much as the name of an office that puts stamps on letters."""
    return any(fuzz.partial_ratio(word, text) >= _OFFICE for word in _OFFICES if len(text) >= len(word) - 1)


def entered_in(rows: Sequence[str]) -> set[Kind]:
    """Which rows of a received stamp below the office, as read, hold what the form has there: a number, a date, its
    month perhaps misread, an hour."""
    return {kind for (kind, entry), text in zip(_ENTERED, rows, strict=True) if entry.search(arabic(text))}

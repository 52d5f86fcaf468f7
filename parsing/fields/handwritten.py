"""Running numbers and days that were written by hand: the reader ranks what they may be, and nothing of it is dropped.

The reader gives an entry by hand a word of its own (``letters.Ink.HAND``), with its other readings (``Word.rivals``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from letters import LetterDate, LetterNumber, Precision, Reading, Repair, Rival, Word
from letters.page import Ink, Line
from letters.text import arabic

_REASON = "เขียนด้วยลายมือ อาจอ่านได้อีกแบบ"
MOST = 5
SURE = 0.85
AT_WEEKENDS = 0.02  # letters that are written on a Saturday or Sunday, at most
MOST_SURE = 0.85  # a day put for another is told to a person
SATURDAY = 5  # as datetime counts weekdays

T = TypeVar("T")


def number_by_hand(reading: Reading[LetterNumber], line: Line) -> Reading[LetterNumber]:
    """The number with the other readings of its running number, no surer than the entry was read."""
    number = reading.value
    entry = next(
        (word for word in _entries(line) if number and _digits(word.text) == _digits(number.serial or "")), None
    )
    if number is None or entry is None:
        return reading
    others = (
        Rival(replace(number, serial=serial, circular=number.circular or "ว" in text), probability, _REASON)
        for text, probability, serial in _readings(entry)
        if serial != _digits(number.serial or "")
    )
    return _no_surer(reading, entry, tuple(others))


def day_by_hand(reading: Reading[LetterDate], line: Line) -> Reading[LetterDate]:
    """The date with the other readings of its day, no surer than the entry was read."""
    date = reading.value
    day = str(date.day) if date and date.day else ""
    entry = next((word for word in _entries(line) if date and _digits(word.text).lstrip("0") == day), None)
    if date is None or date.month is None or entry is None:
        return reading
    others = tuple(
        Rival(other, probability, _REASON)
        for _, probability, digits in _readings(entry)
        if (other := _on(date.year, date.month, int(digits))) and other != date
    )
    return _on_a_working_day(_no_surer(reading, entry, others))


def _on_a_working_day(reading: Reading[LetterDate]) -> Reading[LetterDate]:
    """The date with a day by hand that fell on a Saturday or Sunday changed for the likeliest working day it may read:
    of 203 letters counted none was written at a weekend."""
    own, working = reading.value, [rival for rival in reading.rivals if not _at_weekend(rival.value)]
    best = max(working, key=lambda rival: rival.confidence, default=None)
    if own is None or best is None or not _at_weekend(own):
        return reading
    own_chance, other_chance = reading.confidence * AT_WEEKENDS, best.confidence * (1 - AT_WEEKENDS)
    if other_chance <= own_chance:
        return reading
    sure = min(MOST_SURE, other_chance / (own_chance + other_chance))
    reason = f"{own.thai(short=True)} เป็นวันหยุดสุดสัปดาห์ หนังสือราชการลงวันทำการ"
    repair = Repair("working day", own.iso, best.value.iso, reason, sure)
    others = tuple(rival for rival in reading.rivals if rival is not best)
    rivals = (Rival(own, 1 - sure, "ตามที่อ่านได้"), *others)
    return replace(reading, value=best.value, confidence=sure, rivals=rivals, repairs=(*reading.repairs, repair))


def _at_weekend(date: LetterDate) -> bool:
    return date.date is not None and date.date.weekday() >= SATURDAY


def sure_date(reading: Reading[LetterDate]) -> LetterDate | None:
    """The date as far as it can be built on: a day that was read with doubt counts as unread, so that no deadline is
    taken for past because of it."""
    date = reading.value
    if date is None or date.month is None or date.day is None or reading.confidence >= SURE:
        return date
    return LetterDate(date.year, date.month, precision=Precision.UNKNOWN_DAY)


def _entries(line: Line) -> Iterator[Word]:
    return (word for word in line.words if word.rivals and word.ink is Ink.HAND)


def _readings(entry: Word) -> Iterator[tuple[str, float, str]]:
    """Other readings of an entry that are numbers: (as read, probability, Arabic digits)."""
    for other in entry.rivals[:MOST]:
        digits = _digits(other.text)
        if digits and len(digits) <= len("123456"):
            yield other.text, other.probability, digits


def _digits(text: str) -> str:
    return re.sub(r"\D", "", arabic(text))


def _on(year: int, month: int, day: int) -> LetterDate | None:
    try:
        return LetterDate(year, month, day)
    except ValueError:
        return None


def _no_surer(reading: Reading[T], entry: Word, others: tuple[Rival[T], ...]) -> Reading[T]:
    confidence = min(reading.confidence, entry.confidence) if entry.text else reading.confidence
    return replace(reading, confidence=confidence, rivals=(*reading.rivals, *others))

"""Order in time inside one letter: what contradicts its date leaves a rival reading, never a silent choice.

A letter is not older than what it cites, not younger than its received stamp, and of about the fiscal year its subject
names (DOMAIN section 3). A year misread by one digit breaks these rules; the rival is the year that keeps them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from letters import DeadlineKind, Letter, LetterDate, Precision, Rival, fiscal_year
from letters.text import arabic

_FISCAL = re.compile(r"ปีงบประมาณ\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)(?!\d)")
LONG_BEFORE = 180  # days from what a letter asks for to its own date
NEAR_YEARS = 2  # a subject may name last year's budget or next year's plan
UNSURE = 0.6


def check_times(letter: Letter) -> Letter:
    """The letter with rival years to its date where a check speaks against the one read, and less sure of it."""
    date = letter.date.value
    if date is None or date.month is None:
        return letter
    own = letter.date
    found = dict(_rival_years(letter, date))
    for rival in own.rivals:
        found.pop(rival.value, None)
    if not found:
        return letter
    rivals = (*own.rivals, *(Rival(other, 0.3, reason) for other, reason in found.items()))
    return replace(letter, date=replace(own, confidence=min(own.confidence, UNSURE), rivals=rivals))


def _rival_years(letter: Letter, date: LetterDate) -> Iterator[tuple[LetterDate, str]]:
    """Dates one digit of the year away that keep a rule which the read date breaks, with the rule."""
    named = _FISCAL.search(arabic(letter.subject.value or ""))
    if named and abs(fiscal_year(date.earliest) - int(named["year"])) > NEAR_YEARS:
        reason = f"เรื่องระบุปีงบประมาณ {named['year']}"
        for other in _one_digit_away(date):
            if abs(fiscal_year(other.earliest) - int(named["year"])) < NEAR_YEARS:
                yield other, reason
    cited = [item.date.value for item in letter.references if item.date.value and item.date.confidence > UNSURE]
    newest = max((item for item in cited if item.date), default=None)
    if newest and newest.earliest > date.latest:
        for other in _one_digit_away(date):
            if newest.earliest <= other.latest and other.year - newest.year <= 1:
                yield other, f"หนังสือที่อ้างถึงลงวันที่ {newest.thai(short=True)}"
    due = [item.date for item in letter.deadlines if item.date and item.kind is not DeadlineKind.RECURRING]
    if due and (date.earliest - max(due).latest).days > LONG_BEFORE:
        for other in _one_digit_away(date):
            if other.earliest <= max(due).latest and max(due).year - other.year <= 1:
                yield other, f"กำหนดให้ดำเนินการภายใน {max(due).thai(short=True)}"
    received = min((stamp.date for stamp in letter.received_stamps if stamp.date), default=None)
    if received and received.latest < date.earliest:
        for other in _one_digit_away(date):
            if other.earliest <= received.latest and received.year - other.year <= 1:
                yield other, f"ตราประทับรับลงวันที่ {received.thai(short=True)}"


def _one_digit_away(date: LetterDate) -> Iterator[LetterDate]:
    """The same day in the years whose Buddhist-era number differs in one of its last two digits."""
    year = date.be_year
    for other in range(year - year % 100, year - year % 100 + 100):
        if other != year and (other % 10 == year % 10 or other // 10 == year // 10) and date.month:
            moved = _moved(date, other - year)
            if moved:
                yield moved


def _moved(date: LetterDate, years: int) -> LetterDate | None:
    if date.precision is Precision.DAY and date.month and date.day:
        try:
            return LetterDate.of(dt.date(date.year + years, date.month, date.day))
        except ValueError:
            return None
    return replace(date, year=date.year + years)

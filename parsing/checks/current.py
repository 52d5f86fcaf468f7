"""Deadlines across a packet: years misread alike, and what was over before the letters were passed on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from letters import DatedFact, DateRole, Deadline, DeadlineKind, Letter, LetterDate, Reference, Rival
from parsing.fields.handwritten import sure_date

ALIKE = 80  # per cent that two subjects share from which they are one


def mend_years(letters: Sequence[Letter]) -> list[Letter]:
    """Where a letter's year was mended, its deadlines that fall on the covering letters' day and month are
    mended alike: the same digit was misread all over the page."""
    known = {
        deadline.date
        for letter in letters
        if not _year_mended(letter)
        for deadline in letter.deadlines
        if deadline.date
    }
    return [
        replace(letter, deadlines=tuple(_mend_year(deadline, letter, known) for deadline in letter.deadlines))
        if _year_mended(letter)
        else letter
        for letter in letters
    ]


def _year_mended(letter: Letter) -> int:
    """Years by which the letter's date was mended (read minus true); 0 if it was not."""
    repair = next((repair for repair in letter.date.repairs if repair.rule == "typed citation" and repair.before), None)
    return int(repair.before[:4]) - int(repair.after[:4]) if repair else 0


def _mend_year(deadline: Deadline, letter: Letter, known: set[LetterDate]) -> Deadline:
    date = deadline.date
    if date is None or date.day is None:
        return deadline
    try:
        mended = replace(date, year=date.year - _year_mended(letter))
    except ValueError:
        return deadline
    if mended not in known:
        return deadline
    read = Rival(date, 0.3, "ตามที่อ่านได้ ปีของหนังสือฉบับนี้อ่านผิดและแก้แล้ว")
    return replace(deadline, date=mended, confidence=0.55, rivals=(*deadline.rivals, read))


def only_current(letters: Sequence[Letter]) -> list[Letter]:
    """Deadlines that were over when the packet's newest letter about them was written bind nobody now; they stay as
    dated facts: history where another letter of the packet tells of that day as past, else ``PASSED``, which calls a
    person (a letter passed on late still asks for something)."""
    told = {fact.date for letter in letters for fact in letter.dated_facts if fact.role is DateRole.HISTORY}
    return [_without_past(letter, _passed_on(letter, letters), told) for letter in letters]


def _passed_on(letter: Letter, letters: Sequence[Letter]) -> dt.date | None:
    """The day of the newest letter that passes this one on, answers it or reminds of it: one that cites it or has its
    subject, or does so with a letter that does. An unrelated letter of the packet says nothing of its deadlines."""
    about, days = [letter], []
    for known in about:
        for other in letters:
            written = sure_date(other.date)
            if written and all(other is not one for one in about) and _follows(other, known):
                about.append(other)
                days.append(written.earliest)
    return max(days, default=None)


def _follows(letter: Letter, other: Letter) -> bool:
    """Whether a letter is about another one of the packet and not older."""
    day, other_day = letter.date.value, other.date.value
    if day is None or other_day is None or day.latest < other_day.earliest:
        return False
    subject, other_subject = letter.subject.value, other.subject.value
    alike = subject and other_subject and fuzz.ratio(subject, other_subject) >= ALIKE
    return bool(alike) or any(_names(reference, other) for reference in letter.references)


def _names(reference: Reference, letter: Letter) -> bool:
    """Whether a citation has a letter's day or running number; its owner may be misread or miscited."""
    day, number, own = reference.date.value, reference.number.value, letter.number.value
    same = number is not None and own is not None and number.serial is not None and number.serial == own.serial
    return same or (day is not None and day == letter.date.value)


def _without_past(letter: Letter, newest: dt.date | None, told: set[LetterDate]) -> Letter:
    """The letter with the deadlines moved to its dated facts that were over when ``newest`` was written."""
    date = letter.date.value
    if newest is None or date is None or date.latest >= newest:
        return letter
    gone = [
        item
        for item in letter.deadlines
        if item.date and item.kind is not DeadlineKind.EVENT and item.date.latest < newest
    ]
    facts = (_passed(item, item.date, told) for item in gone if item.date)
    kept = tuple(item for item in letter.deadlines if item not in gone)
    return replace(letter, deadlines=kept, dated_facts=(*letter.dated_facts, *facts))


def _passed(item: Deadline, date: LetterDate, told: set[LetterDate]) -> DatedFact:
    role = DateRole.HISTORY if date in told else DateRole.PASSED
    return DatedFact(date, role, item.sentence or item.text, item.evidence)


def tell_years_apart(letters: Sequence[Letter]) -> list[Letter]:
    """Letters of a packet tell of the same earlier day; where one tells it in a year one digit away from the others',
    that year may be misread or misprinted, and the fact says so."""
    told = Counter(fact.date for letter in letters for fact in letter.dated_facts if fact.role is DateRole.HISTORY)
    return [
        replace(letter, dated_facts=tuple(_beside_others(fact, told) for fact in letter.dated_facts))
        for letter in letters
    ]


def _beside_others(fact: DatedFact, told: Counter[LetterDate]) -> DatedFact:
    """The fact, saying so where more letters tell of its day in another year."""
    if fact.role is not DateRole.HISTORY or fact.date.day is None:
        return fact
    others = [day for day in told if told[day] > told[fact.date] and _is_other_year(fact.date, day)]
    days = " หรือ ".join(day.thai(short=True) for day in others)
    return replace(fact, why=f"หนังสือฉบับอื่นในแฟ้มกล่าวถึงวันเดียวกันเป็น {days}") if others else fact


def _is_other_year(date: LetterDate, other: LetterDate) -> bool:
    """Whether two dates are the same day and month in years that differ by one digit."""
    digits = sum(one != two for one, two in zip(str(date.be_year), str(other.be_year), strict=True))
    return (date.day, date.month) == (other.day, other.month) and digits == 1

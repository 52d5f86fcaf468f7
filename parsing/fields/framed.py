"""Received stamps whose rows were read one by one: labels known by their likeness, entries by hand with forgiveness.

What is entered by hand is read badly, but a letter is received on its date or soon after: the day as read and the
letter's own date leave one or two months, and the month as read decides between these.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from letters import Alternative, Doubt, Ink, LetterDate, ReceivedStamp
from letters.date import SHORT_MONTHS
from letters.letter import SATURDAY
from letters.text import arabic
from parsing.dates import read_date
from parsing.flow import Flow, Row

_LATEST, _SOON, _WEEKEND = 120, 5.0, 0.15  # days from a letter's date to its receipt: at most, in the mean; at weekends
_ALIKE, _ALONE, _CLEAR = 60, 75, 15  # of a label; of a month where no letter's date helps, before any other; hundredths
_READ, _PRINTED = 0.9, 0.95  # how likely what Tesseract read is right: an entry, a whole date that fits the letter's
_MONTH_MISREAD = 15.0  # so many hundredths less alike make a month a third as likely
_OTHER_YEAR = 0.02  # of numbers have a year that is neither the letter's nor the next
_BY_CHANCE = 0.05    # of numbers that end in a 1 or 7 and the letter's year mean no slash by it
_KEPT, _SURE, _SHOWN = 0.5, 0.9, 3  # from here on a value counts as read; as sure; how many a person is shown
_FIELD = "received_stamps"
_ENTRY = re.compile(r"[\d/].*$")
_SECRET = re.compile(r"(?<=\s)ล(?:ับ)?\s+(?=\d)")  # the register of secret letters, which counts apart
_NUMBER = re.compile(r"\d[\d ]*(?:\s?/{1,2}\s?\d{2,4})?")
_JOINED = re.compile(r"(?P<serial>\d{1,5})[17](?P<year>\d\d)")
_DAY = re.compile(r"^\D{0,3}?(?P<day>\d\s?\d?)(?![^\s.ก-๎])\s*(?P<month>.*?)\s*(?P<year>\d{2,4})?\W*$")
_TIME = re.compile(r"(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>[0-5]\d)(?!\d)")
_LONGEST_OFFICE = 60


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Weighed(Generic[T]):
    """What an entry may be, with probabilities, likeliest first. ``value`` is the first, unless it is a guess."""

    ranked: tuple[tuple[T, float], ...] = ()

    @classmethod
    def of(cls, weights: Mapping[T, float]) -> Weighed[T]:
        """By weights that need not add up to 1; those of next to none are left out."""
        whole = sum(weights.values()) or 1.0
        ranked = sorted(((one, weight / whole) for one, weight in weights.items()), key=lambda item: -item[1])
        return cls(tuple((one, share) for one, share in ranked if share > 0.01))

    @property
    def value(self) -> T | None:
        """The likeliest, if it is likelier than all others together."""
        return self.ranked[0][0] if self.ranked and self.ranked[0][1] >= _KEPT else None


class _Kind(Enum):
    NUMBER = ("เลขรับที่", "รับที่", "เลขที่รับ", "เลขทะเบียนรับ")
    DATE = ("วันที่", "วันเดือนปี")
    TIME = ("เวลา",)


def framed_stamps(rows: Sequence[Row], letter_date: LetterDate | None) -> Iterator[tuple[range, ReceivedStamp]]:
    """Each received stamp among stamped rows, with the positions of its rows. Rows of print count for nothing."""
    kinds = [_kind(row.text) if row.line.ink is Ink.STAMP else None for row in rows]
    position = 0
    while position < len(rows):
        if kinds[position] not in (_Kind.NUMBER, _Kind.DATE):
            position += 1
            continue
        end = position + 1
        while end < len(rows) and kinds[end] not in (None, *kinds[position:end]):
            end += 1
        start = position - 1 if position and _is_office(rows[position - 1], kinds[position - 1]) else position
        if end - position > 1:
            yield range(start, end), _stamp(rows[start:end], kinds[start:end], letter_date)
        position = end


def _kind(text: str) -> _Kind | None:
    """What a row begins with, as far as it was read right."""
    label = _ENTRY.sub("", arabic(text)).strip()
    if not 3 <= len(label) <= 22:
        label = label[:16]
    scores = {kind: max(fuzz.ratio(word, label[: len(word) + 2]) for word in kind.value) for kind in _Kind}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _ALIKE else None


def _is_office(row: Row, kind: _Kind | None) -> bool:
    return kind is None and row.line.ink is Ink.STAMP and 3 < len(row.text.strip()) < _LONGEST_OFFICE


def _stamp(rows: Sequence[Row], kinds: Sequence[_Kind | None], letter_date: LetterDate | None) -> ReceivedStamp:
    by_kind = {kind: row for row, kind in zip(rows, kinds, strict=True)}
    date = _date(by_kind[_Kind.DATE], letter_date) if _Kind.DATE in by_kind else Weighed()
    number = _number(by_kind[_Kind.NUMBER], date.value or letter_date) if _Kind.NUMBER in by_kind else Weighed()
    time = _TIME.search(arabic(by_kind[_Kind.TIME].text)) if _Kind.TIME in by_kind else None
    flow = Flow(tuple(rows))
    return ReceivedStamp(
        rows[0].text.strip() if kinds[0] is None else None,
        number.value,
        date.value,
        f"{int(time['hour']):02d}:{time['minute']}" if time and int(time["hour"]) < 24 else None,
        flow.evidence(0, len(flow.text)),
        (*_doubt("เลขรับ", number), *_doubt("วันที่รับ", date)),
        maybe_numbers=_maybe(number),
        maybe_dates=_maybe(date),
    )


def _maybe(found: Weighed[T]) -> tuple[T, ...]:
    """What a value that was read with doubt may be, likeliest first; nothing where it is sure."""
    doubtful = found.ranked and found.ranked[0][1] < _SURE
    return tuple(one for one, _ in found.ranked[:_SHOWN]) if doubtful else ()


def _doubt(name: str, found: Weighed[T]) -> Iterator[Doubt]:
    """What a person should see of a value that was read with doubt: what it may be, likeliest first."""
    if maybe := _maybe(found):
        texts = [one.thai(short=True) if isinstance(one, LetterDate) else str(one) for one in maybe]
        reason = f"{name}ในตรารับเขียนด้วยลายมือ อ่านได้ไม่แน่ชัด อาจเป็น {' หรือ '.join(texts)}"
        yield Doubt(_FIELD, reason)


def _entry(row: Row) -> list[Alternative]:
    """What the first entry by hand of a row may read, digits Arabic, likeliest first; nothing where it is print."""
    word = next((word for word in row.line.words if word.ink is Ink.HAND), None)
    if word is None:
        return []
    ranked = (Alternative(word.text, word.confidence), *word.rivals)
    return [Alternative(arabic(one.text), one.probability) for one in ranked]


def _number(row: Row, letter_date: LetterDate | None) -> Weighed[str]:
    """The received number. A year behind its slash (1290/66) is the year of the letter or the next."""
    text = arabic(row.text)
    secret = _SECRET.search(text)
    mark = f"{secret[0].strip()} " if secret else ""
    total: dict[str, float] = defaultdict(float)
    for one in _entry(row):
        for meant, share in _meant(one.text, letter_date):
            total[mark + meant] += one.probability * share
    if total:
        return Weighed.of(total)
    number = _NUMBER.search(text)
    return Weighed(((mark + re.sub(r"/+", "/", re.sub(r"\s", "", number[0])), _READ),)) if number else Weighed()


def _meant(number: str, letter_date: LetterDate | None) -> Iterator[tuple[str, float]]:
    """What a number as read may stand for, and how likely: a year behind its slash that is neither the letter's nor the
    next was misread; a hasty slash before the year looks like a 1 or a 7, and hardly any number ends in one of these
    and the letter's year by chance."""
    serial, slash, year = number.partition("/")
    if letter_date is None or (slash and _of_year(year, letter_date)):
        yield number, 1.0
        return
    if slash:
        yield number, _OTHER_YEAR
        yield f"{serial}/{str(letter_date.be_year)[-4 if sum(map(str.isdecimal, year)) > 3 else -2:]}", 1 - _OTHER_YEAR
        return
    joined = _JOINED.fullmatch(serial)
    dated = joined is not None and _of_year(joined["year"], letter_date)
    if joined and dated:
        yield f"{joined['serial']}/{joined['year']}", 1 - _BY_CHANCE
    yield number, _BY_CHANCE if dated else 1.0


def _of_year(year: str, letter_date: LetterDate | None) -> bool:
    """Whether a year as written, of two digits or four, is the letter's or the next; what is no number is none."""
    if not year.isdecimal():
        return False
    later = int(year) - letter_date.be_year if letter_date else 0
    return (later if len(year) > 2 else later % 100) in (0, 1)


def _date(row: Row, letter_date: LetterDate | None) -> Weighed[LetterDate]:
    entered = _ENTRY.search(arabic(row.text))
    return day_received(entered[0] if entered else "", letter_date, _entry(row))


def day_received(
    entered: str, letter_date: LetterDate | None, readings: Sequence[Alternative] = ()
) -> Weighed[LetterDate]:
    """Days of receipt by how likely they are: from what was ``entered`` as read, what its day may read where it was
    written by hand, and the letter's date. Nothing where neither settles it."""
    exact = read_date(entered).value
    if exact and exact.date and not readings and letter_date and _soon_after(exact.date, letter_date):
        return Weighed(((exact, _PRINTED),))
    parts = _DAY.match(entered)
    days: dict[int, float] = defaultdict(float)
    for one in readings:
        days[int(one.text) if one.text.isdecimal() else 0] += one.probability
    if parts is not None and not readings:
        days[int(re.sub(r"\s", "", parts["day"]))] = _READ
    if not days:
        return Weighed()
    month = _letters(parts["month"] if parts else entered)
    likeness = {number: fuzz.ratio(_letters(form), month) for number, form in enumerate(SHORT_MONTHS, 1)}
    if letter_date is None:
        return _alone(days, likeness, parts["year"] if parts else None)
    misread = max(0.0, 1 - sum(days.values())) / 31
    return Weighed.of(
        {
            LetterDate.of(day): (days.get(day.day, 0.0) + misread)
            * _usual(day, letter_date)
            * math.exp((likeness[day.month] - max(likeness.values())) / _MONTH_MISREAD)
            for day in _days_after(letter_date)
        }
    )


def _usual(day: dt.date, letter_date: LetterDate) -> float:
    """How usual it is that a letter is received on a day: soon after it was written, and not at a weekend."""
    waited = max(0, (day - letter_date.latest).days)
    return math.exp(-waited / _SOON) * (_WEEKEND if day.weekday() >= SATURDAY else 1.0)


def _alone(days: Mapping[int, float], likeness: Mapping[int, float], year: str | None) -> Weighed[LetterDate]:
    """The day as entered, where no letter's date helps: only if its month was clearly read."""
    month, next_best = sorted(likeness, key=lambda number: -likeness[number])[:2]
    clear = likeness[month] >= max(_ALONE, likeness[next_best] + _CLEAR)
    if year is None or len(year) == 3 or not clear:
        return Weighed()
    found = {}
    for day, share in days.items():
        with suppress(ValueError):
            found[LetterDate.from_be(int(year) % 100 + 2500, month, day)] = share
    return Weighed(tuple(sorted(found.items(), key=lambda item: -item[1])))


def _soon_after(day: dt.date, letter_date: LetterDate) -> bool:
    return letter_date.earliest <= day <= letter_date.latest + dt.timedelta(_LATEST)


def _days_after(letter_date: LetterDate) -> Iterator[dt.date]:
    """Every day on which a letter may have been received."""
    last = (letter_date.latest - letter_date.earliest).days + _LATEST
    return (letter_date.earliest + dt.timedelta(days) for days in range(last))


def _letters(text: str) -> str:
    return re.sub(r"[^ก-๎]", "", text)

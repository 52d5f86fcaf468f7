"""Received stamps whose rows were read one by one: labels known by their likeness, entries by hand with forgiveness.

What is entered by hand is read badly, but a letter is received on its date or soon after: the day as read and the
letter's own date leave one or two months, and the month as read decides between these.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from enum import Enum

from rapidfuzz import fuzz

from letters import Alternative, Ink, LetterDate, ReceivedStamp
from letters.date import SHORT_MONTHS
from letters.text import arabic
from parsing.dates import read_date
from parsing.flow import Flow, Row

_LATEST, _SOON = 120, 14  # days from a letter's date to its receipt: at most, as a rule
_ALIKE, _ALONE, _CLEAR = 65, 75, 15  # of a label; of a month where no letter's date helps, before any other; hundredths
_READ = 50           # what a day read as print counts for, in hundredths
_ENTRY = re.compile(r"[\d/].*$")
_NUMBER = re.compile(r"\d[\d ]*(?:\s?/{1,2}\s?\d{2,4})?")
_DAY = re.compile(r"^\D{0,3}?(?P<day>\d\s?\d?)(?![^\s.ก-๎])\s*(?P<month>.*?)\s*(?P<year>\d{2,4})?\W*$")
_TIME = re.compile(r"(?P<hour>\d{1,2})\s?[.:]\s?(?P<minute>\d{2})(?!\d)")
_LONGEST_OFFICE = 60


class _Kind(Enum):
    NUMBER = ("เลขรับที่", "รับที่", "เลขที่รับ", "เลขทะเบียนรับ")
    DATE = ("วันที่",)
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
    scores = {kind: max(fuzz.ratio(word, label[:len(word) + 2]) for word in kind.value) for kind in _Kind}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= _ALIKE else None


def _is_office(row: Row, kind: _Kind | None) -> bool:
    return kind is None and row.line.ink is Ink.STAMP and 3 < len(row.text.strip()) < _LONGEST_OFFICE


def _stamp(rows: Sequence[Row], kinds: Sequence[_Kind | None], letter_date: LetterDate | None) -> ReceivedStamp:
    texts = {kind: arabic(row.text) for row, kind in zip(rows, kinds, strict=True)}
    number = _NUMBER.search(texts.get(_Kind.NUMBER, ""))
    entered = _ENTRY.search(texts.get(_Kind.DATE, ""))
    time = _TIME.search(texts.get(_Kind.TIME, ""))
    flow = Flow(tuple(rows))
    return ReceivedStamp(
        rows[0].text.strip() if kinds[0] is None else None,
        re.sub(r"/+", "/", re.sub(r"\s", "", number[0])) if number else None,
        day_received(entered[0], letter_date, _rivals(rows, kinds)) if entered else None,
        f"{int(time['hour']):02d}:{time['minute']}" if time and int(time["hour"]) < 24 else None,
        flow.evidence(0, len(flow.text)),
    )


def _rivals(rows: Sequence[Row], kinds: Sequence[_Kind | None]) -> Sequence[Alternative]:
    """What else the day may read."""
    words = [word for row, kind in zip(rows, kinds, strict=True) if kind is _Kind.DATE for word in row.line.words]
    return next((word.rivals for word in words if word.text[:1].isdigit()), ())


def day_received(
    entered: str, letter_date: LetterDate | None, rivals: Sequence[Alternative] = ()
) -> LetterDate | None:
    """The day of receipt as entered, with what else its day may read; ``None`` where neither what was read nor the
    letter's date settles it."""
    exact = read_date(entered).value
    if exact and exact.date and letter_date and not rivals and _soon_after(exact.date, letter_date):
        return exact
    parts = _DAY.match(entered)
    days = {int(arabic(one.text)): 100 * one.probability for one in rivals if one.text.isdecimal()}
    if parts is not None:
        read = int(re.sub(r"\s", "", parts["day"]))
        days[read] = days.get(read, 0.0) + _READ
    month = _letters(parts["month"] if parts else entered)
    likeness = {number: fuzz.ratio(_letters(form), month) for number, form in enumerate(SHORT_MONTHS, 1)}
    if letter_date is None or letter_date.date is None:
        return _alone(days, likeness, parts["year"] if parts else None)
    # A month later costs about as much as a month's whole name misread.
    found = {
        date: days[date.day] + likeness[date.month] - 3 * (date - letter_date.date).days
        for date in _days_after(letter_date.date)
        if date.day in days
    }
    best = max(found, key=lambda date: found[date], default=None)
    sure = best and (likeness[best.month] >= _ALIKE or best - letter_date.date <= dt.timedelta(_SOON))
    return LetterDate.of(best) if best and sure else None


def _alone(days: dict[int, float], likeness: dict[int, float], year: str | None) -> LetterDate | None:
    month, next_best = sorted(likeness, key=lambda number: -likeness[number])[:2]
    clear = likeness[month] >= max(_ALONE, likeness[next_best] + _CLEAR)
    if not days or year is None or len(year) == 3 or not clear:
        return None
    try:
        return LetterDate.from_be(int(year) % 100 + 2500, month, max(days, key=lambda day: days[day]))
    except ValueError:
        return None


def _soon_after(day: dt.date, letter_date: LetterDate) -> bool:
    return letter_date.earliest <= day <= letter_date.latest + dt.timedelta(_LATEST)


def _days_after(day: dt.date) -> Iterator[dt.date]:
    return (day + dt.timedelta(days) for days in range(_LATEST))


def _letters(text: str) -> str:
    return re.sub(r"[^ก-๎]", "", text)

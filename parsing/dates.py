"""Dates as Thai letters print them, found in running text.

Buddhist-era years with two or four digits, CE years, Thai and Arabic digits, full, short and misspelt months, weekdays,
ranges, numeric forms, month only, year left out, day left blank or unreadable. A date that OCR damaged is mended only
by a named rule, and what else it may have been is kept as a rival.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from letters import LetterDate, Precision, Reading, Repair, Rival
from letters.date import BE_OFFSET, MONTHS
from letters.text import arabic
from parsing.daynoise import digit_repairs, whole_digits
from parsing.loose import MARKS, THI, either, first_letters, loose
from parsing.tables import table
from parsing.weekdays import WEEKDAYS, days_on, weekday_rivals

DASH = r"[-–—~]"
SURE_REPAIR = 0.95  # a mend as sure as this leaves the date as sure as it was


def _abbreviated(form: str) -> str:
    """A short form with stops as a pattern: they may be lost or spaced; bare letters need an edge."""
    letters = [part for part in form.split(".") if part]
    return r"\s?\.?\s?".join(loose(part) for part in letters) + r"(?:\s?\.|(?=[\s\d]))"


def _months() -> str:
    """Any month: whole words first, then short forms. Forms that differ in marks alone are one."""
    forms = [row["form"] for row in table("months")]
    short = dict.fromkeys(_abbreviated(form) for form in forms if "." in form)
    return f"(?:{either(*(form for form in forms if '.' not in form), spaced=True)}|{'|'.join(short)})"


MONTH = _months()
_DAY_NAMES = "|".join(loose(name) for name in WEEKDAYS)
_WEEKDAY = rf"(?:{loose('วัน')}\s?)?(?P<weekday>{'|'.join(loose(name) for name in WEEKDAYS)})\s*(?:{THI})?\s*"
_ERA = rf"(?:ปี\s*)?(?:[พค]\s?\.?\s?ศ\s?\.?\s*|{loose('พุทธศักราช')}\s*|{loose('คริสต์ศักราช')}\s*)?"
_YEAR = rf"{_ERA}(?P<year>[12]\d{{3}}(?!\d)|\d{{2}}(?![\d/.]))"
# First day of a range, with its own month and year where they differ: 28 กันยายน – 2 ตุลาคม 2566.
_FIRST = (
    rf"(?P<first>\d{{1,3}})\s*(?:(?P<first_month>{MONTH})\s*(?:{_ERA}(?P<first_year>\d{{4}}|\d{{2}})\s*(?=[-–—~ถจ]))?)?"
    rf"(?:{DASH}|(?:จน)?ถึง|และ)\s*(?:{loose('วัน')}\s?(?:{_DAY_NAMES})?\s*(?:{THI})?\s*)?"
)
_BEGINS = first_letters((*WEEKDAYS, "วัน", "เดือน", *(row["form"] for row in table("months"))), r"\d.…")
_WRITTEN = re.compile(
    rf"{_BEGINS}(?:{_WEEKDAY})?"
    rf"(?:{_FIRST})?"
    rf"(?P<day>(?<!\d)\d{{1,3}}\s*|[.…]{{2,}}\s*)?(?:{loose('เดือน')}\s*)?(?P<month>{MONTH})\s*(?:{_YEAR})?"
)
_NUMERIC = re.compile(
    r"(?<![\d/.])(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>25\d\d|20\d\d|\d{2})(?![\d/])"
)


# A month too damaged for the table, between a day and a year that leave no doubt that one stands there.
_DAMAGED = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})\s{1,3}(?P<month>[ก-์](?:[ก-์]|[ .]{1,3}(?=[ก-์])){3,13})\s{0,3}"
    r"(?:พ\s?\.\s?ศ\s?\.\s*)?(?P<year>25\d\d)(?!\d)"
)
FARTHEST, CLEARER = 0.45, 0.1  # of a damaged month from the one it must be (share of letters), and how much nearer


_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: characters ``start:end``, its reading, the first day of a range (whose last is the reading)."""

    start: int
    end: int
    reading: Reading[LetterDate]
    first: LetterDate | None = None
    year_missing: bool = False


def find_dates(text: str, *, near: dt.date | None = None) -> list[FoundDate]:
    """All dates in a text in order. ``near``: a date without a year means its next occurrence from then on."""
    if not _DIGIT.search(text):
        return []
    folded = whole_digits(arabic(text))
    found = [date for date in (*_written(folded, text, near), *_numeric(folded, text)) if date]
    return _without_overlaps([*found, *_damaged(folded, text, found)])


def read_date(text: str) -> Reading[LetterDate]:
    """The first date in a short text (a line, a citation); an empty reading if there is none."""
    return next((found.reading for found in find_dates(text)), Reading())


def _written(folded: str, text: str, near: dt.date | None) -> Iterator[FoundDate | None]:
    for match in _WRITTEN.finditer(folded):
        yield _read_written(match, text, near)


def _read_written(match: re.Match[str], text: str, near: dt.date | None) -> FoundDate | None:
    month = month_number(match["month"])
    raw_day = (match["day"] or "").strip()
    if match["year"] is None and not raw_day.isdigit():
        return None
    repairs = [*digit_repairs(arabic(text[match.start() : match.end()]), match[0]), *_month_repairs(match["month"])]
    year, missing = _year(match["year"]), match["year"] is None
    if missing:
        if near is None:
            return None
        year = _next_year(near, month, int(raw_day[:2]))
        repairs.append(
            Repair("year from the letter's date", "", str(year + BE_OFFSET), "ไม่ได้พิมพ์ปี จึงใช้ปีถัดจากวันที่ของหนังสือ", 0.8)
        )
    if year is None:
        return None
    value, rivals = _value(year, month, raw_day, repairs)
    if value is None:
        return None
    value = _by_weekday(value, raw_day, match["weekday"], repairs)
    rivals = [rival for rival in (*rivals, *weekday_rivals(value, match["weekday"])) if rival.value != value]
    unsure = any(repair.confidence < SURE_REPAIR for repair in repairs)
    confidence = 0.95 - 0.25 * unsure - 0.35 * bool(rivals)
    printed = text[match.start() : match.end()].strip()
    reading = Reading(value, printed, confidence, (), tuple(repairs), tuple(rivals))
    return FoundDate(match.start(), match.end(), reading, _first(match, value), missing)


def _numeric(folded: str, text: str) -> Iterator[FoundDate | None]:
    for match in _NUMERIC.finditer(folded):
        year = _year(match["year"])
        value = _calendar_day(year, int(match["month"]), int(match["day"])) if year else None
        if value:
            reading = Reading(value, text[match.start() : match.end()], 0.85)
            yield FoundDate(match.start(), match.end(), reading)


def _damaged(folded: str, text: str, found: list[FoundDate]) -> Iterator[FoundDate]:
    """Dates whose month was misread, mended to the only month that is like it."""
    taken = [(date.start, date.end) for date in found]
    for match in _DAMAGED.finditer(folded) if "25" in folded else ():
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        month = _like(match["month"])
        value = _calendar_day(int(match["year"]) - BE_OFFSET, month, int(match["day"])) if month else None
        if value and month:
            repair = Repair("misread month", match["month"], MONTHS[month - 1], "ชื่อเดือนที่ใกล้เคียงมีชื่อเดียว", 0.75)
            printed = text[match.start() : match.end()].strip()
            yield FoundDate(match.start(), match.end(), Reading(value, printed, 0.6, (), (repair,)))


def _like(form: str) -> int | None:
    """The month whose full name a damaged one is like, and no other; ``None`` if none or two are."""
    read = _bare(form)
    near = sorted((Levenshtein.normalized_distance(read, _bare(name)), number) for number, name in enumerate(MONTHS, 1))
    (first, number), (second, _) = near[:2]
    return number if first <= FARTHEST and second - first >= CLEARER else None


def _bare(name: str) -> str:
    return re.sub(rf"[\s.{MARKS}]", "", name)


def _value(year: int, month: int, day: str, repairs: list[Repair]) -> tuple[LetterDate | None, list[Rival[LetterDate]]]:
    """The date of read parts; an impossible day is mended by dropping a doubled digit, else left unknown."""
    if not day:
        return LetterDate(year, month, precision=Precision.MONTH), []
    if not day.isdigit():
        return LetterDate(year, month, precision=Precision.UNKNOWN_DAY), []
    exact = _calendar_day(year, month, int(day))
    if exact and len(day) < 3:
        return exact, []
    shorter = {day[:i] + day[i + 1 :] for i in range(len(day))} if len(day) == 3 else set(day)
    choices = [date for part in sorted(shorter) if (date := _calendar_day(year, month, int(part)))]
    doubled = [
        date
        for date in choices
        if re.search(r"(\d)\1", day) and len(day) == 3 and f"{date.day}" == re.sub(r"(\d)\1", r"\1", day, count=1)
    ]
    best = doubled[0] if len(doubled) == 1 else None
    if best is None:
        unknown = LetterDate(year, month, precision=Precision.UNKNOWN_DAY)
        return unknown, [Rival(date, 0.3, "ตัดเลขที่เกินออกหนึ่งตัว") for date in choices]
    repairs.append(Repair("doubled digit", day, str(best.day), "วันที่เกิน 31 และมีเลขซ้ำกัน", 0.8))
    return best, [Rival(date, 0.1, "ตัดเลขที่เกินออกหนึ่งตัว") for date in choices if date != best]


def _by_weekday(value: LetterDate, day: str, weekday: str | None, repairs: list[Repair]) -> LetterDate:
    """A day that no month has, mended where one digit makes it a day of the printed weekday, and only one does."""
    if weekday is None or len(day) != 2 or value.precision is not Precision.UNKNOWN_DAY or not day.isdigit():
        return value
    days = days_on(value, weekday, int(day))
    if len(days) != 1:
        return value
    repairs.append(Repair("weekday", day, str(days[0]), "เดือนนี้ไม่มีวันที่ตามที่อ่านได้ และวันในสัปดาห์ตรงกับวันเดียว", 0.8))
    return LetterDate(value.year, value.month, days[0])


def _first(match: re.Match[str], last: LetterDate) -> LetterDate | None:
    """First day of a range ``11 – 15 ธันวาคม 2553`` or ``11 พฤศจิกายน – 15 ธันวาคม 2553``."""
    if match["first"] is None or last.month is None:
        return None
    month = month_number(match["first_month"]) if match["first_month"] else last.month
    year = _year(match["first_year"]) or last.year - (1 if month > last.month else 0)
    return _calendar_day(year, month, int(match["first"]))


@cache
def month_number(form: str) -> int:
    """Number of a loosely matched month: that of the listed form nearest to it (มี.ค. is no ม.ค. with a mark added)."""
    bare = _undotted(form)
    return min(_forms(), key=lambda known: (Levenshtein.distance(bare, known[0]), known[1]))[1]


@cache
def _month_repairs(form: str) -> tuple[Repair, ...]:
    """A misspelt month (``กรกฏาคม``) with its right spelling."""
    row = min(table("months"), key=lambda known: Levenshtein.distance(_undotted(form), _undotted(known["form"])))
    whole = MONTHS[int(row["month"]) - 1]
    if row["source"] != "misspelt" or _undotted(form) == whole:
        return ()
    return (Repair("misspelt month", form, whole, "ชื่อเดือนสะกดผิด", 0.98),)


@cache
def _forms() -> tuple[tuple[str, int], ...]:
    return tuple((_undotted(row["form"]), int(row["month"])) for row in table("months"))


def _undotted(form: str) -> str:
    return re.sub(r"[\s.]", "", form)


def _year(printed: str | None) -> int | None:
    """A printed year as CE: 2566 and 66 are Buddhist era, 2023 is CE; others are no year of a letter."""
    if printed is None:
        return None
    number = int(printed)
    if number < 100:
        number += 2500
    if 2400 <= number <= 2699:
        return number - BE_OFFSET
    return number if 1900 <= number <= 2199 else None


def _next_year(near: dt.date, month: int, day: int) -> int:
    later = (month, day) >= (near.month, near.day)
    return near.year if later else near.year + 1


def _calendar_day(year: int, month: int | None, day: int) -> LetterDate | None:
    try:
        return LetterDate.of(dt.date(year, month or 0, day))
    except ValueError:
        return None


def _without_overlaps(found: list[FoundDate]) -> list[FoundDate]:
    kept: list[FoundDate] = []
    for date in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept

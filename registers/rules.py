"""The rules of the books: order of days, numbers of letters that go out, how long letters are kept."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from letters import LetterNumber
from letters.date import BE_OFFSET
from letters.errors import BadRequest, Conflict
from letters.text import arabic
from registers.model import BadDay, Book, Mark

_TIME = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:น\.?)?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new row goes: the book's CE year, the row's day (CE), and how it is marked."""

    year: int
    day: dt.date
    mark: Mark = Mark.NONE


def placed(today: dt.date, last: dt.date | None, asked: dt.date | None = None, reason: str = "") -> Place:
    """Where a row goes that is entered ``today`` for the day ``asked`` (today, if ``None``).

    ``last`` is the latest day in the book so far, late rows left out: days never fall from one number to the next. A
    letter of an earlier day gets the next number of today's year with its true day, a reason, and the mark of a late
    row; the numbers of days gone by are never given, unless one was set aside on that day. A clerk who began before
    midnight and was overtaken gets the day of the row before.

    Raises :class:`BadDay` for a day to come and for an earlier one without a reason, and
    :class:`letters.errors.Conflict` where the book is ahead of the clock by more than a day.
    """
    if last is not None and last > today + dt.timedelta(days=1):
        raise Conflict(f"{last}", "นาฬิกาของเครื่องช้ากว่าทะเบียน")
    day = max(today, last or today)
    if asked is None or asked == day:
        return Place(day.year, day)
    if asked > today:
        raise BadDay(be_day(asked), "ยังไม่ถึงวันนั้น")
    if not reason.strip():
        raise BadDay(be_day(asked), "ย้อนหลังต้องมีเหตุผล")
    return Place(day.year, asked, Mark.LATE)


def clock_time(text: str) -> str:
    """A time as typed (``9.30 น.``, ``๑๓:๐๕``) as ``HH:MM``; empty stays empty. Raises
    :class:`letters.errors.BadRequest`."""
    if not text.strip():
        return ""
    found = _TIME.fullmatch(arabic(text.strip()))
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise BadRequest(text, "เวลาพิมพ์เช่น 9.30 หรือ 13:05")
    return f"{int(found[1]):02d}:{found[2]}"


def outgoing(prefix: str, book: Book, number: int) -> str:
    """The number of a letter that goes out: owner letters and code as typed, ว for circulars, the book's number. What
    has a stroke already is a whole number and stays."""
    owner = " ".join(prefix.split())
    if "/" in owner or not owner:
        return owner
    return f"{owner}/{'ว ' if book is Book.CIRCULAR else ''}{number}"


def owner_of(number: str) -> str:
    """Owner letters and code of a letter's number, to be typed only once."""
    found = LetterNumber.parse(number)
    return found.owner if found else ""


def kept_until(years: int, kept: dt.date) -> int:
    """The last CE year of keeping, so that never less than the whole years have passed when it ends: what is stored in
    a year for one year is kept to the end of the next."""
    return kept.year + years


def is_due(keep_until: int | None, year: int) -> bool:
    """Whether a letter stands on the destruction list of a CE year, which is drawn up within 60 days after the year
    has ended (clause 66)."""
    return keep_until is not None and keep_until <= year


def list_year(today: dt.date) -> int:
    """The CE year whose destruction list can be drawn up today: the last one that has ended."""
    return today.year - 1


def be_day(day: dt.date) -> str:
    """A day as ``d/m/yyyy`` of the Buddhist era."""
    return f"{day.day}/{day.month}/{day.year + BE_OFFSET}"


def be_number(number: int, year: int) -> str:
    """A number with the BE year of its book: ``12/2566``."""
    return f"{number}/{year + BE_OFFSET}"

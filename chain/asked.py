"""What an officer types to find a letter: a number or a part of it, a date, a year, in any digits and spacing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from letters import LetterDate, Precision
from letters.date import MONTHS, SHORT_MONTHS
from letters.text import arabic, mend, squeeze

_FULL_BE = range(2400, 2700)
_CENTURY_BE = 2500  # two-digit years are of this century of the Buddhist era


def _month_table() -> dict[str, int]:
    forms: dict[str, int] = {}
    for number, (long, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        forms.update({long: number, short: number, short.rstrip("."): number, short.replace(".", ""): number})
    return forms


_MONTHS = _month_table()
_MONTH = "|".join(re.escape(form) for form in sorted(_MONTHS, key=len, reverse=True))
_WORDED = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s*)?(?P<month>{_MONTH})\s*(?:พ\.?ศ\.?\s*)?(?P<year>\d{{4}}|\d{{2}})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d.])(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4}|\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d./])(?:พ\.?ศ\.?|ปี)?\s*(?P<year>2[45]\d\d)(?![\d.])")
_NUMBER = re.compile(
    r"^(?:ที่)?(?P<code>(?!ว[\d./])[ก-ฮ]{2,3}(?:\([ก-ฮ.]+\))?)?\.?(?P<agency>\d{4,5}(?:\.\d+)*)?(?P<slash>/)?"
    r"(?P<circular>ว\.?)?(?P<serial>[ก-ฮ]?\d+(?:\.\d+)?)?$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in parts; what was not typed is ``None``. ``serial`` may also be the beginning of an owner code when
    nothing but digits was typed (``loose``)."""

    code: str | None = None
    agency: str | None = None
    circular: bool | None = None
    serial: str | None = None
    date: LetterDate | None = None
    loose: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing in the query could be understood."""
        return not (self.code or self.agency or self.serial or self.date)


def understand(query: str) -> Asked:
    """The parts of a query: ``1055 2564``, ``มท0806.2/ว1055``, ``24 พ.ค. 64``; Thai and Arabic digits alike."""
    text = arabic(mend(query)).strip()
    date, rest = _take_date(text)
    found = _NUMBER.match(squeeze(rest))
    if found is None or not squeeze(rest):
        return Asked(date=date)
    code, agency, serial = found["code"], found["agency"], found["serial"]
    bare = bool(agency or serial) and not (code or found["slash"] or found["circular"]) and not (agency and serial)
    if bare:
        return Asked(serial=agency or serial, date=date, loose=True)
    return Asked(code, agency, True if found["circular"] else None, serial, date)


def parted(query: str) -> tuple[LetterDate | None, str]:
    """The date in a query and what else stands there: ``24 พ.ค. 64 ขยะ`` → 24 May 2021 and ``ขยะ``."""
    date, rest = _take_date(arabic(mend(query)).strip())
    return (date, rest.strip()) if date else (None, query.strip())


def _take_date(text: str) -> tuple[LetterDate | None, str]:
    """The date in a query and the query without it. A year counts only beside something else, or it is a number."""
    for pattern in (_WORDED, _NUMERIC):
        if found := pattern.search(text):
            return _date(found), text[: found.start()] + " " + text[found.end() :]
    found = _YEAR.search(text)
    rest = (text[: found.start()] + " " + text[found.end() :]) if found else text
    if found and (rest.strip() or "ศ" in found[0] or "ปี" in found[0]):
        return LetterDate.from_be(int(found["year"]), precision=Precision.YEAR), rest
    return None, text


def _date(found: re.Match[str]) -> LetterDate | None:
    """The date of a match; ``None`` for one the calendar does not have."""
    month = _MONTHS[found["month"]] if found["month"] in _MONTHS else int(found["month"])
    year = int(found["year"])
    year += _CENTURY_BE if year < 100 else 0 if year in _FULL_BE else 543
    try:
        if found["day"]:
            return LetterDate.from_be(year, month, int(found["day"]))
        return LetterDate.from_be(year, month, precision=Precision.MONTH)
    except ValueError:
        return None

"""Deadlines without a day of their own: ends of years, this month or week, and what is asked for at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from letters import Deadline, DeadlineKind, LetterDate, Precision, fiscal_year
from letters.text import arabic
from parsing.dates import month_number
from parsing.fields.address import joined
from parsing.fields.around import BEHIND, unwrapped
from parsing.fields.history import is_history, sentence_around, turn
from parsing.fields.numerals import counted
from parsing.fields.phrases import (
    ASKS,
    BEFORE,
    CUE,
    DAY_ONLY,
    FIRST_MONTHS,
    IN_THE_END,
    MONTH_ONLY,
    MUST,
    NTH_WEEKDAY,
    PLACES,
    QUARTER,
    QUARTERS,
    REQUESTS,
    THIS,
    URGENT,
    WEEKDAY_ONLY,
    YEAR_END,
    told_by_a_rule,
)
from parsing.fields.roles import is_plan, is_told
from parsing.flow import Flow
from parsing.loose import loose
from parsing.weekdays import WEEKDAYS

FRIDAY = 4  # as datetime counts weekdays
FORMULA = 60  # characters that the words of a letter's end take
REACH = 200  # characters before a period that are looked at


def year_ends(flow: Flow, history: Sequence[tuple[int, int]], letter_date: LetterDate | None) -> Iterator[Deadline]:
    """``ภายในปีงบประมาณ พ.ศ. ๒๕๖๖`` is due on 30 September, ``ภายในปี ๒๕๖๖`` within the year, and ``ภายใน ๖ เดือนแรกของ…``
    within those months; not what the cause tells as an aim, nor what is over."""
    folded = arabic(flow.text)
    for match in (*YEAR_END.finditer(folded), *FIRST_MONTHS.finditer(folded)):
        before = folded[max(0, match.start() - REACH) : match.start()]
        if is_history(match.start(), history) or is_told(before) or match.start() < turn(flow.text):
            continue
        year = int(match["year"])
        fiscal = "งบ" in match["fiscal"]
        due = LetterDate.from_be(year, 9, 30) if fiscal else LetterDate.from_be(year, precision=Precision.YEAR)
        if match.re is FIRST_MONTHS:
            due = _month_after(LetterDate.from_be(year - fiscal, 10 if fiscal else 1, 1), counted(match["count"]) - 1)
        if letter_date is not None and due.latest < letter_date.earliest:
            continue
        yield Deadline(
            DeadlineKind.DATE,
            joined(flow.text[match.start() : match.end()]),
            due,
            sentence=joined(sentence_around(flow.text, match.start(), match.end())),
            confidence=0.8,
            evidence=flow.evidence(match.start(), match.end()),
        )


def of_this_time(flow: Flow, history: Sequence[tuple[int, int]], letter_date: LetterDate | None) -> Iterator[Deadline]:
    """``ภายในสิ้นเดือนนี้``, ``ภายในเดือนกันยายนนี้``, ``ภายในวันศุกร์นี้``, ``ภายในไตรมาสที่ ๓``: the time follows from the
    letter's own date, whatever that is."""
    folded, taken = arabic(flow.text), set[int]()
    cues = [cue.start() for cue in CUE.finditer(folded)]
    for pattern, due_of in _OF_THIS_TIME:
        for match in filter(None, (pattern.match(folded, cue) for cue in cues)):
            before = folded[max(0, match.start() - REACH) : match.start()]
            if is_history(match.start(), history) or not taken.isdisjoint(range(*match.span())):
                continue
            asked = ASKS.search(before) or REQUESTS.search(before)
            if told_by_a_rule(before, folded[match.end() :]) or (pattern is MONTH_ONLY and not asked):
                continue
            if is_told(before):
                continue
            taken.update(range(*match.span()))
            due = due_of(match, letter_date) if letter_date and letter_date.month else None
            if due is None and letter_date is not None and letter_date.date is not None:
                continue  # no such day
            if due is not None and letter_date is not None and due.latest < letter_date.earliest:
                continue  # it is over
            end = len(folded[: match.end()].rstrip())
            yield Deadline(
                DeadlineKind.DATE,
                joined(flow.text[match.start() : end]),
                due,
                starts="letter",
                sentence=joined(sentence_around(flow.text, match.start(), end)),
                confidence=0.75 if due else 0.5,
                evidence=flow.evidence(match.start(), end),
                before=bool(BEFORE.match(match["cue"])),
            )


def _this(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """The time meant by this or next day, week, month, year or fiscal year; ``None`` if the letter's date is not
    known well enough."""
    which = match["which"] or "นี้"
    later = re.match(loose("หน้า"), which) is not None
    unit, day = match["unit"], letter_date.date
    if re.match(loose("ปีงบประมาณ"), unit):
        return LetterDate.from_be(fiscal_year(letter_date.earliest) + later, 9, 30)
    if re.match(loose("เดือน"), unit):
        return _month_after(letter_date, int(later))
    if re.match(loose("ปี"), unit):
        return LetterDate(letter_date.year + later, precision=Precision.YEAR)
    if day is None:
        return None
    if re.match(loose("สัปดาห์"), unit):
        return LetterDate.of(day + dt.timedelta(days=FRIDAY - day.weekday() + 7 * later))
    return LetterDate.of(day + dt.timedelta(days=int(not re.match(loose("นี้") + "$", which))))


def _month_after(letter_date: LetterDate, months: int) -> LetterDate:
    count = letter_date.year * 12 + (letter_date.month or 1) - 1 + months
    return LetterDate(count // 12, count % 12 + 1, precision=Precision.MONTH)


def _this_month(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """The next time that a month named without its year comes, the letter's own month included."""
    return _month_after(letter_date, (month_number(match["month"]) - (letter_date.month or 1)) % 12)


def _this_day(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """A day of this month or the next; ``None`` where that month has no such day or it is over already."""
    month = _month_after(letter_date, int(not re.match(f"(?:{loose('ศกนี้')}|{loose('นี้')})", match["which"])))
    if not 1 <= int(match["day"]) <= month.latest.day:
        return None
    due = LetterDate(month.year, month.month, int(match["day"]))
    return due if due.latest >= letter_date.earliest else None


def _this_weekday(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """The weekday of the letter's own week (Monday to Sunday), or of the next one."""
    if letter_date.date is None:
        return None
    number = next(i for i, name in enumerate(WEEKDAYS) if re.fullmatch(loose(name), match["weekday"]))
    weeks = int(not re.match(loose("นี้"), match["which"]))
    due = letter_date.date + dt.timedelta(days=number - letter_date.date.weekday() + 7 * weeks)
    return LetterDate.of(due if due >= letter_date.date else due + dt.timedelta(days=7))


def _nth_weekday(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """The first to fourth or last such weekday of a month named, or of the letter's own or next; ``None`` if over."""
    if match["month"]:
        month = LetterDate.from_be(int(match["year"]), month_number(match["month"]), precision=Precision.MONTH)
    else:
        month = _month_after(letter_date, int(not re.match(f"(?:{loose('ศกนี้')}|{loose('นี้')})", match["which"])))
    place = next(i for i, word in enumerate(PLACES) if re.fullmatch(loose(word), match["place"]))
    number = next(i for i, name in enumerate(WEEKDAYS) if re.fullmatch(loose(name), match["weekday"]))
    days = [month.earliest + dt.timedelta(days=n) for n in range(month.latest.day)]
    due = LetterDate.of([day for day in days if day.weekday() == number][-1 if PLACES[place] == "สุดท้าย" else place])
    return due if due.latest >= letter_date.earliest else None


def _quarter(match: re.Match[str], letter_date: LetterDate) -> LetterDate | None:
    """The last day of a quarter of the fiscal year named, or of the letter's own: October to December is the first."""
    year = int(match["year"] or fiscal_year(letter_date.earliest))
    spoken = next((place for place, word in enumerate(QUARTERS) if re.fullmatch(loose(word), match["quarter"])), 0)
    number = int(match["quarter"]) if match["quarter"].isdigit() else min(4, max(1, spoken))
    year, month = (year - 1, 12) if number == 1 else (year, 3 * number - 3)
    return LetterDate.from_be(year, month, precision=Precision.MONTH)


_OF_THIS_TIME: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], LetterDate], LetterDate | None]], ...] = (
    (THIS, _this),
    (MONTH_ONLY, _this_month),
    (DAY_ONLY, _this_day),
    (WEEKDAY_ONLY, _this_weekday),
    (NTH_WEEKDAY, _nth_weekday),
    (QUARTER, _quarter),
)


def urgent(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """What is asked for at once, without a day: ``โดยด่วน``; the first of a body that comes behind a request."""
    asked = [found.start() for ask in (ASKS, REQUESTS, MUST) if (found := ask.search(flow.text))]
    for match in URGENT.finditer(flow.text):
        before = unwrapped(flow.text[max(0, match.start() - BEHIND) : match.start()])
        told = IN_THE_END.search(before[-FORMULA:]) or is_history(match.start(), history) or is_plan(before)
        if min(asked, default=len(flow.text)) < match.end() and not told:
            yield Deadline(
                DeadlineKind.URGENT,
                match[0],
                sentence=joined(sentence_around(flow.text, match.start(), match.end())),
                confidence=0.8,
                evidence=flow.evidence(match.start(), match.end()),
            )
            return

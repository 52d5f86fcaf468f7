"""Deadlines that point back to a day told just before: ก่อนวันดังกล่าว, ภายในวันที่ ๒๕ ของเดือนเดียวกัน."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind, LetterDate, Precision
from letters.text import arabic
from parsing.dates import FoundDate
from parsing.fields.address import joined
from parsing.fields.history import is_history, sentence_around
from parsing.fields.phrases import CUE, REQUESTS, words
from parsing.flow import Flow
from parsing.loose import either, loose

REACH = 320  # characters between the day told and what points to it
ASKED_WITHIN = 200
_POINTS = re.compile(either("ดังกล่าว", "เดือนเดียวกัน"))
SAME_DAY = re.compile(words("that_day"))
_COUNTED = re.compile(r"\d\s*วัน(?:ทำการ)?\s*$")  # ไม่น้อยกว่า ๑๐ วันก่อนวันดังกล่าว is a period of its own
_SAME_MONTH = re.compile(
    rf"(?:{CUE.pattern})\s*{loose('วันที่')}\s*(?P<day>\d{{1,2}})\s*"
    rf"(?:{loose('ของ')})?\s?{either('เดือนเดียวกัน', 'เดือนดังกล่าว')}"
)


def pointing(
    flow: Flow, dates: Sequence[FoundDate], history: Sequence[tuple[int, int]], letter_date: LetterDate | None
) -> Iterator[Deadline]:
    """Deadlines whose day is the last one told before them, where they are asked for and the day is still to come."""
    folded = arabic(flow.text)
    if not _POINTS.search(folded):
        return
    for pattern in (SAME_DAY, _SAME_MONTH):
        for match in pattern.finditer(folded):
            asked = REQUESTS.search(folded, max(0, match.start() - ASKED_WITHIN), match.start())
            told = _told_before(dates, match.start())
            counted = _COUNTED.search(folded, max(0, match.start() - 12), match.start())
            if told is None or not asked or counted or is_history(match.start(), history):
                continue
            due = _day_of(told, match.groupdict().get("day"))
            if due is not None and not (letter_date and due.latest < letter_date.earliest):
                yield _deadline(flow, match, due)


def _told_before(dates: Sequence[FoundDate], position: int) -> LetterDate | None:
    """The last whole day before a position, in reach."""
    at = bisect_right(dates, position, key=lambda date: date.end) - 1
    if at < 0 or position - REACH > dates[at].start:
        return None
    value = dates[at].reading.value
    return value if value and value.precision is Precision.DAY else None


def _day_of(told: LetterDate, day: str | None) -> LetterDate | None:
    """The day told, or another of its month; ``None`` where the month has no such day."""
    if day is None or told.month is None:
        return told
    month = LetterDate(told.year, told.month, precision=Precision.MONTH)
    return LetterDate(told.year, told.month, int(day)) if 1 <= int(day) <= month.latest.day else None


def _deadline(flow: Flow, match: re.Match[str], due: LetterDate) -> Deadline:
    return Deadline(
        DeadlineKind.DATE,
        joined(flow.text[match.start() : match.end()]),
        due,
        sentence=joined(sentence_around(flow.text, match.start(), match.end())),
        confidence=0.7,
        evidence=flow.evidence(match.start(), match.end()),
        before=match[0].startswith("ก่อน"),
    )

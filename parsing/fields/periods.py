"""Deadlines without a day of their own: periods, recurring ones, ends of years, and what is asked for at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind, LetterDate, Precision
from letters.text import arabic
from parsing.dates import find_dates
from parsing.fields.address import joined
from parsing.fields.history import is_history, sentence_around
from parsing.fields.phrases import (
    MONTHS_ONLY,
    QUOTED,
    RECURRING,
    RELATIVE,
    URGENT,
    YEAR_END,
)
from parsing.flow import Flow
from parsing.loose import loose
from parsing.tables import table


def year_ends(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """``ภายในปีงบประมาณ พ.ศ. ๒๕๖๖`` is due on 30 September, ``ภายในปี ๒๕๖๖`` within the year."""
    for match in YEAR_END.finditer(arabic(flow.text)):
        if is_history(match.start(), history):
            continue
        year = int(match["year"])
        fiscal = "งบ" in match["fiscal"]
        due = LetterDate.from_be(year, 9, 30) if fiscal else LetterDate.from_be(year, precision=Precision.YEAR)
        yield Deadline(
            DeadlineKind.DATE,
            joined(flow.text[match.start() : match.end()]),
            due,
            sentence=joined(sentence_around(flow.text, match.start(), match.end())),
            confidence=0.8,
            evidence=flow.evidence(match.start(), match.end()),
        )


def relative(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    folded = arabic(flow.text)
    for match in RELATIVE.finditer(folded):
        if is_history(match.start(), history) or QUOTED.search(folded[max(0, match.start() - 200) : match.start()]):
            continue
        days = _days(match["count"], match["unit"])
        starts = (
            "receipt"
            if re.search("รับ", match["from"])
            else "letter"
            if re.search("หนังสือ|ลงวันที่", match["from"])
            else "event"
        )
        end = match.start("from") + len(re.split(r"\s{2,}|\n\s*\n", match["from"])[0].rstrip())
        text = joined(flow.text[match.start() : end])
        yield Deadline(
            DeadlineKind.RELATIVE,
            text,
            None,
            days,
            starts,
            sentence=joined(sentence_around(flow.text, match.start(), match.end())),
            confidence=0.85,
            evidence=flow.evidence(match.start(), end),
        )


def _days(count: str, unit: str | None) -> int:
    number = (
        int(count)
        if count.isdigit()
        else next(
            int(row["value"]) for row in table("numerals") if re.fullmatch(loose(row["form"], spaced=True), count)
        )
    )
    return number * {"เดือน": 30, "สัปดาห์": 7}.get(unit or "", 1)


def recurring(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    folded = arabic(flow.text)
    taken: list[tuple[int, int]] = []
    for kind, pattern in RECURRING:
        for match in pattern.finditer(folded):
            if is_history(match.start(), history) or any(a < match.end() and match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            yield Deadline(
                DeadlineKind.RECURRING,
                joined(flow.text[match.start() : match.end()]),
                None,
                rule=_rule(kind, match),
                sentence=joined(sentence_around(flow.text, match.start(), match.end())),
                confidence=0.85,
                evidence=flow.evidence(match.start(), match.end()),
            )


def _rule(kind: str, match: re.Match[str]) -> str:
    """RFC 5545 recurrence rule of a recurring phrase."""
    if kind == "monthly-day":
        return f"FREQ=MONTHLY;BYMONTHDAY={int(match['day'])}"
    if kind == "yearly":
        months = [
            str(found.reading.value.month)
            for form in MONTHS_ONLY.findall(match["months"])
            for found in find_dates(f"1 {form} 2560")
            if found.reading.value
        ]
        return f"FREQ=YEARLY;BYMONTH={','.join(months)}"
    if kind == "every":
        return f"FREQ=MONTHLY;INTERVAL={int(match['count'])}"
    if kind == "weekly":
        days = {"จันทร์": "MO", "อังคาร": "TU", "พุธ": "WE", "พฤหัสบดี": "TH", "ศุกร์": "FR"}
        return f"FREQ=WEEKLY;BYDAY={days[match['weekday']]}"
    plain = {"month-end": "FREQ=MONTHLY;BYMONTHDAY=-1", "quarterly": "FREQ=MONTHLY;INTERVAL=3"}
    return plain.get(kind, f"FREQ={kind.upper()}")


def urgent(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    for match in URGENT.finditer(flow.text):
        if not is_history(match.start(), history):
            yield Deadline(
                DeadlineKind.URGENT,
                match[0],
                sentence=joined(sentence_around(flow.text, match.start(), match.end())),
                confidence=0.8,
                evidence=flow.evidence(match.start(), match.end()),
            )
            return

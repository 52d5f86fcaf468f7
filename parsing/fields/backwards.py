"""Deadlines counted back from what is to come (ก่อนวันประชุมไม่น้อยกว่า ๓ วัน), or set by it without a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind
from letters.text import arabic
from parsing.fields.address import joined
from parsing.fields.history import is_history, sentence_around
from parsing.fields.numerals import counted
from parsing.fields.phrases import COUNT, MUST, REQUESTS, told_by_a_rule, words
from parsing.flow import Flow
from parsing.loose import either, loose

REACH = 200  # characters before the words that are looked at
_COUNTED = rf"(?:{words('at_least')})\s*(?P<count>{COUNT})\s*(?P<unit>วัน\s?ทำการ|วัน|เดือน|สัปดาห์|ชั่วโมง)"
COUNTED = re.compile(_COUNTED)
_BEFORE = rf"{loose('ก่อน')}\s?(?P<event>[ก-์ ]{{2,40}}?)"
# Before something, so many days; so many days before something; so many days in advance.
_PATTERNS = (
    re.compile(rf"(?:{loose('ล่วงหน้า')}\s*)?{_BEFORE}\s*{_COUNTED}"),
    re.compile(rf"{_COUNTED}\s*{_BEFORE}(?=\s|$)"),
    re.compile(rf"{loose('ล่วงหน้า')}\s*{_COUNTED}"),
)
# A day that has a name and no date: ภายในวันประชุมประจำเดือนตุลาคม ๒๕๖๗, ก่อนวันเปิดภาคเรียน
NAMED_DAY = re.compile(
    rf"{either('ภายใน', 'ก่อน', 'ไม่เกิน')}\s?(?P<event>{words('named_day')})"
    rf"(?P<more>[ก-์]{{0,40}}+)(?!\s*(?:\(|คือ|ที่|วันที่|หรือ|\d{{1,2}}(?!\d)|{words('at_least')}))"
)
_PERIOD_ENDS = re.compile(r"\d\s*(?:วัน\s?ทำการ|วัน|เดือน|สัปดาห์)\s*$")
_DAYS = {"เดือน": 30, "สัปดาห์": 7}


def backwards(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """``ก่อนวันประชุมไม่น้อยกว่า ๓ วันทำการ``: that many days before what is named; ``ก่อนวันเปิดภาคเรียน``: none counted.
    Only where it is asked for, by the letter itself."""
    folded, taken = arabic(flow.text), set[int]()
    patterns = (*_PATTERNS, NAMED_DAY) if COUNTED.search(folded) else (NAMED_DAY,)
    for pattern in patterns:
        for match in pattern.finditer(folded):
            before = folded[max(0, match.start() - REACH) : match.start()]
            if is_history(match.start(), history) or not taken.isdisjoint(range(*match.span())):
                continue
            if match.re is NAMED_DAY and _PERIOD_ENDS.search(before):
                continue  # ภายใน ๗ วัน ก่อนวันเลือกตั้ง: told by its period
            if told_by_a_rule(before, folded[match.end() :]) or not (REQUESTS.search(before) or MUST.search(before)):
                continue
            taken.update(range(*match.span()))
            yield _deadline(flow, match)


def _deadline(flow: Flow, match: re.Match[str]) -> Deadline:
    groups = match.groupdict()
    unit, end = groups.get("unit") or "", len(match.string[: match.end()].rstrip())
    return Deadline(
        DeadlineKind.RELATIVE,
        joined(flow.text[match.start() : end]),
        None,
        _days(groups["count"], unit) if groups.get("count") else None,
        "event",
        sentence=joined(sentence_around(flow.text, match.start(), match.end())),
        confidence=0.75,
        evidence=flow.evidence(match.start(), end),
        before=True,
        working="ทำการ" in unit,
    )


def _days(count: str, unit: str) -> int:
    return counted(count) // 24 if unit == "ชั่วโมง" else counted(count) * _DAYS.get(unit, 1)

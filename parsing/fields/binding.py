"""What is to be done by a deadline, and who must do it, where the letter's words say so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from letters import DatedFact, Deadline, Evidence
from letters.text import arabic
from parsing.fields.address import joined
from parsing.fields.phrases import words
from parsing.flow import Flow
from parsing.loose import either, loose
from parsing.tables import column

REACH = 400  # characters before a deadline in which its request begins
SHORTEST = 4  # letters of an action
_STATE = "แล้วเสร็จ|เสร็จ|ครบ|ถึง|ทัน|เรียบร้อย|ทราบ"  # ให้แล้วเสร็จ tells how, it asks nobody
OPENER = re.compile(rf"{words('opens_request')}|(?:(?<=และ)|(?<=โดย)|(?<=\s))ให้(?!{_STATE})")
_ITEM = re.compile(r"\n\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s*")
_PARAGRAPH = re.compile(r"\n\s*\n")
_ACTOR = (
    rf"{either(*column('actors', 'word'), spaced=True)}(?:(?:ใน|ทุก)[ก-๙]{{2,12}}(?=\s))?"
    r"(?:\s*(?:ทุกแห่ง|ในพื้นที่|ในสังกัด|หรือผู้แทน))?"
)
PASSES = re.compile(rf"{words('passes_on', spaced=True)}\s?(?:ให้|ไปยัง)?")
_WHO = re.compile(rf"\s*(?:{_ACTOR}\s*)?{PASSES.pattern}\s*(?P<told>{_ACTOR})|\s*(?P<who>{_ACTOR})")
JOINS = re.compile(rf"^[\s,]*(?:{words('joins_on')}\s*)*(?:ให้(?!{_STATE}))?\s*")
_LEFT_OVER = re.compile(rf"\s*(?:ให้(?:{_STATE})[ก-๙]*|{loose('ทั้งนี้')}|ด้วย|\()?\s*$")
_NEXT_STOP = re.compile(r"\n\s*\n|\s{2,}|\s(?=จึงเรียน|ทั้งนี้|หาก|รายละเอียด)")


def bind(flow: Flow, deadlines: Sequence[Deadline], facts: Sequence[DatedFact] = ()) -> list[Deadline]:
    """The deadlines, in their order, with the action each belongs to and who must do it, where the words before them
    (or, if a deadline begins its request, behind) tell. ``facts``: other dates, at which an action's words end too."""
    rows = _rows_by_page(flow)
    spans = {index: span for index, item in enumerate(deadlines) if (span := _span(flow, rows, item.evidence))}
    others = [span for fact in facts if (span := _span(flow, rows, fact.evidence))]
    ordered = sorted([*spans.values(), *others])
    begins = [begin for begin, _ in ordered]
    ends = list(accumulate((stop for _, stop in ordered), max))
    bound = list(deadlines)
    for index, (start, end) in spans.items():
        before = bisect_left(begins, start)
        action, recipient = _request(flow.text, start, end, min(ends[before - 1], start) if before else 0)
        bound[index] = replace(bound[index], action=action, recipient=recipient)
    return bound


def spans_of(flow: Flow, pieces: Sequence[Evidence | None]) -> list[tuple[int, int] | None]:
    """Characters of the flow's text that pieces of evidence name; ``None`` for one that stands elsewhere."""
    rows = _rows_by_page(flow)
    return [_span(flow, rows, piece) for piece in pieces]


_Rows = dict[int, tuple[list[int], list[int]]]  # page → its rows' starts on the page, and their places in the flow


def _rows_by_page(flow: Flow) -> _Rows:
    found: _Rows = {}
    for index, row in enumerate(flow.rows):
        starts, places = found.setdefault(row.page, ([], []))
        if not starts or row.start > starts[-1]:
            starts.append(row.start)
            places.append(index)
    return found


def _span(flow: Flow, rows: _Rows, evidence: Evidence | None) -> tuple[int, int] | None:
    starts, places = rows.get(evidence.page, ([], [])) if evidence else ([], [])
    at = bisect_right(starts, evidence.start) - 1 if evidence else -1
    if evidence is None or at < 0 or evidence.start > starts[at] + len(flow.rows[places[at]].text):
        return None
    start = flow.start_of(places[at]) + evidence.start - starts[at]
    return start, min(len(flow.text), start + evidence.end - evidence.start)


def _request(text: str, start: int, end: int, previous: int) -> tuple[str | None, str | None]:
    """(action, recipient) of the deadline at ``start:end``; ``previous``: where the deadline before it ended."""
    floor = max([start - REACH, 0, *(match.end() for match in _PARAGRAPH.finditer(text, max(0, start - REACH), start))])
    opener = next(reversed(list(OPENER.finditer(text, floor, start))), None)
    item = next(reversed(list(_ITEM.finditer(arabic(text), floor, start))), None)
    begins = max(opener.end() if opener else -1, item.end() if item else -1)
    if begins < 0:
        return None, None
    who = _WHO.match(text, begins, start)
    recipient = joined(who["told"] or who["who"]) if who else None
    action = _tidy(text[max(who.end() if who else begins, previous) : start])
    return action or _behind(text, end), recipient


def _tidy(told: str) -> str | None:
    """An action's words without what joins them to others; ``None`` if nothing is left."""
    told = _LEFT_OVER.sub("", JOINS.sub("", joined(told)))
    return told if len(told) >= SHORTEST else None


def _behind(text: str, end: int) -> str | None:
    """The action behind a deadline that begins its request: ``ขอให้ภายในวันที่ … ส่ง …``."""
    told = text[end : end + REACH // 2]
    stop = _NEXT_STOP.search(told)
    return _tidy(told[: stop.start()] if stop else told)

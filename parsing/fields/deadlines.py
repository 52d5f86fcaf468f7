"""When something asked for is due – and every other date, kept so that it is visibly no deadline.

A duty's date stands in the wish of a letter. What its cause tells of an earlier round
(``ตามที่ … ให้แล้วเสร็จภายในวันที่ … นั้น``, ``… เสร็จเรียบร้อยแล้ว``), quoted rules and effective dates bind nobody
now (DOMAIN section 3).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters import DatedFact, DateRole, Deadline, DeadlineKind, LetterDate, Precision
from letters.text import arabic
from parsing.dates import FoundDate, find_dates
from parsing.fields.address import joined
from parsing.fields.history import history_spans, sentence_around
from parsing.fields.periods import of_this_time, relative, urgent, year_ends
from parsing.fields.phrases import (
    BEFORE,
    DONE,
    EFFECTIVE,
    FAIRS,
    FORMER,
    GOES,
    HANDS_IN,
    HOUR,
    INSPECTS,
    INVITES,
    MOVED_TO,
    NAMELY,
    ON,
    OWN_WISH,
    PERIOD,
    PLANS,
    REFRAINS,
    REVOKED,
    TIME,
    TOLD,
    UNTIL,
    WHILE,
    WISH,
    WITHIN,
)
from parsing.fields.recurrence import recurring
from parsing.flow import Flow
from parsing.loose import loose
from parsing.sections import Part
from parsing.sheet import Sheet

FAR = 320  # characters: an invitation names place and purpose before its day and hour
NEXT_HOUR = 18  # characters in which the hour of a day follows it


@dataclass(frozen=True, slots=True)
class Found:
    """Deadlines, and the dates that are none."""

    deadlines: tuple[Deadline, ...]
    facts: tuple[DatedFact, ...]


def find_deadlines(sheet: Sheet, letter_date: LetterDate | None, cited: Sequence[LetterDate] = ()) -> Found:
    """Deadlines of the letter's wish and all other dates of its body.

    ``letter_date`` completes dates without a year and rules out days already past; ``cited``: dates of cited letters.
    """
    flow = sheet.part(Part.BODY)
    history = history_spans(flow.text)
    near = letter_date.earliest if letter_date else max((date.earliest for date in cited), default=None)
    deadlines: list[Deadline] = list(_head_deadlines(sheet, near))
    facts: list[DatedFact] = []
    for found in find_dates(flow.text, near=near):
        judged = _judge(flow, found, history, letter_date, cited)
        if isinstance(judged, Deadline):
            deadlines.append(judged)
        elif judged:
            facts.append(judged)
    deadlines += [*year_ends(flow, history), *of_this_time(flow, history, letter_date)]
    deadlines += [*relative(flow, history), *recurring(flow, history)]
    deadlines = [*_own_deadlines(flow, deadlines), *urgent(flow, history)]
    return Found(_distinct(deadlines), tuple(facts))


def _own_deadlines(flow: Flow, deadlines: list[Deadline]) -> list[Deadline]:
    """Where the letter tells of a deadline it was given (ได้รับแจ้ง … ภายใน …) and then sets its own, its own counts."""
    dated = [item for item in deadlines if item.kind is DeadlineKind.DATE]
    wish = max((match.start() for match in OWN_WISH.finditer(flow.text)), default=None)
    if len(dated) < 2 or wish is None:
        return deadlines
    asked = [item for item in dated if _position(flow, item) > wish]
    told = [item for item in dated if _position(flow, item) < wish and TOLD.search(flow.text[: _position(flow, item)])]
    return [item for item in deadlines if not (asked and item in told)]


def _position(flow: Flow, deadline: Deadline) -> int:
    """Where the deadline's words begin in the flow's text."""
    return flow.text.find(deadline.evidence.text) if deadline.evidence else -1


def _judge(
    flow: Flow,
    found: FoundDate,
    history: Sequence[tuple[int, int]],
    letter_date: LetterDate | None,
    cited: Sequence[LetterDate],
) -> Deadline | DatedFact | None:
    """What a date in the body is: a deadline, an event to attend, or a fact."""
    value = found.reading.value
    if value is None:
        return None
    before, after = flow.text[max(0, found.start - 120) : found.start], flow.text[found.end : found.end + 160]
    sentence = sentence_around(flow.text, found.start, found.end)
    role = _fact_role(found, before, after, history, value, letter_date, cited)
    cue = _cue(before) or _period_cue(found, before, after)
    if role is not None or cue is None:
        event = None if role else _event(flow, found, before, after, sentence)
        return event or _fact(flow, found, role or DateRole.OTHER, sentence)
    start = found.start - len(cue)
    meets = TIME.match(arabic(after)) and not WITHIN.search(before)  # an hour to be there, not an hour to hand in
    text = joined(flow.text[start : found.end])
    confidence = found.reading.confidence * flow.confidence(start, found.end)
    return Deadline(
        DeadlineKind.EVENT if meets else DeadlineKind.DATE,
        text,
        value,
        sentence=joined(sentence),
        confidence=confidence,
        evidence=flow.evidence(start, found.end),
        before=bool(BEFORE.match(cue)),
        opens=found.first,
        time=_hour(cue) or _hour(after[:NEXT_HOUR]),
    )


def _hour(words: str) -> str | None:
    """The hour that words name, ``HH:MM``."""
    match = HOUR.search(arabic(words))
    return f"{int(match['hour']):02d}:{match['minute']}" if match else None


def _cue(before: str) -> str | None:
    """The words right before a date that make it a deadline, as they stand."""
    moved = MOVED_TO.search(before)
    if moved:
        return moved["cue"]
    match = WITHIN.search(before) or UNTIL.search(before) or NAMELY.search(before)
    if match:
        return match[0]
    handed = HANDS_IN.search(before)
    return before[before.rindex("ใน") :] if handed and not INVITES.search(handed[0]) else None


def _period_cue(found: FoundDate, before: str, after: str) -> str | None:
    """Words that make a period one to act in: ``ขอให้บันทึกข้อมูล ระหว่างวันที่ 1 – 15 …``; due on its last day."""
    period = PERIOD.search(before)
    if found.first is None or period is None or any(told.search(before[-90:]) for told in (INVITES, INSPECTS, FAIRS)):
        return None
    asked = WISH.search(before) and not INVITES.search(after)
    return period[0] if WHILE.search(after) or asked else None


def _fact_role(
    found: FoundDate,
    before: str,
    after: str,
    history: Sequence[tuple[int, int]],
    value: LetterDate,
    letter_date: LetterDate | None,
    cited: Sequence[LetterDate],
) -> DateRole | None:
    """Why a date binds nobody now; ``None`` if nothing says so."""
    if re.search(rf"ลง\s?(?:{loose('วันที่')})?\s*$", before) or (value in cited and _cue(before) is None):
        return DateRole.CITED
    if any(start <= found.start < end for start, end in history):
        return DateRole.HISTORY
    if (FORMER.search(before) and re.match(r"[^\n]{0,30}(?:เป็น|ออกไป|ไป)", after)) or REVOKED.search(before):
        return DateRole.HISTORY
    if _is_plan(before) or re.match(rf"\s*{loose('ของทุกปี')}", after):
        return DateRole.OTHER
    done = DONE.search(after[:120])
    if done and not WISH.search(after[: done.start()]):
        return DateRole.HISTORY
    if REFRAINS.search(before) or (found.first is None and EFFECTIVE.search(before) and _cue(before) is None):
        return DateRole.EFFECTIVE
    if letter_date is not None and value.latest < letter_date.earliest and found.reading.confidence > 0.4:
        return DateRole.HISTORY
    return None


def _is_plan(before: str) -> bool:
    """Whether the sender tells what it will do itself: ``จะดำเนินการให้แล้วเสร็จภายใน…`` with nothing asked before."""
    plan = PLANS.search(before)
    return plan is not None and not WISH.search(before) and not INVITES.search(before) and not INSPECTS.search(before)


def _event(flow: Flow, found: FoundDate, before: str, after: str, sentence: str) -> Deadline | None:
    """A meeting or period the addressee is to attend: its (first) day."""
    timed = TIME.match(arabic(after))
    near, far = before[-90:], flow.text[max(0, found.start - FAR) : found.start]
    invited = INVITES.search(far + after if timed else near) or (INVITES.search(after) and "ดังกล่าว" in after)
    inspected = INSPECTS.search(before) and "ท่าน" in before + after
    sent = timed and WISH.search(before) and GOES.search(before, WISH.search(before).end())  # type: ignore[union-attr]
    if not (invited or inspected or sent):
        return None
    if not timed and not re.search(rf"(?:ใน|ระหว่าง)\s*(?:{loose('วัน')}[^\n]{{0,12}})?$", before.rstrip() + " "):
        return None
    value = found.first or found.reading.value
    opening = re.search(rf"(?:ใน)?(?:ระหว่าง)?\s*{ON}$", before)
    start = found.start - (len(opening[0].lstrip()) if opening else 0)
    return Deadline(
        DeadlineKind.EVENT,
        joined(flow.text[start : found.end]),
        value,
        sentence=joined(sentence),
        confidence=0.8 * found.reading.confidence,
        evidence=flow.evidence(start, found.end),
        time=_hour(after[:NEXT_HOUR]),
    )


def _fact(flow: Flow, found: FoundDate, role: DateRole, sentence: str) -> DatedFact | None:
    value = found.reading.value
    if value is None or value.precision in (Precision.YEAR, Precision.UNKNOWN_DAY):
        return None
    return DatedFact(value, role, joined(sentence), flow.evidence(found.start, found.end))


def _head_deadlines(sheet: Sheet, near: dt.date | None) -> Iterator[Deadline]:
    """``ด่วนภายในวันที่ …`` among the urgency marks is itself a deadline."""
    flow = sheet.where(lambda row, part: part is Part.HEAD and bool(re.match(rf"\s*{loose('ด่วนภายใน')}", row.text)))
    for found in find_dates(flow.text, near=near):
        yield Deadline(
            DeadlineKind.DATE,
            joined(flow.text),
            found.reading.value,
            sentence=joined(flow.text),
            confidence=found.reading.confidence,
            evidence=flow.evidence(0, found.end),
            time=_hour(flow.text[found.end :]),
        )


def _distinct(deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Each date once (a letter repeats its deadline), dateless ones once by their words."""
    kept: dict[object, Deadline] = {}
    for deadline in deadlines:
        kept.setdefault((deadline.date or deadline.text, deadline.kind if deadline.date is None else None), deadline)
    return tuple(kept.values())

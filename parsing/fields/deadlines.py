"""When something asked for is due – and every other date, kept so that it is visibly no deadline.

A duty's date stands in the wish of a letter. What its cause tells of an earlier round
(``ตามที่ … ให้แล้วเสร็จภายในวันที่ … นั้น``, ``… เสร็จเรียบร้อยแล้ว``), quoted rules and effective dates bind nobody
now (DOMAIN section 3).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letters import DatedFact, DateRole, Deadline, DeadlineKind, LetterDate, Precision, Rival
from letters.text import arabic
from parsing.dates import MONTH, FoundDate, find_dates, month_number
from parsing.fields.address import joined
from parsing.fields.around import Place, is_announced, opening
from parsing.fields.attending import attends, is_called
from parsing.fields.backwards import backwards
from parsing.fields.binding import bind, spans_of
from parsing.fields.chosen import apart, counted_once, distinct, own_deadlines, whole
from parsing.fields.counted import relative
from parsing.fields.cues import cue_of, period_cue
from parsing.fields.history import asks_for_anything, history_spans, public_spans, sentence_around, turn
from parsing.fields.misdated import AS_READ, REGULATION, YEAR_MENDED, in_years_meant, is_misdated, is_stale, years_meant
from parsing.fields.periods import of_this_time, urgent, year_ends
from parsing.fields.phrases import (
    ARRIVES,
    BEFORE,
    BY_HOUR,
    CLOSES,
    HOUR,
    HOURS,
    MEETING,
    MOVED_TO,
    ON,
    TIME,
    WITHIN,
)
from parsing.fields.pointing import pointing
from parsing.fields.recurrence import recurring
from parsing.fields.roles import asks_for_what_is_over, fact_role, is_plan, open_role
from parsing.fields.typed import date_in_print
from parsing.fields.weighing import chance, in_words, signs_of, weights
from parsing.flow import Flow
from parsing.loose import loose
from parsing.parts import Part
from parsing.sheet import Sheet

UNDATED = 0.2  # how sure a deadline is whose day cannot be meant as it was read
OVER = "วันที่อ่านได้อยู่ก่อนวันที่ของหนังสือ หรือเก่ากว่าระเบียบงานสารบรรณ จึงไม่ใช้เป็นกำหนด"
WEIGHED = 0.42  # how sure a deadline is that no phrase tells: less than what goes by without a person's eye
NEXT_HOUR = 18  # characters in which the hour of a day follows it


_DAY_OF_MONTH = re.compile(rf"\s*\(\s*(?:{ON})?(?P<day>\d{{1,2}})\s*(?P<month>{MONTH})\s*\)")


@dataclass(frozen=True, slots=True)
class Found:
    """Deadlines, and the dates that are none."""

    deadlines: tuple[Deadline, ...]
    facts: tuple[DatedFact, ...]


def find_deadlines(
    sheet: Sheet, letter_date: LetterDate | None, cited: Sequence[LetterDate] = (), *, firm: bool = True
) -> Found:
    """Deadlines of the letter's wish and all other dates of its body.

    ``letter_date`` completes dates without a year and rules out days already past; ``firm``: its year was read without
    doubt. ``cited``: dates of cited letters.
    """
    flow = sheet.part(Part.BODY)
    history = history_spans(flow.text)
    near = letter_date.earliest if letter_date else max((date.earliest for date in cited), default=None)
    deadlines: list[Deadline] = list(_head_deadlines(sheet, near))
    facts: list[DatedFact] = []
    told = history if is_announced(flow.text) else (*history, *public_spans(flow.text))
    again = list(recurring(flow, told))
    found_dates = find_dates(flow.text, near=near)
    letter_date = None if is_stale(flow.text, found_dates, history, letter_date) else letter_date
    if firm:
        found_dates = in_years_meant(flow.text, found_dates, history, letter_date, cited)
    ruled = {place for span in spans_of(flow, [item.evidence for item in again]) if span for place in range(*span)}
    for found in found_dates:
        if found.start in ruled:
            continue  # the day a rule runs from or to
        judged = _judge(flow, found, history, letter_date, cited)
        if isinstance(judged, Deadline):
            deadlines.append(judged)
        elif judged:
            facts.append(judged)
    deadlines += [*year_ends(flow, told, letter_date), *apart(of_this_time(flow, told, letter_date), flow, ruled)]
    deadlines += [*counted_once(flow, relative(flow, told), again), *backwards(flow, told), *again]
    deadlines += pointing(flow, found_dates, history, letter_date)
    deadlines = [*own_deadlines(flow, whole(flow, deadlines)), *urgent(flow, history)]
    return Found(distinct(bind(flow, deadlines, facts)), tuple(facts))


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
    place = Place.of(flow.text, found, value)
    role = fact_role(place, history, letter_date, cited)
    cue = cue_of(place) or period_cue(place)
    if role is None and cue is not None:
        due = _undated(_due(flow, place, cue), letter_date)
        if due.kind is not DeadlineKind.EVENT or found.start >= turn(flow.text) or is_called(flow.text, place):
            return due
        return _fact(flow, found, DateRole.EVENT)
    if role is DateRole.HISTORY and cue is not None and asks_for_what_is_over(place, history):
        meant = years_meant(value, letter_date)
        if meant or value.be_year < REGULATION:
            days = " หรือ ".join(rival.value.thai(short=True) for rival in meant)
            return _fact(flow, found, DateRole.MAYBE, f"{OVER} อาจเป็น {days}" if meant else OVER)
    plan = role in (DateRole.OTHER, DateRole.EVENT) and is_plan(place.before)
    if (role is None or plan) and attends(flow.text, place, plan=plan):
        return _event(flow, place)
    if role is None and letter_date is not None and not place.announced:
        return _weighed(flow, place, letter_date)
    return _fact(flow, found, role or open_role(place))


def _undated(due: Deadline, letter_date: LetterDate | None) -> Deadline:
    """A deadline without its day where that cannot be meant as it was read; what it may be stays beside it."""
    if due.date is None or not is_misdated(due.date, letter_date):
        return due
    rivals = (*years_meant(due.date, letter_date), Rival(due.date, 0.1, AS_READ), *due.rivals)
    return replace(due, date=None, rivals=rivals, confidence=UNDATED, why=OVER)


def _weighed(flow: Flow, place: Place, letter_date: LetterDate) -> Deadline | DatedFact | None:
    """What a day is that no phrase settles: by what stands around it a deadline, maybe one, or none."""
    found, known = place.found, weights()
    signs = signs_of(flow.text, found, place.value, letter_date)
    sure = chance(signs) if asks_for_anything(flow.text) else 0.0
    if sure < known.doubt or place.value.precision is Precision.UNKNOWN_DAY:
        return _fact(flow, found, open_role(place))
    if sure < known.sure:
        return _fact(flow, found, DateRole.MAYBE, in_words(signs))
    start = found.start - len(opening(place.before))
    due = _due(flow, place, flow.text[start : found.start])
    return replace(due, confidence=WEIGHED * due.confidence, why=in_words(signs))


def _due(flow: Flow, place: Place, cue: str) -> Deadline:
    """The deadline that a cue and a date make."""
    after, found = place.after, place.found
    start, end = found.start - len(cue), found.end + (after[:1] == ")" and "(" in cue)
    value, more = _narrowed(place)
    by_hour = BY_HOUR.match(after)
    more = more or (by_hour.end() if by_hour else 0)
    # an hour to be there, not to hand in by; a meeting that is put off
    closes = CLOSES.search(place.before) and not HOURS.match(after)
    handed_in = WITHIN.search(place.before) or ARRIVES.search(place.before) or closes or place.found.first
    meets = TIME.match(after) and not handed_in
    meets = meets or _is_meeting_put_off(place.before)
    return Deadline(
        DeadlineKind.EVENT if meets else DeadlineKind.DATE,
        joined(flow.text[start : end + more]),
        value,
        sentence=joined(sentence_around(flow.text, found.start, found.end)),
        confidence=_sureness(found, value) * flow.confidence(start, end),
        evidence=flow.evidence(start, end + more),
        before=bool(BEFORE.match(cue)),
        opens=found.first,
        time=hour_in(cue) or hour_in(after[:NEXT_HOUR]),
        rivals=_rivals(flow, found, value),
        why=next((repair.reason for repair in found.reading.repairs if repair.rule == YEAR_MENDED), ""),
    )


def _is_meeting_put_off(before: str) -> bool:
    """Whether it is a meeting, not something to hand in, that gets a new day."""
    return bool(MOVED_TO.search(before) and MEETING.search(before) and not re.search("ส่ง|ยื่น|บันทึก|รายงาน", before))


def _rivals(flow: Flow, found: FoundDate, value: LetterDate) -> tuple[Rival[LetterDate], ...]:
    """What else the day may be: by the checks of the date itself, and by what its typed digits may read otherwise."""
    reading = date_in_print(found.reading, flow, found.start, found.end)
    return tuple(rival for rival in reading.rivals if rival.value != value)


def _sureness(found: FoundDate, value: LetterDate) -> float:
    """How sure a day is; one that could not be read is not."""
    return found.reading.confidence * (0.5 if value.precision is Precision.UNKNOWN_DAY else 1.0)


def _narrowed(place: Place) -> tuple[LetterDate, int]:
    """The day in brackets behind a month (ภายในเดือนกุมภาพันธ์ ๒๕๖๓ (๒๘ กุมภาพันธ์)), and how many characters tell it."""
    value = place.value
    day = _DAY_OF_MONTH.match(arabic(place.after)) if value.precision is Precision.MONTH else None
    if day is None or value.month is None or month_number(day["month"]) != value.month:
        return value, 0
    if int(day["day"]) not in range(1, value.latest.day + 1):
        return value, 0
    return LetterDate(value.year, value.month, int(day["day"])), day.end()


def hour_in(words: str) -> str | None:
    """The hour that words name, ``HH:MM``."""
    match = HOUR.search(arabic(words))
    return f"{int(match['hour']):02d}:{match['minute']}" if match else None


def _event(flow: Flow, place: Place) -> Deadline:
    """A meeting or period the addressee is to attend: its (first) day."""
    found = place.found
    start = found.start - len(opening(place.before))
    return Deadline(
        DeadlineKind.EVENT,
        joined(flow.text[start : found.end]),
        found.first or place.value,
        sentence=joined(sentence_around(flow.text, found.start, found.end)),
        confidence=0.85 * _sureness(found, place.value) * flow.confidence(start, found.end),
        evidence=flow.evidence(start, found.end),
        time=hour_in(place.after[:NEXT_HOUR]),
        rivals=_rivals(flow, found, place.value),
    )


def _fact(flow: Flow, found: FoundDate, role: DateRole, why: str = "") -> DatedFact | None:
    value = found.first if found.first and role is DateRole.EVENT else found.reading.value
    if value is None or value.precision in (Precision.YEAR, Precision.UNKNOWN_DAY):
        return None
    sentence = joined(sentence_around(flow.text, found.start, found.end))
    return DatedFact(value, role, sentence, flow.evidence(found.start, found.end), why)


def _head_deadlines(sheet: Sheet, near: dt.date | None) -> Iterator[Deadline]:
    """``ด่วนภายในวันที่ …`` among the urgency marks is itself a deadline."""
    flow = sheet.where(lambda row, part: part is Part.HEAD and bool(re.match(rf"\s*{loose('ด่วนภายใน')}", row.text)))
    for found in find_dates(flow.text, near=near):
        yield Deadline(
            DeadlineKind.DATE,
            joined(flow.text),
            found.reading.value,
            sentence=joined(flow.text),
            confidence=found.reading.confidence * flow.confidence(0, found.end),
            evidence=flow.evidence(0, found.end),
            time=hour_in(flow.text[found.end :]),
            rivals=_rivals(flow, found, found.reading.value) if found.reading.value else (),
        )

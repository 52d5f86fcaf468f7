"""What a date in a body tells: a cue makes it a deadline; history, plans, effect and events bind nobody now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from letters import DateRole, LetterDate
from parsing.dates import find_dates
from parsing.fields.around import BEHIND, Place, unwrapped
from parsing.fields.cues import cue_of
from parsing.fields.history import is_history
from parsing.fields.phrases import (
    ALREADY,
    AND_WILL,
    BY_CONTRACT,
    BY_ITSELF,
    CLOSES,
    DONE,
    EFFECTIVE,
    FAIRS,
    FOR_ABOVE,
    FORMER,
    HAPPENED,
    HELD,
    IF_NOT_YET,
    IN_FORCE,
    IN_FORCE_UNTIL,
    INFORMS,
    INSPECTS,
    INVITES,
    LASTS,
    MUST,
    ON,
    OTHERS,
    OWN_WILL,
    PLANS,
    PUT_RIGHT,
    REFRAINS,
    REQUESTS,
    REVOKED,
    SO_TOLD,
    THANKS,
    THIRD,
    WAS_ASKED,
    WHO_HAS,
    WISH,
    words,
)
from parsing.loose import either, loose

WINDOW = 45  # days before the letter in which a window to act in may have opened
CLOSE = 12  # characters of ระบบจะปิด before its จะ
SURE = 0.4  # a day read with less confidence is not taken for past
_DATED = re.compile(rf"ลง\s?(?:{loose('วันที่')})?\s*$")
_NEW_DAY = re.compile(r"(?:(?!ขอให้|จึง|โปรด)[^\n]){0,30}(?:เป็น|ออกไป|ไป)")
# Who is done may go on, whoever that will be: จังหวัดใดดำเนินการครบแล้ว ให้ …
_IF_DONE = re.compile(
    rf"(?:ใด|{either('หาก', 'เมื่อ', 'ถ้า', 'กรณี', 'ภายหลัง', 'หลังจาก', 'เพราะ', 'เนื่องจาก', 'โดยที่')})[^\n]{{0,50}}$"
)
# What one will do by a day that another has set: จะรายงานภายในวันที่ … ตามที่อำเภอกำหนด.
_AS_SET = re.compile(rf"\s*{loose('ตาม')}\s*{loose('ที่')}\s*\S{{0,40}}?{either('กำหนด', 'แจ้ง', 'สั่งการ')}")
_SO_THEN = re.compile(rf"\s*{either('จะ', 'ให้', 'ต้อง', 'ถือ', 'มีสิทธิ', 'สามารถ')}")
# The first day of a stretch of time whose last one follows: ตั้งแต่เดือนธันวาคม ๒๕๖๔ จนถึงเดือน …
_SINCE = re.compile(rf"{either('ตั้งแต่', 'ระหว่าง', 'นับแต่')}[^\n]{{2,40}}\d\s*(?:จน)?ถึง\s*{ON}$")
_STARTS = re.compile(rf"(?:{words('starts')}(?:ได้)?|จะเริ่ม(?:ต้น)?)\s*(?:ใน)?{ON}$")
_THEREFORE = re.compile(rf"{either('ดังนั้น', 'อนึ่ง')}|\n\s*\n")
_BESIDES = re.compile(either("อนึ่ง", "ทั้งนี้"))
_EVERY_YEAR = re.compile(rf"\s*{loose('ของทุกปี')}")


def fact_role(
    place: Place, history: Sequence[tuple[int, int]], letter_date: LetterDate | None, cited: Sequence[LetterDate]
) -> DateRole | None:
    """Why a date binds nobody now; ``None`` if nothing says so."""
    cue = cue_of(place)
    if _DATED.search(place.before) or (place.value in cited and cue is None):
        return DateRole.CITED
    if IN_FORCE.search(place.before) or IN_FORCE_UNTIL.search(place.before):
        return DateRole.EFFECTIVE
    if is_history(place.found.start, history):
        to_come = letter_date is not None and place.value.earliest > letter_date.latest and cue is None
        return DateRole.EVENT if to_come else DateRole.HISTORY
    if letter_date is not None and _is_looked_back_on(place, letter_date):
        return DateRole.OTHER
    return _told_role(place, starts=cue is None) or _past_role(place, letter_date)


def _is_looked_back_on(place: Place, letter_date: LetterDate) -> bool:
    """Whether a day ends a stretch of time that began before the letter: what is reported on, not when."""
    since = _SINCE.search(place.before)
    began = [date.reading.value for date in find_dates(since[0])] if since else [place.found.first]
    long_ago = letter_date.earliest - dt.timedelta(days=WINDOW)
    return any(day is not None and day.latest < long_ago for day in began)


def asks_for_what_is_over(place: Place, history: Sequence[tuple[int, int]]) -> bool:
    """Whether a day that is over is asked for all the same, and nothing tells of an earlier round: its year may be
    misread or misprinted."""
    if is_history(place.found.start, history) or _told_role(place, starts=False) is not None:
        return False
    return WISH.search(place.before) is not None


def _told_role(place: Place, *, starts: bool) -> DateRole | None:
    """A former or revoked deadline, the sender's own plan, a day of every year, a day to be waited for."""
    before, after = place.before, place.after
    moved = PUT_RIGHT.match(after) or (FORMER.search(before) and _NEW_DAY.match(after))
    asked = (SO_TOLD.match(after) and WAS_ASKED.search(before)) or THANKS.search(before)
    if asked or moved or REVOKED.search(before) or HAPPENED.search(before) or _is_done(after):
        return DateRole.HISTORY
    begins = EFFECTIVE.search(before) or _STARTS.search(before)
    starts = starts and place.found.first is None and begins is not None
    if starts or REFRAINS.search(before) or LASTS.search(before):
        return DateRole.EFFECTIVE
    if place.provided or (BY_CONTRACT.match(after) and not (WISH.search(before) or REQUESTS.search(before))):
        return DateRole.OTHER
    cue = cue_of(place)
    told = before.removesuffix(cue) if cue else ""
    if BY_ITSELF.search(told) or (_is_condition(told) and _SO_THEN.match(after)):
        return DateRole.OTHER
    others = OTHERS.search(before) or place.public or (place.told and THIRD.search(before))
    if cue and others and not place.announced:
        return DateRole.OTHER
    plan = is_plan(before, due=cue is not None) and not (cue and _AS_SET.match(after))
    return open_role(place) if plan or FOR_ABOVE.search(before) or _EVERY_YEAR.match(after) else None


def _is_condition(told: str) -> bool:
    """Whether words before a cue tell for whom something holds, by what has come about by then."""
    return IF_NOT_YET.search(told) is not None or WHO_HAS.search(told) is not None


def _past_role(place: Place, letter_date: LetterDate | None) -> DateRole | None:
    """A day before the letter's own date, if it was read surely enough, is history."""
    past = letter_date is not None and place.value.latest < letter_date.earliest
    return DateRole.HISTORY if past and place.found.reading.confidence > SURE else None


def open_role(place: Place) -> DateRole:
    """What a date tells that is neither past nor due: something that takes place, or nothing known."""
    held = HELD.search(place.before) or FAIRS.search(place.before[-90:])
    return DateRole.EVENT if place.found.first or held else DateRole.OTHER


def _is_done(after: str) -> bool:
    """Whether what follows says that it was done, before anything new is asked for."""
    done = ALREADY.match(after) or DONE.search(_BESIDES.split(after[:BEHIND], maxsplit=1)[0])
    return done is not None and not WISH.search(after[: done.start()]) and not _IF_DONE.search(after[: done.start()])


def is_plan(before: str, *, due: bool = False) -> bool:
    """Whether the sender tells what it will do itself: ``จะดำเนินการให้แล้วเสร็จภายใน…`` with nothing asked before. That a
    system is opened or closed is no plan: it says until when others can enter."""
    before = before[max((found.end() for found in _THEREFORE.finditer(before)), default=0) :]
    own = OWN_WILL.search(before)
    if own and not (WISH.search(before, own.end()) or REQUESTS.search(before, own.end())):
        return True
    will = PLANS.search(before)
    if will is None or CLOSES.search(before, max(0, will.start() - CLOSE) if due else 0):
        return False
    if AND_WILL.search(before):
        return True
    asked = INFORMS.sub(" ", before)
    asks = any(pattern.search(asked) for pattern in (WISH, REQUESTS, INVITES))
    asks = asks or (not due and INSPECTS.search(asked) is not None)
    return not asks and MUST.search(before, before.rfind("จะ")) is None


def is_told(before: str) -> bool:
    """Whether the words before a time without a day tell what comes of itself, or what the sender will do."""
    return BY_ITSELF.search(before) is not None or is_plan(unwrapped(before[-BEHIND:]), due=True)

"""Days on which the addressee is to be somewhere, or is visited: meetings, courses, ceremonies, inspections."""

from __future__ import annotations

import re

from parsing.fields.phrases import (
    ASKED,
    BY_ITSELF,
    FAIRS,
    GOES,
    HELD,
    INSPECTS,
    INVITES,
    IS_THERE,
    MEETING,
    MUST,
    ON,
    ONWARDS,
    PLANS,
    PUBLIC,
    REQUESTS,
    SET_FOR,
    SUMMONS,
    TIME,
    WEEKDAY,
)
from parsing.fields.roles import BEHIND, Place, opening, unwrapped
from parsing.loose import THI, either, loose

FAR = 320  # characters: an invitation names place and purpose before its day and hour
NEAR = 90
_ON_DAY = re.compile(rf"(?:ใน|ระหว่าง|คือ|ตรงกับ|เมื่อ)\s*(?:{loose('วัน')}[^\n]{{0,12}})?$")
# One of several groups that are asked in turn, and a row of a plan: รุ่นที่ ๑ วันที่ …, - ประชุมชี้แจง วันที่ …
_GROUP = re.compile(rf"{either('รุ่น', 'กลุ่ม', 'ชุด', 'รอบ')}\s?ที่\s*\d{{1,2}}\s*(?:ใน)?{ON}$")
_ROW = re.compile(
    rf"(?:^|\n)\s*(?:[-–•]|\(?\d{{1,2}}[.)])\s*(?:ร่วม|เข้า|จัด)?{either('ประชุม', 'อบรม', 'สัมมนา')}[ก-์ ]{{0,25}}\s{ON}$"
)
_ANY_DAY = re.compile(rf"ใน\s*{loose('วัน')}(?:{WEEKDAY})?{THI}\s*\d|ระหว่าง\s*{loose('วัน')}{THI}\s*\d")
_OTHER_DAY = re.compile(rf"(?:(?<!ภาย)ใน|ระหว่าง)\s*{loose('วัน')}(?:{WEEKDAY})?{THI}\s*\d")
# What is only made known on the day: และประกาศรายชื่อผู้มีสิทธิเข้ารับการอบรมในวันที่ …
_MADE_KNOWN = re.compile(rf"ประกาศ(?:ราย\s?ชื่อ|ผล)[ก-์ ]{{0,60}}(?:ใน|ภายใน)?\s*{ON}$")
_READY = re.compile(either("เตรียม", "จัดเตรียม"))
_CLAUSE = re.compile(rf"\s(?:{either('ซึ่ง', 'เนื่องจาก', 'เมื่อ', 'เพราะ', 'โดยจะ')})")


def attends(text: str, place: Place, *, plan: bool) -> bool:
    """Whether the addressee is invited, visited, or sent somewhere on the day at ``place`` of ``text``; with an hour
    the invitation may stand far before it. ``plan``: the words before tell what the sender will do, so that only what
    follows can ask anybody to come."""
    if _MADE_KNOWN.search(place.before[-NEAR:]):
        return False
    if BY_ITSELF.search(place.before.removesuffix(opening(place.before))) or ONWARDS.match(place.after):
        return False
    timed = TIME.match(place.after) is not None
    on_day = _ON_DAY.search(place.before.rstrip() + " ") is not None
    if plan:
        return (timed or on_day) and _is_summoned(text, place)
    if _GROUP.search(place.before) and INVITES.search(_told(text, place, timed=True)):
        return True
    if _ROW.search(place.before):
        return True
    return (timed or on_day) and (_is_asked(text, place, timed=timed) or _is_summoned(text, place))


def _told(text: str, place: Place, *, timed: bool) -> str:
    start = place.found.start
    return unwrapped(text[max(0, start - FAR) : start]) + place.after if timed else place.before[-NEAR:]


def _is_asked(text: str, place: Place, *, timed: bool) -> bool:
    """What stands before the day invites, visits, or sends somebody."""
    before, after = place.before, place.after
    wish, told = REQUESTS.search(before), _told(text, place, timed=timed)
    asked = min((found.end() for ask in (REQUESTS, MUST) if (found := ask.search(told))), default=None)
    return bool(
        INVITES.search(told)
        or (INVITES.search(after) and "ดังกล่าว" in after)
        or (INSPECTS.search(before) and ("ท่าน" in before + after or "จะ" in before[-NEAR:]))
        or (wish and GOES.search(before, wish.end()))
        or (asked is not None and IS_THERE.search(told, asked))
        or (timed and _is_requested(before))
    )


def _is_requested(before: str) -> bool:
    """Whether the last clause asks for something to be done at the day's hour."""
    request = next(reversed(list(REQUESTS.finditer(before))), None)
    told = before[request.end() :] if request else ""
    return request is not None and not (_CLAUSE.search(told) or PLANS.search(told) or FAIRS.search(told))


def _is_summoned(text: str, place: Place) -> bool:
    """Whether something is set for the day, and what follows asks the addressee to come to it or to make ready, and
    names no other day for that."""
    before = place.before[-NEAR:]
    named = SET_FOR.search(before) or MEETING.search(before)
    held, after = named or HELD.search(place.before), place.after if named else place.after[:BEHIND]
    summons = SUMMONS.search(after) or INVITES.search(after) or IS_THERE.search(after)
    if not (held and summons) or ASKED.search(before):
        return False
    end = place.found.end
    # to make ready for what comes by itself is due when the letter says, not on the day it comes
    other = _ANY_DAY if _READY.match(summons[0]) else _OTHER_DAY
    return not (PUBLIC.search(after[: summons.start()]) or other.search(text, end, end + 2 * BEHIND))

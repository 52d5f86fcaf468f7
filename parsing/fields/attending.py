"""Days on which the addressee is to be somewhere, or is visited: meetings, courses, ceremonies, inspections."""

from __future__ import annotations

import re

from letters import Precision
from letters.text import arabic
from parsing.dates import MONTH
from parsing.fields.around import BEHIND, Place, opening, unwrapped
from parsing.fields.history import turn
from parsing.fields.phrases import (
    ASKED,
    BY_ITSELF,
    CUE,
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
    words,
)
from parsing.loose import THI, either, loose

FAR = 320  # characters: an invitation names place and purpose before its day and hour
NEAR, CLOSE = 90, 45
YOU = "ท่าน"
_ON_DAY = re.compile(rf"(?:ใน|ระหว่าง|คือ|ตรงกับ|เมื่อ|25\d\d[^\n]{{0,30}}และ)\s*(?:{loose('วัน')}[^\n]{{0,12}})?$")
# One of several groups that are asked in turn, and a row of a plan: รุ่นที่ ๑ วันที่ …, - ประชุมชี้แจง วันที่ …
_ROUND = rf"{either('รุ่น', 'กลุ่ม', 'ชุด', 'รอบ')}\s?ที่\s*(?P<round>\d{{1,2}})"
_GROUP = re.compile(rf"{_ROUND}\s*(?:ใน|ระหว่าง)?{ON}$")
_YOUR_GROUP = re.compile(rf"ใน{_ROUND}(?!\s*(?:ใน|ระหว่าง|วัน|\d))")
_ROW = re.compile(
    rf"(?:^|\n)\s*(?:[-–•]|\(?\d{{1,2}}[.)])\s*(?:ร่วม|เข้า|จัด)?{either('ประชุม', 'อบรม', 'สัมมนา')}[ก-์ ]{{0,25}}\s{ON}$"
)
_ANY_DAY = re.compile(rf"ใน\s*{loose('วัน')}(?:{WEEKDAY})?{THI}\s*\d|ระหว่าง\s*{loose('วัน')}{THI}\s*\d")
_OTHER_DAY = re.compile(rf"(?:(?<!ภาย)ใน|ระหว่าง|\s)\s*{loose('วัน')}(?:{WEEKDAY})?{THI}\s*\d")
# What is only made known on the day: และประกาศรายชื่อผู้มีสิทธิเข้ารับการอบรมในวันที่ …
_MADE_KNOWN = re.compile(rf"ประกาศ(?:ราย\s?ชื่อ|ผล)[ก-์ ]{{0,60}}(?:ใน|ภายใน)?\s*{ON}$")
_HELD = re.compile(either("จัดขึ้น", "มีขึ้น"))  # ขอเชิญร่วมพิธี ซึ่งจะจัดขึ้น ณ … เวลา …: the sender's own plan, to come to
# Who is, or is not, somewhere is told by it, and nobody is sent: ผู้ที่สมควรเข้ารับการอบรม, ซึ่งยังไม่มารับหมาย.
_NO_CALL = re.compile(
    rf"(?:ผู้(?:{either('ที่', 'ซึ่ง', 'มีสิทธิ', 'ประสงค์', 'สมควร', 'สนใจ', 'เหมาะสม')})[ก-์ ]{{0,30}}"
    r"|ไม่(?:ได้|สามารถ)?|มิได้|สามารถ|อาจ)$"
)
# Somewhere to be by a day of its own: ให้มารับหมายเรียก ณ หน่วยสัสดี ภายในวันที่ …
_BY_ITS_DAY = re.compile(
    rf"(?:(?!{either('และ', 'พร้อม', 'โดย', 'แล้ว')}|{words('hand_verb')}|แจ้ง|ตอบ)[^\n]){{0,80}}?"
    rf"{CUE.pattern}\s*{ON}\d{{1,2}}\s*{MONTH}"
)
_READY = re.compile(either("เตรียม", "จัดเตรียม"))
_CLAUSE = re.compile(rf"\s(?:{either('ซึ่ง', 'เนื่องจาก', 'เมื่อ', 'เพราะ', 'โดยจะ')})")


def attends(text: str, place: Place, *, plan: bool) -> bool:
    """Whether the addressee is invited, visited, or sent somewhere on the day at ``place`` of ``text``; with an hour
    the invitation may stand far before it. ``plan``: the words before tell what the sender will do, so that only what
    follows can ask anybody to come."""
    if _MADE_KNOWN.search(place.before[-NEAR:]) or place.value.precision is Precision.MONTH:
        return False
    if BY_ITSELF.search(place.before.removesuffix(opening(place.before))) or ONWARDS.match(place.after):
        return False
    timed = TIME.match(place.after) is not None
    on_day = timed or _ON_DAY.search(place.before.rstrip() + " ") is not None or _is_visited(place)
    if place.found.start < turn(text):
        return (on_day or _GROUP.search(place.before) is not None) and is_called(text, place)
    if _GROUP.search(place.before) and INVITES.search(_told(text, place, timed=True)):
        return True
    if plan:
        held = timed and _HELD.search(place.before[-NEAR:]) and INVITES.search(_told(text, place, timed=True))
        return on_day and bool(held or _is_visited(place) or _is_summoned(text, place))
    if _ROW.search(place.before):
        return True
    return on_day and (_is_asked(text, place, timed=timed) or _is_summoned(text, place))


def is_called(text: str, place: Place) -> bool:
    """Whether the addressee is to be there on a day that the cause tells of: it says so itself, or the wish sends
    somebody before it names another day, on the last day told or that of the round that is named."""
    before, near, start = place.before, place.before[-NEAR:], turn(text)
    if YOU in near and (INVITES.search(near) or INSPECTS.search(near)):
        return True
    group, yours = _GROUP.search(before), _YOUR_GROUP.search(arabic(text))
    if not (group or any(told.search(before) for told in (SET_FOR, MEETING, FAIRS, INVITES))):
        return False
    if group and yours and group["round"] != yours["round"]:
        return False
    if not group and _OTHER_DAY.search(text, place.found.end, start):
        return False
    wish = unwrapped(arabic(text[start : start + FAR]))
    call = _call(wish)
    if call is None or PUBLIC.search(wish[: call.start()]) or _BY_ITS_DAY.match(wish, call.end()):
        return False
    other = _ANY_DAY if _READY.match(call[0]) else _OTHER_DAY
    return not other.search(wish, 0, call.end() + NEAR)


def _is_visited(place: Place) -> bool:
    """Whether the words right before a day say that the addressee's own place is visited: จะนิเทศศูนย์ของท่านวันที่ …"""
    visit = INSPECTS.search(place.before[-NEAR:])
    return visit is not None and YOU in place.before[-NEAR:][visit.end() :]


def _call(text: str) -> re.Match[str] | None:
    """The first words that send somebody somewhere, or to make ready, behind a request."""
    asked = min((found.end() for ask in (REQUESTS, MUST) if (found := ask.search(text))), default=len(text))
    sends = ((INVITES, 0), *((call, max(0, asked - 1)) for call in (SUMMONS, IS_THERE, GOES)))
    calls = (_first_call(call, text, start) for call, start in sends)
    return min((found for found in calls if found), key=lambda found: found.start(), default=None)


def _first_call(call: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    found = call.finditer(text, start)
    return next((one for one in found if not _NO_CALL.search(text, max(0, one.start() - CLOSE), one.start())), None)


def _told(text: str, place: Place, *, timed: bool) -> str:
    start = place.found.start
    return unwrapped(text[max(0, start - FAR) : start]) + place.after if timed else place.before[-NEAR:]


def _is_asked(text: str, place: Place, *, timed: bool) -> bool:
    """What stands before the day invites, visits, or sends somebody."""
    before, after, near = place.before, place.after, place.before[-NEAR:]
    wish, told = REQUESTS.search(before), _told(text, place, timed=timed)
    visits = YOU in before + after or ("จะ" in near and (wish or "คณะ" in near))
    asked = min((found.end() for ask in (REQUESTS, MUST) if (found := ask.search(told))), default=None)
    return bool(
        INVITES.search(told)
        or (INVITES.search(after) and "ดังกล่าว" in after)
        or (INSPECTS.search(before) and visits)
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
    summons = _call(after)
    if not (held and summons) or ASKED.search(before) or (_READY.match(summons[0]) and not named):
        return False
    end = place.found.end
    # to make ready for what comes by itself is due when the letter says, not on the day it comes
    other = _ANY_DAY if _READY.match(summons[0]) else _OTHER_DAY
    return not (PUBLIC.search(after[: summons.start()]) or other.search(text, end, end + 2 * BEHIND))

"""What a date in a body tells: a cue makes it a deadline; history, plans, effect and events bind nobody now."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from letters import DateRole, LetterDate, Precision
from letters.text import arabic
from parsing.dates import FoundDate, find_dates
from parsing.fields.history import is_history, public_spans, turn
from parsing.fields.phrases import (
    ABSTAINS,
    ALREADY,
    AND_WILL,
    ARRIVES,
    BEFORE_EVENT,
    BY_CONTRACT,
    BY_ITSELF,
    CLOSES,
    CUE,
    DONE,
    DUE_ON,
    EFFECTIVE,
    FAIRS,
    FOR_ABOVE,
    FORMER,
    GOES,
    HANDS_IN,
    HAPPENED,
    HELD,
    IF_NOT_YET,
    IN_FORCE,
    IN_FORCE_UNTIL,
    INFORMS,
    INSPECTS,
    INVITES,
    LAST,
    LASTS,
    LATER,
    LIMIT,
    MOVED_TO,
    MUST,
    NAMELY,
    ON,
    OTHERS,
    PERIOD,
    PLAIN_ON,
    PLANS,
    PROVIDES,
    PUBLIC,
    PUT_RIGHT,
    REFRAINS,
    REQUESTS,
    REVOKED,
    SET_DAY,
    SO_TOLD,
    TERM,
    THANKS,
    THIRD,
    TOO_LATE,
    UNTIL,
    WAS_ASKED,
    WHILE,
    WHO_HAS,
    WINDOW_END,
    WISH,
    WITHIN,
    YOURS,
    words,
)
from parsing.loose import either, loose
from parsing.tables import column

BEHIND, AHEAD, FAR = 120, 240, 320  # characters around a date that are looked at
WINDOW = 45  # days before the letter in which a window to act in may have opened
SURE = 0.4  # a day read with less confidence is not taken for past
_DATED = re.compile(rf"ลง\s?(?:{loose('วันที่')})?\s*$")
REGISTERS = re.compile(rf"(?<!ผู้){either('ลงทะเบียน', 'ยื่นคำขอ', 'ตอบรับ')}[^\n]{{0,50}}$")
# Somebody is told to hand in, or to enter: ให้เจ้าหน้าที่ทุกคนไปลงทะเบียน …
_THERE = (
    "เข้าร่วม",
    "เข้าประชุม",
    "เข้ารับ",
    "ประชุม",
    "อบรม",
    "เชิญ",
    "จัดงาน",
    "จัดกิจกรรม",
    "จัดให้",
    "จัด",
    "ทำ",
    "รับ",
    "ใช้",
    "ออก",
    "เปิด",
    "นำ",
)
_DOES = either(*(word for word in column("requests", "word", group="verb") if word not in _THERE))
_ACTS = re.compile(rf"{REQUESTS.pattern}[^\n]{{0,40}}?(?:{words('hand_verb', 'take_in')}|{_DOES})")
_NEW_DAY = re.compile(r"(?:(?!ขอให้|จึง|โปรด)[^\n]){0,30}(?:เป็น|ออกไป|ไป)")
# Who is done may go on, whoever that will be: จังหวัดใดดำเนินการครบแล้ว ให้ …
_IF_DONE = re.compile(
    rf"(?:ใด|{either('หาก', 'เมื่อ', 'ถ้า', 'กรณี', 'ภายหลัง', 'หลังจาก', 'เพราะ', 'เนื่องจาก', 'โดยที่')})[^\n]{{0,50}}$"
)
_SO_THEN = re.compile(rf"\s*{either('จะ', 'ให้', 'ต้อง', 'ถือ', 'มีสิทธิ', 'สามารถ')}")
# The first day of a stretch of time whose last one follows: ตั้งแต่เดือนธันวาคม ๒๕๖๔ จนถึงเดือน …
_SINCE = re.compile(rf"{either('ตั้งแต่', 'ระหว่าง', 'นับแต่')}[^\n]{{2,40}}\d\s*(?:จน)?ถึง\s*{ON}$")
_OFFICE = re.compile(rf"ให้\s?{either(*column('actors', 'word'), spaced=True)}")
_STARTS = re.compile(rf"{words('starts')}(?:ได้)?\s*(?:ใน)?{ON}$")
_THEREFORE = re.compile(either("ดังนั้น", "อนึ่ง"))
_EVERY_YEAR = re.compile(rf"\s*{loose('ของทุกปี')}")


@dataclass(frozen=True, slots=True)
class Place:
    """A date in a text with the words right before and behind it, lines joined to paragraphs and items. ``announced``:
    whether the text speaks to everybody; ``public``: whether it is told to be made known; ``provided``: whether it is a
    rule's day of every year; ``told``: whether it stands in the cause of a letter."""

    found: FoundDate
    value: LetterDate
    before: str
    after: str
    announced: bool = False
    public: bool = False
    provided: bool = False
    told: bool = False

    @classmethod
    def of(cls, text: str, found: FoundDate, value: LetterDate) -> Place:
        """The place of a found date in its text; the words around it have Arabic digits."""
        before, after = text[max(0, found.start - BEHIND) : found.start], text[found.end : found.end + AHEAD]
        if found.start > BEHIND:
            before = _CUT.sub("", before)
        public = is_history(found.start, public_spans(text))
        rule = found.year_missing and PROVIDES.search(arabic(text[max(0, found.start - FAR) : found.start]))
        words = unwrapped(arabic(before)), unwrapped(arabic(after))
        return cls(found, value, *words, is_announced(text), public, bool(rule), found.start < turn(text))


_WRAP = re.compile(r"(?<![\n])\n(?!\s*\n|\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s)")
_CUT = re.compile(r"^ให้(?=[ก-์])")  # what a cut leaves of ทำให้, กำหนดให้ is no request
_ANNOUNCED = re.compile(r"ประกาศ\s?ณ\s?วัน")


def unwrapped(words: str) -> str:
    """Words with their lines joined by blanks, but paragraphs and items; as long as before."""
    return _WRAP.sub(" ", words)


@lru_cache(maxsize=16)
def is_announced(text: str) -> bool:
    """Whether a body is an announcement's, which speaks to the public."""
    return _ANNOUNCED.search(text) is not None


def cue_of(place: Place) -> str | None:
    """The words right before a date that make it a deadline, as they stand; those behind it where they do."""
    cue = _cue(place.before)
    about = cue is not None and place.value.precision is Precision.MONTH and not CUE.match(cue)
    if cue is not None and not (about and CUE.search(place.after[: AHEAD // 3])):
        return cue  # not ส่งรายชื่อผู้ปฏิบัติงานในเดือนมิถุนายน ภายในวันที่ …
    later = LATER.search(place.before)
    if later and TOO_LATE.match(place.after):
        return later[0]
    return opening(place.before) if LAST.match(place.after) else None


@lru_cache(maxsize=256)
def _cue(before: str) -> str | None:
    """The cue that ends some words; kept, since every rule asks for that of its date."""
    named = MOVED_TO.search(before) or WINDOW_END.search(before)
    if named:
        return named["cue"]
    found = (pattern.search(before) for pattern in (WITHIN, UNTIL, LIMIT, NAMELY, DUE_ON))
    match = next((match for match in found if match), None)
    if match:
        return match[0]
    arrives = ARRIVES.search(before) or SET_DAY.search(before)
    if arrives is None and REQUESTS.search(before):
        arrives = BEFORE_EVENT.search(before)
    if arrives and not INVITES.search(arrives[0]):
        return arrives["cue"]
    handed = HANDS_IN.search(before)
    attended = handed and (INVITES.search(handed[0]) or GOES.search(handed[0]))
    return before[before.rindex("ใน") :] if handed and not attended else None


def period_cue(place: Place) -> str | None:
    """Words that make a period one to act in: ``ขอให้บันทึกข้อมูล ระหว่างวันที่ 1 – 15 …``; due on its last day."""
    near = place.before[-90:]
    yours = YOURS.search(near) if place.found.first else None
    if yours and not any(told.search(near) for told in (INVITES, INSPECTS, FAIRS)):
        return yours["cue"]
    period = PERIOD.search(place.before)
    if place.found.first is None or period is None or TERM.search(place.before) or _is_for_the_public(near):
        return None
    if REGISTERS.search(near):
        return period[0]
    if any(told.search(near) for told in (INVITES, INSPECTS, FAIRS, ABSTAINS)):
        return None
    wish = WISH.search(place.before) or _ACTS.search(place.before)
    asked = wish and not INVITES.search(place.after)
    return period[0] if WHILE.search(place.after) or asked else None


def _is_for_the_public(before: str) -> bool:
    """Whether words speak of the public, and of no office behind it (ประชาสัมพันธ์ให้องค์กรปกครองส่วนท้องถิ่นตอบแบบ …)."""
    public = PUBLIC.search(before)
    return public is not None and not _OFFICE.search(before, public.end())


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
    return (
        open_role(place)
        if is_plan(before, due=cue is not None) or FOR_ABOVE.search(before) or _EVERY_YEAR.match(after)
        else None
    )


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
    done = ALREADY.match(after) or DONE.search(after[:BEHIND])
    return done is not None and not WISH.search(after[: done.start()]) and not _IF_DONE.search(after[: done.start()])


def is_plan(before: str, *, due: bool = False) -> bool:
    """Whether the sender tells what it will do itself: ``จะดำเนินการให้แล้วเสร็จภายใน…`` with nothing asked before. That a
    system is opened or closed is no plan: it says until when others can enter."""
    before = before[max((found.end() for found in _THEREFORE.finditer(before)), default=0) :]
    if PLANS.search(before) is None or CLOSES.search(before):
        return False
    if AND_WILL.search(before):
        return True
    asked = INFORMS.sub(" ", before)
    asks = any(pattern.search(asked) for pattern in (WISH, REQUESTS, INVITES))
    asks = asks or (not due and INSPECTS.search(asked) is not None)
    return not asks and MUST.search(before, before.rfind("จะ")) is None


def opening(before: str) -> str:
    """The characters right before a date that belong to it: ``ในวันพุธที่``."""
    found = PLAIN_ON.search(before) or re.search(rf"(?:ใน)?(?:ระหว่าง)?\s*{ON}$", before)
    return found[0].lstrip() if found else ""

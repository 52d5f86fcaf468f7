"""The words that make a date a deadline: right before it, or behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from letters import Precision
from parsing.fields.around import AHEAD, Place, opening
from parsing.fields.phrases import (
    ABSTAINS,
    ARRIVES,
    BEFORE_EVENT,
    CUE,
    DUE_ON,
    FAIRS,
    GOES,
    HANDS_IN,
    INSPECTS,
    INVITES,
    LAST,
    LATER,
    LIMIT,
    MOVED_TO,
    NAMELY,
    PERIOD,
    PUBLIC,
    REQUESTS,
    SET_DAY,
    TERM,
    TOO_LATE,
    UNTIL,
    WHILE,
    WINDOW_END,
    WISH,
    WITHIN,
    YOURS,
    words,
)
from parsing.loose import either
from parsing.tables import column

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
_OPENED = re.compile(rf"{words('opens')}[^\n]{{0,20}}?{words('hand_verb')}")  # ระบบเปิดให้บันทึกข้อมูล ตั้งแต่ … ถึง …
_OFFICE = re.compile(rf"ให้\s?{either(*column('actors', 'word'), spaced=True)}")


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
    wish = WISH.search(place.before) or _ACTS.search(place.before) or (place.asked and _OPENED.search(near))
    asked = wish and not INVITES.search(place.after)
    return period[0] if WHILE.search(place.after) or asked else None


def _is_for_the_public(before: str) -> bool:
    """Whether words speak of the public, and of no office behind it (ประชาสัมพันธ์ให้องค์กรปกครองส่วนท้องถิ่นตอบแบบ …)."""
    public = PUBLIC.search(before)
    return public is not None and not _OFFICE.search(before, public.end())

"""Deadlines counted from something: ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ. Days, and from what.

A grammar finds periods, however they are limited (ภายใน, ไม่เกิน, ใน, อย่างช้า). What the words around say for certain
settles that one binds nobody: history, plans, rules, conditions, what others must do. The rest is weighed by the signs
around it (``parsing.fields.weighing``): letters name many periods that nobody is asked to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters import Deadline, DeadlineKind
from letters.text import arabic
from parsing.fields.address import joined
from parsing.fields.around import is_announced, unwrapped
from parsing.fields.history import first_request, is_history, sentence_around
from parsing.fields.numerals import counted
from parsing.fields.phrases import (
    COUNT,
    CUE,
    FOR_PUBLIC,
    OTHERS,
    OWN_REQUEST,
    WAS_ASKED,
    told_by_a_rule,
    words,
)
from parsing.fields.roles import is_told
from parsing.fields.weighing import chance, signs_around, weights
from parsing.flow import Flow
from parsing.loose import either, loose

REACH = 200  # characters before a period that are looked at
_UNIT = r"วัน\s?ทำการ|วัน|เดือน|สัปดาห์|ปี(?!\s?งบ|\s?การ|\s*(?:พ\s?\.|25\d\d))|ชั่วโมง|ชม\."
_LENGTH = either("กำหนดระยะเวลา", "กำหนดเวลา", "กำหนด", "ระยะเวลา", "ห้วงเวลา", "ช่วงเวลา", "เวลา")
RELATIVE = re.compile(
    rf"(?P<cue>{words('within', 'limits', spaced=True)})\s*(?:{_LENGTH}\s*)?(?:{loose('ไม่เกิน')}(?:{loose('กว่า')})?\s*)?"
    rf"(?P<count>{COUNT})\s*(?:\(\s*{COUNT}\s*\)\s*)?(?P<unit>{_UNIT})?"
    rf"(?!\s?{either('แรก', 'สุดท้าย')})\s*"
    rf"(?:{words('counts', spaced=True)}\s*"
    r"(?:วัน(?:ที่|ถัดจาก)?)?\s*(?P<from>[^\n]{0,30}(?:\n[^\n]{0,20})?)|(?(unit)|(?!)))"
)
# What a period counts from, where that is told before it: ภายหลังได้รับหนังสือนี้ไม่เกิน 5 วัน
_COUNTS_FROM = re.compile(rf"{words('counts', spaced=True)}\s*(?:วัน(?:ที่)?)?\s*(?P<from>[ก-์]{{3,40}})\s*$")
# Where the words that say from when end: what follows asks for something else.
_FROM_END = re.compile(
    r"\s{2,}|\n\s*\n|\s*จึง(?:เรียน|ขอ|ควร|ให้)|\s*มิฉะนั้น|\s*ตามที่|\s*(?:และ|แล้ว|พร้อม)(?=รายงาน|ส่ง|แจ้ง|เสนอ|จัด|ให้|ทั้ง)|"
    r"\s+(?=และ|หรือ|หาก|กรณี|โดย|ทั้งนี้|พร้อม|ทาง|ตาม|เพื่อ|แล้ว|อนึ่ง|สำหรับ|ให้|ขอ|กับ|ส่วน|\d{1,2}\s*[.)])"
)
# A window that a condition is about: หากพบผู้ป่วย ๕ รายขึ้นไปภายในหนึ่งสัปดาห์ ให้แจ้ง; one for what is left undone is none.
_NOTHING_DONE = r"(?:(?!ให้|ไม่|ยัง|มิได้|จะ|ต้อง|พ้น|เกิน|\n\s*\n)[\s\S])"
_IN_A_CASE = re.compile(rf"{either('หาก', 'ถ้า', 'กรณี')}{_NOTHING_DONE}{{3,120}}$")
_THEN = re.compile(rf"\s*{either('ให้', 'จะ', 'ต้อง', 'ถือ')}")
# The day that a period ends on, right behind it: ภายใน ๓ วัน (ภายในวันที่ ๘ …) is told by its day.
_DATED = re.compile(rf"\s*\(\s*(?:{CUE.pattern}|{loose('คือ')})?\s*{loose('วัน')}[ก-์ ]{{0,16}}\d")
_THIS_LETTER = re.compile(r"หนังสือ(?:ฉบับ)?(?:นี้)?\s*$")
# The last clause tells what may happen: หากพบสัตว์ตาย ให้แจ้ง … ภายใน ๑๒ ชั่วโมง.
_WHENEVER = re.compile(r"(?:หาก|เมื่อ|ถ้า|กรณี)(?!ไม่|มี(?:ข้อ|ปัญหา))[^\n]*\n?[^\n]*$")
_STARTS = (
    ("receipt", re.compile(r"รับ(?!รอง)(?!ผิด)")),
    ("letter", re.compile(r"ลงวันที่|(?:ใน|ลง)[^\n]{0,12}หนังสือ(?:ฉบับ)?นี้|หนังสือ(?:ฉบับ)?นี้|^\s*ออกหนังสือ")),
    ("publication", re.compile(r"ประกาศ|เผยแพร่|ราชกิจจา")),
)
_ASKS_ANEW = re.compile(rf"{OWN_REQUEST.pattern}|(?<=\s)ให้")
_WEAK = re.compile(rf"(?:{loose('ใน')}$|ให้|มี|{loose('ไม่เกิน')})")  # may limit a stay, a loan, a term of office
_DAYS = {"เดือน": 30, "สัปดาห์": 7, "ปี": 365}


@dataclass(frozen=True, slots=True)
class Period:
    """A period in a text of Arabic digits: characters ``start:end``, its length, and what it counts from (``receipt``,
    ``letter``, ``publication``, ``event``; ``None`` where nothing says so). ``weak``: its words may limit other things;
    ``this_letter``: it counts from the letter itself. ``before`` and ``after``: the words around it."""

    start: int
    end: int
    count: str
    unit: str
    starts: str | None
    weak: bool
    this_letter: bool
    before: str
    after: str

    @classmethod
    def of(cls, match: re.Match[str]) -> Period:
        """The period that a match of the grammar tells."""
        text, start = match.string, match.start()
        end = match.end() if match["from"] is None else match.start("from") + _from_length(match["from"])
        end = len(text[:end].rstrip())
        before = text[max(0, start - REACH) : start]
        told = match["from"] or ((found := _COUNTS_FROM.search(before)) and found["from"]) or None
        weak = match["unit"] is None or _WEAK.match(match["cue"]) is not None
        this = _THIS_LETTER.search(text[match.end("count") : end]) is not None
        return cls(start, end, match["count"], match["unit"] or "", _starts(told), weak, this, before, text[end:])

    @property
    def days(self) -> int:
        """Its days; of hours the whole days, so that ๑๒ ชั่วโมง is the same day; months are thirty (the words are kept
        beside)."""
        if self.unit in ("ชั่วโมง", "ชม."):
            return counted(self.count) // 24
        return counted(self.count) * _DAYS.get(self.unit, 1)

    def signs(self) -> frozenset[str]:
        """What it says itself for its being a deadline or against it."""
        unit = "hours" if self.unit in ("ชั่วโมง", "ชม.") else self.unit if self.unit in ("ปี", "เดือน") else "วัน"
        return frozenset((f"from {self.starts}", f"unit {unit}", "weak" if self.weak else "strong"))


def periods_of(text: str) -> Iterator[Period]:
    """All periods of a text of Arabic digits."""
    return map(Period.of, RELATIVE.finditer(text))


def relative(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """The periods of a body that are asked to be kept."""
    folded = arabic(flow.text)
    known = weights("periods")
    for period in periods_of(folded):
        if is_open(folded, period, history):
            sure = chance(signs_around(folded, period.start, period.end) | period.signs(), known)
            if period.this_letter or sure >= (known.sure if period.weak else known.doubt):
                yield _deadline(flow, period)


def is_open(text: str, period: Period, history: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing says for certain that a period binds nobody: history, a plan, a condition, others, a rule."""
    if is_history(period.start, history) or is_told(period.before) or _DATED.match(period.after):
        return False
    if _IN_A_CASE.search(period.before) and _THEN.match(period.after):
        return False
    before = unwrapped(period.before)
    asked = WAS_ASKED.search(before)
    if asked and not _ASKS_ANEW.search(before, asked.start()):
        return False
    others = (OTHERS.search(before) and first_request(text) < len(text)) or FOR_PUBLIC.search(before)
    if others and not is_announced(text):
        return False
    return period.this_letter or not told_by_a_rule(period.before, period.after)


def _from_length(told: str) -> int:
    """Length of the words that say from when, without what follows them."""
    end = _FROM_END.search(told)
    return end.start() if end else len(told)


def _starts(told: str | None) -> str | None:
    """What a period counts from: receipt, the letter's own date, a publication, or some other event."""
    if told is None:
        return None
    told = told[: _from_length(told)]
    return next((name for name, pattern in _STARTS if pattern.search(told)), "event")


def _deadline(flow: Flow, period: Period) -> Deadline:
    return Deadline(
        DeadlineKind.RELATIVE,
        joined(flow.text[period.start : period.end]),
        None,
        period.days,
        period.starts or ("event" if _WHENEVER.search(period.before) else None),
        sentence=joined(sentence_around(flow.text, period.start, period.end)),
        confidence=0.85 if period.starts else 0.7,
        evidence=flow.evidence(period.start, period.end),
        working="ทำการ" in period.unit,
    )

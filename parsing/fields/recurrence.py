"""Duties that come again: their phrases as recurrence rules (RFC 5545, section 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from letters import Deadline, DeadlineKind, LetterDate, Precision
from letters.text import arabic
from parsing.dates import MONTH, find_dates, month_number
from parsing.fields.address import joined
from parsing.fields.around import unwrapped
from parsing.fields.history import first_task, is_history, sentence_around, turn
from parsing.fields.numerals import counted
from parsing.fields.phrases import ASKS, COUNT, HANDS, HOUR, ITEM, REVOKED, told_by_a_rule, words
from parsing.fields.roles import is_plan
from parsing.flow import Flow
from parsing.loose import MARKS, either, loose

WEEKDAYS = {"จันทร์": "MO", "อังคาร": "TU", "พุธ": "WE", "พฤหัสบดี": "TH", "ศุกร์": "FR", "เสาร์": "SA", "อาทิตย์": "SU"}
_WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
_WEEKDAY = "(?:" + "|".join(loose(name) for name in WEEKDAYS) + ")"
_IN, _OF, _MONTH_WORD, _ALL = loose("ภายใน"), loose("ของ"), loose("เดือน"), loose("ของทุกปี")
_DAY = rf"(?:{_IN}|{loose('ก่อน')})?\s*{loose('วันที่')}\s*(?P<day>\d{{1,2}})\s*"
_NEXT = rf"{_MONTH_WORD}\s?(?:ถัดไป|{loose('ทุกเดือน')})"
_EVERY_MONTH = rf"{_OF}\s*(?:{either('ทุกเดือน', 'แต่ละเดือน', 'ทุก ๆ เดือน', spaced=True)}|{_NEXT})(?:ถัดไป)?"
_ONE_MONTH = rf"(?:{_MONTH_WORD})?\s*(?P<month>{MONTH})"
_MONTHS = rf"(?P<months>(?:\s*(?:และ|กับ)?\s*,?\s*(?:{_IN}\s*)?(?:{_MONTH_WORD})?\s*{MONTH})+)"
_PER_YEAR = rf"{loose('ปีละ')}\s*(?P<count>{COUNT})?\s*{loose('ครั้ง')}"
_EVERY = rf"{loose('ทุก')}\s*(?:{loose('ๆ')})?\s*(?:{loose('ระยะเวลา')}|{loose('ระยะ')}|{loose('รอบ')})?\s*"
_AND_DAY = rf"\s*(?:(?:และ|กับ|,)\s*(?:{loose('วัน')})?|{loose('วัน')}){_WEEKDAY}"
_BY = either("ก่อน", "ภายใน", "ไม่เกิน", "อย่างช้า", "ไม่ช้ากว่า")
_CLOCK = r"\d{1,2}[.:]\d{2}\s*น\.?"
_EACH_DAY = words("every_day")
_MONTH_ENDS = words("every_month_end")

# One of several days of every year: รอบที่ ๑ (๑๐ มิถุนายน) และรอบที่ ๒ (๑๐ พฤศจิกายน) ของทุกปีการศึกษา
_ROUND = (
    rf"(?:{either('รอบ', 'ครั้ง', 'งวด')}ที่\s*\d\s*\(?\s*"
    rf"(?:(?:{_IN})?\s*{loose('วันที่')})?\s*\d{{1,2}}\s*{MONTH}\s*\)?)"
)
_ANY_MONTH = rf"(?:{either('ทุกเดือน', 'แต่ละเดือน', spaced=True)}|{_MONTH_WORD})(?:ถัดไป)?"
_DAYS = rf"(?P<days>\d{{1,2}}(?:\s*(?:,|{loose('และ')}|{loose('กับ')})\s*(?:{loose('วันที่')})?\s*\d{{1,2}}){{1,3}})"
_PLACES = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": -1, "1": 1, "2": 2, "3": 3, "4": 4}
_NTH = rf"\s?(?:{loose('สัปดาห์')})?(?:ที่\s?)?(?P<place>{either('แรก', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'สุดท้าย')}|[1-4])"

# In working order: what stands first takes the words. Each has its example in the tests.
PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("monthly-days", rf"(?:{loose('ทุกวันที่')}|{_IN}\s*{loose('วันที่')})\s*{_DAYS}\s*{_OF}\s*{_ANY_MONTH}"),
        ("monthly-day", rf"{loose('ทุกวันที่')}\s*(?P<day>\d{{1,2}})\s*{_OF}\s*(?:ทุก)?{_MONTH_WORD}(?:ถัดไป)?"),
        ("monthly-day", _DAY + _EVERY_MONTH),
        ("monthly-day", rf"{loose('ทุกเดือน')}\s*{_DAY}(?:{_OF}\s*{_MONTH_WORD}(?:ถัดไป)?)?(?!\s*{MONTH})"),
        ("yearly-rounds", rf"{_ROUND}(?P<months>\s*(?:และ|,|กับ)?\s*{_ROUND})\s*{_ALL}"),
        ("yearly-day", rf"{_DAY}{_ONE_MONTH}\s*{_ALL}(?![{MARKS}]*\s*{either('เป็น', 'ตรงกับ', 'ถือเป็น')})"),
        ("yearly-day", rf"{loose('ทุกปี')}\s*{_DAY}{_ONE_MONTH}(?!\s*(?:พ\.ศ\.)?\s*\d)"),
        ("yearly", rf"{_IN}{_MONTHS}\s*{_ALL}"),
        ("yearly", rf"{loose('ทุกปี')}\s*{_IN}{_MONTHS}(?!\s*(?:พ\.ศ\.)?\s*\d)"),
        ("nth-weekday", rf"{loose('ทุกวัน')}(?P<weekday>{_WEEKDAY}){_NTH}\s*{_OF}\s*{_ANY_MONTH}"),
        ("month-start", words("every_month_start")),
        (
            "last-workday",
            rf"(?:{_IN}\s*)?{loose('วันทำการสุดท้าย')}(?:{_OF})?{either('ทุกเดือน', 'แต่ละเดือน', 'เดือน')}(?!\s*{MONTH})",
        ),
        ("month-end", rf"(?:{_IN}\s*)?{_MONTH_ENDS}"),
        ("yearly", rf"{_PER_YEAR}\s*(?:คือ|ได้แก่)?\s*(?:{_IN}|{loose('ใน')}|\()?{_MONTHS}\s*\)?(?:\s*{_ALL})?"),
        ("per-year", _PER_YEAR),
        ("every", rf"{_EVERY}(?P<count>{COUNT})\s*(?P<unit>เดือน|สัปดาห์|วัน|ปี)"),
        ("weekly", rf"{loose('ทุกวัน')}\s?(?P<weekdays>{_WEEKDAY}(?:{_AND_DAY})*)"),
        ("weekly-once", words("every_week")),
        ("yearly-once", words("every_year")),
        ("half-yearly", words("every_half_year")),
        ("quarterly", words("every_quarter")),
        ("monthly", words("every_month")),
        ("workdays", words("every_workday")),
        ("daily", rf"{_CLOCK}\s*{_OF}{loose('ทุกวัน')}(?!{_WEEKDAY})"),
        ("daily", rf"{loose('เป็นประจำทุกวัน')}|{loose('ทราบทุกวัน')}|{_EACH_DAY}(?=\s*(?:{_BY}|ใน)?\s*(?:เวลา|{_CLOCK}))"),
    )
)
_PLAIN = {
    "month-end": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "month-start": "FREQ=MONTHLY;BYMONTHDAY=1",
    "yearly-once": "FREQ=YEARLY",
    "half-yearly": "FREQ=MONTHLY;INTERVAL=6",
    "last-workday": f"FREQ=MONTHLY;{_WORKDAYS};BYSETPOS=-1",
    "weekly-once": "FREQ=WEEKLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "monthly": "FREQ=MONTHLY",
    "workdays": f"FREQ=WEEKLY;{_WORKDAYS}",
    "daily": "FREQ=DAILY",
}
_UNITS = {"เดือน": "MONTHLY", "สัปดาห์": "WEEKLY", "วัน": "DAILY", "ปี": "YEARLY"}
# "เริ่มภายในวันที่ …" is a day by which the first is due, not one from which the rule runs.
_OPENS = re.compile(
    rf"^\s*(?:{either('นับตั้งแต่', 'นับแต่', 'นับจาก', 'ตั้งแต่', 'เริ่มตั้งแต่', 'เริ่ม')})(?!\s*{_BY})"
)
_ENDS = re.compile(rf"^\s*(?:{either('จนถึง', 'จนกว่าจะถึง', 'ไปจนถึง')}|{loose('จนสิ้นสุด')}[ก-์]{{0,25}}?(?=(?:ใน)?วัน))")
_ONWARDS = re.compile(rf"^\s*{loose('เป็นต้นไป')}")
# When what comes every quarter is due: รายไตรมาส ภายใน ๑๐ วัน นับแต่วันสิ้นไตรมาส
_AFTER_ITS_END = (
    rf"{_IN}\s*{COUNT}\s*วัน(?:ทำการ)?\s*{either('นับแต่', 'นับจาก', 'นับตั้งแต่', 'นับถัดจาก', 'หลังจาก', 'หลัง')}"
    r"(?:วัน)?สิ้น(?:ไตรมาส|เดือน|งวด|ภาค|รอบ|ปี|สัปดาห์)"
)
_AT = re.compile(rf"^\s*{_BY}?\s*เวลา\s*\d{{1,2}}[.:]\d{{2}}\s*น\.?|^\s*จน(?:กว่า|สิ้น)[ก-๙]{{2,20}}|^\s*{_AFTER_ITS_END}")
_NEAR = 60  # characters in which the day a rule runs from or to stands behind it
_ASKED_WITHIN, _PLANNED = 160, 60
_EVERYBODY = re.compile(r"(?<!ได้)(?<!จะ)ให้[^\n]{2,40}(?:\n[^\n]{0,20})?$")


def recurring(flow: Flow, history: Sequence[tuple[int, int]]) -> Iterator[Deadline]:
    """Recurring duties of a body, each with its RRULE, the day it runs from and the hour, where the words name them."""
    folded = arabic(flow.text)
    taken: set[int] = set()  # characters
    found: list[_Again] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(folded):
            if not taken.isdisjoint(range(*match.span())) or not _binds(kind, match, history):
                continue
            rule = _rule(kind, match)
            if rule:
                taken.update(range(*match.span()))
                found.append((kind, match, rule))
    found.sort(key=lambda item: item[1].start())
    for place, item in enumerate(found):
        if not any(_says_when(item, behind) for behind in found[place + 1 : place + 2]):
            yield _deadline(flow, folded, item[1], item[2])


_Again = tuple[str, re.Match[str], str]  # kind, where, rule


def _says_when(item: _Again, behind: _Again) -> bool:
    """Whether the next phrase says when what comes every month is due: เป็นประจำทุกเดือน ภายในวันที่ ๕ …"""
    (_, match, rule), (_, other, narrower) = item, behind
    between = match.string[match.end() : other.start()]
    same = "BY" not in rule and narrower.startswith(rule.partition(";")[0]) and narrower != rule
    return same and len(between) < _NEAR // 2 and not re.search("และ|พร้อม|\n", between)


def _binds(kind: str, match: re.Match[str], history: Sequence[tuple[int, int]]) -> bool:
    """Whether a phrase asks for something now: no history, no quoted rule; ``ปีละสองครั้ง`` alone only after a wish."""
    before = unwrapped(match.string[max(0, match.start() - _ASKED_WITHIN) : match.start()])
    if is_history(match.start(), history) or told_by_a_rule(before, match.string[match.end() :]):
        return False
    if is_plan(before[-_PLANNED:]) or REVOKED.search(before):
        return False
    if first_task(match.string) >= match.start() and not HANDS.search(before):
        return False
    alone = kind in ("per-year", "yearly-once") or match.start() < turn(match.string)
    return not alone or any(asks.search(before) for asks in (ASKS, _EVERYBODY, ITEM))


def _deadline(flow: Flow, folded: str, match: re.Match[str], rule: str) -> Deadline:
    opens, until, end = _limits(flow.text, match.end())
    told = _AT.match(folded[end : end + _NEAR])
    end += told.end() if told else 0
    hour = HOUR.search(folded, match.start(), end)
    return Deadline(
        DeadlineKind.RECURRING,
        joined(flow.text[match.start() : end]),
        None,
        rule=f"{rule};UNTIL={until.latest:%Y%m%d}" if until else rule,
        sentence=joined(sentence_around(flow.text, match.start(), match.end())),
        confidence=0.85,
        evidence=flow.evidence(match.start(), end),
        opens=opens,
        time=f"{int(hour['hour']):02d}:{hour['minute']}" if hour else None,
    )


def _limits(text: str, end: int) -> tuple[LetterDate | None, LetterDate | None, int]:
    """Days between which a rule runs, from the words right behind it, and where those end."""
    days: dict[str, LetterDate] = {}
    for name, opening in (("from", _OPENS), ("to", _ENDS)):
        found = (
            next(iter(find_dates(text[end : end + _NEAR])), None) if opening.match(text[end : end + _NEAR]) else None
        )
        if found and found.reading.value and found.reading.value.precision is not Precision.UNKNOWN_DAY:
            days[name] = found.reading.value
            end += found.end
            onwards = _ONWARDS.match(text[end : end + _NEAR])
            end += onwards.end() if onwards else 0
    return days.get("from"), days.get("to"), len(text[:end].rstrip())


def _place(printed: str) -> str:
    """The listed word or digit of a place in the month that a loosely printed one stands for."""
    return next(word for word in _PLACES if re.fullmatch(loose(word), printed))


def _rule(kind: str, match: re.Match[str]) -> str | None:
    """RFC 5545 recurrence rule of a phrase; ``None`` where it names no possible day."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in ("monthly-day", "monthly-days"):
        days = sorted({int(day) for day in re.findall(r"\d+", match[kind.removeprefix("monthly-")])})
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, days))}" if 1 <= days[0] <= days[-1] <= 31 else None
    if kind == "nth-weekday":
        day = next(code for name, code in WEEKDAYS.items() if re.match(loose(name), match["weekday"]))
        return f"FREQ=MONTHLY;BYDAY={_PLACES[_place(match['place'])]}{day}"
    if kind == "yearly-day":
        return f"FREQ=YEARLY;BYMONTH={month_number(match['month'])};BYMONTHDAY={int(match['day'])}"
    if kind in ("yearly", "yearly-rounds"):
        printed = match["months"] if kind == "yearly" else match[0]
        months = sorted({month_number(form) for form in re.findall(MONTH, printed)})
        named = {int(day) for day in re.findall(rf"(\d{{1,2}})\s*{MONTH}", printed)}
        day = f";BYMONTHDAY={min(named)}" if kind == "yearly-rounds" and len(named) == 1 and min(named) <= 31 else ""
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{day}"
    if kind == "weekly":
        names = [name for name in WEEKDAYS if re.search(loose(name), match["weekdays"])]
        return f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[name] for name in names)}"
    count = counted(match["count"]) if match["count"] else 1
    if kind == "per-year":
        evenly = f"FREQ=MONTHLY;INTERVAL={12 // count}" if count and 12 % count == 0 else None
        return "FREQ=YEARLY" if count == 1 else evenly
    every = f"FREQ={_UNITS[match['unit']]}"
    return f"{every};INTERVAL={count}" if count > 1 else every if count else None

"""The phrases that make a date a deadline, or history: patterns over Arabic-digit text, matched loosely.

Their words stand in ``parsing/data/deadlines.tsv`` by group; here they are put together with what stands around them.
Each is tested against its own quoted examples (DOMAIN section 3).
"""

from __future__ import annotations

import re

from parsing.dates import MONTH
from parsing.loose import MARKS, either, loose
from parsing.tables import column
from parsing.weekdays import WEEKDAYS

WEEKDAY = "(?:" + "|".join(loose(name) for name in WEEKDAYS) + ")"
QUARTERS = ("แรก", "หนึ่ง", "สอง", "สาม", "สี่", "สุดท้าย")


def words(*groups: str, spaced: bool = False) -> str:
    """A group that matches any phrase of some groups of the table, loosely."""
    return either(*(word for group in groups for word in column("deadlines", "phrase", group=group)), spaced=spaced)


_THE = r"ท[\u0e34-\u0e37]\u0e48?"
# Right before a date; its weekday may be misread, of which only a ที่ is left to stand on.
ON = rf"(?:{loose('วัน')}\s?(?:{_THE})?\s*|(?:ว\u0e31?น?|น)(?:\s{{0,2}}[ก-์]{{2,10}}{_THE})?\s*)?"
_HOUR = (
    r"(?:(?:(?:ใน)?เวลา\s*(?:[\d.:]+\s*น\.?|ราชการ|ทำการ)|เที่ยง(?:วัน|คืน)?|วัน(?:ทำการ)?สุดท้าย)\s*(?:ของ)?\s*(?:เดือน\s*)?)?"
)
WITHIN = re.compile(rf"(?<!เ)(?P<cue>{words('due', spaced=True)})\s*(?:{loose('สิ้น')}\s*)?{_HOUR}(?:ใน)?{ON}$")
BEFORE = re.compile(rf"\s*(?:{loose('ให้ทัน')})?{loose('ก่อน')}(?!\s*(?:หรือ|และ))")
# What names the day in words first: ภายในสิ้นเดือนนี้ (๓๐ มิถุนายน), ภายในวันสุดท้าย คือวันที่ …
NAMELY = re.compile(rf"{loose('ภายใน')}[^\d\n]{{3,50}}(?:\n[^\d\n]{{0,20}})?(?:{loose('คือ')}|\()\s*{ON}$")
# What is due on a day, named before it: กำหนดส่งแบบรายงานวันที่ …
DUE_ON = re.compile(rf"(?<!เ){words('due_on')}[ก-์ ]{{0,40}}(?:ภายใน|ใน)?\s*{loose('วัน')}\s?{_THE}\s*$")
# What must be left undone up to a day has no last day to do it by: งดเผา จนถึงวันที่ …
REFRAINS = re.compile(rf"{words('refrain')}[^\n]{{0,60}}ถึง\s*{ON}$")
UNTIL = re.compile(rf"{words('from_now')}.{{0,12}}ถึง\s*{ON}$")
INVITES = re.compile(words("invite"))
YEAR_END = re.compile(
    rf"(?P<cue>{words('within')}|{loose('ก่อน')})\s*(?:{loose('สิ้น')}\s*)?"
    rf"(?P<fiscal>{loose('ปีงบประมาณ')}|{loose('ปี')})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)(?!\d)"
)
# Something to hand in on a day: "ให้ส่ง … ในวันที่ …" binds like a deadline.
HANDS_IN = re.compile(rf"{words('hand_ask')}[^\n]{{0,20}}{words('hand_verb')}[\s\S]{{0,70}}ใน\s*{ON}$")
TIME = re.compile(r"^\s*(?:ตั้งแต่)?\s*เวลา\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})")
HOUR = re.compile(r"เวลา\s*(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)")
# The hour by which, behind its day: ภายในวันจันทร์ที่ ๗ … ก่อนเวลา ๑๒.๐๐ น.
BY_HOUR = re.compile(
    rf"\s*(?:{either('ก่อน', 'ภายใน', 'ไม่เกิน', 'ไม่ช้ากว่า', 'อย่างช้า')})?\s*เวลา\s*"
    r"[\d๐-๙]{1,2}\s?[.:]\s?[\d๐-๙]{2}(?:\s*น\.?|\s*นาฬิกา)?"
)
# Somewhere to go on a day and hour that a request names: จึงขอให้จัดเจ้าหน้าที่ไปรับ … ในวันที่ … เวลา … ณ …
GOES = re.compile(words("go"))

COUNT = rf"(?:\d{{1,3}}|{either(*column('numerals', 'form'), spaced=True)})"
RELATIVE = re.compile(
    rf"(?P<cue>{words('within')})\s*(?:ระยะเวลา\s*|กำหนด\s*)?"
    rf"(?P<count>{COUNT})\s*(?P<unit>วัน\s?ทำการ|วัน|เดือน|สัปดาห์|ชั่วโมง|ชม\.)?\s*"
    rf"(?:{words('counts', spaced=True)}\s*"
    r"(?:วัน(?:ที่|ถัดจาก)?)?\s*(?P<from>[^\n]{0,30}(?:\n[^\n]{0,20})?)|(?(unit)|(?!)))"
)
# Where the words that say from when end: what follows asks for something else.
FROM_END = re.compile(
    r"\s{2,}|\n\s*\n|\s*จึง(?:เรียน|ขอ|ควร|ให้)|\s*มิฉะนั้น|\s*ตามที่|\s*(?:และ|แล้ว|พร้อม)(?=รายงาน|ส่ง|แจ้ง|เสนอ|จัด|ให้|ทั้ง)|"
    r"\s+(?=และ|หรือ|หาก|กรณี|โดย|ทั้งนี้|พร้อม|ทาง|ตาม|เพื่อ|แล้ว|อนึ่ง|สำหรับ|ให้|ขอ|กับ|ส่วน|\d{1,2}\s*[.)])"
)
CUE = re.compile(words("due", spaced=True))
_CUE_OF_TIME = rf"(?P<cue>{words('due', spaced=True)})\s*(?P<end>{loose('สิ้น')})?\s*(?:ใน)?"
THIS = re.compile(
    rf"{_CUE_OF_TIME}"
    rf"(?P<unit>{loose('ปีงบประมาณ')}|{loose('เดือน')}|{loose('สัปดาห์')}|{loose('วัน')}|{loose('ปี')})(?![{MARKS}])\s?"
    rf"(?:(?P<which>{loose('พรุ่งนี้')}|{loose('นี้')}|{loose('หน้า')})(?![{MARKS}])|(?(end)|(?!)))(?!\s*\()"
    rf"(?(which)|(?!\s*(?:พ\s?\.|\d|{MONTH}|{either('ของ', 'ทุก', 'ที่', 'ก่อน', 'ถัด', 'งบ', 'นี้', 'หน้า')})))"
)
URGENT = re.compile(
    rf"{words('urgent')}|(?<=[ก-๙]\s){loose('ด่วน')}(?=(?:{loose('ที่สุด')}|{loose('มาก')})?\s*(?:\n|$))"
)
# A month, day, weekday or quarter whose year or month is the letter's own: ภายในเดือนกันยายนนี้, ภายในวันที่ ๒๕ เดือนนี้.
_NEXT_ONE = rf"(?P<which>{loose('ศกนี้')}|{loose('นี้')}|{loose('หน้า')}|{loose('ถัดไป')})(?![{MARKS}])"
MONTH_ONLY = re.compile(
    rf"{_CUE_OF_TIME}{loose('เดือน')}\s*(?P<month>(?>{MONTH}))(?>\s?{either('ศกนี้', 'ปีนี้', 'ของปีนี้', 'นี้')}|)"
    rf"(?!\s*(?:พ\s?\.|\(|\d|(?:{either('และ', 'หรือ', 'กับ')}|,)\s*(?:{loose('เดือน')}|{MONTH})"
    rf"|{either('ของ', 'ทุก', 'ที่ผ่านมา', 'ที่แล้ว', 'ปีก่อน', 'ปีที่แล้ว')}))"
)
DAY_ONLY = re.compile(
    rf"{_CUE_OF_TIME}{loose('วัน')}(?:{WEEKDAY})?\s?(?:ท[\u0e34-\u0e37]\u0e48?)\s*(?P<day>\d{{1,2}})\s*(?:{loose('เดือน')}\s?)?{_NEXT_ONE}"
)
WEEKDAY_ONLY = re.compile(
    rf"{_CUE_OF_TIME}{loose('วัน')}(?P<weekday>{WEEKDAY})\s?(?:{loose('สัปดาห์')}\s?)?{_NEXT_ONE}"
)
QUARTER = re.compile(
    rf"{_CUE_OF_TIME}{loose('ไตรมาส')}\s?(?:ท[\u0e34-\u0e37]\u0e48?)?\s*(?P<quarter>[1-4]|{either(*QUARTERS)})(?!\d)"
    rf"(?:\s*(?:{loose('ของ')})?\s*{loose('ปีงบประมาณ')}\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)?)?"
)

# The end's own formula asks for nothing new: จึงเรียนมาเพื่อโปรดดำเนินการโดยด่วน.
IN_THE_END = re.compile(
    rf"{either(*column('labels', 'form', label='purpose'))}(?:\s|{words('in_the_end')})*$"
)

CAUSE = re.compile(rf"(?:^|\n|\s{{2,}})\s*(?:{words('cause')}|[ตด]?าม[ก-์]{{3,20}}{loose('ที่อ้างถึง')})")
# Read badly, of นั้น behind a year its first letter is left; an hour's น. has no year before it.
CAUSE_END = re.compile(
    rf"(?<!ดัง)(?<!ดง)(?<!เท่า)(?<!เช่น)(?<!เหล่า){loose('นั้น')}(?=\s|$|,)|(?:(?<=25\d\d )|(?<=๒๕\d\d ))น(?=\s)"
)
DONE = re.compile(words("done"))
BEFORE_NOW = re.compile(r"(?:^|(?<=\s))" + words("round"))
TURN = re.compile(words("turn") + r"|\n\s*\n")
NOW = re.compile(rf"{loose('บัดนี้')}")
OWN_WISH = re.compile(words("own_wish"))
WISH = re.compile(words("wish"))
ASKS = re.compile(words("wish", "ask", spaced=True) + r"|(?<=[\s])ให้(?=\s)")  # a request, however short
_ASKED = re.compile(f"{words('own_wish')}|{either('ขอให้', 'ขอความร่วมมือ', 'ขอความอนุเคราะห์')}")
# A rule that is told, and what stands behind a period that a rule sets (ตามที่กฎหมายกำหนด).
QUOTED = re.compile(
    rf"(?:{words('rule')}|ข้อ\s?\d+|มาตรา\s?\d+)[\s\S]{{0,160}}?(?<!ข้อ)(?<!เทศ){words('rule_says')}|{words('right')}"
)
BY_RULE = re.compile(rf"^\s*{loose('ตาม')}(?:ที่)?\s?{words('by_rule')}[ก-๙ ]{{0,30}}?{loose('กำหนด')}")
# What a moved deadline names anew: "จากเดิม … เป็นสิ้นสุดวันที่ …".
MOVED_TO = re.compile(
    rf"{words('moved')}[\s\S]{{0,140}}(?P<cue>{words('moved_to')}\s*"
    rf"{either('สิ้นสุด', 'ภายใน', 'ถึง', 'วันสุดท้าย')}?\s*(?:ใน)?{ON})$"
)
REVOKED = re.compile(rf"{words('revoked')}[^\n]{{0,60}}$")
_SENDER = "(?:กรม|จังหวัด|อำเภอ|เทศบาล|สำนักงาน|องค์การบริหารส่วน|คณะกรรมการ)[ก-์]{0,40}"
PLANS = re.compile(rf"(?:{loose('จะ')}(?![ก-๙]{{0,3}}แจ้ง)|{_SENDER}\s?จะ)[^\n]{{0,90}}$")
TOLD = re.compile(words("told"))
WHILE = re.compile(rf"{words('while')}\s*{loose('ดังกล่าว')}")
PERIOD = re.compile(rf"{words('period')}\s*{ON}$")
FAIRS = re.compile(words("fair"))
INSPECTS = re.compile(words("inspect"))
FORMER = re.compile(rf"{words('former')}[^\n]{{0,40}}$")
EFFECTIVE = re.compile(rf"(?:{words('effect')}|{loose('ตั้งแต่')})[^\n]{{0,25}}$")
IN_FORCE = re.compile(rf"{words('effect')}\s*{loose('ตั้งแต่')}\s*{ON}$")
IN_FORCE_UNTIL = re.compile(rf"{words('effect')}\s*{loose('ตั้งแต่')}[\s\S]{{0,70}}ถึง\s*{ON}$")
ALREADY = re.compile(r"\s*(?:ไว้|ไป|มา)แล้ว")
HELD = re.compile(rf"(?:{words('held')}[^\n]{{0,60}})?(?:ใน|ระหว่าง)\s*{ON}$")
HAPPENED = re.compile(rf"{loose('เมื่อ')}\s*{ON}$")


def told_by_a_rule(before: str, after: str) -> bool:
    """Whether a period is one that a rule sets: told before it with no wish in between, or named behind it."""
    if BY_RULE.match(after):
        return True
    told = next(reversed(list(QUOTED.finditer(before))), None)
    return told is not None and not _ASKED.search(before, told.end())

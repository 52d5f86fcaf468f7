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
PLACES = ("แรก", "สอง", "สาม", "สี่", "สุดท้าย")  # of a weekday in its month
QUARTERS = ("แรก", "หนึ่ง", "สอง", "สาม", "สี่", "สุดท้าย")


def words(*groups: str, spaced: bool = False) -> str:
    """A group that matches any phrase of some groups of the table, loosely."""
    return either(*(word for group in groups for word in column("deadlines", "phrase", group=group)), spaced=spaced)


_THE = r"ท[\u0e34-\u0e37]\u0e48?"
# Right before a date; its weekday may be misread, of which only a ที่ is left to stand on.
ON = rf"(?:{loose('วัน')}\s?(?:{_THE})?\s*|(?:ว\u0e31?น?|น)(?:\s{{0,2}}[ก-์]{{2,10}}{_THE})?\s*)?"
PLAIN_ON = re.compile(rf"\s*(?:ใน)?(?:{loose('ระหว่าง')})?\s*(?:{loose('วัน')}(?:{WEEKDAY})?\s?{_THE})\s*$")
_HOUR = (
    r"(?:(?:(?:ใน)?เวลา\s*(?:[\d.:]+\s*น\.?|ราชการ|ทำการ)|\d{1,2}[.:]\d{2}\s*น\.?|เที่ยง(?:วัน|คืน)?|วัน(?:ทำการ)?สุดท้าย)"
    r"\s*(?:ของ)?\s*(?:เดือน\s*)?)?"
)
# What may not be gone beyond, whatever the words: ไม่หลัง, มิให้พ้น, อย่าให้เลย.
_NOT_BEYOND = rf"{words('never')}\s?{words('beyond')}(?:ไป)?(?:{loose('กว่า')})?"
DUE = rf"(?:{words('due', spaced=True)}|{_NOT_BEYOND})"
WITHIN = re.compile(rf"(?<!เ)(?P<cue>{DUE})\s*(?:{loose('สิ้น')}\s*)?{_HOUR}(?:ใน)?{ON}$")
# The same where words of time tell the day first: ก่อนสิ้นวันทำการสุดท้ายของปี คือวันศุกร์ที่ …, ไม่เกินศุกร์แรกของเดือนถัดไป (…
_FIGURES = r"25\d\d|\d{1,2}[.:]\d{2}(?:\s?น\.?)?|\d{1,3}(?=\s?(?:วัน|เดือน))"
_OF_TIME = rf"(?>{words('time')}|{WEEKDAY}|{MONTH}|{_FIGURES}|[(,:])"
LIMIT = re.compile(rf"(?<!เ)(?P<cue>{DUE})(?>(?:\s*{_OF_TIME}){{1,14}})\s*$")
BEFORE = re.compile(rf"\s*(?:{loose('ให้ทัน')})?{loose('ก่อน')}(?!\s*(?:หรือ|และ))")
# What names the day in words first: ภายในสิ้นเดือนนี้ (๓๐ มิถุนายน), ภายในวันสุดท้าย คือวันที่ …
NAMELY = re.compile(
    rf"(?:{loose('ภายใน')}(?:\s*\d{{1,3}}\s*(?:วัน|เดือน))?|{loose('ก่อนวัน')}(?!{_THE}))"
    rf"[^\d\n]{{3,50}}(?:\n[^\d\n]{{0,20}})?(?:{loose('คือ')}|\()\s*{ON}$"
)
# What is due on a day, named before it: กำหนดส่งแบบรายงานวันที่ …, ระบบจะปิดในวันที่ …; not where it is closed for repair.
_OFF = either("ปรับปรุง", "บำรุง", "ซ่อม", "จาก")
_NAMED = (
    rf"(?:{either('งวด', 'ครั้ง', 'รอบ', 'รุ่น', 'ระยะ')}\s?{_THE}\s*\d{{1,2}}"
    rf"|(?!{_OFF}|ตั้งแต่เวลา)[ก-์ ./()]){{0,80}}?"
)
_AT_HOUR = r"(?:(?:ใน)?เวลา\s*[\d.:]+\s*(?:น\.?|นาฬิกา)\s*(?:ของ)?\s*)?"
_ON_A_DAY = (
    rf"(?:(?:{either('ภายใน', 'ใน', 'คือ', 'เป็น', 'เมื่อ')}|:)?\s*{_AT_HOUR}"
    rf"(?:ใน)?{loose('วัน')}\s?{_THE}"
    rf"|{loose('คือ')}|:|{loose('สิ้น')}(?:{loose('เดือน')})?)\s*$"
)
_CLOSING = (  # a word of closing and what is closed: สิ้นสุดการยืนยัน, หมดเวลารับแบบ, กำหนดการส่ง
    rf"(?:{words('closing')}(?:{either('การ', 'เวลา', 'ระยะเวลา', 'ของการ')}|{loose('ระบบ')}|{loose('รับ')})*\s?"
    rf"{words('hand_verb', 'take_in')}|{loose('กำหนด')}(?:{either('การ', 'เวลา', 'วัน')})*{words('hand_verb')}"
    rf"|การ{words('hand_verb', 'take_in')}[ก-์ ]{{0,30}}?{words('closing')})"
)
_CLOSED = rf"(?<!เ)(?:{words('due_on', 'closes')}|{_CLOSING})"
DUE_ON = re.compile(rf"{_CLOSED}{_NAMED}\s*{_ON_A_DAY}|{_CLOSED}(?:(?!{_OFF}|วัน)[ก-์]){{0,30}}(?:\s+|\s?ใน\s*)$")
CLOSES = re.compile(rf"(?:{words('closes', 'opens')}|{_CLOSING}){_NAMED}")
# The end of a window that opened on a day told before: เริ่มบันทึกได้วันที่ … สิ้นสุดวันที่ …
WINDOW_END = re.compile(rf"{words('starts')}[\s\S]{{0,80}}(?P<cue>{either('สิ้นสุด', 'ปิด')}[ก-์]{{0,15}}\s*(?:ใน)?{ON})$")
# What stands behind a day and makes it the last one.
_IS = (
    rf"{either('โดย', 'ซึ่ง', 'อัน', 'ให้')}?\s?{either('ถือ', 'นับ', 'กำหนด', 'จะ')}?\s?"
    rf"{either('เป็น', 'คือ', 'ว่าเป็น')}\s?"
)
_OF_TAKING_IN = rf"{either('ของการ', 'ในการ', 'สำหรับการ', 'การ', 'ที่', 'ที่จะ', 'ซึ่ง')}?\s?{words('hand_verb', 'take_in')}"
LAST = re.compile(rf"\s*(?:{words('last')}|{_IS}{words('last_day')}(?:(?=\s|$|[.)])|{_OF_TAKING_IN}))")
# What comes too late after a day makes it the last one: หากพ้นวันที่ … จะถือว่า, แบบที่ถึงหลังวันที่ … จะไม่รับ.
LATER = re.compile(rf"{words('beyond')}(?:{loose('จาก')}|{loose('กว่า')}|{loose('กำหนด')})?\s*(?:ใน)?{ON}$")
TOO_LATE = re.compile(rf"\s*(?:{loose('ไปแล้ว')})?\s*(?:{loose('แล้ว')})?\s?[ก-์]{{0,25}}?\s?{words('too_late')}")
# What must be left undone up to a day has no last day to do it by: งดเผา จนถึงวันที่ …
_SAME_WISH = rf"(?:(?!\n\s*\n|{either('ขอให้', 'จึง', 'โปรด', 'ภายใน')})[\s\S])"
REFRAINS = re.compile(rf"(?!งด[{MARKS}]*วย){words('refrain')}{_SAME_WISH}{{0,80}}ถึง\s*{ON}$")
# What comes of itself by a time is nothing to be done: ใบอนุญาตจะสิ้นอายุภายในปีนี้.
BY_ITSELF = re.compile(rf"{words('by_itself')}[ก-์\d ]{{0,14}}\s*$")
# Who it holds for, told by what came about by then: อปท. ที่ได้รับจัดสรรภายในวันที่ … จะได้รับเงินเพิ่ม.
WHO_HAS = re.compile(r"(?:ที่|ซึ่ง)(?:ได้|มี|ยัง|ถูก|ผ่าน)[^\s]{2,40}$")
# What was asked of others, and is done: กรมได้ขอให้กระทรวงปรับปรุงภายในวันที่ … แล้ว จึงแจ้งมา
WAS_ASKED = re.compile(
    rf"{loose('ได้')}{either('ขอ', 'แจ้ง', 'สั่ง', 'กำชับ', 'มีหนังสือ', 'มอบหมาย', 'ประสาน', 'ออกคำ', 'แนะนำ')}[^\n]{{0,110}}$"
)
SO_TOLD = re.compile(r"\s*แล้ว(?=\s*(?:จึง(?:แจ้ง|เรียน)|รายละเอียด|$))")
ABSTAINS = re.compile(rf"(?!งด[{MARKS}]*วย){words('refrain')}")
ONWARDS = re.compile(rf"\s*{loose('เป็นต้นไป')}")
UNTIL = re.compile(rf"{words('from_now')}.{{0,12}}ถึง\s*{ON}$")
INVITES = re.compile(rf"(?<!ผู้){words('invite', spaced=True)}(?!(?:ชวน)?\s?{words('public')})")
YEAR_END = re.compile(
    rf"(?P<cue>{words('within')}|{loose('ก่อน')}|(?<=เสร็จ)ใน|(?<=เสร็จสิ้น)ใน)\s*(?:{loose('สิ้น')}\s*)?"
    rf"(?P<fiscal>{loose('ปีงบประมาณ')}|{loose('ปี')})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)(?!\d)"
)
# Something to hand in on a day: "ให้ส่ง … ในวันที่ …" binds like a deadline; not behind another day, or a plan.
_TO_HAND_IN = (
    rf"(?:{words('hand_ask')}(?:(?!25\d\d|{either('เพราะ', 'เนื่องจาก')})[^\n]){{0,60}}?"
    rf"|{either('โดย', 'และ', 'แล้ว', 'พร้อมทั้ง')}){words('hand_verb')}"
)
_NO_MORE = rf"{either('อนึ่ง', 'กำหนดจัด', 'ทั้งนี้')}|25\d\d|จะ"
HANDS_IN = re.compile(
    rf"{_TO_HAND_IN}(?:(?!{_NO_MORE})[\s\S]){{0,70}}"
    rf"(?:ใน|(?<!ภาย)ใน\s*{loose('วันประชุม')}[ก-์ ]{{0,20}}(?:\(|{loose('คือ')})?)\s*{ON}$"
)
TIME = re.compile(r"^\s*(?:ตั้งแต่|เริ่ม|ระหว่าง|ใน)?\s*เวลา\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})")
# By when something is to have come: ให้ถึงสำนักงานจังหวัดวันที่ …; a day behind what is asked for: ให้ส่งแบบ กำหนดวันที่ …
_ON_DAY = rf"(?:ใน)?{loose('วัน')}(?:{WEEKDAY})?\s?{_THE}"
ARRIVES = re.compile(
    rf"(?P<cue>(?:{either('ให้ถึง', 'ต้องถึง', 'ให้ไปถึง', 'ส่งไปถึง', 'ส่งถึง')}[ก-์ .]{{0,60}}?"
    rf"|{either('ให้แล้วเสร็จ', 'ให้เสร็จสิ้น', 'ให้เสร็จ')})\s*{_ON_DAY}\s*)$"
)
# Before something on a day: ให้พร้อมก่อนคณะตรวจจะมาถึงในวันที่ …; not before an hour of it.
BEFORE_EVENT = re.compile(rf"(?P<cue>{loose('ก่อน')}(?!เวลา|{_THE})(?:[ก-์]|\s?\d\s?){{2,40}}\s?ใน\s*{_ON_DAY}\s*)$")
# A contract's own day, told behind it, and thanks for what was done in time.
BY_CONTRACT = re.compile(rf"\s*{loose('ตาม')}(?:ที่)?\s?(?:{either('สัญญา', 'ข้อตกลง', 'แผนงาน')})")
THANKS = re.compile(rf"{words('praise')}(?:(?!ขอให้|จึง|โปรด)[^\n]){{0,90}}$")
SET_DAY = re.compile(
    rf"{words('hand_ask')}[^\n]{{0,60}}?{words('hand_verb')}[^\n]{{0,60}}\s"
    rf"(?P<cue>{loose('กำหนด')}\s?(?:{either('ภายใน', 'ใน', 'คือ', 'เป็น')}|:)?\s*{ON})$"
)
# A span of days in which the addressee is to act: หน่วยงานของท่านตอบแบบวัด วันที่ 1 – 30 …
YOURS = re.compile(rf"{loose('ท่าน')}[^\n]{{0,30}}?{words('hand_verb', 'take_in')}[^\n]{{0,30}}\s(?P<cue>{ON})$")
# From one hour to another: somewhere to be then, not to hand in by.
HOURS = re.compile(r"^\s*(?:ตั้งแต่|ระหว่าง|ใน)?\s*เวลา\s*\d{1,2}[.:]\d{2}\s*(?:น\.?)?\s*(?:[-–—]|ถึง)")
HOUR = re.compile(r"เวลา\s*(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)")
# The hour by which, behind its day: ภายในวันจันทร์ที่ ๗ … ก่อนเวลา ๑๒.๐๐ น.
BY_HOUR = re.compile(
    rf"\s*(?:{either('ก่อน', 'ภายใน', 'ไม่เกิน', 'ไม่ช้ากว่า', 'อย่างช้า')})?\s*เวลา\s*"
    r"[\d๐-๙]{1,2}\s?[.:]\s?[\d๐-๙]{2}(?:\s*น\.?|\s*นาฬิกา)?"
)
# Somewhere to go on a day and hour that a request names: จึงขอให้จัดเจ้าหน้าที่ไปรับ … ในวันที่ … เวลา … ณ …
GOES = re.compile(words("go", spaced=True))

COUNT = rf"(?:\d{{1,3}}|{either(*column('numerals', 'form'), spaced=True)})"
CUE = re.compile(words("due", spaced=True))
_CUE_OF_TIME = (
    rf"(?P<cue>{words('due', spaced=True)})\s*"
    rf"(?:(?:ใน)?{loose('เวลา')}\s*\d{{1,2}}[.:]\d{{2}}\s*น\.?\s*(?:{loose('ของ')})?\s*)?"
    rf"(?P<end>{loose('สิ้น')})?\s*(?:ใน)?"
)
THIS = re.compile(
    rf"{_CUE_OF_TIME}"
    rf"(?P<unit>{loose('ปีงบประมาณ')}|{loose('เดือน')}|{loose('สัปดาห์')}|{loose('วัน')}|{loose('ปี')})(?![{MARKS}])\s?"
    rf"(?:(?P<which>{loose('พรุ่งนี้')}|{loose('นี้')}|{loose('หน้า')})(?![{MARKS}])|(?(end)|(?!)))(?!\s*\()"
    rf"(?(which)|(?!\s*(?:พ\s?\.|\d|{MONTH}|{either('ของ', 'ทุก', 'ที่', 'ก่อน', 'ถัด', 'งบ', 'นี้', 'หน้า')})))"
)
URGENT = re.compile(rf"{words('urgent')}|(?<=[ก-๙]\s){loose('ด่วน')}(?=(?:{loose('ที่สุด')}|{loose('มาก')})?\s*(?:\n|$))")
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
WEEKDAY_ONLY = re.compile(rf"{_CUE_OF_TIME}{loose('วัน')}(?P<weekday>{WEEKDAY})\s?(?:{loose('สัปดาห์')}\s?)?{_NEXT_ONE}")
NTH_WEEKDAY = re.compile(
    rf"{_CUE_OF_TIME}{loose('วัน')}(?P<weekday>{WEEKDAY})\s?(?:{loose('สัปดาห์')})?(?:{_THE}\s?)?"
    rf"(?P<place>{either(*PLACES)})\s?"
    rf"{loose('ของ')}{loose('เดือน')}\s*(?:(?P<month>{MONTH})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)|{_NEXT_ONE})"
)
FIRST_MONTHS = re.compile(
    rf"(?P<cue>{words('within')})\s*(?P<count>{COUNT})\s*{loose('เดือน')}{loose('แรก')}\s?{loose('ของ')}\s?"
    rf"(?P<fiscal>{loose('ปีงบประมาณ')}|{loose('ปี')})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)(?!\d)"
)
QUARTER = re.compile(
    rf"{_CUE_OF_TIME}{loose('ไตรมาส')}\s?(?:ท[\u0e34-\u0e37]\u0e48?)?\s*(?P<quarter>[1-4]|{either(*QUARTERS)})(?!\d)"
    rf"(?:\s*(?:{loose('ของ')})?\s*{loose('ปีงบประมาณ')}\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)?)?"
)

# The end's own formula asks for nothing new: จึงเรียนมาเพื่อโปรดดำเนินการโดยด่วน.
IN_THE_END = re.compile(rf"{either(*column('labels', 'form', label='purpose'))}(?:\s|{words('in_the_end')})*$")

# The label of a message's form, however it was read: ข้อความ
_LABELLED = r"(?:[ก-๙]{5,10}\s*[:：]?\s+[:：]?\s*)?"
CAUSE = re.compile(rf"(?:^\s*{_LABELLED}|\n|\s{{2,}})\s*(?:{words('cause')}|[ตด]?าม[ก-์]{{3,20}}{loose('ที่อ้างถึง')})")
# Read badly, of นั้น behind a year its first letter is left; an hour's น. has no year before it.
CAUSE_END = re.compile(
    rf"(?<!ดัง)(?<!ดง)(?<!เท่า)(?<!เช่น)(?<!เหล่า){loose('นั้น')}(?=\s|$|,)|(?:(?<=25\d\d )|(?<=๒๕\d\d ))น(?=\s)"
)
# A body that begins with its cause, and where it turns to the sender's wish.
TELLS_CAUSE = re.compile(
    rf"\s*{_LABELLED}(?:{words('cause', 'tells_cause')}|[ก-์]{{0,40}}{either('แจ้งว่า', 'ขอเรียนว่า')})"
)
TURNS = re.compile("(?<!แ)" + words("turns", spaced=True) + r"|\n\s*\n\s*ให้(?=[ก-ฮเ-ไ])")
OWN_REQUEST = re.compile(rf"(?<!ได้)(?<!เพื่อ)(?<!แจ้งว่า)(?<!แจ้งว่า ){words('own_request', spaced=True)}")
DONE = re.compile(words("done"))
BEFORE_NOW = re.compile(r"(?:^|(?<=\s))" + words("round"))
BUT = re.compile(either("แต่เนื่องจาก", "แต่โดยที่", "แต่เพื่อ", "แต่ด้วย", "แต่ปรากฏว่า"))
TURN = re.compile(words("turn") + r"|\n\s*\n")
NOW = re.compile(rf"{loose('บัดนี้')}")
WISH = re.compile(words("wish"))
ASKS = re.compile(words("wish", "ask", spaced=True) + r"|(?<=[\s])ให้(?=\s)")  # a request, however short
ASKED = re.compile(words("request"))
ITEM = re.compile(r"(?:^|\n)\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s[^\n]*$")  # the item of a list that some words stand in
LISTS = re.compile(r"(?:^|\n)\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s")  # a list of what is to be done
HANDS = re.compile(words("hand_verb"))
OWN_WISH = re.compile(words("own_wish"))
_ASKED = re.compile(f"{OWN_WISH.pattern}|{either('ขอให้', 'ขอความร่วมมือ', 'ขอความอนุเคราะห์')}")
# A rule that is told, and what stands behind a period that a rule sets (ตามที่กฎหมายกำหนด).
QUOTED = re.compile(
    rf"(?:(?:{words('rule', spaced=True)}|ข้อ\s?\d+|มาตรา\s?\d+)[\s\S]{{0,160}}?|ซึ่ง(?:ได้)?\s?(?=กำหนด|บัญญัติ|ระบุ))"
    rf"(?<!ข้อ)(?<!เทศ){words('rule_says', spaced=True)}|{words('right')}"
)
# The rule that a period comes from, named behind it: … ตามมาตรา ๑๑ แห่งพระราชบัญญัติ …
OF_RULE = re.compile(rf"(?:[^\n]{{0,70}}?\s)?{loose('ตาม')}\s?(?:{words('rule')}|ข้อ\s?\d|มาตรา\s?\d)")
BY_RULE = re.compile(rf"^\s*{loose('ตาม')}(?:ที่)?\s?{words('by_rule')}[ก-๙ ]{{0,30}}?{loose('กำหนด')}")
# A provision told with its day of every year: ข้อ ๒๒ ของระเบียบ … ให้เสนอภายในวันที่ ๑๕ สิงหาคม.
PROVIDES = re.compile(
    rf"(?:ข้อ|มาตรา)\s?\d+\s?(?:ของ|แห่ง|ตาม)?\s?{words('rule')}(?:(?!{OWN_WISH.pattern}|ขอให้)[\s\S])*$"
)
_ASIDE = re.compile(rf"{either('ทั้งนี้', 'อนึ่ง')}")
# What lasts longer is no duty: ขยายเวลามาตรการลดอัตราออกไปถึงวันที่ …
LASTS = re.compile(
    rf"(?:ขยาย(?:ระยะ)?(?:เวลา)?|ต่อ(?:ระยะ)?(?:เวลา|อายุ))(?:การใช้|การ|ของ)?\s?{words('lasting')}[^\n]{{0,60}}$"
)
# A day that is put right behind it: “ภายในวันที่ 10 …” ให้แก้เป็น “…”
PUT_RIGHT = re.compile(
    rf"[\s”\"’']*(?:{either('ให้', 'ขอ', 'จึง')})?\s?{either('แก้ไข', 'แก้', 'เปลี่ยน', 'เลื่อน')}(?:ออกไป|ไป)?เป็น"
)
# To be somewhere, by what one is to be there for: ให้ท่านมาเบิกความ, ขอให้ครูเข้าเป็นกรรมการ, ต้องอยู่ปฏิบัติหน้าที่.
IS_THERE = re.compile(rf"(?<!ผู้){words('motion')}\s?{words('there')}")
# What a moved deadline names anew: "จากเดิม … เป็นสิ้นสุดวันที่ …".
MOVED_TO = re.compile(
    rf"{words('moved')}[\s\S]{{0,140}}(?P<cue>{words('moved_to')}\s*"
    rf"(?:{either('สิ้นสุด', 'ภายใน', 'ถึง', 'วันสุดท้าย')}|{words('hand_verb')}[ก-์ ]{{0,30}})?\s*(?:ใน)?{ON})$"
)
# What somebody else has to do for those above it: ซึ่งกรมกำหนดให้จังหวัดรายงานภายใน …, เพื่อรวบรวมรายงานกรมภายใน …
_NO_WISH = r"(?:(?!จึง|ขอให้|โปรด|ดังนั้น)[^\n])"
FOR_ABOVE = re.compile(
    rf"{either('ซึ่ง', 'เพื่อ', 'เนื่องจาก', 'เพราะ')}{_NO_WISH}{{0,40}}?{words('for_above')}{_NO_WISH}{{0,60}}$"
    rf"|25\d\d\s*{loose('เพื่อ')}(?!ให้){_NO_WISH}{{0,60}}$"
)
TERM = re.compile(rf"{words('term')}\s*\d{{1,3}}\s*(?:วัน|เดือน|ปี)\s*(?:{loose('นับ')})?{loose('ตั้งแต่')}\s*{ON}$")
PUBLIC = re.compile(r"(?<!ประจำตัว)" + words("public"))
# What the public is told to do, and nothing is asked for behind it: ประชาสัมพันธ์ให้เจ้าของสุนัขไปขึ้นทะเบียนภายใน …
FOR_PUBLIC = re.compile(rf"{PUBLIC.pattern}(?:(?!และ|พร้อม|แล้ว|ขอให้|จึง|โดย)[^\n]){{0,90}}$")
MEETING = re.compile(words("meeting"))
REVOKED = re.compile(
    rf"(?:{words('revoked')}(?:(?!{either('และให้', 'แต่ให้', 'โดยให้', 'ให้ใช้')})[^\n]){{0,60}}"
    rf"|{loose('ยกเลิก')}{_NO_WISH}{{0,110}}(?:ซึ่ง|ที่)(?:ได้)?{loose('กำหนด')}{_NO_WISH}{{0,60}})$"
)
# What holds for whom something has not come about by then: หากยังมิได้ก่อหนี้ผูกพันภายในวันที่ … จะต้องขอขยายเวลา.
_NO_HANDING_IN = rf"(?:(?!{words('hand_verb', 'take_in')}|{either('ขอให้', 'จึง', 'โปรด')}|\sให้)[^\n])"
IF_NOT_YET = re.compile(rf"{either('หาก', 'ถ้า', 'กรณี')}{_NO_HANDING_IN}{{4,70}}$")
# What others than the addressee may or must do, told to be passed on: ให้ประชาชนทราบว่า ผู้มีเงินได้มีหน้าที่ยื่นแบบ …
_NOT_ASKED = rf"(?:(?!{OWN_WISH.pattern}|{either('ขอให้', 'โปรด')}|\sให้)[^\n])"
_BEGINS = "(?:(?<![ก-์])|(?<=ว่า)|(?<=นี้)|(?<=และ)|(?<=ให้)|(?<=โดย)|(?<=ซึ่ง))"
_MAY = (
    rf"(?:{words('must')}|{either('สามารถ', 'มีหน้าที่', 'มีสิทธิ', 'ขอขยาย', 'ขอเลื่อน', 'ขอผ่อนผัน')}"
    rf"|{_NOT_ASKED}{{0,30}}ได้(?:ถึง|จน|ตั้งแต่|ภายใน)?)"
)
OTHERS = re.compile(rf"{_BEGINS}{words('others', spaced=True)}{_NOT_ASKED}{{0,60}}?{_MAY}(?:{_NOT_ASKED}{{0,90}})$")
# What others are to do or may do, where the cause of a letter tells of it.
THIRD = re.compile(rf"{_BEGINS}{words('others', spaced=True)}{_NOT_ASKED}{{0,110}}$")
# What is only to be made known to the public binds nobody it is sent to: told behind the wish, or all before it.
MAKES_KNOWN = re.compile(
    rf"{words('make_known')}(?:[^\n]{{0,60}}?{loose('ทราบ')})?ว่า(?!การ|ด้วย)(?:(?!\n\s*\n|{OWN_WISH.pattern}|ขอให้)[\s\S])*"
)
ONLY_MADE_KNOWN = re.compile(
    rf"{words('turns')}(?:(?!และ|พร้อม|แล้ว)[^\n]){{0,80}}?"
    rf"(?:{words('make_known')}|{either('แจ้ง', 'ให้', 'แจ้งให้')}\s?{words('others', spaced=True)})"
)
_SENDER = "(?:กรม|จังหวัด|อำเภอ|เทศบาล|สำนักงาน|องค์การบริหารส่วน|คณะกรรมการ)[ก-์]{0,40}"
# Not ที่จะ, ประสงค์จะ, จะต้อง.
_WILL = rf"(?<!ท\u0e35\u0e48)(?<!ประสงค์)(?<!ต้องการ){loose('จะ')}(?!{loose('ต้อง')}|{loose('ถือ')})(?![ก-๙]{{0,3}}แจ้ง)"
PLANS = re.compile(rf"(?:{_WILL}|{_SENDER}\s?(?<!ท\u0e35\u0e48)จะ(?!{loose('ต้อง')}))[^\n]{{0,110}}$")
# A plan that follows what is asked for: … และจะโอนเงินให้ภายใน…; what only informs asks for nothing: ขอแจ้งว่า
_GOES_ON = rf"(?:(?!{either('ดังนั้น', 'ต้อง')})(?={_NOT_ASKED})[^\n])"
AND_WILL = re.compile(rf"{either('และ', 'แล้ว', 'โดย', 'ซึ่ง')}\s?[ก-์]{{0,20}}?{_WILL}{_GOES_ON}{{0,90}}$")
# What the sender itself will take part in: ด้วยเทศบาลมีความประสงค์จะส่งเจ้าหน้าที่เข้ารับการอบรม; not if, and not who does.
OWN_WILL = re.compile(rf"(?<!ที่)(?<!ซึ่ง)(?<!ผู้)(?<!ใด)(?<!หาก)(?<!ถ้า){words('own_will')}")
INFORMS = re.compile(
    rf"(?:จึง)?{either('ขอแจ้ง', 'ขอเรียน')}(?:(?:ให้ท่าน|ให้)?(?:{loose('ทราบ')})?{loose('ว่า')}|(?!ให้|เชิญ))"
)
WHILE = re.compile(rf"{words('while', spaced=True)}\s*{loose('ดังกล่าว')}|{loose('ภายในกำหนด')}(?!\s*\d|วัน|เวลา)")
PERIOD = re.compile(rf"{words('period')}\s*{ON}$")
FAIRS = re.compile(words("fair"))
INSPECTS = re.compile(words("inspect", spaced=True))
_JOINED_ON = "|".join(
    f"(?<={word})" for word in ("และ", "โดย", "แล้ว", "ทั้ง", "กับ", "เรียก", "สั่ง", "สั่งการ", "กำชับ", "มอบหมาย")
)
REQUESTS = re.compile(words("request", spaced=True) + rf"|(?:(?<![ก-์])|{_JOINED_ON})ให้(?=\s|[ก-ฮเ-ไ])")
MUST = re.compile(words("must"))
SET_FOR = re.compile(words("set_for"))
SUMMONS = re.compile(r"(?<!ผู้)(?<!เป็น)" + words("summons", spaced=True))
FORMER = re.compile(rf"{words('former')}[^\n]{{0,40}}$")
EFFECTIVE = re.compile(rf"(?:{words('effect')}|{loose('ตั้งแต่')})[^\n]{{0,25}}$")
IN_FORCE = re.compile(rf"{words('effect')}\s*(?:{either('ตั้งแต่', 'นับแต่', 'เมื่อ', 'ใน')})?\s*{ON}$")
IN_FORCE_UNTIL = re.compile(rf"{words('effect')}\s*{loose('ตั้งแต่')}[\s\S]{{0,70}}ถึง\s*{ON}$")
ALREADY = re.compile(r"\s*(?:ไว้|ไป|มา)แล้ว")
HELD = re.compile(rf"(?:{words('held')}[^\n]{{0,60}})?(?:ใน|ระหว่าง)\s*{ON}$")
HAPPENED = re.compile(rf"{loose('เมื่อ')}\s*{ON}$")


def told_by_a_rule(before: str, after: str) -> bool:
    """Whether a period is one that a rule sets: told before it with no wish in between, or named behind it."""
    if BY_RULE.match(after):
        return True
    behind, asides = OF_RULE.match(after), list(_ASIDE.finditer(before))
    before = before[asides[-1].start() :] if asides else before
    if behind and not (ASKED.search(before) or ASKED.search(behind[0])):
        return True
    told = next(reversed(list(QUOTED.finditer(before))), None)
    return told is not None and not _ASKED.search(before, told.end())

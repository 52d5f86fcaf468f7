"""The phrases that make a date a deadline, or history: patterns over Arabic-digit text, matched loosely.

Each stands for phrases listed in DOMAIN section 3; the tests quote an example of every one.
"""

from __future__ import annotations

import re

from parsing.loose import MARKS, either, loose
from parsing.tables import column

ON = rf"(?:{loose('วัน')}\s?(?:ท[\u0e34-\u0e37]\u0e48?)?\s*)?"
CUES = either(
    *("ภายในกำหนด", "ภายใน", "อย่างช้าภายใน", "อย่างช้าไม่เกิน", "ไม่เกิน", "ไม่ช้ากว่า", "อย่างช้า"),
    *("ก่อนถึง", "ก่อน", "จนถึง", "ให้ทัน", "ด่วนภายใน"),
    spaced=True,
)
WITHIN = re.compile(
    rf"(?P<cue>{CUES})\s*(?:{loose('สิ้น')}\s*)?"
    rf"(?:(?:ใน)?เวลา\s*(?:[\d.:]+\s*น\.?|ราชการ|ทำการ)\s*(?:ของ)?\s*)?(?:ใน)?{ON}$"
)
BEFORE = re.compile(rf"\s*{loose('ก่อน')}")
NAMELY = re.compile(rf"{loose('ภายใน')}[^\d\n]{{3,50}}(?:{loose('คือ')}|\()\s*{ON}$")
# What must be left undone up to a day has no last day to do it by: งดเผา จนถึงวันที่ …
REFRAINS = re.compile(rf"{either('งดเว้น', 'งด', 'ห้าม', 'ระงับ')}[^\n]{{0,60}}ถึง\s*{ON}$")
UNTIL = re.compile(rf"{either('ตั้งแต่บัดนี้', 'นับแต่บัดนี้', 'ตั้งแต่วันนี้')}.{{0,12}}ถึง\s*{ON}$")
INVITES = re.compile(
    either(
        "ขอเชิญ",
        "เชิญ",
        "เข้าร่วม",
        "เข้าประชุม",
        "ร่วมประชุม",
        "เข้ารับการอบรม",
        "เข้ารับการฝึกอบรม",
        "ไปประชุม",
        "มาประชุม",
        "เข้ารับการประเมิน",
        "ตรวจประเมิน",
        "รับสมัคร",
    )
)
YEAR_END = re.compile(
    rf"(?P<cue>{either('ภายใน', 'ก่อน')})\s*(?:{loose('สิ้น')}\s*)?(?P<fiscal>{loose('ปีงบประมาณ')}|{loose('ปี')})\s*"
    r"(?:พ\s?\.?\s?ศ\s?\.?\s*)?(?P<year>25\d\d)(?!\d)"
)
# Something to hand in on a day: "ให้ส่ง … ในวันที่ …" binds like a deadline.
HANDS_IN = re.compile(
    rf"{either('ขอให้', 'ให้', 'โปรด', 'กรุณา')}[^\n]{{0,20}}"
    rf"{either('ส่ง', 'จัดส่ง', 'นำส่ง', 'รายงาน', 'ยื่น', 'ชำระ', 'แจ้งผล', 'ส่งคืน', 'มารับ')}"
    rf"[\s\S]{{0,70}}ใน\s*{ON}$"
)
TIME = re.compile(r"^\s*(?:ตั้งแต่)?\s*เวลา\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})")
HOUR = re.compile(r"เวลา\s*(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)")
# Somewhere to go on a day and hour that a request names: จึงขอให้จัดเจ้าหน้าที่ไปรับ … ในวันที่ … เวลา … ณ …
GOES = re.compile(
    either("ไปรับ", "มารับ", "ไปพบ", "มาพบ", "ไปร่วม", "มาร่วม", "ไปรวม", "มารวม", "รายงานตัว", "ไปให้", "มาให้", "เดินทางไป")
)

COUNT = rf"(?:\d{{1,3}}|{either(*column('numerals', 'form'), spaced=True)})"
RELATIVE = re.compile(
    rf"(?P<cue>{either('ภายในกำหนด', 'ภายใน', 'ไม่เกิน')})\s*(?:ระยะเวลา\s*|กำหนด\s*)?"
    rf"(?P<count>{COUNT})\s*(?P<unit>วัน\s?ทำการ|วัน|เดือน|สัปดาห์|ชั่วโมง|ชม\.)?\s*"
    rf"(?:{either('นับแต่', 'นับจาก', 'นับตั้งแต่', 'หลังจาก', 'หลัง', 'นับถัดจาก', 'ถัดจาก', spaced=True)}\s*"
    r"(?:วัน(?:ที่|ถัดจาก)?)?\s*(?P<from>[^\n]{0,30}(?:\n[^\n]{0,20})?)|(?(unit)|(?!)))"
)
# Where the words that say from when end: what follows asks for something else.
FROM_END = re.compile(
    r"\s{2,}|\n\s*\n|\s*จึง(?:เรียน|ขอ)|\s*มิฉะนั้น|\s*(?:และ|แล้ว|พร้อม)(?=รายงาน|ส่ง|แจ้ง|เสนอ|จัด|ให้|ทั้ง)|"
    r"\s+(?=และ|หรือ|หาก|กรณี|โดย|ทั้งนี้|พร้อม|ทาง|ตาม|เพื่อ|แล้ว|อนึ่ง|สำหรับ|ให้|ขอ|\d{1,2}\s*[.)])"
)
THIS = re.compile(
    rf"(?P<cue>{either('ภายใน', 'ก่อน', 'ไม่เกิน')})\s*(?P<end>{loose('สิ้น')})?\s*"
    rf"(?P<unit>{loose('ปีงบประมาณ')}|{loose('เดือน')}|{loose('สัปดาห์')}|{loose('วัน')}|{loose('ปี')})\s?"
    rf"(?P<which>{loose('พรุ่งนี้')}|{loose('นี้')}|{loose('หน้า')})(?![{MARKS}])(?!\s*\()"
)
URGENT = re.compile(
    rf"{either('โดยด่วนที่สุด', 'โดยด่วน', 'โดยเร่งด่วน', 'อย่างเร่งด่วน', 'เป็นการด่วน', 'โดยเร็วที่สุด', 'โดยเร็ว')}|"
    rf"{either('ในทันที', 'โดยทันที', 'ทราบทันที', 'ในโอกาสแรก')}|"
    rf"(?<=[ก-๙]\s){loose('ด่วน')}(?=(?:{loose('ที่สุด')}|{loose('มาก')})?\s*(?:\n|$))"
)

CAUSE = re.compile(rf"(?:^|\n|\s{{2,}})\s*(?:{either('ตามที่', 'ตามหนังสือ', 'อนุสนธิ', 'ตามประกาศ', 'ตามวิทยุ', 'ตามคำสั่ง')})")
CAUSE_END = re.compile(rf"(?<!ดัง)(?<!ดง)(?<!เท่า)(?<!เช่น)(?<!เหล่า){loose('นั้น')}(?=\s|$|,)")
DONE = re.compile(rf"{either('เสร็จเรียบร้อยแล้ว', 'เรียบร้อยแล้ว', 'เสร็จสิ้นแล้ว', 'แล้วเสร็จไปแล้ว', 'สิ้นสุดลงแล้ว')}")
BEFORE_NOW = re.compile(r"(?:^|(?<=\s))" + either("ที่ผ่านมา", "เมื่อปีที่แล้ว", "ในรอบที่ผ่านมา"))
TURN = re.compile(either("แต่เนื่องจาก", "แต่ใน", "สำหรับปีนี้", "จึง", "ในการนี้", "บัดนี้") + r"|\n\s*\n")
NOW = re.compile(rf"{loose('บัดนี้')}")
OWN_WISH = re.compile(either("จึงขอให้", "จึงให้", "จึงขอความร่วมมือ", "จึงขอความอนุเคราะห์", "ในการนี้ ขอให้"))
WISH = re.compile(
    either(
        "ขอให้",
        "ขอความร่วมมือ",
        "ขอความอนุเคราะห์",
        "จึงขอ",
        "ให้ดำเนินการ",
        "ให้จัดส่ง",
        "ให้รายงาน",
        "ให้แจ้ง",
        "ขอแจ้ง",
        "ขอได้โปรด",
        "โปรด",
    )
)
QUOTED = re.compile(
    rf"(?:{either('ระเบียบ', 'พระราชบัญญัติ', 'กฎกระทรวง', 'ประมวลกฎหมาย', 'ประกาศ')}|ข้อ\s?\d+|มาตรา\s?\d+)[^\n]{{0,160}}"
    rf"{either('กำหนดให้', 'กำหนดว่า', 'บัญญัติว่า', 'บัญญัติให้', 'มีสิทธิ')}"
)
# What a moved deadline names anew: "จากเดิม … เป็นสิ้นสุดวันที่ …".
MOVED_TO = re.compile(
    rf"{either('เดิม', 'เลื่อน', 'ขยาย', 'เปลี่ยน')}[\s\S]{{0,140}}(?P<cue>{either('เป็น', 'ไปเป็น', 'ออกไปถึง')}\s*"
    rf"{either('สิ้นสุด', 'ภายใน', 'ถึง', 'วันสุดท้าย')}?\s*{ON})$"
)
REVOKED = re.compile(rf"{either('ยกเลิกกำหนด', 'ยกเลิกการส่ง', 'ยกเลิกกำหนดการ')}[^\n]{{0,60}}$")
PLANS = re.compile(rf"{loose('จะ')}(?![ก-๙]{{0,3}}แจ้ง)[^\n]{{0,90}}$")
TOLD = re.compile(rf"{either('ได้รับแจ้ง', 'แจ้งว่า', 'แจ้งตามหนังสือ')}")
WHILE = re.compile(
    rf"{either('ภายในระยะเวลา', 'ในช่วงเวลา', 'ตามระยะเวลา', 'ภายในห้วงเวลา', 'ในห้วงเวลา')}\s*{loose('ดังกล่าว')}"
)
PERIOD = re.compile(rf"{either('ตั้งแต่', 'ระหว่าง', 'ในระหว่าง', 'ในช่วง', 'ห้วง')}\s*{ON}$")
FAIRS = re.compile(either("จัดงาน", "งานมหกรรม", "เทศกาล", "จัดโครงการ", "จัดกิจกรรม", "มหกรรม", "นิทรรศการ"))
INSPECTS = re.compile(either("เข้าตรวจ", "ตรวจเยี่ยม", "ตรวจติดตาม", "ลงพื้นที่", "ตรวจประเมิน", "ออกตรวจ"))
FORMER = re.compile(rf"{either('จากเดิม', 'จากเดิมที่กำหนด', 'เดิมกำหนด', 'เดิม', 'แทนกำหนดเดิม')}[^\n]{{0,40}}$")
EFFECTIVE = re.compile(rf"{either('มีผลใช้บังคับ', 'มีผลตั้งแต่', 'ใช้บังคับตั้งแต่', 'ตั้งแต่')}[^\n]{{0,25}}$")
IN_FORCE = re.compile(rf"{either('มีผลใช้บังคับ', 'มีผล', 'ใช้บังคับ')}\s*{loose('ตั้งแต่')}\s*{ON}$")
HELD = re.compile(rf"(?:{either('จะจัด', 'กำหนดจัด', 'จัดขึ้น', 'จัดให้มี', 'มีขึ้น')}[^\n]{{0,60}})?(?:ใน|ระหว่าง)\s*{ON}$")
HAPPENED = re.compile(rf"{loose('เมื่อ')}\s*{ON}$")

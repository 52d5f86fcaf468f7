"""The phrases that make a date a deadline, or history: patterns over Arabic-digit text, matched loosely.

Each stands for phrases listed in DOMAIN section 3; the tests quote an example of every one.
"""

from __future__ import annotations

import re

from parsing.dates import MONTH
from parsing.loose import either, loose
from parsing.tables import table

ON = rf"(?:{loose('วัน')}\s?(?:ท[\u0e34-\u0e37]\u0e48?)?\s*)?"
CUES = either(
    *("ภายในกำหนด", "ภายใน", "อย่างช้าภายใน", "อย่างช้าไม่เกิน", "ไม่เกิน", "ไม่ช้ากว่า", "อย่างช้า"),
    *("ก่อนถึง", "ก่อน", "จนถึง", "ให้ทัน", "ด่วนภายใน"),
    spaced=True,
)
WITHIN = re.compile(
    rf"(?P<cue>{CUES})\s*(?:{loose('สิ้น')}\s*)?"
    rf"(?:เวลา\s*[\d.:]+\s*น\.?\s*(?:ของ)?\s*)?(?:ใน)?{ON}$"
)
BEFORE = re.compile(rf"\s*{loose('ก่อน')}")
NAMELY = re.compile(rf"{loose('ภายใน')}[^\d\n]{{3,50}}{loose('คือ')}\s*{ON}$")
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

DAYS_WORDS = "|".join(
    loose(row["form"], spaced=True) for row in sorted(table("numerals"), key=lambda row: -len(row["form"]))
)
RELATIVE = re.compile(
    rf"(?P<cue>{either('ภายในกำหนด', 'ภายใน', 'ไม่เกิน')})\s*(?:ระยะเวลา\s*|กำหนด\s*)?"
    rf"(?P<count>\d{{1,3}}|{DAYS_WORDS})\s*(?P<unit>วันทำการ|วัน|เดือน|สัปดาห์)?\s*"
    rf"{either('นับแต่', 'นับจาก', 'นับตั้งแต่', 'หลังจาก', 'นับถัดจาก', spaced=True)}\s*(?:วัน(?:ที่|ถัดจาก)?)?\s*"
    r"(?P<from>[^\n]{0,30}(?:\n[^\n]{0,20})?)"
)
RECURRING = (
    (
        "monthly-day",
        re.compile(rf"{loose('ทุกวันที่')}\s*(?P<day>\d{{1,2}})\s*{loose('ของ')}\s*(?:ทุก)?{loose('เดือน')}(?:ถัดไป)?"),
    ),
    (
        "monthly-day",
        re.compile(
            rf"(?:ภายใน|ก่อน)?\s*{loose('วันที่')}\s*(?P<day>\d{{1,2}})\s*{loose('ของ')}\s*(?:ทุก\s?{loose('เดือน')}|{loose('เดือน')}\s?(?:ถัดไป|ทุก\s?{loose('เดือน')}))(?:ถัดไป)?"
        ),
    ),
    (
        "month-end",
        re.compile(
            rf"(?:{loose('ภายใน')}\s*)?(?:{loose('ทุกสิ้นเดือน')}|{loose('ทุกวันสิ้นเดือน')}|{loose('สิ้นเดือนของทุกเดือน')})"
        ),
    ),
    (
        "yearly",
        re.compile(
            rf"{loose('ปีละ')}\s*\d\s*{loose('ครั้ง')}[^\n]{{0,10}}?\s*(?:{loose('ใน')})?(?P<months>(?:\s*(?:{loose('เดือน')})?\s*(?:และ)?\s*,?\s*{MONTH})+)(?:\s*{loose('ของทุกปี')})?"
        ),
    ),
    (
        "every",
        re.compile(
            rf"{loose('ทุก')}\s*(?:{loose('ระยะ')}|{loose('รอบ')})?\s*(?P<count>\d{{1,2}})\s*{loose('เดือน')}(?:\s*นับ[^\n]{{0,40}})?"
        ),
    ),
    ("weekly", re.compile(rf"{loose('ทุกวัน')}(?P<weekday>จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์)")),
    ("quarterly", re.compile(rf"{loose('ทุกไตรมาส')}|{loose('รายไตรมาส')}")),
    ("monthly", re.compile(rf"{loose('เป็นประจำทุกเดือน')}|{loose('เป็นรายเดือน')}")),
    ("daily", re.compile(rf"{loose('เป็นประจำทุกวัน')}|{loose('ทราบทุกวัน')}")),
)
URGENT = re.compile(f"(?P<cue>{either('โดยด่วนที่สุด', 'โดยด่วน', 'โดยเร็วที่สุด', 'โดยเร็ว', 'ในทันที', 'โดยทันที', 'ทราบทันที')})")
MONTHS_ONLY = re.compile(MONTH)

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

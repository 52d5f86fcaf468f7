"""Letters as text for the tests: invented, in the Regulation's layout."""

from __future__ import annotations

from letters import Line, Packet, Page, Source
from parsing import parse_packet

DEPARTMENT = """ที่ มท ๐๘๑๐.๗/ว ๔๕๖

กรมส่งเสริมการปกครองท้องถิ่น
ถนนนครราชสีมา เขตดุสิต กทม. ๑๐๓๐๐

๕ มิถุนายน ๒๕๖๖

เรื่อง การสำรวจถังขยะของสำนักงาน

เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด

อ้างถึง หนังสือกรมส่งเสริมการปกครองท้องถิ่น ด่วนที่สุด ที่ มท ๐๘๑๐.๗/ว ๑๒๓ ลงวันที่ ๙ มกราคม ๒๕๖๖

ตามหนังสือที่อ้างถึง ได้ขอให้รายงานจำนวนถังขยะให้แล้วเสร็จภายในวันที่ ๓๑ มกราคม ๒๕๖๖ นั้น

จึงขอให้แจ้งองค์กรปกครองส่วนท้องถิ่นนับถังขยะอีกครั้ง และส่งผลภายในวันศุกร์ที่ ๓๐ มิถุนายน ๒๕๖๖

จึงเรียนมาเพื่อโปรดพิจารณา

ขอแสดงความนับถือ

(นายทดสอบ ระบบดี)
รองอธิบดี ปฏิบัติราชการแทน
อธิบดีกรมส่งเสริมการปกครองท้องถิ่น

กองทดสอบ
โทร. ๐ ๒๐๐๐ ๐๐๐๐ ต่อ ๑๒
ไปรษณีย์อิเล็กทรอนิกส์ saraban@example.go.th
"""

PROVINCE = """ที่ กบ ๐๐๒๓.๓/ว ๒๒๒๒

ศาลากลางจังหวัดกระบี่
ถนนอุตรกิจ กบ ๘๑๐๐๐

๑๒ มิถุนายน ๒๕๖๖

เรื่อง การสำรวจถังขยะของสำนักงาน

เรียน นายอำเภอ ทุกอำเภอ นายกองค์การบริหารส่วนจังหวัดกระบี่ และนายกเทศมนตรีเมืองกระบี่

สิ่งที่ส่งมาด้วย สำเนาหนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ มท ๐๘๑๐.๗/ว ๔๕๖
ลงวันที่ ๕ มิถุนายน ๒๕๖๖ จำนวน ๑ ชุด

ด้วยกรมส่งเสริมการปกครองท้องถิ่นขอให้นับถังขยะ จึงขอให้ดำเนินการและรายงานจังหวัดภายในวันที่ ๒๖ มิถุนายน ๒๕๖๖

จึงเรียนมาเพื่อดำเนินการ

ขอแสดงความนับถือ

(นางสาวตัวอย่าง งานดี)
รองผู้ว่าราชการจังหวัด รักษาราชการแทน
ผู้ว่าราชการจังหวัดกระบี่

สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด
โทร. ๐-๗๕๐๐-๐๐๐๐
"""


def text_page(text: str, number: int = 1, source: Source = Source.TEXT) -> Page:
    """A page of bare text."""
    return Page(number, tuple(Line(line) for line in text.split("\n")), source)


def parsed(*pages: str) -> Packet:
    """A packet of text pages; one page has no page marks."""
    return parse_packet("test", [text_page(text, number) for number, text in enumerate(pages, 1)])


def body(sentence: str, date: str = "๕ มิถุนายน ๒๕๖๖") -> str:
    """A letter whose body is one sentence."""
    head = DEPARTMENT[: DEPARTMENT.index("อ้างถึง")].replace("๕ มิถุนายน ๒๕๖๖", date)
    return f"{head}{sentence}\n\n{DEPARTMENT[DEPARTMENT.index('จึงเรียนมา') :]}"

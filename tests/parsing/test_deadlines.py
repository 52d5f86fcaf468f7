"""What is due, and what only looks like it."""

import datetime as dt

import pytest
from dateutil.rrule import rrulestr

from letters import DeadlineKind
from tests.parsing.texts import body, parsed

DUE = [
    # the wish, kind, day named, days, rule, words
    ("จึงขอให้ส่งรายงานภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖", "date", "2023-06-20", None, None, "ภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖"),
    ("จึงขอให้แล้วเสร็จภายในวันศุกร์ที่ ๓๐ มิถุนายน ๒๕๖๖", "date", "2023-06-30", None, None, "ภายในวันศุกร์ที่ ๓๐ มิถุนายน ๒๕๖๖"),
    ("ขอให้ส่งก่อนวันที่ 20 มิถุนายน 2566", "date", "2023-06-20", None, None, "ก่อนวันที่ 20 มิถุนายน 2566"),
    ("ขอให้ดำเนินการภายในเดือนกรกฎาคม ๒๕๖๖", "date", "2023-07", None, None, "ภายในเดือนกรกฎาคม ๒๕๖๖"),
    ("ขอให้ส่งภายในสิ้นเดือนสิงหาคม ๒๕๖๖", "date", "2023-08", None, None, "ภายในสิ้นเดือนสิงหาคม ๒๕๖๖"),
    ("ขอให้เบิกจ่ายให้แล้วเสร็จภายในปีงบประมาณ พ.ศ. ๒๕๖๖", "date", "2023-09-30", None, None, "ภายในปีงบประมาณ พ.ศ. ๒๕๖๖"),
    ("ขอให้จัดส่งบัญชีให้อำเภอ ในวันที่ ๑๙ มิถุนายน ๒๕๖๖", "date", "2023-06-19", None, None, None),
    ("ขอให้ดำเนินการตั้งแต่บัดนี้จนถึงวันที่ ๓๐ มิถุนายน ๒๕๖๖", "date", "2023-06-30", None, None, None),
    ("ขอให้ส่งอย่างช้าไม่เกินวันที่ ๒๒ มิถุนายน", "date", "2023-06-22", None, None, None),
    ("ขอให้ส่งภายใน 17 ก.ค. 66", "date", "2023-07-17", None, None, "ภายใน 17 ก.ค. 66"),
    ("ขอให้รายงานภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือนี้", "relative", None, 7, None, None),
    ("ขอให้รายงานภายในสามสิบวันนับแต่วันที่ได้รับหนังสือ", "relative", None, 30, None, None),
    ("ขอให้รายงานภายใน ๗ นับแต่วันที่ได้รับหนังสือ", "relative", None, 7, None, None),
    ("ให้รายงานทุกวันที่ ๕ ของเดือน", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=5", None),
    ("ให้รายงานภายในวันที่ 15 ของทุกเดือน", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=15", None),
    ("ให้รายงานปีละ 2 ครั้ง ในเดือนมิถุนายนและพฤศจิกายน", "recurring", None, None, "FREQ=YEARLY;BYMONTH=6,11", None),
    ("ให้รายงานทุกระยะ 2 เดือน นับตั้งแต่เดือนตุลาคม", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=2", None),
    ("ขอให้ส่งภายในเวลาราชการของวันศุกร์ที่ ๒๓ มิถุนายน ๒๕๖๖", "date", "2023-06-23", None, None, None),
    ("ขอให้แล้วเสร็จภายในสิ้นเดือนนี้ (๓๐ มิถุนายน ๒๕๖๖)", "date", "2023-06-30", None, None, "ภายในสิ้นเดือนนี้ (๓๐ มิถุนายน ๒๕๖๖)"),
    ("ขอให้ส่งภายในเดือนมิถุนายน ๒๕๖๖ (๒๘ มิถุนายน)", "date", "2023-06-28", None, None, "ภายในเดือนมิถุนายน ๒๕๖๖ (๒๘ มิถุนายน)"),
    ("ขอให้แล้วเสร็จภายในสิ้นเดือนนี้", "date", "2023-06", None, None, "ภายในสิ้นเดือนนี้"),
    ("ขอให้แล้วเสร็จภายในเดือนหน้า", "date", "2023-07", None, None, None),
    ("ขอให้ตอบกลับภายในวันนี้", "date", "2023-06-05", None, None, None),
    ("ขอให้ตอบกลับภายในวันพรุ่งนี้", "date", "2023-06-06", None, None, None),
    ("ขอให้ตอบกลับภายในสัปดาห์นี้", "date", "2023-06-09", None, None, None),
    ("ขอให้เบิกจ่ายภายในปีงบประมาณนี้", "date", "2023-09-30", None, None, None),
    ("ขอให้รายงานภายในห้าวันทำการนับแต่ได้รับหนังสือ", "relative", None, 5, None, "ภายในห้าวันทำการนับแต่ได้รับหนังสือ"),
    ("ขอให้รายงานภายใน ๗ วัน", "relative", None, 7, None, "ภายใน ๗ วัน"),
    ("ขอให้ควบคุมโรคภายใน 24 ชั่วโมงหลังรับแจ้ง", "relative", None, 1, None, None),
    ("ขอให้ส่งภายใน ๒ สัปดาห์ นับจากวันที่ลงในหนังสือนี้ และรายงานผล", "relative", None, 14, None, None),
    ("ให้รายงานทุกสองเดือน", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=2", None),
    ("ให้รายงานทุก ๆ ๓ เดือน", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3", None),
    ("ให้รายงานทุก ๒ สัปดาห์", "recurring", None, None, "FREQ=WEEKLY;INTERVAL=2", None),
    ("ให้รายงานปีละสองครั้ง (มิถุนายนและธันวาคม)", "recurring", None, None, "FREQ=YEARLY;BYMONTH=6,12", None),
    ("ขอให้รายงานปีละ ๒ ครั้ง", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=6", None),
    ("ขอให้รายงานปีละครั้ง", "recurring", None, None, "FREQ=YEARLY", None),
    ("ให้รายงานภายในวันที่ ๓๑ ตุลาคม ของทุกปี", "recurring", None, None, "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=31", None),
    ("ให้รายงานทุกเดือน ภายในวันที่ ๕", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=5", None),
    ("ให้รายงานทุกสิ้นเดือน", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=-1", None),
    ("ให้รายงานทุกวันจันทร์และวันพฤหัสบดี", "recurring", None, None, "FREQ=WEEKLY;BYDAY=MO,TH", None),
    ("ให้รายงานทุกวันทำการ", "recurring", None, None, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", None),
    ("ให้รายงานทุกวันก่อนเวลา ๑๕.๐๐ น.", "recurring", None, None, "FREQ=DAILY", "ทุกวันก่อนเวลา ๑๕.๐๐ น."),
    ("ให้รายงานเป็นรายไตรมาส", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3", None),
    ("ขอให้รายงานโดยด่วน", "urgent", None, None, None, "โดยด่วน"),
    ("ขอให้แจ้งเหตุผล ด่วน", "urgent", None, None, None, "ด่วน"),
    ("ขอเชิญเข้าร่วมประชุม ในวันพุธที่ ๒๑ มิถุนายน ๒๕๖๖ เวลา ๐๙.๓๐ น.", "event", "2023-06-21", None, None, None),
]


@pytest.mark.parametrize(("wish", "kind", "date", "days", "rule", "words"), DUE)
def test_every_form_of_deadline(wish, kind, date, days, rule, words):
    deadlines = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0].deadlines
    assert len(deadlines) == 1
    found = deadlines[0]
    assert (found.kind, found.date.iso if found.date else None, found.days, found.rule) == (
        DeadlineKind(kind),
        date,
        days,
        rule,
    )
    assert words is None or found.text == words
    assert found.text.replace(" ", "") in found.evidence.text.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "ตามที่ได้ขอให้รายงานให้แล้วเสร็จภายในวันที่ ๓๑ พฤษภาคม ๒๕๖๖ นั้น",
        "ตามที่ได้ขอให้รายงานให้แล้วเสร็จภายในวันที่ ๓๑ กรกฎาคม ๒๕๖๖ และทุกแห่งได้ดำเนินการเสร็จเรียบร้อยแล้ว นั้น",
        "บัดนี้ จังหวัดได้ดำเนินการตามกำหนดภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖ เสร็จเรียบร้อยแล้ว",
        "ระเบียบนี้มีผลใช้บังคับตั้งแต่วันที่ ๑ กรกฎาคม ๒๕๖๖ เป็นต้นไป",
        "ด้วยกรมจะจัดงานวันท้องถิ่นไทย ในวันที่ ๑๘ กรกฎาคม ๒๕๖๖ จึงแจ้งมาเพื่อทราบ",
        "ด้วยระเบียบว่าด้วยการเบิกจ่ายกำหนดให้ส่งใช้เงินยืมภายใน ๓๐ วัน นับแต่วันที่ได้รับเงิน",
        "ด้วยพระราชบัญญัติว่าด้วยข้อมูลกำหนดให้หน่วยงานตอบภายใน ๑๕ วัน จึงแจ้งมาเพื่อทราบ",
        "ด้วยเกิดหมอกควัน จึงขอความร่วมมือเกษตรกรงดเผา จนถึงวันที่ ๓๐ กรกฎาคม ๒๕๖๖",
        "ด้วยกรมจะเริ่มจ่ายเงินตั้งแต่วันที่ ๑๐ กรกฎาคม ๒๕๖๖",
        "ด้วยเมื่อวันที่ ๓๐ พฤษภาคม ๒๕๖๖ ได้มีการประชุม จึงแจ้งมาเพื่อทราบ",
    ],
)
def test_history_rules_events_and_effect_are_no_deadlines(sentence):
    letter = parsed(body(sentence)).letters[0]
    assert letter.deadlines == ()


def test_a_moved_deadline_gives_the_new_day_only():
    letter = parsed(body("จึงขอขยายระยะเวลาจากเดิมภายในวันที่ ๑๕ มิถุนายน ๒๕๖๖ เป็นภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖")).letters[0]
    assert [deadline.date.iso for deadline in letter.deadlines] == ["2023-06-30"]
    assert "2023-06-15" in [fact.date.iso for fact in letter.dated_facts]


def test_several_deadlines_of_one_letter():
    wish = "จึงขอให้ดำเนินการ ดังนี้\n๑. ส่งรายชื่อภายในวันที่ ๑๒ มิถุนายน ๒๕๖๖\n๒. รายงานผลภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖"
    letter = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0]
    assert [deadline.date.iso for deadline in letter.deadlines] == ["2023-06-12", "2023-06-30"]
    assert [action.text for action in letter.actions] == [
        "ส่งรายชื่อภายในวันที่ ๑๒ มิถุนายน ๒๕๖๖",
        "รายงานผลภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖",
    ]


@pytest.mark.parametrize("misread", ["ภายไนวันที่ ๒๐ มิถุนายน ๒๕๖๖", "ก่ อนวันที่ ๒๐ มิถุนายน ๒๕๖๖", "กายในวันที ๒๐ มิถุนายน ๒๕๖๖"])
def test_a_misread_cue_still_binds(misread):
    letter = parsed(body(f"ด้วยมีงานต้องทำ จึงขอให้ส่งรายงาน{misread} ต่อไป")).letters[0]
    assert [deadline.date.iso for deadline in letter.deadlines] == ["2023-06-20"]


@pytest.mark.parametrize(
    ("wish", "starts", "working"),
    [
        ("ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือนี้", "receipt", False),
        ("ภายใน ๗ วันทำการ นับแต่วันที่รับทราบบันทึกนี้", "receipt", True),
        ("ภายใน ๔๕ วันนับจากวันที่ลงในหนังสือนี้", "letter", False),
        ("ภายใน ๑๔ วัน นับแต่วันที่ในหนังสือฉบับนี้", "letter", False),
        ("ภายในสามวันหลังจากปิดประกาศ", "publication", False),
        ("ภายใน ๗ วัน นับแต่วันที่ซ่อมแซมแล้วเสร็จ", "event", False),
        ("ภายใน ๒๐ วัน นับแต่วันที่เทศบาลรับรองข้อมูล", "event", False),
        ("ภายใน ๗ วัน", None, False),
    ],
)
def test_a_relative_deadline_names_what_it_counts_from(wish, starts, working):
    found = parsed(body(f"ด้วยมีงานต้องทำ จึงขอให้รายงาน{wish}")).letters[0].deadlines[0]
    assert (found.starts, found.working, found.text) == (starts, working, wish)


@pytest.mark.parametrize(
    ("wish", "first", "second"),
    [
        ("ทุกวันที่ ๕ ของเดือน", "2023-06-05", "2023-07-05"),
        ("ทุกสิ้นเดือน", "2023-06-30", "2023-07-31"),
        ("วันทำการสุดท้ายของทุกเดือน", "2023-06-30", "2023-07-31"),
        ("ทุกวันศุกร์", "2023-06-09", "2023-06-16"),
        ("ปีละ ๒ ครั้ง ในเดือนกันยายนและมีนาคม", "2023-09-05", "2024-03-05"),
        ("ภายในวันที่ ๓๑ ตุลาคม ของทุกปี", "2023-10-31", "2024-10-31"),
        ("ทุกระยะ ๒ เดือน", "2023-06-05", "2023-08-05"),
        ("ทุกวันที่ ๑ ของเดือน จนถึงเดือนกรกฎาคม ๒๕๖๖", "2023-07-01", None),
    ],
)
def test_rules_are_rfc_5545(wish, first, second):
    """The letter's date as DTSTART, the first two days on or after it."""
    found = parsed(body(f"ด้วยมีงานต้องทำ ให้รายงาน{wish}")).letters[0].deadlines[0]
    days = [day.date().isoformat() for day in rrulestr(found.rule, dtstart=dt.datetime(2023, 6, 5))[:2]]
    assert days == [day for day in (first, second) if day]


def test_a_rule_tells_from_when_it_runs():
    words = "ทุกระยะ 2 เดือน นับตั้งแต่เดือนกรกฎาคม 2566 เป็นต้นไป"
    found = parsed(body(f"ด้วยมีงานต้องทำ ให้รายงาน{words}")).letters[0].deadlines
    assert [(item.kind.value, item.opens.iso, item.text) for item in found] == [("recurring", "2023-07", words)]


@pytest.mark.parametrize(
    ("wish", "opens", "day", "time"),
    [
        ("ขอให้บันทึกข้อมูลระหว่างวันที่ ๑๒ – ๒๓ มิถุนายน ๒๕๖๖", "2023-06-12", "2023-06-23", None),
        ("ขอให้ส่งภายในวันที่ ๒๓ มิถุนายน ๒๕๖๖ เวลา ๑๖.๓๐ น.", None, "2023-06-23", "16:30"),
        ("ขอให้ส่งก่อนเวลา 16.30 น. ของวันที่ 23 มิถุนายน 2566", None, "2023-06-23", "16:30"),
    ],
)
def test_windows_and_hours(wish, opens, day, time):
    found = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0].deadlines[0]
    assert (found.opens.iso if found.opens else None, found.date.iso, found.time) == (opens, day, time)


BOUND = [
    # the wish, and for each deadline in the order of their days: who must act, what is to be done
    (
        "จึงขอให้จังหวัดแจ้งองค์กรปกครองส่วนท้องถิ่นตรวจสอบบัญชี ภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖ และส่งแบบสรุป ภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖",
        [("องค์กรปกครองส่วนท้องถิ่น", "ตรวจสอบบัญชี"), ("องค์กรปกครองส่วนท้องถิ่น", "ส่งแบบสรุป")],
    ),
    ("จึงขอให้ท่านนับถังขยะ ให้แล้วเสร็จภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖", [("ท่าน", "นับถังขยะ")]),
    (
        "จึงขอให้อำเภอรวบรวมรายงาน ภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖ และให้ผู้ตรวจสอบรับรองข้อมูล ภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖",
        [("อำเภอ", "รวบรวมรายงาน"), ("ผู้ตรวจสอบ", "รับรองข้อมูล")],
    ),
    (
        "จึงขอให้ดำเนินการ ดังนี้\n๑. ส่งรายชื่อภายในวันที่ ๑๒ มิถุนายน ๒๕๖๖\n๒. รายงานผลภายในวันที่ ๓๐ มิถุนายน ๒๕๖๖",
        [(None, "ส่งรายชื่อ"), (None, "รายงานผล")],
    ),
    ("ขอให้ภายในวันที่ ๒๐ มิถุนายน ๒๕๖๖ ส่งแบบสำรวจถังขยะ", [(None, "ส่งแบบสำรวจถังขยะ")]),
]


@pytest.mark.parametrize(("wish", "bound"), BOUND)
def test_a_deadline_is_bound_to_its_action_and_to_who_must_act(wish, bound):
    deadlines = parsed(body(f"ด้วยมีงานต้องทำ {wish}")).letters[0].deadlines
    assert [(item.recipient, item.action) for item in deadlines] == bound


@pytest.mark.parametrize(
    ("wish", "start", "due"),
    [
        ("ภายใน ๓ วัน นับแต่วันที่ได้รับหนังสือ", "2023-06-09", "2023-06-12"),
        ("ภายใน ๓ วันทำการ นับแต่วันที่ได้รับหนังสือ", "2023-06-09", "2023-06-14"),
        ("ก่อนวันประชุมไม่น้อยกว่า ๓ วัน", "2023-06-12", "2023-06-09"),
        ("ก่อนวันประชุมไม่น้อยกว่า ๓ วันทำการ", "2023-06-12", "2023-06-07"),
    ],
)
def test_a_period_is_counted_on_from_its_day_or_back_from_it(wish, start, due):
    """Friday 9 June and Monday 12 June 2023."""
    found = parsed(body(f"ด้วยมีงานต้องทำ จึงขอให้รายงาน{wish}")).letters[0].deadlines[0]
    assert found.due(dt.date.fromisoformat(start)) == dt.date.fromisoformat(due)


RADIO = """วิทยุสื่อสาร
ความเร่งด่วน ด่วน
ที่ กบ ๐๐๒๓.๓/ว ๑๒๓   วันที่ ๕ มิถุนายน ๒๕๖๖
จาก ผู้ว่าราชการจังหวัดกระบี่
ถึง นายอำเภอ ทุกอำเภอ
{}ด้วยกรมแจ้งว่าให้จังหวัดรายงานสถานการณ์ภายในวันที่ ๑๐ มิถุนายน ๒๕๖๖ เพราะฝนจะตกหนัก
จึงขอให้รายงานจังหวัดภายในวันที่ ๘ มิถุนายน ๒๕๖๖

(นายทดสอบ ระบบดี)
ผู้ว่าราชการจังหวัดกระบี่
"""


@pytest.mark.parametrize("label", ["ข้อความ  ", "ข้อความ : ", "ข้อควาน : ", "ขอดวาม  ", ""])
def test_the_label_of_a_message_hides_no_turn_however_it_was_read(label):
    letter = parsed(RADIO.format(label)).letters[0]
    assert [item.date.iso for item in letter.deadlines] == ["2023-06-08"]
    assert letter.body.cause.text.startswith("ด้วยกรมแจ้งว่า")

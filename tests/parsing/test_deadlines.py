"""What is due, and what only looks like it."""

import pytest

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
    ("ขอให้รายงานโดยด่วน", "urgent", None, None, None, "โดยด่วน"),
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

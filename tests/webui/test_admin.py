"""Jobs, the audit trail, and how values are shown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from archive import AuditEvent
from letters import LetterDate, Precision
from webui.auditasked import field_of, value_of
from webui.filters import percent, query, size, thai_date, thai_time


def test_a_waiting_job_is_cancelled_once(fresh) -> None:
    house = fresh()
    packet = house.take_in("new.txt", "ที่ พช 0118/1\n\nเรื่อง ทดลอง")
    clerk = house.visitor("clerk")
    (job,) = house.archive.jobs.list()
    for _ in range(2):
        assert clerk.post(f"/jobs/{job.id}/cancel").status_code == 302
    assert "ยกเลิก" in clerk.get(f"/packets/{packet}").text
    assert [event.action for event in house.archive.audit.list(f"job:{job.id}")] == ["job-cancelled"]
    assert clerk.post("/jobs/999/cancel").status_code == 404


def test_a_programs_fault_is_shown_to_the_administrator_only(fresh) -> None:
    house = fresh()
    house.take_in("new.txt", "ที่ พช 0118/1\n\nเรื่อง ทดลอง")
    job = house.archive.jobs.claim("worker", 60)
    house.archive.jobs.fail(job, "worker", "fault", "Traceback <inside>", retry=False)
    assert "Traceback &lt;inside&gt;" in house.visitor("admin").get("/jobs").text
    shown = house.visitor("clerk").get("/jobs?state=failed").text
    assert "Traceback" not in shown and f"เลขคิว {job.id}" in shown


def test_the_trail_is_shown_by_subject_and_page(world, signed_in) -> None:
    packet = world.archive.packets.list()[0].id
    text = signed_in("admin").get("/audit", query_string={"subject": f"packet:{packet}"}).text
    done = re.findall(r'<td data-label="การกระทำ">([^<]*)', text)
    assert "รับชุดหนังสือ" in done and "เพิ่มผู้ใช้" not in done


def test_a_long_trail_goes_on_on_the_next_page(fresh) -> None:
    house = fresh()
    for number in range(60):
        house.archive.audit.add("somebody", "exported", "letters", "count", None, f"No. {number}.")
    admin = house.visitor("admin")
    text = admin.get("/audit?subject=letters").text
    assert "No. 59." in text and "No. 9." not in text
    after = re.search(r'rel="next" href="(\?[^"]+)"', text)
    assert after and "No. 9." in admin.get("/audit" + after[1].replace("&amp;", "&")).text


@pytest.mark.parametrize(("value", "short", "shown"), [
    (dt.date(2023, 3, 24), True, "24 มี.ค. 2566"), (dt.date(2023, 3, 24), False, "24 มีนาคม 2566"),
    (LetterDate(2023, 3, precision=Precision.UNKNOWN_DAY), False, ".. มีนาคม 2566"),
    (LetterDate(2023, precision=Precision.YEAR), True, "2566"), (None, True, ""),
])
def test_dates_are_shown_in_the_buddhist_era(value, short: bool, shown: str) -> None:
    assert thai_date(value, short=short) == shown


@pytest.mark.parametrize(("value", "shown"), [
    (dt.datetime(2023, 12, 31, 18, 30, tzinfo=dt.UTC), "1 ม.ค. 2567 01:30"),
    (dt.datetime(2023, 6, 1, 0, 0), "1 มิ.ย. 2566 07:00"), (None, ""),
])
def test_instants_are_shown_in_thai_time(value, shown: str) -> None:
    assert thai_time(value) == shown


def test_small_values() -> None:
    assert [percent(value) for value in (1.0, 0.999, 0.5, 0)] == ["100%", "99%", "50%", "0%"]
    assert [size(value) for value in (10, 840_000, 5_000_000, 200 * 2**20, 33 * 2**30)] == [
        "1 KB", "820 KB", "4.8 MB", "200 MB", "33 GB"]
    assert query({"a": "ก&b", "b": "", "after": "1"}, after="2") == "?a=%E0%B8%81%26b&after=2"
    assert query({}) == "?"


@pytest.mark.parametrize(("action", "field", "value", "told"), [
    ("review-set", "page 2 number", "พช 0118/ว 1", ("หน้า 2 เลขที่", "พช 0118/ว 1")),
    ("review-accepted", "page 3 received_stamps[0]", "", ("หน้า 3 ตรารับ", "")),
    ("user-changed", "role", "clerk", ("หน้าที่", "เจ้าหน้าที่สารบรรณ")),
    ("user-changed", "office_code", "6670318", ("หน่วยงาน", "6670318")),
    ("task-state", "state", "in-progress", ("สถานะ", "กำลังดำเนินการ")),
    ("entry-submit", "state", "submitted", ("สถานะ", "ส่งตรวจแล้ว")),
    ("task-changed", "due", "2023-06-23", ("กำหนด", "23 มิ.ย. 2566")),
    ("field-changed", "review", '[{"field":"date","reason":"ไม่พบวัน"},{"field":"number","reason":"ลายมือ"}]',
     ("จุดรอตรวจ", "ไม่พบวัน · ลายมือ")),
    ("review-set", "page 1 received_stamps", "2023-06-16|1290|09:30|อำเภอหล่มสัก",
     ("หน้า 1 ตรารับ", "อำเภอหล่มสัก เลขรับ 1290 วันที่ 16 มิถุนายน 2566 เวลา 09.30 น.")),
    ("review-set", "page 1 kind", "memo", ("หน้า 1 ชนิดหนังสือ", "บันทึกข้อความ")),
    ("review-set", "page 3 starts", "letter", ("หน้า 3 ขอบเขตหนังสือ", "เริ่มฉบับใหม่ที่หน้านี้")),
    ("field-changed", "enclosures", '[{"text":"แบบสำรวจ","count":"1 ชุด"},{"text":"คู่มือ","count":null}]',
     ("สิ่งที่ส่งมาด้วย", "แบบสำรวจ 1 ชุด · คู่มือ")),
    ("field-changed", "signatory", '{"name":"นายธำรง","position":"นายอำเภอ","acting_kind":null,"acting_for":null}',
     ("ผู้ลงนาม", "นายธำรง นายอำเภอ")),
    ("field-changed", "deadlines", '[{"kind":"date","text":"ภายใน…', ("กำหนดเวลา", '[{"kind":"date","text":"ภายใน…')),
    ("webhook-changed", "events", "letter.registered", ("events", "letter.registered")),
])
def test_the_trail_tells_fields_and_values_in_words(world, action: str, field: str, value: str,
                                                    told: tuple[str, str]) -> None:
    event = AuditEvent(1, dt.datetime(2023, 6, 1, tzinfo=dt.UTC), "x", action, "task:1", field, None, value)
    with world.app.test_request_context():
        assert (field_of(event), value_of(event, event.after)) == told
        assert value_of(event, event.before) == ""
        entered = replace(event, action="register-entered", subject="register:1", field="received")
        assert field_of(entered) == "ทะเบียนหนังสือรับ"

"""What clerks type: every usual form is understood, what cannot be meant is told in plain Thai."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import (
    Deadline,
    DeadlineKind,
    Enclosure,
    LetterDate,
    LetterNumber,
    Precision,
    ReceivedStamp,
    Signatory,
)
from parsing.corrections import PARTS, parts_of, written
from webui.typed import CHOICES, LONGEST, Refused, prefilled, read_typed, untouched

TODAY = dt.date(2023, 6, 20)


@pytest.mark.parametrize(("field", "typed", "kept"), [
    ("number", "ที่ พช ๐๑๑๘/ว ๔๑๗", "พช 0118/ว 417"), ("number", "มท0806.2/ว1055", "มท 0806.2/ว 1055"),
    ("number", "12/2566", "12"), ("number", "  ", None), ("date", "๑๔ มิ.ย. ๒๕๖๖", "2023-06-14"),
    ("date", "14/6/66", "2023-06-14"), ("date", "มิถุนายน 2566", "2023-06"), ("date", "1 มิถุนายน 2023", "2023-06-01"),
    ("date", "", None), ("subject", " ก \n ข\t ค ", "ก ข ค"), ("recipients", "ก\r\n\r\nข ", "ก\nข"),
    ("urgency", "ด่วนที่สุด", "ด่วนที่สุด"), ("urgency", "", None), ("kind", "memo", "memo"),
])
def test_usual_forms_are_understood(field: str, typed: str, kept: str | None) -> None:
    assert read_typed(field, {"value": typed}, TODAY) == kept


@pytest.mark.parametrize(("field", "value", "date", "kept"), [
    ("references", "มท 0806.2/ว 18", "1 มิ.ย. 66", "2023-06-01|มท 0806.2/ว 18"),
    ("references", "ประกาศกรม เรื่อง หลักเกณฑ์", "", "|ประกาศกรม เรื่อง หลักเกณฑ์"),
    ("deadlines", "ภายในวันศุกร์", "23 มิถุนายน 2566", "2023-06-23|ภายในวันศุกร์"),
    ("deadlines", "โดยด่วน", "", "|โดยด่วน"),
    ("deadlines", "ก|ข", "", "|ก ข"),
])
def test_entries_of_lists(field: str, value: str, date: str, kept: str) -> None:
    assert read_typed(field, {"value": value, "date": date}, TODAY) == kept


@pytest.mark.parametrize(("field", "values", "kept"), [
    ("enclosures", {"value": "สำเนา | หนังสือ", "count": "๑ ชุด"}, "๑ ชุด|สำเนา หนังสือ"),
    ("received_stamps", {"value": "อำเภอหล่มสัก", "number": "๑๒๙๐ / ๖๖", "date": "16 มิ.ย. 66", "time": "๙.๓๐ น."},
     "2023-06-16|1290/66|09:30|อำเภอหล่มสัก"),
    ("received_stamps", {"number": "ล 12"}, "|ล 12||"),
    ("signatory", {"value": "นายธำรง  เกตุประดิษฐ์", "post": "นายอำเภอ"}, "นายธำรง เกตุประดิษฐ์|นายอำเภอ"),
    ("signatory", {"value": "", "post": " "}, None),
])
def test_fields_in_parts(field: str, values: dict[str, str], kept: str | None) -> None:
    assert read_typed(field, values, TODAY) == kept


@pytest.mark.parametrize(("field", "values", "told"), [
    ("received_stamps", {"value": "", "number": " "}, "ยังไม่ได้กรอก"),
    ("received_stamps", {"number": "เมื่อวาน"}, "ไม่ใช่เลขรับ"),
    ("received_stamps", {"number": "1", "time": "25.00"}, "ไม่ใช่เวลา"),
    ("received_stamps", {"number": "1", "date": "31 มิถุนายน 2566"}, "ไม่มีในปฏิทิน"),
    ("received_stamps", {"number": "1", "date": "16 มิถุนายน 2569"}, "ไม่น่าเป็นไปได้"),
    ("received_stamps", {"number": "1", "date": "21 มิถุนายน 2566"}, "ยังไม่ถึงวันที่รับ 21 มิถุนายน 2566"),
    ("received_stamps", {"number": "1" * 41}, "ไม่เกิน 40"),
    ("enclosures", {"value": "", "count": "1 ชุด"}, "ยังไม่ได้กรอก"),
    ("signatory", {"value": "", "post": "นายอำเภอ"}, "ยังไม่ได้กรอกชื่อผู้ลงนาม"),
    ("number", {"value": "9" * 10_000}, "10,000 ตัวอักษร"),
    ("number", {"value": "เมื่อวาน"}, "ไม่ใช่เลขที่หนังสือ"),
    ("date", {"value": "31 กุมภาพันธ์ 2566"}, "ไม่มีในปฏิทิน"),
    ("date", {"value": "31/2/2566"}, "ไม่มีในปฏิทิน"),
    ("date", {"value": "14 มิถุนายน 2656"}, "พ.ศ. 2656 ไม่น่าเป็นไปได้"),
    ("date", {"value": "14 มิถุนายน 9999"}, "ไม่น่าเป็นไปได้"),
    ("date", {"value": "2566"}, "อย่างน้อยเดือนและปี"),
    ("date", {"value": "๑" * 10_000}, "ยาวเกินไป"),
    ("deadlines", {"value": "ภายใน", "date": "32 มิถุนายน 2566"}, "ไม่มีในปฏิทิน"),
    ("deadlines", {"value": "", "date": " "}, "ยังไม่ได้กรอก"),
    ("references", {"value": "มท 0806.2 ว", "date": ""}, "ไม่ใช่เลขที่หนังสือ"),
    ("urgency", {"value": "ด่วนมากมาย"}, "ไม่มีในรายการ"),
    ("subject", {"value": "ก" * 1001}, "ไม่เกิน 1,000"),
])
def test_what_cannot_be_meant_is_told(field: str, values: dict[str, str], told: str) -> None:
    with pytest.raises(Refused) as refused:
        read_typed(field, values, TODAY)
    assert told in refused.value.subject
    assert len(refused.value.subject) < 250


@pytest.mark.parametrize(("field", "value"), [
    ("number", LetterNumber("พช", "0118", True, "417")), ("number", LetterNumber("พช", "0118", True, None)),
    ("date", LetterDate(2023, 6, 14)), ("date", LetterDate(2023, 6, precision=Precision.UNKNOWN_DAY)), ("date", None),
    ("subject", "ก  ข\nค"), ("recipients", ("ก", "ข")), ("urgency", None),
    ("deadlines", Deadline(DeadlineKind.RELATIVE, "ภายใน 7 วัน", days=7)),
    ("enclosures", Enclosure("แบบ", "1 ชุด")), ("signatory", Signatory("นายธำรง", "ปลัด", "รักษาราชการแทน", "นายอำเภอ")),
    ("received_stamps", ReceivedStamp("อบต.", "7/66", LetterDate(2023, 6, 16), "09:30")),
    ("deadlines", Deadline(DeadlineKind.DATE, "ภายในเดือนมีนาคม", LetterDate(2024, 3, precision=Precision.MONTH))),
])
def test_what_was_filled_in_and_left_so_is_accepted(field: str, value: object) -> None:
    before = written(value)
    sent = {name: text.replace("\n", "\r\n") for name, text in prefilled(field, before).items()}
    assert untouched(field, before, sent)
    assert not untouched(field, before, {**sent, "value": sent["value"] + "1"})


@given(st.sampled_from([*LONGEST, *CHOICES]), st.text(), st.text(max_size=80))
def test_anything_typed_is_kept_or_refused(field: str, value: str, part: str) -> None:
    try:
        kept = read_typed(field, {"value": value, "number": value, **dict.fromkeys(("date", "time", "count"), part)},
                          TODAY)
    except Refused:
        return
    assert kept is None or kept.strip()
    if kept and field in PARTS:
        assert "|".join(parts_of(field, kept)) == kept

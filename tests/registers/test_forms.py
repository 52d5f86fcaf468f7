"""The Regulation's forms as tables and workbooks, and what a letter as read puts into them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from letters import Letter, LetterDate, LetterNumber, Precision, Reading, Recipient, Signatory
from registers import (
    CLOSED,
    DESTRUCTION,
    FORMS,
    Book,
    Columns,
    Mark,
    Opinion,
    Row,
    State,
    columns_of,
    workbook,
)

ROW = Row(1, "D6703", Book.RECEIVED, 2023, 12, dt.date(2023, 6, 20), "09:05", State.ENTERED, Mark.NONE, "",
          Columns("พช 0118/ว 417", "2023-06-14", "อำเภอตัวอย่าง", "นายก", "เรื่องหนึ่ง", "กองคลัง", "สำเนา"), None, None, None,
          "", "", "", None, Opinion.NONE, 1, dt.datetime(2023, 6, 20, tzinfo=dt.UTC), "clerk")
KEPT = replace(ROW, book=Book.KEPT, received="12/2566", folder="ก 1", retention="ten", keep_until=2033)


@pytest.mark.parametrize(("form", "row", "headers", "cells"), [
    (FORMS[Book.RECEIVED], ROW,
     "เลขทะเบียนรับ วันที่รับ ที่ ลงวันที่ จาก ถึง เรื่อง การปฏิบัติ หมายเหตุ",
     [12, "20 มิ.ย. 2566 09.05 น.", "พช 0118/ว 417", "14 มิ.ย. 2566", "อำเภอตัวอย่าง", "นายก", "เรื่องหนึ่ง", "กองคลัง",
      "สำเนา"]),
    (FORMS[Book.KEPT], KEPT, "ลำดับที่ วันเก็บ เลขทะเบียนรับ ที่ เรื่อง รหัสแฟ้ม กำหนดเวลาเก็บ หมายเหตุ",
     [12, "20 มิ.ย. 2566 09.05 น.", "12/2566", "พช 0118/ว 417", "เรื่องหนึ่ง", "ก 1", "เก็บถึง พ.ศ. 2576", "สำเนา"]),
    (DESTRUCTION, replace(KEPT, opinion=Opinion.DESTROY),
     "รหัสแฟ้ม ที่ ลงวันที่ เลขทะเบียนรับ เรื่อง การพิจารณา หมายเหตุ",
     ["ก 1", "พช 0118/ว 417", "14 มิ.ย. 2566", "12/2566", "เรื่องหนึ่ง", "ทำลาย", "สำเนา"]),
])
def test_columns_of_the_forms(form, row: Row, headers: str, cells: list[object]) -> None:
    assert [column.header for column in form.columns] == headers.split()
    assert form.table([row]) == [cells]


@pytest.mark.parametrize(("change", "subject", "remark"), [
    ({"state": State.CANCELLED, "reason": "ลงซ้ำ"}, "เรื่องหนึ่ง", "สำเนา ยกเลิก: ลงซ้ำ"),
    ({"state": State.RESERVED, "reason": "เวร", "letter": Columns()}, "(จองเลขไว้)", "จองเลข: เวร"),
    ({"mark": Mark.LATE, "reason": "ไฟดับ"}, "เรื่องหนึ่ง", "สำเนา ลงย้อนหลัง: ไฟดับ"),
    ({"mark": Mark.RESERVED, "reason": "เวร"}, "เรื่องหนึ่ง", "สำเนา ใช้เลขจองของวันที่ 20 มิ.ย. 2566: เวร"),
    ({"closed": True, "letter": Columns(), "mark": Mark.LATE}, CLOSED, "ลงย้อนหลัง"),
])
def test_what_sets_a_row_apart_is_told(change: dict[str, object], subject: str, remark: str) -> None:
    line, = FORMS[Book.RECEIVED].table([replace(ROW, **change)])
    assert (line[6], line[8]) == (subject, remark)


def test_a_letter_of_which_little_could_be_read() -> None:
    assert columns_of(Letter(pages=(1,))) == Columns()
    letter = Letter(
        pages=(1,), number=Reading(LetterNumber("พช", "0118", True, "417")),
        date=Reading(LetterDate(2023, 6, precision=Precision.UNKNOWN_DAY)), subject=Reading("เรื่อง"),
        recipients=(Recipient("ก"), Recipient("ข")), signatory=Signatory("นาย ก", "ปลัด", "ปฏิบัติราชการแทน", "นายอำเภอ"))
    assert columns_of(letter) == Columns("พช 0118/ว 417", "2023-06", "นายอำเภอ", "ก, ข", "เรื่อง")
    assert FORMS[Book.RECEIVED].table([replace(ROW, letter=columns_of(letter))])[0][3] == "มิ.ย. 2566"


def test_a_workbook_that_prints_as_the_form() -> None:
    data = workbook(DESTRUCTION, [KEPT, KEPT], "อำเภอตัวอย่าง", "ประจำปี 2576", counted=True)
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    values = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert (values[0][0], values[1][0]) == ("บัญชีหนังสือขอทำลาย (แบบที่ 25)", "อำเภอตัวอย่าง  ประจำปี 2576")
    assert values[2][0] == "ลำดับที่" and [line[0] for line in values[3:]] == [1, 2]
    assert sheet.print_title_rows == "$3:$3" and sheet.page_setup.orientation == "landscape"

"""Entries out as CSV, XLSX and JSON, and in again with every fault named by its row."""

from __future__ import annotations

import datetime as dt
import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from records import Draft, builtin_forms, columns, from_rows, json_schema, to_rows
from records.sheet import BadSheet, read_csv, read_table, read_xlsx, write_csv, write_xlsx
from tests.records.made import FORMS, sample

OFFICES = ("6670116", "5670101")


def both(form, rows):
    rows = list(rows)
    return [read_table(write(columns(form), rows), "t") for write in (write_csv, write_xlsx)]


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.code)
def test_out_and_in_again(form):
    drafts = [Draft(office, 2564, sample(form), 0) for office in OFFICES]
    for rows in both(form, to_rows(form, drafts)):
        back, faults = from_rows(form, rows, OFFICES)
        assert faults == []
        assert [(one.office, one.fiscal_year, one.data) for one in back] == [
            (one.office, one.fiscal_year, one.data) for one in drafts]


def test_repeated_values_take_a_row_each():
    people = [{"name": f"คนที่ {place}", "position": "นิติกร", "phone": "0 2000 0000"} for place in (1, 2)]
    data = {"administrators": people}
    rows = list(to_rows(FORMS["INFO09"], [Draft("6670116", 2564, data, 0)]))
    assert [row["administrators.name"] for row in rows] == ["คนที่ 1", "คนที่ 2"]
    [draft], faults = from_rows(FORMS["INFO09"], rows, OFFICES)
    assert (draft.data, faults) == (data, [])


def test_cells_as_people_write_them():
    row = {"office": 6670116.0, "fiscal_year": "๒๕๖๔", "place": "ที่ทำการ", "head": "ปลัด", "phone": "0 2000 0000",
           "sign_installed": "ใช่", "sign_date": "24/3/2566", "photo": None}
    [draft], faults = from_rows(FORMS["HELP"], [row], OFFICES)
    assert faults == [] and draft.data["sign_date"] == "2023-03-24" and draft.data["sign_installed"] is True
    [draft], _ = from_rows(FORMS["HELP"], [{**row, "sign_date": dt.datetime(2023, 3, 24)}], OFFICES)
    assert draft.data["sign_date"] == "2023-03-24"
    money = {"office": "6670116", "fiscal_year": 2564, "own": "๑,๒๓๔.๕", "shared": 2, "grants": "0", "note": ""}
    [draft], _ = from_rows(FORMS["REVENUE"], [money], OFFICES)
    assert draft.data == {"own": 1234.5, "shared": 2.0, "grants": 0.0}


def test_every_fault_is_told_with_its_row_and_nothing_is_taken_in_half():
    good = {"office": "6670116", "fiscal_year": "2564", "website": "www.example.go.th"}
    rows = [good, {**good, "office": "1"}, {**good, "fiscal_year": "64"},
            {**good, "office": "5670101", "website": "เว็บ"},
            {**good, "office": "", "fiscal_year": "", "website": " "}]
    drafts, faults = from_rows(FORMS["INFO08"], rows, OFFICES)
    assert [draft.office for draft in drafts] == ["6670116"]
    assert [(fault.row, fault.column) for fault in faults] == [(3, "office"), (4, "fiscal_year"), (5, "website")]
    twice = [good, {**good, "fiscal_year": "2565", "website": "x"}]
    assert [fault.row for fault in from_rows(FORMS["INFO08"], twice, OFFICES)[1]] == [3]
    unread = {"office": "6670116", "fiscal_year": "2564", "own": "มาก", "shared": "1", "grants": "1", "note": ""}
    drafts, [fault] = from_rows(FORMS["REVENUE"], [unread], OFFICES)
    assert drafts == [] and (fault.row, fault.column) == (2, "own") and "ตัวเลข" in fault.message


def test_a_lacking_column_is_told_once():
    assert from_rows(FORMS["INFO08"], [{"office": "6670116", "fiscal_year": 2564}], OFFICES)[1][0].column == "website"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04 no book", b"\r\n1,2\r\n"])
def test_what_is_no_table_is_refused(data):
    with pytest.raises(BadSheet):
        read_table(data, "ไฟล์")


@given(st.lists(st.fixed_dictionaries({
    "ก": st.sampled_from(["", "'", "=", "''=", "-"]).flatmap(
        lambda head: st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).map(head.__add__))})))
def test_any_text_survives_csv_and_never_is_a_formula(rows):
    written = write_csv(["ก"], rows)
    assert [row["ก"] for row in read_csv(written)] == [row["ก"] for row in rows]
    assert not any(line.lstrip('"')[:1] in "=+@" for line in written.decode("utf-8-sig").splitlines()[1:] if line)


def test_a_formula_in_a_workbook_stays_text():
    book = load_workbook(io.BytesIO(write_xlsx(["ก"], [{"ก": "=1+1"}], explained=[("ก", "คำอธิบาย")])))
    assert book.worksheets[0]["A2"].data_type == "s" and book.worksheets[0]["A2"].value == "=1+1"
    assert book.worksheets[1]["B1"].value == "คำอธิบาย"
    assert read_xlsx(write_xlsx(["ก"], [{"ก": "=1+1"}]))[0]["ก"] == "=1+1"


def test_the_schema_says_what_the_export_holds():
    schema = json_schema(FORMS["MISSION2"])
    item = schema["properties"]["missions"]["items"]
    assert (schema["required"], item["required"]) == (["missions"], ["mission", "source_agency", "state"])
    assert set(item["properties"]["state"]["enum"]) == {"complete", "changed", "cancelled"}
    assert msgspec.json.decode(msgspec.json.encode(schema)) == schema

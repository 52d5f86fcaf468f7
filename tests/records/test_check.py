"""What fits a field and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records import Field, FieldType, Form, check_data
from records.form import Choice, Label, Repeat
from tests.records.made import FORMS, sample

LABEL = Label("ช่อง", "field")


def form_of(*fields: Field) -> Form:
    return Form("TEST", 1, LABEL, "เมนู", "มท 0999/ว 1", fields)


@pytest.mark.parametrize(("kind", "good", "bad"), [
    (FieldType.INTEGER, [0, 12], [-1, 1.5, "1", True]),
    (FieldType.MONEY, [0, 12.25, 3], [-0.5, "1"]),
    (FieldType.DATE, ["2023-03-24"], ["24/3/2566", "2023-02-30", 5]),
    (FieldType.PHONE, ["0 2000 0000", "02-000-0000 ต่อ 1107", "0812345678"], ["12", "โทร 02", "081234567890"]),
    (FieldType.URL, ["www.example.go.th", "https://example.go.th/a?b=1"], ["เว็บไซต์", "javascript:alert(1)", "a b.th"]),
    (FieldType.EMAIL, ["saraban@example.go.th"], ["saraban", "@example.go.th"]),
    (FieldType.YES_NO, [True, False], ["yes", 1]),
    (FieldType.FILE, ["0" * 64], ["../secret", "0" * 63]),
    (FieldType.TEXT, ["ก", "x" * 4000], [5, "x" * 4001]),
])
def test_values(kind, good, bad):
    form = form_of(Field("one", kind, LABEL))
    assert [value for value in good if check_data(form, {"one": value})] == []
    assert [value for value in bad if not check_data(form, {"one": value})] == []


def test_a_choice_is_one_of_its_values():
    form = form_of(Field("one", FieldType.CHOICE, LABEL, choices=(Choice("a", Label("ก", "a")),)))
    assert check_data(form, {"one": "a"}) == ()
    [fault] = check_data(form, {"one": "b"})
    assert "a (ก)" in fault.message


def test_a_pattern_must_fit_the_whole_text_and_its_help_is_what_is_told():
    form = form_of(Field("code", FieldType.TEXT, LABEL, pattern=r"\d{5}", help="รหัสไปรษณีย์ 5 หลัก"))
    assert check_data(form, {"code": "36000"}) == ()
    assert [fault.message for fault in check_data(form, {"code": "360001"})] == ["ช่อง: รหัสไปรษณีย์ 5 หลัก"]


def test_required_repeated_and_unknown_fields():
    form = form_of(Field("many", FieldType.TEXT, LABEL, required=True, repeat=Repeat(2, 3)))
    assert [fault.path for fault in check_data(form, {})] == ["many"]
    assert [fault.path for fault in check_data(form, {"many": ["a"]})] == ["many"]
    assert check_data(form, {"many": ["a"]}, whole=False) == ()
    assert check_data(form, {"many": ["a", "b"]}) == ()
    assert [fault.path for fault in check_data(form, {"many": list("abcd")}, whole=False)] == ["many"]
    assert [fault.path for fault in check_data(form, {"many": "ab"})] == ["many"]
    assert [fault.path for fault in check_data(form, {"many": ["a", "b"], "more": 1})] == ["more"]


def test_info09_takes_two_administrators_with_name_position_and_phone():
    form, data = FORMS["INFO09"], sample(FORMS["INFO09"])
    data["administrators"] = data["administrators"] * 2
    assert check_data(form, data) == ()
    assert check_data(form, {"administrators": data["administrators"] * 2})[0].path == "administrators"
    del data["administrators"][1]["phone"]
    assert {fault.path for fault in check_data(form, data)} == {"administrators[1].phone", "administrators[2].phone"}


@given(st.dictionaries(st.text(max_size=5), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8), max_size=4),
    st.sampled_from(sorted(FORMS)))
def test_any_data_is_judged_without_a_crash(data, code):
    form = FORMS[code]
    keyed = {**data, form.fields[0].key: next(iter(data.values()), None)}
    assert all(fault.message for fault in check_data(form, keyed))

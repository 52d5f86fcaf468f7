"""Forms are data: the built-in ones, one added as a file, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from records import BadForm, RecordedBy, all_forms, builtin_forms, check_data, columns, json_schema, read_form
from tests.records.made import FORMS, sample

NEW_MENU = """
code = "FLOOD"
version = 1
title = { th = "ข้อมูลจุดเสี่ยงอุทกภัย", en = "Flood risk places" }
menu = "เมนู ข้อมูลจุดเสี่ยงอุทกภัย"
source = "มท 0999.9/ว 1 ลงวันที่ 2 มกราคม 2568"
aliases = ["จุดเสี่ยงอุทกภัย"]

[[fields]]
key = "places"
type = "group"
label = { th = "จุดเสี่ยง", en = "Places" }
required = true
repeat = { min = 1, max = 20 }

[[fields.fields]]
key = "village"
type = "integer"
label = { th = "หมู่ที่", en = "Village" }
required = true

[[fields.fields]]
key = "level"
type = "choice"
label = { th = "ระดับ", en = "Level" }
choices = [
  { value = "high", label = { th = "สูง", en = "high" } },
  { value = "low", label = { th = "ต่ำ", en = "low" } },
]
"""


def test_the_menus_of_the_letters_are_there():
    forms = all_forms()
    assert [form.domain for form in forms.assessed] == list(range(1, 9))
    assert {form.code for form in forms} == {
        *(f"D{number}" for number in range(1, 9)), "INFO08", "INFO09", "HELP", "JOINT", "MISSION2", "TOURISM",
        "REVENUE", "BUDGET"}
    assert [form.code for form in forms if form.recorded_by is RecordedBy.PROVINCE] == ["JOINT"]
    assert forms.get("INFO09").fields[0].repeat.max == 2
    assert [choice.value for choice in forms.get("MISSION2").fields[0].fields[2].choices] == [
        "complete", "changed", "cancelled"]


@pytest.mark.parametrize("form", builtin_forms(), ids=lambda form: form.code)
def test_every_builtin_form_can_be_filled_in(form):
    assert form.title.th and form.title.en and form.source and (form.aliases or form.groups)
    assert check_data(form, sample(form)) == ()
    assert check_data(form, {}) != () and check_data(form, {}, whole=False) == ()
    assert json_schema(form)["properties"].keys() == {field.key for field in form.fields}
    assert len(columns(form)) == len(set(columns(form)))


def test_a_new_menu_is_one_new_file(tmp_path: Path):
    (tmp_path / "flood.toml").write_text(NEW_MENU, encoding="utf-8")
    forms = all_forms(tmp_path)
    assert len(forms) == len(builtin_forms()) + 1
    added = forms.get("FLOOD")
    assert check_data(added, sample(added)) == ()
    assert [fault.path for fault in check_data(added, {"places": [{"village": -1, "level": "x"}]})] == [
        "places[1].village", "places[1].level"]


def test_a_file_may_bring_a_newer_version_of_a_builtin_form(tmp_path: Path):
    newer = NEW_MENU.replace('"FLOOD"', '"INFO08"').replace("version = 1", "version = 2")
    (tmp_path / "website.toml").write_text(newer, encoding="utf-8")
    assert all_forms(tmp_path).get("INFO08").version == 2
    assert all_forms().get("INFO08") == FORMS["INFO08"]


def test_two_files_with_one_code_are_refused(tmp_path: Path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(NEW_MENU, encoding="utf-8")
    with pytest.raises(BadForm, match="FLOOD"):
        all_forms(tmp_path)


@pytest.mark.parametrize(("before", "after", "told"), [
    ('code = "FLOOD"', "", "code"),
    ('code = "FLOOD"', 'code = "น้ำท่วม"', "code"),
    ("version = 1", "version = 0", "version"),
    ('type = "integer"', 'type = "number"', "number"),
    ('key = "level"', 'key = "village"', "twice"),
    ('key = "village"', 'key = "Village"', "Village"),
    ('aliases = ["จุดเสี่ยงอุทกภัย"]', "needed = true", "needed"),
    ('type = "choice"', 'type = "text"', "choices"),
    ('type = "integer"', 'type = "text"\npattern = "("', "pattern"),
    ('aliases = ["จุดเสี่ยงอุทกภัย"]', "assessed = true", "domain"),
    ('menu = ', 'menu = = ', "Invalid"),
])
def test_a_wrong_file_is_refused_with_its_place(before, after, told):
    assert before in NEW_MENU
    with pytest.raises(BadForm, match=told):
        read_form(NEW_MENU.replace(before, after, 1), "flood.toml")

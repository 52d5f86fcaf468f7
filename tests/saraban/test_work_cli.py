"""The verbs on tasks, records and the registry, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from archive import Archive, Role
from records.sheet import read_table, write_csv
from tasks import builtin_offices
from tests.archive.made import task

Run = Callable[..., Result]
LAO = "6670116"


@pytest.fixture
def work(run: Run, home: Path) -> Run:
    with Archive.create(home) as archive:
        archive.offices.save(builtin_offices())
        archive.tasks.save([task("a", LAO), task("b", "6670108")])
        archive.users.add("malee", "correct horse battery", Role.RECORDER, LAO)
        archive.users.add("somsri", "correct horse battery", Role.CHECKER, LAO)
    return run


def test_tasks_in_every_format(work: Run, tmp_path: Path) -> None:
    assert "1 จาก 1 งาน" in work("tasks", "--lao", LAO).output
    assert [row["id"] for row in json.loads(work("tasks", "--lao", LAO, "--format", "json").output)] == ["a"]
    assert "1 จาก 2 งาน" in work("tasks", "--province", "เพชรบูรณ์", "--limit", "1").output
    assert "2 จาก 2 งาน" in work("tasks", "--district", "เมืองเพชรบูรณ์").output
    for narrowed in (("--assignee", "มาลี"), ("--form", "INFO08"), ("--district", "หล่มสัก")):
        assert "0 จาก 0 งาน" in work("tasks", *narrowed).output
    for kind in ("csv", "xlsx"):
        out = tmp_path / f"tasks.{kind}"
        assert work("tasks", "--format", kind, "--out", out).exit_code == 0
        assert [row["id"] for row in read_table(out.read_bytes(), out.name)] == ["a", "b"]
    written = work("tasks", "--lao", LAO, "--format", "ics").stdout_bytes
    assert str(Calendar.from_ical(written)["x-wr-calname"]).startswith("งาน องค์การบริหารส่วนตำบล")
    assert "รวม" in work("progress", "--province", "เพชรบูรณ์").output


def test_the_registry_is_asked_by_a_misread_name(work: Run) -> None:
    found = work("registry", "find", "คงพลเหล็ก", "--province", "เพชรบูรณ์", "--district", "เมืองเพชรบูรณ์")
    assert "✓ 6670108  องค์การบริหารส่วนตำบลดงมูลเหล็ก" in found.output and "ความเหมือน 0.7" in found.output
    typed = work("registry", "find", "อบต.คงพลเหล็ก", "--province", "เพชรบูรณ์", "--district", "เมืองเพชรบูรณ์")
    assert "✓ 6670108" in typed.output
    both = work("registry", "find", "ลำภูรา", "--province", "ตรัง").output
    assert "✓" not in both and "5920602" in both and "6920605" in both
    assert "✓ 5920602" in work("registry", "find", "เทศบาลตำบลลำภูรา", "--province", "ตรัง").output
    assert work("registry", "find", "ไม่มีจริง").exit_code != 0
    assert "added" in work("registry", "history", LAO).output


def test_a_calendar_address_and_a_mail_address(work: Run, home: Path) -> None:
    address = work("registry", "feed", LAO).output.strip()
    assert address.startswith("http://") and address.endswith(".ics")
    assert "1 รายการ" in work("registry", "feed", LAO, "--revoke").output
    assert work("registry", "mail", LAO, "saraban@lao.example.go.th").exit_code == 0
    assert work("registry", "mail", LAO, "saraban").exit_code != 0
    assert "SARABAN_SMTP_HOST" in work("remind").output


def test_records_come_in_from_a_table_and_go_out_again(work: Run, tmp_path: Path) -> None:
    table = tmp_path / "websites.csv"
    rows = [{"office": LAO, "fiscal_year": 2564, "website": "www.example.go.th"}]
    table.write_bytes(write_csv(["office", "fiscal_year", "website"], rows))
    dry = work("records", "import", "INFO08", table, "--as", "malee", "--dry-run")
    assert dry.exit_code == 0 and "ยังไม่ได้บันทึก" in dry.output
    assert work("records", "list").output == ""
    refused = work("records", "import", "INFO08", table, "--as", "somsri")
    assert refused.exit_code == 65 and "แถว 2 office" in refused.output
    assert work("records", "import", "INFO08", table, "--as", "malee").exit_code == 0
    [entry] = json.loads(work("records", "list", "--lao", LAO, "--json").output)
    assert (entry["state"], entry["data"]) == ("draft", {"website": "www.example.go.th"})
    exported = json.loads(work("records", "export", "INFO08").output)
    assert exported["schema"]["required"] == ["website"] and exported["entries"] == [entry]
    out = tmp_path / "out.xlsx"
    assert work("records", "export", "INFO08", "--format", "xlsx", "--out", out).exit_code == 0
    assert read_table(out.read_bytes(), "out")[0]["website"] == "www.example.go.th"
    assert "submitted" in work("records", "step", entry["id"], "submit", "--as", "malee").output
    assert work("records", "step", entry["id"], "certify", "--as", "somsri").exit_code != 0


def test_a_row_that_is_wrong_is_named_and_nothing_is_taken(work: Run, tmp_path: Path) -> None:
    table = tmp_path / "websites.csv"
    table.write_bytes(write_csv(["office", "fiscal_year", "website"], [
        {"office": LAO, "fiscal_year": 2564, "website": "www.example.go.th"},
        {"office": LAO, "fiscal_year": 2565, "website": "เว็บ"}]))
    done = work("records", "import", "INFO08", table, "--as", "malee")
    assert done.exit_code == 65 and "แถว 3 website" in done.output
    assert work("records", "list").output == ""


def test_the_indicator_the_year_and_the_forms(work: Run) -> None:
    [line] = json.loads(work("records", "lpa", "--lao", LAO, "--year", 2564, "--format", "json").output)
    assert (line["points"], line["next"]) == (0, 1)
    assert work("records", "lpa").exit_code != 0
    assert "ยังไม่เคยรับรอง" in work("records", "year", LAO, "INFO08").output
    assert "INFO09" in work("records", "forms").output
    assert json.loads(work("records", "schema", "INFO09").output)["required"] == ["administrators"]


def test_a_new_menu_is_one_file_in_the_home(work: Run, home: Path) -> None:
    folder = home / "forms"
    folder.mkdir()
    (folder / "flood.toml").write_text("""
code = "FLOOD"
version = 1
title = { th = "ข้อมูลจุดเสี่ยงอุทกภัย", en = "Flood" }
menu = "เมนู"
source = "มท 0999/ว 1"
[[fields]]
key = "places"
type = "integer"
label = { th = "จำนวน", en = "Number" }
""", encoding="utf-8")
    assert "FLOOD" in work("records", "forms").output
    (folder / "bad.toml").write_text("code = 1", encoding="utf-8")
    assert work("records", "forms").exit_code == 1

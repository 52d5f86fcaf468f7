"""The verbs on registers, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from archive import Archive
from records.sheet import read_table
from tasks import builtin_offices
from tests.archive.made import letter, packet

Run = Callable[..., Result]
OFFICE = "D6703"


@pytest.fixture
def desk(run: Run, home: Path) -> Run:
    with Archive.create(home) as archive:
        archive.offices.save(builtin_offices())
        row, _ = archive.packets.receive("scan.txt", "ข้อความ".encode(), "clerk")
        archive.packets.save_parse(row.id, packet(letter(subject="เรื่องของแฟ้ม")))
    return run


def test_a_letter_is_registered_filed_and_shown(desk: Run, tmp_path: Path) -> None:
    made = json.loads(desk("register", "enter", "--office", OFFICE, "--packet", "scan", "--json").output)
    assert (made["number"], made["letter_number"], made["subject"]) == (1, "มท 0810.7/ว 908", "เรื่องของแฟ้ม")
    assert made["recipient"] == "อำเภอหล่มสัก"
    again = desk("register", "enter", "--office", OFFICE, "--packet", "scan")
    assert again.exit_code != 0
    assert "2/" in desk("register", "reserve", "--office", OFFICE, "--reason", "เวร").output
    assert "[cancelled]" in desk("register", "cancel", "2", "--reason", "ไม่ใช้").output
    assert "ทะเบียนหนังสือเก็บ 1/" in desk("register", "keep", str(made["id"]), "--retention", "one").output
    year = made["year"] + 543
    shown = desk("register", "show", "--office", OFFICE, "--year", str(year)).output
    assert "เรื่องของแฟ้ม" in shown and "ยกเลิก: ไม่ใช้" in shown
    assert "เรื่องของแฟ้ม" in desk("register", "due", "--office", OFFICE, "--year", str(year + 1)).output
    assert "เรื่องของแฟ้ม" not in desk("register", "due", "--office", OFFICE, "--year", str(year)).output
    out = tmp_path / "book.csv"
    assert desk("register", "show", "--office", OFFICE, "--format", "csv", "--out", out).exit_code == 0
    assert [row["เลขทะเบียนรับ"] for row in read_table(out.read_bytes(), out.name)] == ["1", "2"]


def test_a_letter_that_goes_out(desk: Run) -> None:
    said = desk("register", "enter", "--office", OFFICE, "--book", "circular", "--number", "พช 0118", "--subject",
                "แจ้ง", "--first", "40").output
    assert "พช 0118/ว 40" in said


@pytest.mark.parametrize("typed", [
    ["enter", "--office", OFFICE, "--packet", "nothing"], ["enter", "--office", "D9999", "--subject", "x"],
    ["enter", "--office", OFFICE], ["cancel", "99", "--reason", "x"], ["stamp", "99", "--out", "x.pdf"],
    ["enter", "--office", OFFICE, "--subject", "x", "--day", "2020-01-01"]])
def test_what_cannot_be_done_ends_with_a_code(desk: Run, typed: list[str]) -> None:
    assert desk("register", *typed).exit_code != 0

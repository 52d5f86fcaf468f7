"""Addressees and signatures of many offices (``cases/people.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.parsing.texts import DEPARTMENT, parsed

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "people.toml").read_text(encoding="utf-8")
)
ADDRESSED = "เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด"
SIGNED = "(นายทดสอบ ระบบดี)\nรองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมส่งเสริมการปกครองท้องถิ่น"


def plain(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("case", CASES["address"], ids=lambda case: case["text"][:40])
def test_each_addressee_is_an_entry(case: dict[str, Any]) -> None:
    letter = parsed(DEPARTMENT.replace(ADDRESSED, case["text"])).letters[0]
    assert [plain(one.name) for one in letter.recipients] == [plain(name) for name in case["recipients"]]


@pytest.mark.parametrize("case", CASES["signature"], ids=lambda case: case["text"][:40])
def test_who_signed(case: dict[str, Any]) -> None:
    found = parsed(DEPARTMENT.replace(SIGNED, case["text"])).letters[0].signatory
    assert found is not None
    read = (found.name, found.position, found.acting_kind, found.acting_for)
    assert [plain(part) for part in read] == [plain(part) for part in case["signed"]]


def test_a_tail_goes_only_to_groups_it_fits() -> None:
    letter = parsed(DEPARTMENT.replace(ADDRESSED, "เรียน สมาชิกสภาเทศบาล และหัวหน้าสำนักปลัด ทุกอำเภอ")).letters[0]
    assert letter.recipients[0].name == "สมาชิกสภาเทศบาล"

"""Every reason has its English."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from letters import Doubt, Repair, Rival
from parsing import parse_packet
from parsing.reasons import in_english
from parsing.tables import table
from tests.parsing.test_samples import PACKETS, printed, read

ROWS = table("reasons")
QUOTED = re.compile(r"“[^”]*”")


@pytest.mark.parametrize("row", ROWS, ids=[row["thai"] for row in ROWS])
def test_a_pattern_knows_its_example(row: dict[str, str]) -> None:
    told = in_english(row["example"])
    first = re.escape(row["english"]).replace(r"\{\}", ".+").replace(r"\{reason\}", ".+").replace(r"\{signs\}", ".+")
    assert re.fullmatch(first, told)
    assert "{" not in told


@pytest.mark.parametrize(("thai", "english"), [
    ("วันที่ของหนังสืออาจเป็น 7 ก.ค. 2555 หรือ 1 ก.ค. 2555 (เขียนด้วยลายมือ อาจอ่านได้อีกแบบ)",
     "the date may be 7 Jul 2012 or 1 Jul 2012 (written by hand; it may read otherwise)"),
    ("แก้จาก “พ.ค. 2566” เป็น “ก.ค. 2566”: หนังสือที่ถูกอ้างต้องไม่ใหม่กว่าหนังสือที่อ้าง – หนังสือ ชย 0023/1 อ้างไว้ว่า ว 2",
     "mended from “May 2023” to “Jul 2023”: a cited letter cannot be younger than the one that cites it – "
     "the letter ชย 0023/1 cites it as ว 2"),
    ("เหตุที่ไม่มีในตาราง", "เหตุที่ไม่มีในตาราง"),
])
def test_slots(thai: str, english: str) -> None:
    assert in_english(thai) == english


def _reasons(value: object) -> Iterator[str]:
    if isinstance(value, Doubt | Repair | Rival):
        yield value.reason
    if dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from _reasons(getattr(value, one.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _reasons(item)


def test_reasons_of_the_samples_are_known() -> None:
    letters = [letter for path in PACKETS
               for letter in parse_packet(path.stem, printed(read(path))).letters]
    said = {reason for letter in letters for reason in _reasons(letter)}
    assert len(said) > 10
    assert {reason for reason in said if in_english(reason) == reason} == set()

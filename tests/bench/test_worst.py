"""The worst pages: what counts as wrong on a page, and their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.material import Sample
from bench.worst import Fault, faults, printed_on, report, worst
from letters import Ink, Line, Page, Source, Word

PRINTED = "ที่ ชม ๐๐๒๓.๓/ว\nเรื่อง การบันทึกข้อมูลในระบบ\nภายในวันที่ ๕ มีนาคม ๒๕๖๗"


@pytest.mark.parametrize(("read", "wrong"), [
    (PRINTED, []),
    (PRINTED.replace("๒๕๖๗", "๒๕๖๓"), [("ภายในวันที่ ๕ มีนาคม ๒๕๖๗", 1)]),
    (PRINTED.replace("เรื่อง การบันทึกข้อมูลในระบบ\n", ""), [("เรื่อง การบันทึกข้อมูลในระบบ", 25)]),
    (PRINTED + "\n- ดำเนินการ", [("", 11)]),
    (PRINTED + "\n/ขอให้...\n- ๒ -", []),
])
def test_faults_of_a_page(read: str, wrong: list[tuple[str, int]]) -> None:
    found = list(faults(PRINTED, read))
    assert [fault.printed for fault in found] == [line for line, _ in wrong]
    assert all(fault.wrong == pytest.approx(count, abs=5) for fault, (_, count) in zip(found, wrong, strict=True))


def test_the_worst_page_comes_first_and_is_told_line_by_line() -> None:
    rows = [{"page": 1, "text": PRINTED}, {"page": 2, "text": PRINTED}]
    sample = Sample(Path("j01.pdf"), {"page_text": rows})
    first, second = worst([sample], {("j01", 1): PRINTED, ("j01", 2): PRINTED.replace("มีนาคม", "มีนาดม")})
    assert (first.page, second.page, second.share) == (2, 1, 0.0)
    assert first.faults == (Fault("ภายในวันที่ ๕ มีนาคม ๒๕๖๗", "ภายในวันที่๕มีนาดม๒๕๖๗", 1),)
    told = "\n".join(report([first]))
    assert "1. j01, page 2: 1.6 %" in told
    assert "? ภายในวันที่๕มีนาดม๒๕๖๗" in told


def test_entries_by_hand_and_stamps_are_not_printed() -> None:
    words = (Word("วันที่", 1.0), Word("๓", 0.9, ink=Ink.HAND), Word("มีนาคม", 1.0))
    stamp = Line("รับที่ 12", (Word("รับที่", 1.0),), ink=Ink.STAMP)
    page = Page(1, (Line("วันที่ ๓ มีนาคม", words), stamp), Source.OCR)
    assert printed_on(page) == "วันที่ มีนาคม"

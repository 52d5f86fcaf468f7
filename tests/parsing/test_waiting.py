"""What of a letter waits for a person, and what waits no more once somebody decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters import Doubt, Letter, LetterDate, LetterNumber, Packet, Reading
from parsing.corrections import Correction, Verdict, apply_corrections
from parsing.waiting import waiting

NUMBER = LetterNumber("มท", "0806.2", True, "1874")
SURE = Letter(pages=(1,), number=Reading(NUMBER, "", 0.95), date=Reading(LetterDate(2023, 6, 1), "", 0.95),
              issuer=Reading("กรม", "กรม", 0.9), subject=Reading("เรื่อง", "เรื่อง", 0.9))


@pytest.mark.parametrize(("change", "found"), [
    ({}, ()),
    ({"number": Reading()}, ("number",)),
    ({"urgency": Reading()}, ()),
    ({"urgency": Reading("ด่วน", "ด่วน", 0.5)}, ("urgency",)),
    ({"date": Reading(LetterDate(2023, 6, 1), "", 0.79)}, ("date",)),
    ({"date": Reading(LetterDate(2023, 6, 1), "", 0.8)}, ()),
    ({"review": (Doubt("pages", "ขาดหน้า 2"), Doubt("references[0]", "ก"), Doubt("pages", "ข"))},
     ("pages", "references[0]")),
    ({"subject": Reading(), "review": (Doubt("subject", "ไม่พบ"),)}, ("subject",)),
])
def test_fields_that_wait(change: dict[str, object], found: tuple[str, ...]) -> None:
    assert waiting(replace(SURE, **change)) == found


@pytest.mark.parametrize(("letter", "decision"), [
    (replace(SURE, number=Reading()), Correction(1, "number", Verdict.SET, None, None)),
    (replace(SURE, number=Reading()), Correction(1, "number", Verdict.SET, None, "มท 0806.2/ว 1874")),
    (replace(SURE, subject=Reading("เรอง", "เรอง", 0.3)), Correction(1, "subject", Verdict.SET, "เรอง", "เรื่อง")),
    (replace(SURE, review=(Doubt("pages", "ขาดหน้า 2"),)), Correction(1, "pages", Verdict.SEEN)),
], ids=["there is none", "typed", "corrected", "seen"])
def test_what_was_decided_waits_no_more(letter: Letter, decision: Correction) -> None:
    assert len(waiting(letter)) == 1
    (decided,) = apply_corrections(Packet("p", (), (letter,)), [decision]).letters
    assert waiting(decided) == ()

"""Bodies and heads as people write them, with what a person reads in them (``cases/*.toml``)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from letters import LetterDate
from tests.parsing.texts import body, parsed

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", cases("deadlines"), ids=lambda case: case["body"].strip()[:40])
def test_deadlines_of_a_body(case: dict[str, Any]) -> None:
    written = LetterDate.of(dt.date.fromisoformat(case["date"])).thai()
    letter = parsed(body(case["body"], written)).letters[0]
    assert sorted({item.date.latest.isoformat() for item in letter.deadlines if item.date}) == sorted(set(case["due"]))
    assert Counter(item.kind.value for item in letter.deadlines) == Counter(case["kinds"])


def plain(text: object) -> str:
    return "".join(str(text).split())


@pytest.mark.parametrize("case", cases("heads"), ids=lambda case: case["text"].strip()[:30])
def test_fields_of_a_head(case: dict[str, Any]) -> None:
    """A sender that the page does not name may follow from the number; announcements are cited without one."""
    letter = parsed(case["text"]).letters[0]
    if case["number"]:
        assert str(letter.number.value) == case["number"]
    assert (letter.date.value.iso if letter.date.value and letter.date.value.date else "") == case["date"]
    assert not case["issuer"] or plain(letter.issuer.value) == plain(case["issuer"])
    assert plain(letter.subject.value or "") == plain(case["subject"])
    assert [plain(recipient.name) for recipient in letter.recipients] == [plain(name) for name in case["recipients"]]
    assert (letter.urgency.value or "") == case["urgency"]
    cited = [item for item in letter.references if item.number.value]
    assert [
        [str(item.number.value), item.date.value.iso if item.date.value else "", item.relation.value] for item in cited
    ] == [reference for reference in case["references"] if reference[0]]


def _day(date: LetterDate | None) -> str:
    return date.iso if date and date.date else ""


@pytest.mark.parametrize("case", cases("offices"), ids=lambda case: case["name"])
def test_a_letter_of_any_office(case: dict[str, Any]) -> None:
    """Only what a case claims; all citations of the letter in their order."""
    letter = parsed(case["text"]).letters[0]
    number, date = letter.number.value, letter.date.value
    signed = letter.signatory
    read = {
        "kind": letter.kind.value, "urgency": letter.urgency.value or "", "secrecy": letter.secrecy.value or "",
        "number": str(number) if number and number.serial else "", "date": _day(date),
        "subject": plain(letter.subject.value or ""), "recipients": [plain(one.name) for one in letter.recipients],
        "references": [[str(one.number.value or ""), _day(one.date.value), one.relation.value]
                       for one in letter.references],
        "signatory": [plain(part or "") for part in
                      (signed.name, signed.position, signed.acting_kind, signed.acting_for)] if signed else [],
        "issuer": plain(letter.issuer.value or ""), "copy_mark": letter.copy_mark.value or "",
        "due": sorted({item.date.latest.isoformat() for item in letter.deadlines if item.date}),
        "kinds": sorted(item.kind.value for item in letter.deadlines),
    }  # fmt: skip
    claimed = {key: case[key] for key in read if key in case}
    claimed |= {key: plain(case[key]) for key in ("subject", "issuer") if key in case}
    claimed |= {key: sorted(case[key]) for key in ("due", "kinds") if key in case}
    claimed |= {key: [plain(one) for one in case[key]] for key in ("recipients", "signatory") if key in case}
    assert {key: read[key] for key in claimed} == claimed

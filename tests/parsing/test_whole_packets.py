"""Whole packets of text, page by page, with what a person reads in them (``cases/packets.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from letters import DateRole, Letter, Line, Packet, Page, Source
from parsing import parse_packet
from tests.parsing.test_letters import LOOSE, SAID, day, plain, wanted

CASES = tomllib.loads((Path(__file__).parent / "cases" / "packets.toml").read_text(encoding="utf-8"))["packet"]


def read(case: dict[str, Any]) -> Packet:
    texts = [text.strip("\n").split("\n") for text in case["pages"]]
    pages = [Page(number, tuple(map(Line, rows)), Source.TEXT) for number, rows in enumerate(texts, 1)]
    return parse_packet("packet", pages)


def due(letter: Letter) -> list[str]:
    """Last days of the letter by itself: those that were over when the packet's newest letter was written too."""
    passed = {fact.date.latest for fact in letter.dated_facts if fact.role is DateRole.PASSED}
    return sorted(date.isoformat() for date in passed | {item.date.latest for item in letter.deadlines if item.date})


def said(letter: Letter, field: str, value: Any) -> tuple[Any, Any]:
    """What the letter says in a field, and what the case wants, in one shape."""
    match field:
        case "date":
            return day(letter.date.value), value
        case "references":
            own = [item for item in letter.references if item.relation.value == "reference"]
            return [[str(item.number.value or ""), day(item.date.value)] for item in own], value
        case "stamps":
            found = letter.received_stamps
            return [[item.office or "", item.number or "", day(item.date), item.time or ""] for item in found], value
        case "due":
            return due(letter), sorted(set(value))
        case "kinds":
            over = any(fact.role is DateRole.PASSED for fact in letter.dated_facts)
            return sorted(item.kind.value for item in letter.deadlines), None if over else sorted(value)
    return SAID[field](letter) or ("" if field in LOOSE else SAID[field](letter)), wanted(field, value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_letters_of_a_packet(case: dict[str, Any]) -> None:
    """Every letter with its pages, the fields the case names, and no day where none was filled in."""
    packet = read(case)
    assert [sorted(letter.pages) for letter in packet.letters] == [sorted(one["pages"]) for one in case["letter"]]
    attached = {number for item in packet.attachments for number in item.pages}
    assert attached == {number for number, role in enumerate(case["roles"], 1) if role == "attachment"}
    for letter, truth in zip(packet.letters, case["letter"], strict=True):
        for field, value in truth.items():
            if field != "pages":
                found, right = said(letter, field, value)
                assert right is None or found == right, (field, plain(letter.number.value))
        assert "date" in truth or not day(letter.date.value)

"""What each half covers, feature by feature: no row of the table that this file prints when run may be empty.

    python -m tests.samples.test_features
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from letters.text import arabic
from samples.packet import HALVES, load_all
from tests.samples.conftest import ROOT, Packets
from tests.samples.test_truth import key

Letter = dict[str, Any]
Packet = dict[str, Any]

OLD_FACES = {"angsana-like", "cordia-like", "browallia-like", "typist"}


def _is(field: str, value: str) -> Callable[[dict[str, Any]], bool]:
    return lambda row: row[field] == value


def _attached(kind: str) -> Callable[[Packet], bool]:
    return lambda packet: kind in {row["kind"] for row in packet["attachments"]}


LETTERS: dict[str, Callable[[Letter], Any]] = {
    **{kind: _is("kind", kind) for kind in ("external", "stamped", "memo", "radio", "order", "announcement")},
    "number typed": lambda letter: letter["number"] and letter["number_style"] == "typed",
    "number by hand": lambda letter: letter["number_style"] == "handwritten",
    "number by machine": lambda letter: letter["number_style"] == "stamped",
    "day by hand": lambda letter: letter["date_day_handwritten"],
    "day by machine": lambda letter: letter.get("date_day_stamped"),
    "day never filled in": lambda letter: letter.get("date_month"),
    "no slash in the number": lambda letter: letter["number"] and "/" not in letter["number"]["printed"],
    "received stamp": lambda letter: letter["received_stamps"],
    "received stamp without an hour": lambda letter: any(not row["time"] for row in letter["received_stamps"]),
    "two pages": lambda letter: len(letter["pages"]) > 1,
    "three recipients or more": lambda letter: len(letter["recipients"]) >= 3,
    "recipients one to a line": lambda letter: re.search(r"^เรียน [1๑]\. ", letter["text"], re.M),
    "recipients sharing one ทุกแห่ง": lambda letter: re.search(r"^(เรียน|ถึง) [^\n]*(?<!ทุกแห่ง )และ\S* ?ทุกแห่ง",
                                                              letter["text"], re.M),
    "enclosure with its count": lambda letter: any("จำนวน" in row for row in letter["enclosures"]),
    "rank above the name": lambda letter: letter["signatory"] and not re.match(
        r"นาย|นาง|จ่า", letter["signatory"]["name"]),
    "slip in a citation": lambda letter: any("meant" in row for row in letter["references"]),
    "several deadlines": lambda letter: len(letter["deadlines"]) > 1,
    "debatable deadline": lambda letter: any(row.get("optional") for row in letter["deadlines"]),
    "history": lambda letter: letter["past_dates"],
    "moved deadline": lambda letter: re.search("ขยาย|เลื่อน", letter["subject"] or "") and letter["past_dates"],
    "secrecy": lambda letter: letter["secrecy"],
    "class stamped, not typed": lambda letter: letter["marks_stamped"],
    "file copy": lambda letter: letter["copy_mark"],
    "QR code": lambda letter: letter["qr"],
}

PACKETS: dict[str, Callable[[Packet], Any]] = {
    **{grade: _is("grade", grade) for grade in ("clean", "office", "poor", "digital")},
    **{f"{digits} digits": _is("digits", digits) for digits in ("thai", "arabic")},
    "old face": lambda packet: packet["font"] in OLD_FACES,
    "Sarabun": lambda packet: packet["font"].startswith("sarabun"),
    "district, province and department": lambda packet: all(
        any(letter["issuer"].startswith(word) for letter in packet["letters"]) for word in ("อำเภอ", "จังหวัด", "กรม")),
    "the same letter twice": lambda packet: len(_keys(packet)) > len(set(_keys(packet))),
    "page upside down": lambda packet: 180 in _turns(packet),
    "page sideways": lambda packet: {90, 270} & _turns(packet),
    "letter's page turned": lambda packet: any(row.get("turned") and row["role"] == "letter"
                                               for row in packet["page_text"]),
    **{f"{kind} attached": _attached(kind) for kind in ("table", "manual", "form", "qr", "other")},
}


def _keys(packet: Packet) -> list[tuple[Any, ...]]:
    return [key(letter["number"], letter["date"]) for letter in packet["letters"] if letter["number"]]


def _turns(packet: Packet) -> set[int]:
    return {row["turned"] for row in packet["page_text"] if "turned" in row}


def coverage(half: Packets) -> dict[str, int]:
    """Feature → how many packets (of the packet's features) or letters (of the letter's) have it."""
    found = [letter for packet in half.values() for letter in packet["letters"]]
    return {"packets": len(half), "letters": len(found), "pages": sum(packet["pages"] for packet in half.values()),
            **{name: sum(bool(has(packet)) for packet in half.values()) for name, has in PACKETS.items()},
            **{name: sum(bool(has(letter)) for letter in found) for name, has in LETTERS.items()}}


def test_every_feature_is_covered(half: Packets) -> None:
    assert [name for name, times in coverage(half).items() if not times] == []


def test_the_check_half_is_large_enough(packets: dict[str, Packets]) -> None:
    found = coverage(packets["check"])
    assert (found["packets"], found["letters"] >= 55, 75 <= found["pages"] <= 85) == (18, True, True)
    assert min(found["thai digits"], found["arabic digits"]) == 9
    assert [found[grade] for grade in ("clean", "office", "poor", "digital")] == [4, 6, 5, 3]
    assert found["number by hand"] >= 25
    letters = [letter for packet in packets["check"].values() for letter in packet["letters"]]
    assert sum(len(letter["received_stamps"]) for letter in letters) >= 36


def test_the_check_half_has_what_the_other_has_not(packets: dict[str, Packets]) -> None:
    found = [letter for packet in packets["check"].values() for letter in packet["letters"]]
    assert any(letter["pages"] != sorted(letter["pages"]) for letter in found)
    assert {letter["copy_mark"] for letter in found} >= {"คู่ฉบับ", "สำเนา", "สำเนาคู่ฉบับ"}
    assert any(letter["secrecy"] in letter["marks_stamped"] for letter in found)
    assert any("ผ่าน" in name for letter in found for name in letter["recipients"])
    provinces = {half: {source.settings["province"] for source in load_all() if source.half == half} for half in HALVES}
    assert not provinces["build"] & provinces["check"]


@pytest.mark.parametrize("half_name", HALVES)
def test_stamps_lie_over_text_in_every_grade_of_scan(half_name: str) -> None:
    sources = [source for source in load_all() if source.half == half_name]
    over = {source.settings["grade"] for source in sources for letter in source.letters
            for stamp in letter.get("stamps", []) if stamp.get("over")}
    assert over >= {"clean", "office", "poor"}


def test_a_turned_page_is_told_where_the_picture_is_turned(half: Packets) -> None:
    turned = {source.stem: source.settings.get("turned", {}) for source in load_all()}
    for stem, packet in half.items():
        told = {str(row["page"]): row["turned"] for row in packet["page_text"] if "turned" in row}
        assert told == turned[stem]


def test_running_numbers_of_citations_stand_in_their_print(half: Packets) -> None:
    for packet in half.values():
        for letter in packet["letters"]:
            for row in letter["references"]:
                if row["number"] and row["number"]["serial"]:
                    assert row["number"]["serial"].replace(" ", "") in arabic(row["text"]).replace(" ", "")


def _table() -> str:
    halves = {half: coverage({path.stem: json.loads(path.read_text(encoding="utf-8"))
                              for path in sorted((ROOT / half).glob("*.json"))}) for half in HALVES}
    rows = [f"| {name} | " + " | ".join(str(found[name]) for found in halves.values()) + " |"
            for name in next(iter(halves.values()))]
    return "\n".join([f"| | {' | '.join(halves)} |", "|---|" + "---:|" * len(halves), *rows])


if __name__ == "__main__":
    print(_table())

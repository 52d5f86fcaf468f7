"""Every truth file is whole, its values are valid, and what it cites exists or is known to be absent."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Any

from letters.number import LetterNumber
from letters.text import arabic, squeeze
from samples.context import WEEKDAYS, valid_day
from tests.samples.conftest import Packets

FIELDS = {
    "pages", "kind", "number", "number_style", "date", "urgency", "secrecy", "issuer", "subject", "addressed_as",
    "recipients", "references", "enclosures", "deadlines", "past_dates", "actions", "signatory", "phones", "emails",
    "urls", "qr", "received_stamps", "text",
}
KINDS = {"external", "stamped", "memo", "radio", "order", "announcement"}


def letters(half: Packets) -> list[dict[str, Any]]:
    return [letter for packet in half.values() for letter in packet["letters"]]


def key(number: dict[str, Any], date: str) -> tuple[Any, ...]:
    return number["code"], number["agency"], number["circular"], number["serial"], date


def test_letters_have_every_field(half: Packets) -> None:
    for letter in letters(half):
        assert set(letter) >= FIELDS
        assert letter["kind"] in KINDS
        assert letter["number_style"] in ("typed", "handwritten", "stamped")
        assert letter["text"]


def test_pages_are_all_told(half: Packets) -> None:
    for packet in half.values():
        told = [page for part in (*packet["letters"], *packet["attachments"]) for page in part["pages"]]
        assert sorted(told) == list(range(1, packet["pages"] + 1))
        assert [row["page"] for row in packet["page_text"]] == list(range(1, packet["pages"] + 1))


def test_letter_text_is_its_pages_text(half: Packets) -> None:
    for packet in half.values():
        pages = {row["page"]: row["text"] for row in packet["page_text"]}
        for letter in packet["letters"]:
            assert letter["text"] == "\n".join(pages[page] for page in letter["pages"])


def test_dates_are_days_and_in_order(half: Packets) -> None:
    for letter in letters(half):
        due = [deadline["date"] for deadline in letter["deadlines"] if deadline["date"]]
        stamps = [stamp["date"] for stamp in letter["received_stamps"]]
        cited = [reference["date"] for reference in letter["references"] if reference["date"]]
        assert all(map(valid_day, [*due, *stamps, *cited, *letter["past_dates"], *filter(None, [letter["date"]])]))
        if letter["date"]:
            assert all(day >= letter["date"] for day in [*due, *stamps])
            assert all(day <= letter["date"] for day in cited)


def test_printed_numbers_are_read_back_as_their_parts(half: Packets) -> None:
    for letter in letters(half):
        number = letter["number"]
        if number is None or letter["kind"] == "order":
            continue
        read = LetterNumber.parse(number["printed"])
        assert read is not None, number
        assert (read.circular, squeeze(read.serial or "")) == (number["circular"], squeeze(number["serial"]))


def test_values_stand_in_the_text(half: Packets) -> None:
    for letter in letters(half):
        text = squeeze(letter["text"])
        printed = [letter["subject"] or "", *(deadline["text"] for deadline in letter["deadlines"]),
                   *letter["actions"], *letter["enclosures"], *(row["text"] for row in letter["references"])]
        if letter["signatory"]:
            printed += letter["signatory"]["name"].split()  # a rank stands apart from the name
        if letter["number"] and letter["number_style"] == "typed":
            printed.append(letter["number"]["printed"])
        assert [words for words in printed if squeeze(words) not in text] == []
        assert all(squeeze(phone) in arabic(text) for phone in letter["phones"])


def test_handwriting_is_not_in_the_text(half: Packets) -> None:
    by_hand = [letter for letter in letters(half) if letter["number_style"] != "typed"]
    assert len(by_hand) >= 6
    for letter in by_hand:
        assert squeeze(letter["number"]["printed"]) not in squeeze(letter["text"])


def test_a_class_that_is_only_stamped_is_named_and_not_in_the_text(half: Packets) -> None:
    stamped = [(letter, mark) for letter in letters(half) for mark in letter["marks_stamped"]]
    assert len(stamped) >= 3
    for letter, mark in stamped:
        assert mark in (letter["urgency"], letter["secrecy"])
        assert not {mark, f"ความเร่งด่วน {mark}"} & set(letter["text"].split("\n"))


def test_addressees_stand_one_by_one(half: Packets) -> None:
    names = [name for letter in letters(half) for name in letter["recipients"]]
    assert [name for name in names if re.search(r"กำนัน.*ผู้ใหญ่บ้าน|\S(?<!ที่)และนาย", name)] == []


def test_past_dates_are_no_deadlines(half: Packets) -> None:
    for letter in letters(half):
        assert not {deadline["date"] for deadline in letter["deadlines"]} & set(letter["past_dates"])


def test_weekdays_agree_with_their_dates(half: Packets) -> None:
    named = re.compile(r"วัน(จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่")
    rows = [row for letter in letters(half) for row in (*letter["deadlines"], *letter["other_dates"])]
    pairs = [(found[1], dt.date.fromisoformat(row["date"])) for row in rows if (found := named.search(row["text"]))]
    assert len(pairs) >= 8
    assert all(WEEKDAYS[day.weekday()] == name for name, day in pairs)


def test_letters_of_the_same_number_are_copies_of_one_paper(packets: dict[str, Packets]) -> None:
    texts: dict[tuple[Any, ...], set[str]] = {}
    for half in packets.values():
        for letter in letters(half):
            if letter["number"] and letter["date"]:
                texts.setdefault(key(letter["number"], letter["date"]), set()).add(squeeze(letter["text"]))
    assert [number for number, found in texts.items() if len(found) > 1] == []


def test_chains_inside_packets_and_across_and_absent_letters(half: Packets) -> None:
    home = {key(letter["number"], letter["date"]): stem for stem, packet in half.items()
            for letter in packet["letters"] if letter["number"] and letter["date"]}
    where: Counter[str] = Counter()
    for stem, packet in half.items():
        for letter in packet["letters"]:
            for reference in letter["references"]:
                cited = reference.get("meant") or reference["number"]
                found = home.get(key(cited, reference["date"])) if cited else None
                where["absent" if found is None else "inside" if found == stem else "across"] += 1
    assert where["inside"] >= 6
    assert where["absent"] >= 6
    assert where["across"] >= 1


def test_same_department_letter_in_two_packets(half: Packets) -> None:
    seen = Counter(key(letter["number"], letter["date"]) for letter in letters(half) if letter["number"])
    assert [number for number, times in seen.items() if times == 2]


def _said(half: Packets) -> dict[str, set[str]]:
    """What must not be the same in both halves, by kind."""
    found = letters(half)
    return {
        "subjects": {letter["subject"] for letter in found} - {None},
        "numbers": {str(letter["number"]) for letter in found if letter["number"]},
        "signers": {letter["signatory"]["name"] for letter in found if letter["signatory"]},
        "actions": {squeeze(action) for letter in found for action in letter["actions"] if len(action) > 20},
        "phones": {phone for letter in found for phone in letter["phones"] if not phone.startswith("0 2200 0000")},
        "dated deadlines": {row["text"] for letter in found for row in letter["deadlines"] if row["date"]},
    }


def test_halves_share_no_sentence(packets: dict[str, Packets]) -> None:
    build, check = _said(packets["build"]), _said(packets["check"])
    assert {kind: build[kind] & check[kind] for kind in build} == {kind: set() for kind in build}


def test_what_was_due_before_the_newest_letter_is_no_binding_deadline(half: Packets) -> None:
    for packet in half.values():
        newest = max(letter["date"] or "" for letter in packet["letters"])
        late = [row for letter in packet["letters"] for row in letter["deadlines"] if (row["date"] or newest) < newest]
        assert all(row.get("optional") for row in late), packet["packet"]

"""Words of print with digits that may be others leave the number or date that would then stand there as a rival."""

from __future__ import annotations

import pytest

from letters import Alternative, Ink, Line, Packet, Page, Source, Word
from parsing import packet_json, parse_packet
from parsing.dates import read_date
from parsing.fields.typed import date_in_print, number_in_print
from parsing.flow import Flow, Row
from parsing.numbers import find_numbers
from tests.parsing.texts import body


def flow(text: str, *rivals: tuple[str, str, float], ink: Ink = Ink.PRINT) -> Flow:
    """A flow of one line, words parted by spaces; ``rivals``: what a word reads, what else, how likely."""
    words = tuple(
        Word(word, 0.9, None, tuple(Alternative(other, share) for own, other, share in rivals if own == word), ink)
        for word in text.split()
    )
    return Flow((Row(1, 0, 0, Line(text, words)),))


NUMBERS = [
    ("ที่ มท ๐๘๑๐.๗/ว ๙๐๘", [("๙๐๘", "๓๐๘", 0.2), ("๙๐๘", "๙๐๔", 0.1)], ["มท 0810.7/ว 308", "มท 0810.7/ว 904"]),
    ("ที่ มท ๐๘๑๐.๗/ว ๙๐๘", [("๐๘๑๐.๗/ว", "๐๘๑๐.๓/ว", 0.06)], ["มท 0810.3/ว 908"]),
    ("ที่ มท 0810.7/908", [("0810.7/908", "0810.7/903", 0.06)], ["มท 0810.7/903"]),
    ("ที่ มท ๐๘๑๐.๗/ว ๙๐๘  กระทรวง ๑๒", [("๑๒", "๑๓", 0.4)], []),
    ("ที่ มท ๐๘๑๐.๗/ว ๙๐๘", [], []),
]


@pytest.mark.parametrize(("text", "rivals", "expected"), NUMBERS)
def test_rivals_of_a_number(text: str, rivals: list[tuple[str, str, float]], expected: list[str]) -> None:
    line, found = flow(text, *rivals), find_numbers(text)[0]
    reading = number_in_print(found.reading, line, found.start, found.end)
    assert [str(rival.value) for rival in reading.rivals] == expected
    assert [rival.confidence for rival in reading.rivals] == [share for _, _, share in rivals][: len(expected)]
    assert reading.value == found.reading.value


@pytest.mark.parametrize(
    ("text", "rivals", "expected"),
    [
        ("๑๒ มีนาคม ๒๕๖๖", [("๑๒", "๑๓", 0.1), ("๒๕๖๖", "๒๕๖๐", 0.05)], ["2023-03-13", "2017-03-12"]),
        ("๑๒ มีนาคม ๒๕๖๖", [("๑๒", "๕๒", 0.1)], []),
        ("มีนาคม ๒๕๖๖", [("๒๕๖๖", "๒๕๖๒", 0.1)], ["2019-03"]),
    ],
)
def test_rivals_of_a_date(text: str, rivals: list[tuple[str, str, float]], expected: list[str]) -> None:
    reading = date_in_print(read_date(text), flow(text, *rivals), 0, len(text))
    assert [rival.value.iso for rival in reading.rivals] == expected


def test_entries_by_hand_are_not_taken_for_print() -> None:
    line, found = flow("ที่ มท 0810.7/ว 908", ("908", "903", 0.4), ink=Ink.HAND), find_numbers("ที่ มท 0810.7/ว 908")[0]
    assert number_in_print(found.reading, line, found.start, found.end) == found.reading


def test_a_mended_number_keeps_its_mend() -> None:
    text = "ที่ มท ๐๘๑๐.๗/ว ๙๐๘"
    line, found = flow(text, ("๙๐๘", "๓๐๘", 0.2)), find_numbers(text)[0]
    mended = found.reading.value.__class__("นม", "0037.6", True, "908")
    reading = number_in_print(found.reading.__class__(mended, text, 0.7), line, found.start, found.end)
    assert [str(rival.value) for rival in reading.rivals] == ["นม 0037.6/ว 308"]


def letter_with(sentence: str, word: str, other: str, share: float) -> Packet:
    """A letter whose body is a sentence, one word of which may read otherwise."""
    lines = []
    for text in body(sentence).split("\n"):
        rivals = {word: (Alternative(other, share),)} if text.strip() == sentence else {}
        lines.append(Line(text, tuple(Word(one, 0.95, None, rivals.get(one, ())) for one in text.split())))
    return parse_packet("typed", [Page(1, tuple(lines), Source.OCR, reader="test")])


DUE = "ด้วยมีงานต้องทำ จึงขอให้ส่งรายงาน ภายในวันที่ ๑๖ มิถุนายน ๒๕๖๖"


def test_a_deadline_carries_what_its_digits_may_be_otherwise() -> None:
    packet = letter_with(DUE, "๑๖", "๑๙", 0.3)
    (deadline,) = packet.letters[0].deadlines
    assert deadline.date is not None
    assert (deadline.date.iso, [rival.value.iso for rival in deadline.rivals]) == ("2023-06-16", ["2023-06-19"])
    doubt = next(doubt for doubt in packet.letters[0].review if doubt.field == "deadlines[0]")
    assert "19 มิ.ย. 2566" in doubt.reason
    (written,) = packet_json(packet)["letters"][0]["deadlines"]
    assert (written["date"], [rival["date"] for rival in written["rivals"]]) == ("2023-06-16", ["2023-06-19"])


def test_a_rival_hardly_likely_is_kept_and_calls_nobody() -> None:
    packet = letter_with(DUE, "๑๖", "๑๙", 0.03)
    assert packet.letters[0].deadlines[0].rivals
    assert "deadlines[0]" not in {doubt.field for doubt in packet.letters[0].review}


def test_a_deadline_whose_weekday_disagrees_names_the_days_that_agree() -> None:
    sentence = "ด้วยมีงานต้องทำ จึงขอให้ส่งรายงาน ภายในวันศุกร์ที่ ๑๙ มิถุนายน ๒๕๖๖"
    packet = letter_with(sentence, "", "", 0.0)
    (deadline,) = packet.letters[0].deadlines
    assert "2023-06-09" in {rival.value.iso for rival in deadline.rivals}
    assert "deadlines[0]" in {doubt.field for doubt in packet.letters[0].review}


def test_an_impossible_day_is_the_one_that_fits_the_weekday_or_none() -> None:
    mended = read_date("วันอังคารที่ ๗๖ พฤศจิกายน ๒๕๕๓")
    assert mended.value is not None
    assert (mended.value.iso, [repair.rule for repair in mended.repairs]) == ("2010-11-16", ["weekday"])
    packet = letter_with("ด้วยมีงานต้องทำ จึงขอให้ส่งรายงาน ภายในวันที่ ๗๖ มิถุนายน ๒๕๖๖", "", "", 0.0)
    (written,) = packet_json(packet)["letters"][0]["deadlines"]
    assert (written["date"], written["last_day"]) == (None, None)
    assert "deadlines[0]" in {doubt.field for doubt in packet.letters[0].review}

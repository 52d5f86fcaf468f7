"""Values keep through JSON, and errors say what to do in both languages."""

import datetime as dt
import inspect
from dataclasses import replace

import pytest

from letters import (
    Box,
    Deadline,
    DeadlineKind,
    Evidence,
    Letter,
    LetterDate,
    LetterNumber,
    Line,
    Packet,
    Page,
    Precision,
    Reading,
    Repair,
    Rival,
    Source,
    Word,
    codec,
    errors,
)
from letters.text import arabic, mend, thai


def test_a_packet_keeps_through_json():
    number = LetterNumber("มท", "0810.7", True, "908")
    evidence = Evidence(1, 3, 20, "มท ๐๘๑๐.๗/ว ๙๐๘", Box(10, 20, 300, 50))
    reading = Reading(
        number,
        "มท ๐๘๑๐.๗/ว ๙๐๘",
        0.9,
        (evidence,),
        (Repair("rule", "จ", "ว", "why", 0.9),),
        (Rival(LetterNumber("มท", "0810.7", True, "903"), 0.1, "why"),),
    )
    letter = Letter(
        pages=(1,), number=reading, deadlines=(Deadline(DeadlineKind.DATE, "ภายใน", LetterDate(2023, 3, 24)),)
    )
    page = Page(1, (Line("ที่", (Word("ที่", 0.9, Box(1, 2, 3, 4)),), Box(1, 2, 3, 4)),), Source.OCR, 2480, 3508, 300)
    packet = Packet("stem", (page,), (letter,))
    assert codec.load(codec.dump(packet), Packet) == packet


APRIL = LetterDate(2024, 4, precision=Precision.MONTH)


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (Deadline(DeadlineKind.DATE, "ภายในวันที่ 20", LetterDate(2024, 4, 20)), dt.date(2024, 4, 20)),
        (Deadline(DeadlineKind.DATE, "ก่อนวันที่ 20", LetterDate(2024, 4, 20), before=True), dt.date(2024, 4, 19)),
        (Deadline(DeadlineKind.URGENT, "โดยด่วน"), None),
        (Deadline(DeadlineKind.DATE, "ภายในเดือนเมษายน", APRIL), dt.date(2024, 4, 30)),
        (Deadline(DeadlineKind.DATE, "ภายในวันที่ … เมษายน", replace(APRIL, precision=Precision.UNKNOWN_DAY)), None),
    ],
)
def test_last_day_in_time(deadline, last):
    assert deadline.last_day == last


@pytest.mark.parametrize(("broken", "whole"), [("ทํา", "ทำ"), ("นํ้า", "น้ำ"), ("เเละ", "และ"), ("ก\u200bข\ufeff", "กข")])
def test_mends_two_ways_of_writing_one_shape(broken, whole):
    assert mend(broken) == whole


def test_digits_of_both_scripts():
    assert arabic("ว ๑๐๕๕/2564") == "ว 1055/2564"
    assert thai("ว 1055") == "ว ๑๐๕๕"


NAMED = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.SarabanError)]


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_and_what_to_do(kind):
    error = kind("แฟ้ม.pdf", "รายละเอียด")
    for language in ("th", "en"):
        assert "แฟ้ม.pdf" in error.message(language) or kind is errors.IndexUnavailable
        assert "รายละเอียด" in error.message(language)
        assert kind.remedy[language] in error.message(language)
    assert error.exit_code > 0


@pytest.mark.parametrize(
    ("deadline", "holidays", "due"),
    [
        (Deadline(DeadlineKind.RELATIVE, "", days=7), (), dt.date(2024, 4, 12)),
        (Deadline(DeadlineKind.RELATIVE, "", days=5, working=True), (), dt.date(2024, 4, 12)),
        (Deadline(DeadlineKind.RELATIVE, "", days=5, working=True), {dt.date(2024, 4, 8)}, dt.date(2024, 4, 15)),
        (Deadline(DeadlineKind.DATE, "", LetterDate(2024, 4, 20)), (), dt.date(2024, 4, 20)),
        (Deadline(DeadlineKind.URGENT, ""), (), None),
    ],
    ids=["days", "working days", "a holiday", "a day of its own", "no time at all"],
)
def test_a_deadline_falls_due_once_its_start_is_known(deadline, holidays, due):
    assert deadline.due(dt.date(2024, 4, 5), holidays) == due  # a Friday


def test_without_a_start_a_relative_deadline_has_no_day():
    assert Deadline(DeadlineKind.RELATIVE, "", days=7).due(None) is None


def test_a_deadline_written_before_it_told_its_action_is_still_read():
    old = b'{"kind":"relative","text":"","days":7,"starts":"receipt"}'
    assert codec.load(old, Deadline) == Deadline(DeadlineKind.RELATIVE, "", days=7, starts="receipt")

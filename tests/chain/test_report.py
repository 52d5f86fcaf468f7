"""A chain told in full, and drawn; what the reader's confusions make likely."""

from __future__ import annotations

import datetime as dt

import pytest

from chain import chain_of, version
from chain.channel import READABLE, log_read, swapped
from chain.dot import dot
from chain.report import report
from chain.succession import earlier, succeeds, successions
from chain.text import known_day, tree
from letters import Deadline, DeadlineKind, LetterDate, ReceivedStamp, Recipient
from letters.text import thai
from ocr.confusions import load
from tests.chain.builders import DISTRICT, PROVINCE, day, enclose, graph_of, letter, node_of, packet

DUE = Deadline(DeadlineKind.DATE, "ภายในวันที่ 31 พฤษภาคม 2566", LetterDate.of(dt.date(2023, 5, 31)))
EARLY = Deadline(DeadlineKind.DATE, "ภายในวันที่ 25 พฤษภาคม 2566", LetterDate.of(dt.date(2023, 5, 25)))


@pytest.fixture
def told():
    top = letter("มท 0816.3/ว 1203", "2023-05-02", deadlines=(DUE,),
                 received_stamps=(ReceivedStamp("ศาลากลางจังหวัดตรัง", "88", day("2023-05-04")),
                                  ReceivedStamp("จังหวัดพัทลุง", "91", day("2023-05-05"))))
    cover = letter("ตง 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE,
                   deadlines=(EARLY,))
    cover = type(cover)(**{name: getattr(cover, name) for name in cover.__dataclass_fields__} | {
        "recipients": (Recipient(DISTRICT), Recipient("นายอำเภอ ทุกอำเภอ", everyone=True))})
    copies = packet("a", cover, top)
    graph = graph_of(copies)
    view = chain_of(graph, node_of(graph, "มท 0816.3/ว 1203").id)
    return view, report(view, {copy.ref: copy.letter for copy in copies})


def test_days_left_stamps_and_who_still_has_it(told):
    _, chain = told
    cover, top = chain["letters"]
    assert (top["due"], top["days_left"]) == ("2023-05-31", 29)
    assert (cover["due"], cover["days_left"]) == ("2023-05-25", 16)
    assert [stamp["office"] for stamp in top["received"]] == ["ศาลากลางจังหวัดตรัง", "จังหวัดพัทลุง"]
    assert top["waiting"] == ["จังหวัดพัทลุง"]
    assert cover["waiting"] == [DISTRICT]


def test_each_step_says_why_and_by_which_numbers(told):
    _, chain = told
    [step] = chain["steps"]
    assert (step["relation"], step["state"], step["days"], step["model"]) == ("forwards", "linked", 7, version())
    assert step["reasons"] and len(step["reasons"]) == len(step["reasons_en"])


def test_the_drawing_names_every_letter_and_step(told):
    view, _ = told
    drawn = dot(view)
    assert drawn.startswith("digraph chain {") and drawn.endswith("}\n")
    assert all(f'"{hop.node.id}" [label=' in drawn for hop in view.hops)
    assert drawn.count(" -> ") == len(view.steps)


def test_an_office_that_was_given_another_code_is_its_successor_and_no_other():
    assert succeeds("0037.6", "0023.6") and succeeds("0023", "0037")
    assert not succeeds("0037.6", "0023.7") and not succeeds("0023.6", "0023.6")
    assert earlier("0023.6") == "0037.6" and earlier("0816.3") is None
    assert all(one.source for one in successions())


@pytest.mark.parametrize(("likelier", "than"), [
    (("1203", "1203"), ("1283", "1203")),   # right reading
    (("120", "1203"), ("12", "1203")),      # one sign lost, two lost
    (("0036.7", "0037.6"), ("0086.9", "0037.6")),  # a clerk's swap
])
def test_what_a_reader_confuses_is_likelier(likelier, than):
    assert log_read(*likelier) > log_read(*than)


def test_digits_that_the_reader_takes_for_one_another_are_likelier_than_others():
    table = load()
    by_chance = sorted("0124567", key=lambda digit: table.likelihood(digit, "3") + table.likelihood("3", digit)
                       + table.likelihood(thai(digit), "๓") + table.likelihood("๓", thai(digit)))
    assert log_read(f"120{by_chance[-1]}", "1203") > log_read(f"120{by_chance[0]}", "1203")


def test_a_swap_is_known_and_other_numbers_are_never_one():
    assert swapped("0036.7", "0037.6") and not swapped("0036.7", "0036.7")
    assert log_read("9999", "1203") < READABLE


def test_the_tree_and_the_drawing_tell_who_has_it_and_what_is_left():
    stamp = ReceivedStamp("ที่ว่าการอำเภอห้วยยอด", "512", LetterDate(2023, 5, 11))
    due = Deadline(DeadlineKind.DATE, "ภายในวันที่ 24 พ.ค. 2566", LetterDate(2023, 5, 24))
    cover = letter("ตง 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE,
                   to=("นายอำเภอห้วยยอด", "นายกเทศมนตรีเมืองกันตัง"), received_stamps=(stamp,), deadlines=(due,))
    copies = packet("a", cover, letter("มท 0816.3/ว 1203", "2023-05-02"))
    graph = graph_of(copies)
    view = chain_of(graph, node_of(graph, "ตง 0023.3/ว 88").id)
    told = report(view, {copy.ref: copy.letter for copy in copies})
    for drawn in (tree(view, told), dot(view, told)):
        assert "รับ 11 พ.ค. 2566" in drawn and "เหลือ 15 วัน" in drawn
        assert "ยังไม่พบว่าส่งต่อ" in drawn and "ห้วยยอด" in drawn
        assert "กันตัง" not in drawn  # a town has nobody to pass it on to


def test_days_are_left_from_the_first_stamp_where_the_letters_own_day_is_not_known():
    due = Deadline(DeadlineKind.DATE, "ภายในวันที่ 24 พ.ค. 2566", LetterDate(2023, 5, 24))
    stamps = tuple(ReceivedStamp("อำเภอ", str(day), LetterDate(2023, 5, day)) for day in (12, 10))
    copies = packet("a", letter("ตง 0023.3/ว 88", None, received_stamps=stamps, deadlines=(due,)))
    graph = graph_of(copies)
    [told] = report(chain_of(graph, graph.nodes[0].id), {copy.ref: copy.letter for copy in copies})["letters"]
    assert told["days_left"] == 14


@pytest.mark.parametrize(("iso", "thai"), [
    ("2023-05-02", "2 พ.ค. 2566"), ("2023-05", "พ.ค. 2566"), ("2023", "2566")])
def test_a_date_is_told_in_thai_as_far_as_it_is_known(iso, thai):
    assert known_day(iso) == thai

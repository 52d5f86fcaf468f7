"""Queries as an officer types them."""

from __future__ import annotations

import pytest

from chain import look_up
from chain.asked import understand
from tests.chain.builders import PROVINCE, cite, graph_of, letter, packet

NODES = graph_of(packet(
    "a", letter("มท 0806.2/ว 1055", "2021-05-24", cite("มท 0806.2/ว 2883", "2020-02-10")),
    letter("มท 0806.2/1055", "2021-03-02", subject="ส่งคืนเอกสาร"),
    letter("ตง 0023.3/ว 1055", "2022-06-01", issuer=PROVINCE),
    letter("ตง 0023.3/ว 88", "2021-06-01", issuer=PROVINCE),
    letter("ตง 0023.3/ป 5103", "2021-07-01", issuer=PROVINCE, subject="แจ้งผล"))).nodes


@pytest.mark.parametrize(("query", "expected"), [
    ("มท 0806.2/ว 1055", ["มท 0806.2/ว 1055"]),
    ("มท0806.2/ว1055", ["มท 0806.2/ว 1055"]),
    ("๐๘๐๖.๒/ว ๑๐๕๕", ["มท 0806.2/ว 1055"]),
    ("ที่ มท ๐๘๐๖.๒/ว ๑๐๕๕", ["มท 0806.2/ว 1055"]),
    ("มท.0806.2/ว.1055", ["มท 0806.2/ว 1055"]),
    ("ว 1055", ["ตง 0023.3/ว 1055", "มท 0806.2/ว 1055"]),
    ("ว1055", ["ตง 0023.3/ว 1055", "มท 0806.2/ว 1055"]),
    ("1055 2564", ["มท 0806.2/ว 1055", "มท 0806.2/1055"]),
    ("ว 1055 ปี 2565", ["ตง 0023.3/ว 1055"]),
    ("24 พ.ค. 64", ["มท 0806.2/ว 1055"]),
    ("24 พฤษภาคม 2564", ["มท 0806.2/ว 1055"]),
    ("๒๔/๕/๖๔", ["มท 0806.2/ว 1055"]),
    ("พ.ค. 2564", ["มท 0806.2/ว 1055"]),
    ("ว 1055 24 พ.ค. 64", ["มท 0806.2/ว 1055"]),
    ("มท 0806.2/ว 1056", ["มท 0806.2/ว 1055"]),
    ("0804.2/ว 1055", ["มท 0806.2/ว 1055"]),
    ("ว 2883", ["มท 0806.2/ว 2883"]),
    ("ตง", ["ตง 0023.3/ว 1055", "ตง 0023.3/ป 5103", "ตง 0023.3/ว 88"]),
    ("ป 5103", ["ตง 0023.3/ป 5103"]),
    ("28", ["มท 0806.2/ว 2883"]),
    ("88", ["ตง 0023.3/ว 88"]),
])
def test_the_best_answers(query, expected):
    found = [str(match.node.number) for match in look_up(query, NODES)]
    assert found[: len(expected)] == expected


def test_what_agrees_comes_first_and_what_differs_is_said():
    best, *others = look_up("มท 0806.2/ว 1055", NODES)
    assert (best.score, best.differs) == (1.0, ())
    assert all(match.differs for match in others)
    [wrong, *_] = look_up("มท 0806.2/ว 1056 24 พ.ค. 64", NODES)
    assert wrong.differs == ("เลขทะเบียนเป็น 1055",) and wrong.score < 1


@pytest.mark.parametrize("query", ["", "   ", "การสำรวจสนามกีฬา", "/", "99/99/9999"])
def test_what_is_no_number_and_no_date_finds_nothing(query):
    assert look_up(query, NODES) == []


def test_a_letter_is_found_under_the_number_that_lost_the_vote():
    readings = ["มท 0806/ว 31", "มท 0806/ว 31", "มท 0406/ว 31"]
    nodes = graph_of(*(packet(str(place), letter(read, "2023-05-02")) for place, read in enumerate(readings))).nodes
    [match] = look_up("มท 0406/ว 31", nodes)
    assert str(match.node.number) == "มท 0806/ว 31" and match.differs


@pytest.mark.parametrize(("query", "iso"), [
    ("1 ม.ค. 2566", "2023-01-01"), ("1 มค 66", "2023-01-01"), ("31/12/2566", "2023-12-31"), ("มีนาคม 2566", "2023-03"),
    ("พ.ศ. 2566", "2023"), ("31 ก.พ. 2566", None), ("2566", None)])
def test_dates(query, iso):
    date = understand(query).date
    assert (date.iso if date else None) == iso

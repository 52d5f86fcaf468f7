"""Which lines are looked at twice, and which look is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters import Alternative, Box
from ocr.looks import believed, second_look
from ocr.rivals import Sign
from ocr.words import Piece

CITED = "หนังสือจังหวัดภูเก็ตที่ภก๐๐๒๓.๓/ว๑๑๕๒"


def pieces(text: str, sure: float = 0.94, digits: float = 0.998) -> list[Piece]:
    return [Piece(sign, sure, Box(10 * at, 0, 10 * at + 9, 30),
                  signs=(Sign(sign, digits if sign.isdecimal() else sure),)) for at, sign in enumerate(text)]


def entry(text: str) -> Piece:
    return Piece(text, 0.6, Box(400, 0, 460, 40), rivals=(Alternative("8", 0.3),), signs=(Sign(text, 0.4),))


@pytest.mark.parametrize(("read", "wider"), [
    (pieces(CITED), None),
    (pieces(CITED, digits=0.8), 1.15),
    (pieces(CITED, sure=0.8, digits=0.8), None),              # hardly print
    (pieces("โทร. ๐๓๗", digits=0.8), None),                    # no line of words
    ([*pieces("ที่ภก๐๐๒๓.๓/วเรื่องอื่นๆ"), entry("3")], None),  # by hand: has rivals of its own
    (pieces("ที่มห๐๐๒๓.๗ว๕๕๑๐"), 1.4),                        # the slash is lost
    (pieces("ที่มท0820.7203.15ลงวันที่"), 1.4),
    (pieces("ลับที่มห๐๐๑๔.๗ป๑๑๘๘"), 1.4),
    (pieces("ที่สท0033.004/ว12"), None),                       # a long code
    (pieces("รวม1234.56บาท"), None),
])
def test_lines_worth_a_second_look(read: list[Piece], wider: float | None) -> None:
    assert second_look(read) == wider


@pytest.mark.parametrize(("text", "stretch", "wider"), [
    ("ที่มท๐๘๐๗.๗/ว", 1.15, 1.4), ("ที่รอ๗๗๙๐๗/ป๕๒", 1.2, 1.4), ("ที่มท๐๘๐๗.๗๓/ว๑๒", 1.2, 1.4),
    ("ที่มท๐๘๐๗.๗/ว", 1.0, None), ("ที่มท๐๘๐๗.๓/ว", 1.15, None), ("ที่มท0807.7/ว", 1.15, None),
])
def test_a_seven_before_the_slash_is_looked_at_twice_in_narrow_faces(
    text: str, stretch: float, wider: float | None
) -> None:
    assert second_look(pieces(text), stretch) == wider


def told(found: list[Piece]) -> str:
    return "".join(piece.text for piece in found)


def crowded(text: str, digits: str, width: int) -> list[Piece]:
    """The pieces, what is read as ``digits`` standing in the width of so many."""
    start, right, found = text.index(digits), 0.0, []
    for at, piece in enumerate(pieces(text, 0.9)):
        left, right = right, right + 10 * (width / len(digits) if start <= at < start + len(digits) else 1)
        found.append(replace(piece, box=Box(left, 0, right, 30)))
    return found


def test_a_three_that_was_a_seven_before_stays_in_doubt() -> None:
    seen = believed(pieces("ที่มท๐๘๐๗.๗/ว๑๓"), pieces("ที่มท๐๘๐๗.๓/ว๑๓", 0.9), 1.4)
    signs = {at: piece.signs[0] for at, piece in enumerate(seen) if piece.text == "๓"}
    assert [sign.right for sign in signs.values()] == [0.6, 0.998]  # the one before the slash, the one behind it


@pytest.mark.parametrize(("first", "digits", "width", "came"), [
    ("๗", "๗๓", 1, "๓"), ("๗", "๓๗๓", 1, "๓"), ("๗๓", "๗๓", 2, "๗๓"), ("๑๗", "๑๐๓", 2, "๑๓"),
    ("๗", "๓๗", 1, "๗"), ("๗", "๙๓๙", 1, "๗"),  # what stays is no ๓: the first look stands
])
def test_digits_before_a_slash_are_no_more_than_have_room(first: str, digits: str, width: int, came: str) -> None:
    seen = believed(pieces(f"ที่มท๐๘๐๗.{first}/ว๑๓"), crowded(f"ที่มท๐๘๐๗.{digits}/ว๑๓", digits, width), 1.4)
    assert told(seen) == f"ที่มท๐๘๐๗.{came}/ว๑๓"
    before_slash = seen[told(seen).index("/") - 1]
    assert [one.text for one in before_slash.signs[0].others] == (["๗"] if came.endswith("๓") else [])


def test_digits_without_room_where_the_first_look_lost_the_slash() -> None:
    seen = believed(pieces("ที่มท๐๘๐๗.๗ว๑๓"), crowded("ที่มท๐๘๐๗.๓๗๓/ว๑๓", "๓๗๓", 1), 1.4)
    assert told(seen) == "ที่มท๐๘๐๗.๓/ว๑๓"
    assert [one.text for piece in seen for one in piece.signs[0].others] == ["๗"]


def test_of_two_looks_without_a_number_the_surer_stands() -> None:
    office, surer = pieces("ศาลากลางจังหวัด", 0.9), pieces("ศาลากลางจังหวัด", 0.95)
    assert believed(office, surer, 1.4) != office
    assert believed(surer, office, 1.4) is surer


def test_the_surer_look_stands_with_its_boxes_on_the_line() -> None:
    first, second = pieces(CITED, 0.93), pieces(CITED, 0.94)
    assert believed(first, second, 1.15)[-1].box.left == pytest.approx(second[-1].box.left / 1.15)
    assert believed(second, first, 1.15) is second
    assert believed(first, [], 1.15) is first


def test_a_whole_number_is_believed_though_less_sure() -> None:
    torn, whole = pieces("ที่มห๐๐๒๓.๗ว๕๕", 0.99), pieces("ที่มห๐๐๒๓.๓/ว๕๕", 0.9)
    assert [piece.text for piece in believed(torn, whole, 1.4)] == [piece.text for piece in whole]
    assert believed(whole, torn, 1.4) is whole



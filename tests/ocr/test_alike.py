"""Digits before a slash told by the page's own others of them, in line images drawn sign by sign."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from letters import Box
from ocr.alike import Seen, examples, told
from ocr.crops import Crop
from ocr.rivals import Sign
from ocr.words import Piece
from tests.ocr.paper import FONT

SIZE, BASE, BODY = 44, 60, 26.0
CODE = "ที่มท๐๘๐๗."


def line(printed: str, read: str | None = None, of: int = 1, sure: float = 0.94) -> Seen:
    """Signs drawn one behind the other, a slash close to what stands before it; ``read``: what the engine makes ``of``
    so many before the slash, in the room that they take."""
    font = ImageFont.truetype(str(FONT), SIZE)
    page, right, pieces = Image.new("L", (900, 90), "white"), 20.0, []
    for sign in printed:
        left = right - 0.1 * SIZE if sign == "/" else right
        ImageDraw.Draw(page).text((left, BASE), sign, fill=0, font=font, anchor="ls")
        right = left + font.getlength(sign) + (0 if font.getlength(sign) == 0 else 2)
        pieces.append(piece(sign, sure, left, right))
    if read is not None:
        start, end = printed.index("/") - of, printed.index("/")
        left, step = pieces[start].box.left, (pieces[end].box.left - pieces[start].box.left) / len(read)
        pieces[start:end] = [piece(sign, sure, left + at * step, left + (at + 1) * step)
                             for at, sign in enumerate(read)]
    return Seen(Crop(np.asarray(page), 0, 0, 0.0), pieces, BODY)


def piece(sign: str, sure: float, left: float, right: float) -> Piece:
    return Piece(sign, sure, Box(left, 10, right, 80), signs=(Sign(sign, sure),))


def text(pieces: list[Piece]) -> str:
    return "".join(one.text for one in pieces)


PAGE = [line("๑๓มีนาคม๒๕๖๗"), line("๒๓กันยายน๒๕๕๗")]


@pytest.mark.parametrize(("printed", "read"), [
    ("๓", "๗"), ("๗", "๓"), ("๓", "๓"), ("๑๓", "๑๗"), ("๓", "๗๓"), ("๗", "๓๗"),
])
def test_the_digit_that_the_pages_own_cover_best_was_printed(printed: str, read: str) -> None:
    came = told(line(f"{CODE}{printed}/ว๑๒", read, len(printed)), examples(PAGE))
    assert text(came) == f"{CODE}{printed}/ว๑๒"
    digit = came[text(came).index("/") - 1]
    assert digit.signs[0].right == 0.93
    assert [other.text for other in digit.signs[0].others] == ["๗" if printed[-1] == "๓" else "๓"]


def test_so_is_the_last_digit_of_a_code_without_a_full_stop() -> None:
    assert text(told(line("ที่รอ๗๗๙๐๓/ป๕๒", "๗", 1), examples(PAGE))) == "ที่รอ๗๗๙๐๓/ป๕๒"
    assert text(told(line("ที่รอ๗๗๙๐๗/ป๕๒", "๓๗", 1), examples(PAGE))) == "ที่รอ๗๗๙๐๗/ป๕๒"
    assert text(told(line("ที่กค๐๕๐๓/ว๕๒", "๗", 1), examples(PAGE))) == "ที่กค๐๕๐๓/ว๕๒"


@pytest.mark.parametrize("page", [
    [], [line("๑๗มีนาคม๒๕๖๗")],
    [line("๑๓มีนาคม๒๕๓๖", sure=0.8)],            # the engine was not sure of them
    [line("๐๘๐๗.๓/ว๑"), line("๐๘๐๗.๓/ว๑")],      # before a slash themselves
    [line("๑๓มีนาคม๒๕๓๖")],                      # none of the other to compare with
])
def test_without_examples_what_was_read_stands(page: list[Seen]) -> None:
    asked = line(f"{CODE}๓/ว๑๒", "๗")
    assert told(asked, examples(page)) == asked.pieces


@pytest.mark.parametrize(("printed", "read"), [("๘", "๗"), ("๓", "๑")])
def test_what_neither_covers_or_was_read_as_neither_stands(printed: str, read: str) -> None:
    asked = line(f"{CODE}{printed}/ว๑๒", read)
    assert told(asked, examples(PAGE)) == asked.pieces


def test_an_empty_line_and_one_without_room_harm_nothing() -> None:
    empty = Seen(Crop(np.full((40, 10), 255, np.uint8), 0, 0, 0.0), [], BODY)
    assert told(empty, examples([empty, *PAGE])) == []
    crowded = [piece(sign, 0.94, 5, 5) for sign in "๐๘๐๗.๗/ว"]
    flat = Seen(empty.crop, crowded, BODY)
    assert told(flat, examples(PAGE)) == crowded

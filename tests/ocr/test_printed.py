"""Printed numbers read once more: what the network is shown, what it is believed, and numbers drawn and read by it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from letters import Box
from ocr.crops import Crop
from ocr.ctc import LogColumns
from ocr.printed.reread import Edit, Line, edits, numbers, reread
from ocr.printed.signs import BODY, HEIGHT, SIGNS, STEP, WIDTH, picture, told
from ocr.rivals import Sign
from ocr.words import Piece
from tests.ocr.paper import FONT

SIZE, BASE, HIGH = 44, 60, 26.0
SPACE = 14


def line(printed: str, read: str | None = None) -> Line:
    """Words drawn one behind the other; ``read``: what the engine makes of them, each sign in its share of its word."""
    font = ImageFont.truetype(str(FONT), SIZE, layout_engine=ImageFont.Layout.RAQM)
    page, left, pieces = Image.new("L", (1300, 90), "white"), 20.0, list[Piece]()
    for word, seen in zip(printed.split(), (read or printed).split(), strict=True):
        ImageDraw.Draw(page).text((left, BASE), word, fill=0, font=font, anchor="ls")
        width = font.getlength(word)
        step = width / len(seen)
        pieces += [piece(sign, left + at * step, left + (at + 1) * step) for at, sign in enumerate(seen)]
        left += width + SPACE
    return Line(Crop(np.asarray(page), 0, 0, 0.0), pieces, HIGH)


def piece(sign: str, left: float, right: float, sure: float = 0.95) -> Piece:
    """Less sure than figures must be not to be read again."""
    return Piece(sign, sure, Box(left, 10, right, 80), signs=(Sign(sign, sure),))


def text(pieces: list[Piece]) -> str:
    return "".join(one.text for one in pieces)


def columns(seen: str, sure: float = 0.999) -> LogColumns:
    """Columns that show these signs, one after the other."""
    rest, blank = (1 - sure) / len(SIGNS), 0
    return np.log([[sure if place == shown else rest for place in range(len(SIGNS) + 1)]
                   for sign in seen for shown in (SIGNS.index(sign) + 1, blank)])


@pytest.mark.parametrize(("printed", "on_line"), [
    ("ที่ มท ๐๘๑๐.๓/ว ๑๒", "ทมท๐๘๑๐.๓/ว๑๒"), ("เมษายน", "xมษxยน"), ("1,234.-", "1x234.-"), ("", ""),
])
def test_what_stands_on_the_line_is_told(printed: str, on_line: str) -> None:
    assert told(printed) == on_line


def test_a_picture_has_one_height_and_one_baseline() -> None:
    crop = line("มท ๐๘๑๐.๓").crop.image
    shown, lower = picture(crop, HIGH), picture(np.pad(crop, ((30, 0), (0, 0)), constant_values=255), HIGH)
    assert shown.shape[0] == HEIGHT and shown.shape[1] % STEP == 0 and 0 <= shown.min() <= shown.max() <= 1
    assert np.abs(shown - lower).mean() < 0.02
    rows = shown.sum(axis=1)
    foot = int(np.flatnonzero(rows > rows.max() / 4)[-1]) + 1
    assert foot == pytest.approx(HEIGHT - 12, abs=2)           # the baseline
    assert rows[foot - BODY:foot].sum() > 0.7 * rows.sum()


def test_what_is_too_wide_is_made_narrower_and_nothing_is_a_picture() -> None:
    assert picture(np.full((90, 4000), 255, np.uint8), HIGH).shape == (HEIGHT, WIDTH)
    assert not picture(np.full((3, 1), 255, np.uint8), HIGH).any()


@pytest.mark.parametrize(("read", "found"), [
    ("ที่ป่ง๐๐๒๓.๓/ว๑๒", ["ป่ง๐๐๒๓.๓/ว๑๒"]),
    ("ตามหนังสือจังหวัดที่ชน0019.7/1368ลงวันที่๒๓", ["ชน0019.7/1368", "๒๓*"]),
    ("ลงวันที่23มีนาคม2567", []),
    ("ที่พศ๐๐๓๓๗๗๖๒", ["พศ๐๐๓๓๗๗๖๒"]),                     # the slash is lost
    ("ที่มท๐๘๑๐.๗ว", ["มท๐๘๑๐.๗ว"]),
    ("พ.ศ.๒๕๖๒วันที่๑", ["๒๕๖๒*", "๑*"]),
    ("โทร.๐๒-๒๔๑-๙๐๐๐", ["๐๒-๒๔๑-๙๐๐๐*"]),
    ("เรียนนายอำเภอ", []),
])
def test_numbers_are_found_in_what_was_read(read: str, found: list[str]) -> None:
    drawn = line(read)
    assert [read[one.start:one.end] + "*" * one.figures for one in numbers(drawn)] == found


def test_figures_that_the_engine_is_sure_of_are_not_read_again() -> None:
    drawn = line("ที่ มท ๐๘๑๐.๓/ว ๑ ลงวันที่ ๗ มีนาคม ๒๕๖๗")
    sure = [replace(one, signs=(Sign(one.text, 0.999),)) for one in drawn.pieces]
    assert [one.figures for one in numbers(drawn)] == [False, True, True]
    unsaid = [replace(one, signs=()) for one in drawn.pieces]
    assert [one.figures for one in numbers(replace(drawn, pieces=sure))] == [False]
    assert [one.figures for one in numbers(replace(drawn, pieces=unsaid))] == [False]


def test_a_number_without_room_is_none() -> None:
    drawn = line("ที่มท๐๘๑๐.๓/ว๑")
    assert list(numbers(replace(drawn, pieces=[replace(one, box=Box(9, 0, 9, 9)) for one in drawn.pieces],
                                crop=replace(drawn.crop, image=drawn.crop.image[:, :8])))) == []


@pytest.mark.parametrize(("read", "seen", "found"), [
    ("มท๐๘๑๐.๗/ว๑", "มท๐๘๑๐.๓/ว๑", [(7, 8, "๓")]),
    ("มท๐๘๑๐.๗๓/ว๑", "มท๐๘๑๐.๓/ว๑", [(7, 8, "")]),
    ("มท๐๘๑๐.๗ว๑", "มท๐๘๑๐.๓/ว๑", [(7, 8, "๓/")]),
    ("มท๐๘๑๐.๗/ว๑", "ทมท๐๘๑๐.๗/ว๑ล", []),                    # neighbours' rests
    ("มท๐๘๑๐.๗/ว๑", "ท๐๘๑๐.๗/ว๑", []),                       # a letter cut off
    ("มท๐๘๑๐.๗/ว๑", "มท๐๘๑๐.๗/ว๑๒", [(11, 11, "๒")]),
    ("มท๐๘๑๐.๗/ว๑", "มท๐๘๑๐.๗/ว๑", []),
    ("ฉช85701/ว1807", "ฉช85/01/ว1807", []),                   # a number has one slash
    ("มท๐๘๑๐.๗/ว๑๒", "มท๐๘xx.๗/ว๑๒", []),                      # and no sign without a name
    ("ขน0023.21/680", "ขน๐๐๒๓.๒๑/๖๘๑", [(12, 13, "1")]),      # one number has one script
    ("ขน๐๐๒๓.21/๖๘", "ขน๐๐๒๓.๒๑/๖๘", [(7, 9, "๒๑")]),
])
def test_where_the_network_differs(read: str, seen: str, found: list[tuple[int, int, str]]) -> None:
    told_apart = edits(read, columns(seen))
    assert [(one.start, one.end, one.text) for one in told_apart] == found
    assert all(one.gain > 0 for one in told_apart if set(one.text) <= set(seen))


def test_of_figures_only_digits_differ() -> None:
    told_apart = edits("๓,๗๐๐", columns("๗๗๐๐"), figures=True)
    assert told_apart == []
    assert [one.text for one in edits("๓๒๕", columns("๗๒.๕"), figures=True)] == ["๗"]


def test_the_likelier_it_makes_the_number_the_likelier_an_edit() -> None:
    chances = [Edit(0, 1, "๓", gain).chance for gain in (-9e9, 0.5, 3.0, 9e9)]
    assert 0 <= chances[0] < chances[1] < chances[2] < chances[3] <= 1
    assert Edit(0, 1, "3", 3.0, in_thai=False).chance < 0.5 < Edit(0, 1, "๓", 3.0).chance  # the engine reads those well


@pytest.mark.parametrize(("printed", "read"), [
    ("ที่ มท ๐๘๐๗.๓/ว ๑๒", "ที่ มท ๐๘๐๗.๗/ว ๑๒"),
    ("ที่ มท ๐๘๐๗.๗/ว ๑๒", "ที่ มท ๐๘๐๗.๓/ว ๑๒"),
    ("ที่ มท ๐๘๐๗.๓/ว ๑๒", "ที่ มท ๐๘๐๗.๗๓/ว ๑๒"),
    ("ที่ มท ๐๘๐๗.๓/ว ๑๒", "ที่ มท ๐๘๐๗.๗ว ๑๒"),
    ("ที่ ชม ๐๐๒๓.๒/๗๒๘", "ที่ ชม ๐๐๒๓.๒/๓๒๘"),
    ("ที่ รย 52901/428", "ที่ รย 52907/428"),
    ("ลงวันที่ ๑๗ มีนาคม ๒๕๖๗", "ลงวันที่ ๑๓ มีนาคม ๒๕๖๓"),
])
def test_a_number_read_wrong_is_mended_by_the_network(printed: str, read: str) -> None:
    (came,) = reread([line(printed, read)])
    assert text(came) == printed.replace(" ", "")
    assert all(0.5 <= sign.right <= 1 for one in came for sign in one.signs)


@pytest.mark.parametrize("printed", ["ที่ มท ๐๘๐๗.๓/ว ๑๒ ลงวันที่ ๗ มีนาคม ๒๕๖๗", "ที่ นม 0023.6/1347", "โทร. ๐ ๒๒๔๑ ๙๐๐๐"])
def test_one_read_right_stays(printed: str) -> None:
    drawn = line(printed)
    assert text(reread([drawn])[0]) == text(list(drawn.pieces))


def test_a_mended_digit_keeps_what_the_engine_read_beside_it_and_marks_of_dirt_go() -> None:
    (came,) = reread([line("ที่ มท ๐๘๐๗.๓/ว ๑๒", "ที่ มทิ ๐๘๐๗.๗/ว ๑๒")])
    assert text(came) == "ที่มท๐๘๐๗.๓/ว๑๒"
    digit = came[text(came).index("/") - 1]
    assert [one.text for one in digit.signs[0].others] == ["๗"] and digit.box.width > 0


def test_lines_without_numbers_cost_and_change_nothing() -> None:
    plain = line("เรียน นายอำเภอทุกอำเภอ")
    empty = Line(Crop(np.full((40, 10), 255, np.uint8), 0, 0, 0.0), [], HIGH)
    assert reread([plain, empty]) == [list(plain.pieces), []]
    assert reread([]) == []

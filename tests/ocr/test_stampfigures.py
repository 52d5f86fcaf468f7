"""Figures in the frame of a stamp leave the print and join the stamp's rows."""

from __future__ import annotations

import numpy as np
import pytest

from letters import Box, Ink, Line
from ocr.frames import Frame
from ocr.stampfigures import is_figure_of, with_figures
from ocr.stamps import Stamp

STAMP = Stamp(Frame(np.array([[1000, 100], [1500, 110], [1498, 300], [998, 290]], np.float32)), (), ())
HOUR = Line("เวลา", box=Box(1020, 240, 1090, 280), ink=Ink.STAMP)


def figure(text: str, left: float = 1200, top: float = 242) -> Line:
    return Line(text, box=Box(left, top, left + 100, top + 34))


@pytest.mark.parametrize(("line", "found"), [
    (figure("14.30"), True), (figure("๐๙.๓๐ น."), True), (figure("1 290"), True),
    (figure("๙ มกราคม ๒๕๖๖"), False), (figure("5"), False), (figure("14.30", left=1600), False),
    (figure("14.30", top=400), False), (Line("14.30"), False)])
def test_a_figure_in_a_stamps_frame_is_the_stamps(line: Line, found: bool) -> None:
    assert is_figure_of(line, [STAMP]) is found
    assert not is_figure_of(line, [])


def test_a_figure_joins_the_row_it_stands_in() -> None:
    (row,) = with_figures([HOUR], [figure("14.30")])
    assert row.text == "เวลา  14.30" and row.ink is Ink.STAMP and row.box == Box(1020, 240, 1300, 280)


@pytest.mark.parametrize("other", [figure("14.30", left=900), figure("14.30", top=120)])
def test_a_figure_beside_no_row_is_a_line_of_the_stamps_ink(other: Line) -> None:
    rows = with_figures([HOUR], [other])
    assert rows[0] == HOUR and rows[1].text == "14.30" and rows[1].ink is Ink.STAMP

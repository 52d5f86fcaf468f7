"""Figures of received stamps that stand among the print: an hour or a number entered in black ink, where a line of the
letter runs through the stamp's row, so that black ink there is the letter's at first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from letters.page import Ink, Line
from letters.text import arabic, squeeze
from ocr.stamps import Stamp

_FIGURE = re.compile(r"\d[\d.,:-]{2,}(?:น\.?)?")


def is_figure_of(line: Line, stamps: Sequence[Stamp]) -> bool:
    """Whether a line is nothing but a figure in the frame of a stamp; no line of a letter is so short."""
    if line.box is None or not _FIGURE.fullmatch(squeeze(arabic(line.text))):
        return False
    x, y = line.box.left + line.box.width / 2, line.box.top + line.box.height / 2
    placed = ((stamp.frame.in_frame(x, y), stamp.frame.size) for stamp in stamps)
    return any(0 <= across <= width and 0 <= down <= height for (across, down), (width, height) in placed)


def with_figures(stamped: Sequence[Line], figures: Sequence[Line]) -> list[Line]:
    """A stamp's rows with the figures that stand to the right of them, then all others."""
    rows, others = list(stamped), []
    for figure in figures:
        at = next((at for at, row in enumerate(rows) if _is_right_of(row, figure)), None)
        if at is None:
            others.append(replace(figure, ink=Ink.STAMP))
        else:
            rows[at] = _joined(rows[at], figure)
    return rows + others


def _is_right_of(row: Line, figure: Line) -> bool:
    """Whether a figure stands to the right of a row, at its height."""
    if row.box is None or figure.box is None:
        return False
    middle = figure.box.top + figure.box.height / 2
    return figure.box.left >= row.box.right and row.box.top <= middle <= row.box.bottom


def _joined(row: Line, figure: Line) -> Line:
    box = row.box.union(figure.box) if row.box and figure.box else None
    return replace(row, text=f"{row.text}  {figure.text}", words=(*row.words, *figure.words), box=box,
                   confidence=min(row.confidence, figure.confidence))

"""Where the words of a page go in its invisible text layer: pure geometry, then the operators that put them there.

One row of the layer is one line of the reading, level, on one baseline, so that every reader of PDFs takes it for one
line. A word is stretched to its box, a space to the white between two words, and words that the reading does not part
touch each other: a gap would be read as a space that is not there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from letters.page import Line, Page, Word
from ocr.searchable.font import Codes

_LEAST = 0.02  # of a row's height: what a run keeps where boxes overlap
_FILL = 0.75   # of a line's height: marks of neighbouring lines overlap, rows that do so are one row to pdfium
_GAP = 0.25    # of a row's height: the narrowest white that every reader takes for a space
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Text from ``left`` to ``right``, in pixels of the page image."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its runs from left to right, its ``foot`` (the baseline) and ``height``, in pixels of the page image."""

    runs: tuple[Run, ...]
    foot: float
    height: float

    @property
    def text(self) -> str:
        """What a reader of the PDF gets."""
        return "".join(run.text for run in self.runs)


def rows_of(page: Page) -> list[Row]:
    """The rows of the layer, one for each line that has a place on the page, in reading order."""
    return [row for line in page.lines if (row := _row(line)) is not None]


def _row(line: Line) -> Row | None:
    text = _BLANK.sub(" ", line.text).strip()
    if line.box is None or not text:
        return None
    boxes = [word.box for word in line.words if word.box and word.text] or [line.box]
    # On a tilted line the box around all of it is too high; its words' boxes are not.
    height = max(1.0, min(line.box.height, max(box.height for box in boxes)))
    middle = median((box.top + box.bottom) / 2 for box in boxes)
    places = _placed(text, line.words, height) or [_Place(0, len(text), line.box.left, line.box.right)]
    return Row(tuple(_runs(text, places, height)), middle + _FILL * height / 2, _FILL * height)


@dataclass(frozen=True, slots=True)
class _Place:
    """A word: the characters ``start:end`` of its line, its columns on the page."""

    start: int
    end: int
    left: float
    right: float


def _placed(text: str, words: Sequence[Word], height: float) -> list[_Place]:
    """Where each word stands, always further right than the one before; nothing if the line does not hold its words
    in order."""
    places: list[_Place] = []
    at, edge = 0, float("-inf")
    for word in words:
        if word.box is None or not word.text:
            continue
        start = text.find(word.text, at)
        if start < 0:
            return []
        apart = start > at and bool(places)
        left = max(word.box.left, edge + (_GAP if apart else 0.0) * height)
        at = start + len(word.text)
        places.append(_Place(start if places else 0, at, left, word.box.right))
        edge = left + _LEAST * height
    return places


def _runs(text: str, places: Sequence[_Place], height: float) -> Iterator[Run]:
    """The words, each as far as the next one begins, and what stands between them stretched over the gaps."""
    for here, beyond in pairwise(places):
        if here.end == beyond.start:
            yield Run(text[here.start : here.end], here.left, beyond.left)
            continue
        right = max(here.left + _LEAST * height, min(here.right, beyond.left - _GAP * height))
        yield Run(text[here.start : here.end], here.left, right)
        yield Run(text[here.end : beyond.start], right, beyond.left)
    last = places[-1]
    yield Run(text[last.start :], last.left, max(last.right, last.left + _LEAST * height))


def untilted(rows: Sequence[Row], page: Page, tilt: float, width: float, height: float) -> list[Row]:
    """The rows on the page as it is shown, ``width`` x ``height`` in pixels, of which the reader turned the image about
    its middle by ``tilt`` degrees clockwise. Rows stay level and are right in their middle: tilted rows get torn."""
    across, down = math.sin(math.radians(tilt)), math.cos(math.radians(tilt))
    moved = []
    for row in rows:
        x = (row.runs[0].left + row.runs[-1].right - page.width) / 2
        y = row.foot - (row.height + page.height) / 2
        aside = width / 2 + x * down + y * across - (x + page.width / 2)
        below = height / 2 - x * across + y * down - (y + page.height / 2)
        runs = tuple(Run(run.text, run.left + aside, run.right + aside) for run in row.runs)
        moved.append(Row(runs, row.foot + below, row.height))
    return moved


def operators(rows: Sequence[Row], codes: Codes, font: str, scale: float, page_height: float) -> bytes:
    """The page's text layer as PDF operators: invisible text in points, origin at the lower left of the page as shown.

    ``scale`` is points per pixel, ``page_height`` in points, ``font`` the name of the layer's font on the page.
    """
    lines = ["BT", "3 Tr"]
    for row in rows:
        size = row.height * scale
        lines.append(f"/{font} {size:.3f} Tf")
        lines += _shown(row, codes, scale, size, page_height - row.foot * scale)
    return "\n".join([*lines, "ET"]).encode("ascii")


def _shown(row: Row, codes: Codes, scale: float, size: float, foot: float) -> Iterator[str]:
    for run in row.runs:
        natural = codes.width(run.text) * size
        stretch = 100 * (run.right - run.left) * scale / natural if natural else 100.0
        yield f"{stretch:.3f} Tz 1 0 0 1 {run.left * scale:.3f} {foot:.3f} Tm <{codes.hex(run.text)}> Tj"

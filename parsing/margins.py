"""Strays left of the text: punch holes, dark rims and staples, read as a sign before a row of print."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from letters import Box, Ink, Line, Page

LONGEST = 2  # characters of a stray
MOST_ROWS = 0.5  # of a page's width: what is wider runs from margin to margin
FEWEST = 4  # such rows tell the margin


def without_strays(page: Page) -> Page:
    """The page without signs that stand left of its text column before a row that begins in it.

    A mark of a list or a note written into the margin stays: what follows it does not begin in the column.
    """
    margin = _left_margin(page)
    if margin is None:
        return page
    lines = tuple(_without_stray(line, margin) for line in page.lines)
    return page if lines == page.lines else replace(page, lines=lines)


def _left_margin(page: Page) -> float | None:
    """Where the rows that run over most of the page begin, pixels; ``None`` where too few do."""
    boxes = [line.box for line in page.lines if line.box and line.ink is Ink.PRINT]
    lefts = sorted(box.left for box in boxes if box.width > MOST_ROWS * page.width)
    return lefts[len(lefts) // 4] if page.width and len(lefts) >= FEWEST else None


def _without_stray(line: Line, margin: float) -> Line:
    if line.ink is not Ink.PRINT or len(line.words) < 2:
        return line
    first, second = line.words[:2]
    if first.box is None or second.box is None or len(first.text) > LONGEST:
        return line
    slack = second.box.height
    if not (first.box.right < margin - slack / 2 and second.box.left > margin - slack / 2):
        return line
    start = line.text.find(second.text, len(first.text))
    if start < 0:
        return line
    boxes = [word.box for word in line.words[1:] if word.box]
    return replace(line, text=line.text[start:], words=line.words[1:], box=reduce(Box.union, boxes))

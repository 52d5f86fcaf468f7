"""The body's three parts: why the letter is written, what it wishes, and its end (Regulation, form 1)."""

from __future__ import annotations

import re

from letters import Body, Passage
from letters.text import arabic
from parsing import labels
from parsing.fields.actions import OPENER
from parsing.fields.address import joined
from parsing.fields.history import history_spans, is_history
from parsing.flow import Flow
from parsing.loose import either, loose
from parsing.parts import Part
from parsing.sheet import Sheet

# What leads over to the wish at the beginning of a sentence; the request itself follows.
_LEADS = re.compile(rf"(?:(?<=\n)|(?<=\s\s)|(?<=\n\s)|(?<=นั้น )){loose('ในการนี้')}")
_ENDS = re.compile(
    rf"(?:^|\n)\s*(?:{labels.PURPOSE.pattern.removeprefix('^')}"
    rf"|{either('จึงประกาศ', 'สั่ง ณ วันที่', 'ประกาศ ณ วันที่', 'ให้ไว้ ณ วันที่', 'ทั้งนี้ ตั้งแต่')})"
)
_GAP = re.compile(r"\S[ \t]*\n(?=\s*\n)")  # what stands apart below the end is no part of it


def find_body(sheet: Sheet) -> Body:
    """The parts of the body that are there. What the cause tells of an earlier request is never the wish."""
    flow = sheet.part(Part.BODY)
    text = arabic(flow.text)
    label = labels.RADIO_TEXT.match(text)
    begin = label.end() if label else 0
    end = _end(text)
    wish = _wish(text, end)
    gap = _GAP.search(text, end)
    return Body(
        _passage(flow, begin, wish if wish is not None else end),
        _passage(flow, wish, end) if wish is not None else None,
        _passage(flow, end, gap.end() if gap else len(text)),
    )


def _end(text: str) -> int:
    found = [match.start() for match in _ENDS.finditer(text)]
    return found[-1] if found else len(text)


def _wish(text: str, end: int) -> int | None:
    """Where the wish begins: its opener, or ในการนี้ that leads over to it."""
    history = history_spans(text)
    openers = (match.start() for match in OPENER.finditer(text, 0, end))
    first = next((start for start in openers if not is_history(start, history)), None)
    if first is None:
        return None
    leads = [match.start() for match in _LEADS.finditer(text, 0, first) if not is_history(match.start(), history)]
    return leads[-1] if leads else first


def _passage(flow: Flow, start: int, end: int) -> Passage | None:
    words = joined(flow.text[start:end])
    if not words:
        return None
    start += len(flow.text[start:end]) - len(flow.text[start:end].lstrip())
    return Passage(words, flow.evidence(start, start + len(flow.text[start:end].rstrip())))

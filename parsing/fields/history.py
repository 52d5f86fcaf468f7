"""Which stretches of a body tell what went before, so that nothing in them binds anybody now."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from parsing.fields.phrases import (
    ASKED,
    ASKS,
    BEFORE_NOW,
    BUT,
    CAUSE,
    CAUSE_END,
    DONE,
    LISTS,
    MAKES_KNOWN,
    MUST,
    NOW,
    ONLY_MADE_KNOWN,
    OWN_REQUEST,
    REQUESTS,
    TELLS_CAUSE,
    TURN,
    TURNS,
    WISH,
)

FAR = 500  # characters in which a cause comes to its turn
T = TypeVar("T", int, tuple[int, int])
_PARAGRAPH = re.compile(r"\n\s*\n")
_ASKS = re.compile(r"(?:จึง|ขอให้|ในการนี้|\n\s*\d{1,2}\s*\.)")


@lru_cache(maxsize=16)
def history_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a body that tell what went before: the cause up to its ``นั้น``, and what ``บัดนี้`` reports as done.
    Kept for the last few texts: several finders ask for the same body's."""
    spans: list[tuple[int, int]] = []
    ends = [match.span() for match in CAUSE_END.finditer(text)]
    wishes = [match.start() for match in _ASKS.finditer(text)]
    for start in CAUSE.finditer(text):
        if spans and start.start() < spans[-1][1]:
            continue
        end = next_from(ends, (start.end(), -1))
        asked = next_from(wishes, start.end())
        early = asked is not None and end is not None and asked < end[0]
        but = BUT.search(text, start.end(), start.end() + FAR)
        if but and not (end and end[0] < but.start()) and not ASKED.search(text, start.end(), but.start()):
            spans.append((start.start(), but.start()))
        elif end and not (early and _new_paragraph_before(text, start.end(), end[0])):
            spans.append((start.start(), end[1]))
    reached = 0
    for before in BEFORE_NOW.finditer(text):
        if before.start() >= reached:
            turn = TURN.search(text, before.end())
            reached = turn.start() if turn else len(text)
            spans.append((before.start(), reached))
    for now in NOW.finditer(text):
        done = DONE.search(text, now.end(), min(len(text), now.end() + 400))
        if done and not WISH.search(text, now.end(), done.start()):
            opens = text.rfind("\n\n", 0, now.start()) + 1
            told = not WISH.search(text, opens, now.start())
            spans.append((opens if told else now.start(), done.end()))
    return tuple(spans)


@lru_cache(maxsize=16)
def public_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Stretches of a body that are only to be made known to the public: what is told behind such a wish, and, where it
    is all that a body asks for, what stands before it."""
    spans = [match.span() for match in MAKES_KNOWN.finditer(text)]
    only = ONLY_MADE_KNOWN.search(text, turn(text))
    if (only and only.start() == turn(text)) or (
        only and not turn(text) and not REQUESTS.search(text, 0, only.start())
    ):
        spans.append((0, only.start()))
    return tuple(spans)


@lru_cache(maxsize=16)
def turn(text: str) -> int:
    """Where a body turns from its cause to what the sender wishes: at the first word that says so, or the first request
    of a later paragraph. 0 where it tells no cause, or no turn is marked."""
    told = TELLS_CAUSE.match(text)
    marked = TURNS.search(text, told.end()) if told else None
    later = _PARAGRAPH.search(text, told.end(), marked.start() if marked else len(text)) if told else None
    asked = OWN_REQUEST.search(text, later.end(), marked.start() if marked else len(text)) if later else None
    found = asked or marked
    return found.start() if found else 0


@lru_cache(maxsize=32)
def first_request(text: str, *, wish: bool = False) -> int:
    """Where a text first asks for something, or from its turn to the ``wish`` on; its length where it does not."""
    found = REQUESTS.search(text, turn(text) if wish else 0)
    return found.start() if found else len(text)


@lru_cache(maxsize=16)
def first_task(text: str) -> int:
    """Where a text first asks for something in any words, or lists what is to be done; its length where it does not."""
    found = (told.search(text) for told in (ASKS, REQUESTS, MUST, LISTS))
    return min((match.start() for match in found if match), default=len(text))


_NOTE = re.compile(r"เพื่อ\s?(?:โปรด\s?)?(?:ทราบ|พิจารณา)")


@lru_cache(maxsize=16)
def asks_for_anything(text: str) -> bool:
    """Whether a body asks for anything but to take note of it or to consider it."""
    asked = _NOTE.sub(" ", text)
    return first_task(asked) < len(asked)


def next_from(ordered: Sequence[T], least: T) -> T | None:
    """The first of an ordered sequence that is not less than ``least``."""
    place = bisect_left(ordered, least)
    return ordered[place] if place < len(ordered) else None


def _new_paragraph_before(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"\n\s*(?:ในการนี้|ดังนั้น|เพื่อให้|จังหวัด[^\n]{0,40}พิจารณา|กรม[^\n]{0,60}พิจารณา)", text[start:end]))


def is_history(position: int, history: Sequence[tuple[int, int]]) -> bool:
    """Whether a position lies in a stretch of history."""
    return any(start <= position < end for start, end in history)


_OPENS = re.compile(r"\n\s*\n|\n\s*\d{1,2}\s*[.)]|(?:จึง)?ขอให้|ทั้งนี้|จึงขอ")
_CLOSES = re.compile(r"\n\s*\n|\s(?=จึงเรียน|ทั้งนี้|รายละเอียด)")
AROUND, BEHIND = 240, 120  # characters of a sentence before and behind a phrase


def sentence_around(text: str, start: int, end: int) -> str:
    """The words around a phrase, back to the last request or paragraph and on to the next blank after it."""
    floor = max(0, start - AROUND)
    opening = max((match.start() for match in _OPENS.finditer(text, floor, start)), default=floor)
    closing = _CLOSES.search(text, end, end + BEHIND)
    return text[opening : closing.start() if closing else end + BEHIND // 2].strip()

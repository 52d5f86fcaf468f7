"""The few words of a letter that show why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

_BEFORE = 60
_LENGTH = 220
# A cut in front of one of these would part it from its consonant; a leading vowel belongs to what follows.
_FOLLOWERS = re.compile("[ะ-ฺๅ็-๎]")
_LEADERS = "เแโใไ"


def snippet(texts: Iterable[str], found: re.Pattern[str] | None) -> str:
    """Safe HTML of about 220 characters from the first of the tidied texts that holds something found, with
    ``<mark>`` around all of it; else the beginning of the first text that is not empty."""
    texts = [text for text in texts if text.strip()]
    for text in texts:
        if found and (first := found.search(text)):
            spans = (match.span() for match in found.finditer(text, first.start()))
            return _marked(text, spans, *_window(text, first.start()))
    return _marked(texts[0], (), *_window(texts[0], 0)) if texts else ""


def _window(text: str, hit: int) -> tuple[int, int]:
    start = _edge(text, max(0, hit - _BEFORE))
    return start, _edge(text, min(len(text), start + _LENGTH))


def _edge(text: str, at: int) -> int:
    """The next place to the left of ``at`` where Thai script may be cut."""
    while 0 < at < len(text) and (_FOLLOWERS.match(text[at]) or text[at - 1] in _LEADERS):
        at -= 1
    return at


def _marked(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> str:
    pieces = "".join(_pieces(text, spans, start, end))
    return ("…" if start > 0 else "") + re.sub(r"\s+", " ", pieces).strip() + ("…" if end < len(text) else "")


def _pieces(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[str]:
    at = start
    for left, right in spans:
        if left >= end:
            break
        yield escape(text[at:left])
        yield f"<mark>{escape(text[left:min(right, end)])}</mark>"
        at = min(right, end)
    yield escape(text[at:end])

"""A date in a text, with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from letters import LetterDate
from letters.text import arabic
from parsing.dates import FoundDate
from parsing.fields.history import first_request, is_history, public_spans, turn
from parsing.fields.phrases import ON, PLAIN_ON, PROVIDES

BEHIND, AHEAD, FAR = 120, 240, 320  # characters around a date that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """A date in a text with the words right before and behind it, lines joined to paragraphs and items. ``announced``:
    whether the text speaks to everybody; ``public``: whether it is told to be made known; ``provided``: whether it is a
    rule's day of every year; ``told``: whether it stands in the cause of a letter; ``asked``: whether it stands in the
    wish, behind a request."""

    found: FoundDate
    value: LetterDate
    before: str
    after: str
    announced: bool = False
    public: bool = False
    provided: bool = False
    told: bool = False
    asked: bool = False

    @classmethod
    def of(cls, text: str, found: FoundDate, value: LetterDate) -> Place:
        """The place of a found date in its text; the words around it have Arabic digits."""
        before, after = text[max(0, found.start - BEHIND) : found.start], text[found.end : found.end + AHEAD]
        if found.start > BEHIND:
            before = _CUT.sub("", before)
        public = is_history(found.start, public_spans(text))
        rule = found.year_missing and PROVIDES.search(arabic(text[max(0, found.start - FAR) : found.start]))
        words = unwrapped(arabic(before)), unwrapped(arabic(after))
        wish = turn(text)
        asked = wish <= found.start and first_request(text, wish=True) < found.start
        return cls(found, value, *words, is_announced(text), public, bool(rule), found.start < wish, asked)


_WRAP = re.compile(r"(?<![\n])\n(?!\s*\n|\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s)")
_CUT = re.compile(r"^ให้(?=[ก-์])")  # what a cut leaves of ทำให้, กำหนดให้ is no request
_ANNOUNCED = re.compile(r"ประกาศ\s?ณ\s?วัน")


def unwrapped(words: str) -> str:
    """Words with their lines joined by blanks, but paragraphs and items; as long as before."""
    return _WRAP.sub(" ", words)


@lru_cache(maxsize=16)
def is_announced(text: str) -> bool:
    """Whether a body is an announcement's, which speaks to the public."""
    return _ANNOUNCED.search(text) is not None


def opening(before: str) -> str:
    """The characters right before a date that belong to it: ``ในวันพุธที่``."""
    found = PLAIN_ON.search(before) or re.search(rf"(?:ใน)?(?:ระหว่าง)?\s*{ON}$", before)
    return found[0].lstrip() if found else ""

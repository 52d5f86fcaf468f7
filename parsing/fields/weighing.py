"""Whether a day that no listed phrase makes a deadline may be one all the same: by what stands around it in general.

The signs are the words of ``parsing/data/signs.tsv`` in their places, and what the letter's build tells: whether
something is asked for before the day, whether it stands in a numbered item, how many days ahead it lies. How much each
counts was learned from letters and bodies whose deadlines are known (``python -m training.due``, ``due.json``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from letters import LetterDate, Precision
from letters.text import arabic
from parsing.dates import FoundDate
from parsing.fields.history import turn
from parsing.fields.phrases import REQUESTS, WEEKDAY
from parsing.loose import THI, either, loose
from parsing.tables import table

REACH = 200  # characters before a day that are looked at
TOUCH, NEAR, CLOSE, AFTER = 14, 34, 56, 60
MOST = 3  # signs that are told
SOON, LATE = 120, 240  # days ahead
_ON = re.compile(rf"\s*(?:{loose('วัน')}(?:{WEEKDAY})?\s?{THI})?\s*$")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s)")
_ITEM = re.compile(r"\s*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]|[-–•])\s")
_ENDS = re.compile(r"\s*\)?\s*(?:$|\n)")


class Weights(msgspec.Struct, frozen=True):
    """``signs``: what each sign adds to the log-odds of a deadline, ``base`` included. A chance of ``sure`` and more is
    taken for a deadline, one between ``doubt`` and that goes to a person."""

    base: float
    sure: float
    doubt: float
    signs: Mapping[str, float]


@cache
def weights(of: str = "days") -> Weights:
    """What the project ships: for ``days``, and for ``periods`` without a day."""
    shipped = (resources.files("parsing") / "data" / "due.json").read_bytes()
    return msgspec.json.decode(shipped, type=dict[str, Weights])[of]


@cache
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each sign's name, where it stands, and its words as one pattern."""
    rows = table("signs")
    names = dict.fromkeys((row["sign"], row["where"]) for row in rows)
    return tuple(
        (sign, where, _pattern(where, [row["phrase"] for row in rows if row["sign"] == sign])) for sign, where in names
    )


def _pattern(where: str, words: list[str]) -> re.Pattern[str]:
    group = "(?:" + "|".join(map(_word, words)) + ")"
    return re.compile({"touch": rf"{group}\s*$", "behind": rf"\s*\)?\s*{group}"}.get(where, group))


def _word(word: str) -> str:
    return either(word) if re.match("[ก-๙]", word) else re.escape(word)


def signs_of(text: str, found: FoundDate, value: LetterDate, letter_date: LetterDate | None) -> frozenset[str]:
    """The signs around a day of a body's text; with the letter's date, how far ahead it lies."""
    told = set(signs_around(text, found.start, found.end))
    told |= {"range"} if found.first is not None else set()
    told |= {"month"} if value.precision is Precision.MONTH else set()
    return frozenset(told | ({_ahead(value, letter_date)} if letter_date else set()))


def signs_around(text: str, start: int, end: int) -> frozenset[str]:
    """The signs around the words ``start:end`` of a body's text: the table's, and what the letter's build tells."""
    before = arabic(text[max(0, start - REACH) : start])
    after = arabic(text[end : end + AFTER])
    opens = max((match.start() for match in _PARAGRAPH.finditer(before)), default=0)
    own = before[opens:]
    on = _ON.search(own)
    bare = own[: on.start()] if on else own
    requests = list(REQUESTS.finditer(bare))
    asked = requests[-1].end() if requests else None
    windows = {
        "touch": bare[-TOUCH:], "near": bare[-NEAR:], "clause": bare[asked if asked is not None else -NEAR * 2 :],
        "behind": after[: TOUCH * 2], "after": after,
    }  # fmt: skip
    told = {sign for sign, where, pattern in _patterns() if pattern.search(windows[where])}
    told.add("unasked" if asked is None else "asked close" if len(bare) - asked < TOUCH * 4 else "asked")
    told |= {"item"} if _ITEM.match(before[opens:].lstrip("\n")) else set()
    told |= {"ends"} if _ENDS.match(after) else set()
    told |= {"wish above"} if REQUESTS.search(before[:opens]) else set()
    return frozenset(told | ({"cause"} if start < turn(text) else set()))


def _ahead(value: LetterDate, letter_date: LetterDate) -> str:
    """How far ahead of the letter's date a day lies."""
    days = (value.latest - letter_date.earliest).days
    return "past" if days < 0 else "soon" if days <= SOON else "later" if days <= LATE else "far ahead"


def chance(signs: frozenset[str], by: Weights | None = None) -> float:
    """How likely a day with these signs is a deadline, 0–1."""
    known = by or weights()
    return 1 / (1 + math.exp(-known.base - sum(known.signs.get(sign, 0.0) for sign in signs)))


def in_words(signs: frozenset[str]) -> str:
    """The signs that spoke most for a deadline, the strongest first, in plain Thai for a person."""
    known = weights().signs
    spoke = sorted((sign for sign in signs if known.get(sign, 0.0) > 0), key=lambda sign: (-known[sign], sign))
    thai = {row["sign"]: row["thai"] for row in table("sign_names")}
    return "ไม่มีคำบอกกำหนดโดยตรง แต่" + " ".join(thai[sign] for sign in spoke[:MOST])

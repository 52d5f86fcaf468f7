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
def weights() -> Weights:
    """What the project ships."""
    return msgspec.json.decode((resources.files("parsing") / "data" / "due.json").read_bytes(), type=Weights)


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
    before = arabic(text[max(0, found.start - REACH) : found.start])
    after = arabic(text[found.end : found.end + AFTER])
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
    told.add(
        "asked close"
        if asked is not None and len(bare) - asked < TOUCH * 4
        else "asked"
        if asked is not None
        else "unasked"
    )
    told |= {name for name, is_so in _build(before, opens, after, found, value) if is_so}
    told |= {"cause"} if found.start < turn(text) else set()
    return frozenset(told | ({_ahead(value, letter_date)} if letter_date else set()))


def _build(before: str, opens: int, after: str, found: FoundDate, value: LetterDate) -> list[tuple[str, bool]]:
    """Signs of the letter's build."""
    return [
        ("item", _ITEM.match(before[opens:].lstrip("\n")) is not None),
        ("ends", _ENDS.match(after) is not None),
        ("range", found.first is not None),
        ("month", value.precision is Precision.MONTH),
        ("wish above", REQUESTS.search(before[:opens]) is not None),
    ]


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

"""Addressees as their tables spell them: what OCR did to a title or a province's name is mended where one answer is
near enough; the evidence keeps what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import Levenshtein

from parsing.loose import MARKS
from parsing.owners import provinces
from parsing.tables import column

SHORTEST = 7  # letters of a title that can be told from another when one or two of them are wrong
LONG = 12
_MARKS = re.compile(f"[{MARKS}\\s]")


def spelt(name: str) -> str:
    """The name with its title, and the province behind it, as the tables write them; as it is where they tell nothing.

    >>> spelt("ผู้ว่าราชวร จังหวัดสิงห์บุร")
    'ผู้ว่าราชการจังหวัดสิงห์บุรี'
    """
    return _with_province(_with_title(name))


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    """(letters that must stand, title) of every title of many places that is long enough, the longest first."""
    bare = ((_MARKS.sub("", word), word) for word in column("titles", "word", use="listed"))
    return tuple(sorted((pair for pair in bare if len(pair[0]) >= SHORTEST), key=lambda pair: -len(pair[0])))


def _with_title(name: str) -> str:
    letters = _MARKS.sub("", name)
    if any(letters.startswith(bare) for bare, _ in _titles()):
        return name
    near = min(_near(letters), default=None)
    if near is None:
        return name
    _, _, _, length, title = near
    return title + _behind(name, length)


def _near(letters: str) -> Iterator[tuple[int, int, int, int, str]]:
    """(errors, minus the title's length, letters too many or few, letters it takes, title) of the titles that the name
    may begin with."""
    for bare, title in _titles():
        most = 2 if len(bare) >= LONG else 1
        for length in range(len(bare) - 1, len(bare) + 2):
            errors = Levenshtein.distance(letters[:length], bare, score_cutoff=most)
            if errors <= most and letters[:1] == bare[:1]:
                yield errors, -len(bare), abs(length - len(bare)), length, title


def _behind(name: str, letters: int) -> str:
    """What stands behind the first ``letters`` letters that must stand and their marks."""
    for at, sign in enumerate(name):
        if letters == 0 and (sign.isspace() or not _MARKS.match(sign)):
            return name[at:]
        letters -= not _MARKS.match(sign)
    return ""


_IN_PROVINCE = re.compile(r"(?<=จังหวัด)(?P<place>[ก-์]{2,16})$")


def _with_province(name: str) -> str:
    place = _IN_PROVINCE.search(name)
    if place is None or place["place"] in provinces():
        return name
    read = _MARKS.sub("", place["place"])
    near = [one for one in provinces() if Levenshtein.distance(read, _MARKS.sub("", one)) <= len(read) // 5]
    return name[: place.start()] + near[0] if len(near) == 1 else name

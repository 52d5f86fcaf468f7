"""Patterns that forgive what OCR does to Thai marks: lost, added or doubled vowel signs and tone marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# MARKS in two runs: a class of three is compiled as a bitmap of all of Unicode, which takes 1.6 s for all patterns.
_ANY_MARKS = "\u0e31?[\u0e34-\u0e3a\u0e47-\u0e4e]*"
_TONE = "[\u0e48-\u0e4c]?"

# ที่ is too short to lose all its marks: ท alone stands in every other word.
THI = "ท(?:[\u0e34-\u0e37\u0e31]\u0e48?|\u0e48[\u0e34-\u0e37]?)"


# Letters that the reader swaps most (ocr/models/confusions.tsv). Short words must stand: another word is too near.
_SWAPS = ("ใไ", "ชซ", "ดตค", "กภถ")
_LONG = 5
FEW = 4  # words that are tried one after another everywhere


@cache
def loose(word: str, *, spaced: bool = False) -> str:
    """A regular expression for a word whose consonants and side vowels must stand and whose marks may not; in words of
    five letters and more, letters of one shape stand for one another.

    ``spaced``: allow blanks or a line break between letters (OCR sprinkles blanks, lines break in words).

    >>> bool(re.fullmatch(loose("เรื่อง"), "เรือง"))
    True
    """
    gap = r"\s{0,2}" if spaced else ""
    letters = re.sub(f"[{MARKS}]", "", word.replace("ํา", "ำ"))
    return gap.join(_letter(char, swap=len(letters) >= _LONG) for char in letters)


def _letter(char: str, *, swap: bool) -> str:
    if char == "ำ":
        return f"(?:ำ|\u0e4d?{_TONE}า)"
    if char.isspace():
        return r"\s*"
    shape = next((letters for letters in _SWAPS if swap and char in letters), "")
    return (f"[{shape}]" if shape else re.escape(char)) + _ANY_MARKS


def either(*words: str, spaced: bool = False) -> str:
    """A group that matches any of the words loosely, longest first (by what must stand: สิบ before สี่). Where no word
    begins with the letter that stands there, none is tried."""
    ordered = sorted(words, key=lambda word: len(re.sub(f"[{MARKS}]", "", word)), reverse=True)
    choice = "|".join(loose(word, spaced=spaced) for word in ordered)
    return f"(?:{first_letters(words)}(?:{choice}))" if len(words) > FEW else f"(?:{choice})"


def first_letters(words: Iterable[str], others: str = "") -> str:
    """A look at the letter that any of the words begins with, as printed or as it may be swapped, or at others (as in a
    class of characters); patterns that would try every word at every letter fail on it at once."""
    first = {letter for word in words for letter in _firsts(word)}
    return f"(?=[{others}{''.join(sorted(first))}])" if all(re.match("[ก-๙]", letter) for letter in first) else ""


def _firsts(word: str) -> str:
    """The letters that may stand for a word's first."""
    return next((letters for letters in _SWAPS if word[:1] in letters), "ำ\u0e4dา" if word[:1] == "ำ" else word[:1])

"""Patterns that forgive what OCR does to Thai marks: lost, added or doubled vowel signs and tone marks."""

from __future__ import annotations

import re
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
    """A group that matches any of the words loosely, longest first (by what must stand: สิบ before สี่)."""
    ordered = sorted(words, key=lambda word: len(re.sub(f"[{MARKS}]", "", word)), reverse=True)
    return "(?:" + "|".join(loose(word, spaced=spaced) for word in ordered) + ")"

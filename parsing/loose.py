"""Patterns that forgive what OCR does to Thai marks: lost, added or doubled vowel signs and tone marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# MARKS in two runs: a class of three is compiled as a bitmap of all of Unicode, which takes long. ั is hardly ever read
# where no mark was printed.
_NO_MARK = "[\u0e34-\u0e3a\u0e47-\u0e4e]*"
_ANY_MARKS = f"\u0e31?{_NO_MARK}"
_TONE = "[\u0e48-\u0e4c]?"

# ที่ is too short to lose all its marks: ท alone stands in every other word.
THI = "ท(?:[\u0e34-\u0e37\u0e31]\u0e48?|\u0e48[\u0e34-\u0e37]?)"


# Printed letter → what it is read as, where the reader takes it for another in one of a hundred or more
# (ocr/models/confusions.tsv), and ด, ต, ค among themselves. Short words must stand: another word is too near.
_READ_AS = {
    **dict.fromkeys("ใไ", "ใไ"),
    **dict.fromkeys("ชซ", "ชซ"),
    **dict.fromkeys("ดตค", "ดตค"),
    **{"ข": "ขช", "ถ": "ถก", "ภ": "ภก"},
}
_IN_FRONT = "เแโใไ"  # vowels that carry no marks
_LONG = 5
FEW = 4  # words that are tried one after another everywhere


@cache
def loose(word: str, *, spaced: bool = False) -> str:
    """A regular expression for a word whose consonants and side vowels must stand and whose marks may not; in words of
    five letters and more, what the reader takes for a letter stands for it.

    ``spaced``: allow blanks or a line break between letters (OCR sprinkles blanks, lines break in words).

    >>> bool(re.fullmatch(loose("เรื่อง"), "เรือง"))
    True
    """
    return (_GAP if spaced else "").join(letter + marks for letter, marks in _letters(word))


_GAP = r"\s{0,2}"
_LETTER = re.compile(f"([^{MARKS}])([{MARKS}]*)", re.DOTALL)


def _letters(word: str) -> list[tuple[str, str]]:
    """What must stand of a word, letter by letter, each with the marks that may stand on it."""
    letters = _LETTER.findall(word.replace("ํา", "ำ"))
    return [_letter(char, marks, swap=len(letters) >= _LONG) for char, marks in letters]


def _letter(char: str, marks: str, *, swap: bool) -> tuple[str, str]:
    if char == "ำ":
        return f"(?:ำ|\u0e4d?{_TONE}า)", ""
    if char.isspace():
        return r"\s*", ""
    read = _READ_AS.get(char, "") if swap else ""
    marked = "" if char in _IN_FRONT else _ANY_MARKS if marks else _NO_MARK
    return f"[{read}]" if read else re.escape(char), marked


@dataclass(slots=True)
class _Node:
    """A letter in a tree of words: the marks that may stand on it, whether a word ends there, and what follows."""

    marks: str = ""
    ends: bool = False
    further: dict[str, _Node] = field(default_factory=dict)


def either(*words: str, spaced: bool = False) -> str:
    """A group that matches any of the words loosely, longest first (by what must stand: สิบ before สี่). Where no word
    begins with the letter that stands there, none is tried; words that begin alike share their beginning."""
    root = _Node()
    for word in words:
        node = root
        for letter, marks in _letters(word):
            node = node.further.setdefault(letter, _Node())
            node.marks = max(node.marks, marks, key=len)
        node.ends = True
    choice = _branches(root, _GAP if spaced else "")
    return f"(?:{first_letters(words)}{choice})" if len(words) > FEW else f"(?:{choice})"


def _branches(node: _Node, gap: str) -> str:
    """The choices from a point on, those that lead to the longest word first."""
    ordered = sorted(node.further.items(), key=lambda item: _depth(item[1]), reverse=True)
    choices = [letter + child.marks + _rest(child, gap) for letter, child in ordered]
    return f"(?:{'|'.join(choices)})" if len(choices) > 1 else choices[0]


def _rest(node: _Node, gap: str) -> str:
    """What follows a letter: nothing at the end of a word, and straight on where there is no choice."""
    if not node.further:
        return ""
    if len(node.further) == 1 and not node.ends:
        return gap + _branches(node, gap)
    return f"(?:{gap}{_branches(node, gap)}){'?' if node.ends else ''}"


def _depth(node: _Node) -> int:
    return max((1 + _depth(child) for child in node.further.values()), default=0)


def first_letters(words: Iterable[str], others: str = "") -> str:
    """A look at the letter that any of the words begins with, as printed or as it may be swapped, or at others (as in a
    class of characters); patterns that would try every word at every letter fail on it at once."""
    first = {letter for word in words for letter in _firsts(word)}
    return f"(?=[{others}{''.join(sorted(first))}])" if all(re.match("[ก-๙]", letter) for letter in first) else ""


def _firsts(word: str) -> str:
    """The letters that may stand for a word's first."""
    return _READ_AS.get(word[:1], "ำ\u0e4dา" if word[:1] == "ำ" else word[:1])

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


# Printed letter → what it is read as, where the reader takes it for another in one of a hundred or more
# (ocr/models/confusions.tsv), and ด, ต, ค among themselves. Short words must stand: another word is too near.
_READ_AS = {
    **dict.fromkeys("ใไ", "ใไ"),
    **dict.fromkeys("ชซ", "ชซ"),
    **dict.fromkeys("ดตค", "ดตค"),
    **{"ข": "ขช", "ถ": "ถก", "ภ": "ภก"},
}
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
    return (_GAP if spaced else "").join(_letters(word))


_GAP = r"\s{0,2}"


def _letters(word: str) -> list[str]:
    """What must stand of a word, letter by letter."""
    letters = re.sub(f"[{MARKS}]", "", word.replace("ํา", "ำ"))
    return [_letter(char, swap=len(letters) >= _LONG) for char in letters]


def _letter(char: str, *, swap: bool) -> str:
    if char == "ำ":
        return f"(?:ำ|\u0e4d?{_TONE}า)"
    if char.isspace():
        return r"\s*"
    read = _READ_AS.get(char, "") if swap else ""
    return (f"[{read}]" if read else re.escape(char)) + _ANY_MARKS


def either(*words: str, spaced: bool = False) -> str:
    """A group that matches any of the words loosely, longest first (by what must stand: สิบ before สี่). Where no word
    begins with the letter that stands there, none is tried; words that begin alike share their beginning."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in _letters(word):
            node = node.setdefault(letter, {})
        node[""] = {}
    choice = _branches(tree, _GAP if spaced else "")
    return f"(?:{first_letters(words)}{choice})" if len(words) > FEW else f"(?:{choice})"


_Tree = dict[str, "_Tree"]  # letter → what follows it; "" → nothing need follow


def _branches(tree: _Tree, gap: str) -> str:
    """The choices from a point on, those that lead to the longest word first."""
    ordered = sorted(tree.items(), key=lambda item: _depth(item[1]), reverse=True)
    choices = [letter + _rest(node, gap) for letter, node in ordered]
    return f"(?:{'|'.join(choices)})" if len(choices) > 1 else choices[0]


def _rest(node: _Tree, gap: str) -> str:
    """What follows a letter: nothing at the end of a word, and straight on where there is no choice."""
    further = {letter: child for letter, child in node.items() if letter}
    if not further:
        return ""
    if len(further) == 1 and "" not in node:
        ((letter, child),) = further.items()
        return gap + letter + _rest(child, gap)
    return f"(?:{gap}{_branches(further, gap)}){'?' if '' in node else ''}"


def _depth(node: _Tree) -> int:
    return max((1 + _depth(child) for letter, child in node.items() if letter), default=0)


def first_letters(words: Iterable[str], others: str = "") -> str:
    """A look at the letter that any of the words begins with, as printed or as it may be swapped, or at others (as in a
    class of characters); patterns that would try every word at every letter fail on it at once."""
    first = {letter for word in words for letter in _firsts(word)}
    return f"(?=[{others}{''.join(sorted(first))}])" if all(re.match("[ก-๙]", letter) for letter in first) else ""


def _firsts(word: str) -> str:
    """The letters that may stand for a word's first."""
    return _READ_AS.get(word[:1], "ำ\u0e4dา" if word[:1] == "ำ" else word[:1])

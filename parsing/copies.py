"""The same letter twice in a packet: the original and its file copy, or a page scanned again. Both are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from letters import Letter
from letters.text import arabic, squeeze

ALIKE = 90.0  # of 100: two readings of one print
LONGEST = 3000  # characters that are compared


def mark_copies(letters: Sequence[Letter]) -> list[Letter]:
    """The letters, each later copy naming the place of the first of its kind; of two, the one that is marked as a copy
    (คู่ฉบับ, สำเนา) is the copy."""
    marked = list(letters)
    first: dict[object, int] = {}
    for index, letter in enumerate(marked):
        keys = _keys(letter)
        other = next((first[key] for key in keys if key in first and _same(marked[first[key]], letter)), None)
        if other is None:
            first.update((key, index) for key in keys if key not in first)
        elif marked[other].copy_mark and not letter.copy_mark:
            marked[other] = replace(marked[other], copy_of=index)
            first.update((key, index) for key in keys)
        else:
            marked[index] = replace(letter, copy_of=other)
    return marked


def _keys(letter: Letter) -> list[object]:
    """What two copies of one letter share: the number, or (a number read wrong) subject, sender and first words."""
    number = letter.number.value
    keys: list[object] = [number.key(None)] if number and number.serial else []
    subject = squeeze(letter.subject.value or (letter.body.cause.text if letter.body.cause else ""))[:40]
    return [*keys, (letter.kind, letter.issuer.value, subject)] if subject else keys


def _same(one: Letter, other: Letter) -> bool:
    """Numbers and dates must not contradict one another, and most of the text must agree."""
    if one.date.value and other.date.value and not one.date.value.meets(other.date.value):
        return False
    mine, theirs = one.number.value, other.number.value
    numbered = bool(mine and theirs and mine.serial and theirs.serial)
    if numbered and mine and theirs and mine.key(None) != theirs.key(None):
        return False
    texts = [squeeze(arabic(letter.text))[:LONGEST] for letter in (one, other)]
    return ratio(texts[0], texts[1]) >= (ALIKE if not numbered else ALIKE - 20)

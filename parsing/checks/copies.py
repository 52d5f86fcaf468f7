"""Two readings of one letter: an original and its file copy in the same packet testify for one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from letters import Letter, LetterDate, LetterNumber, Reading, Rival

ALIKE = 0.9  # likeness of two subjects that are one
AGREED = 0.97
_REASON = "หนังสือฉบับเดียวกันอีกสำเนาหนึ่งในแฟ้มอ่านได้อีกแบบ"


def compare_copies(letters: Sequence[Letter]) -> list[Letter]:
    """The letters; those that stand twice in the packet are surer where both readings agree, and where they differ
    each names the other's reading as a rival. Nothing is changed: letters of one day and subject may follow on."""
    compared = list(letters)
    for first, one in enumerate(letters):
        for second in range(first + 1, len(letters)):
            other = letters[second]
            if _same(one, other):
                compared[first] = _beside(compared[first], other)
                compared[second] = _beside(compared[second], one)
    return compared


def _same(one: Letter, other: Letter) -> bool:
    """Whether two letters can be one: owner and circular mark, running number but for a sign, subject, and date."""
    a, b = one.number.value, other.number.value
    if a is None or b is None or (a.owner, a.circular) != (b.owner, b.circular) or one.kind is not other.kind:
        return False
    subject = Levenshtein.normalized_similarity(one.subject.value or "", other.subject.value or "")
    dates = one.date.value is None or other.date.value is None or one.date.value.meets(other.date.value)
    return subject >= ALIKE and dates and Levenshtein.distance(a.serial or "", b.serial or "") <= 1


def _beside(letter: Letter, other: Letter) -> Letter:
    return replace(letter, number=_number(letter.number, other.number), date=_date(letter.date, other.date))


def _number(own: Reading[LetterNumber], other: Reading[LetterNumber]) -> Reading[LetterNumber]:
    if own.value is None or other.value is None:
        return own
    if own.value == other.value:
        return replace(own, confidence=max(own.confidence, min(AGREED, 0.5 + own.confidence / 2)))
    return replace(own, rivals=(*own.rivals, Rival(other.value, min(0.5, other.confidence), _REASON)))


def _date(own: Reading[LetterDate], other: Reading[LetterDate]) -> Reading[LetterDate]:
    if own.value is None or own.value != other.value:
        return own
    return replace(own, confidence=max(own.confidence, min(AGREED, 0.5 + own.confidence / 2)))

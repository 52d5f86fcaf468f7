"""Thai text to the terms that are indexed and asked for: the same way for both, and for every engine.

Three grains. *Words* are newmm's longest words; they rank best but hide what stands inside them (ท้องถิ่น in
องค์กรปกครองส่วนท้องถิ่น is no word of its own). *Parts* are those words cut into the smallest dictionary words.
*Clusters* are characters that cannot be parted (TCC): a phrase of clusters finds nearly every substring. They
are indexed in pairs and in threes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize
from pythainlp.tokenize.tcc_p import tcc
from pythainlp.util import normalize

from letters.text import arabic, mend

# Thai letters, vowels and tone marks; ฯ and ๆ and ฿ part words like punctuation does.
THAI = "ก-ฮะ-ฺเ-ๅ็-๎"
_RUN = re.compile(rf"([{THAI}]+)|[0-9]+|[^\W\d_ก-๛]+")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# normalize() takes quadratic time over long runs of marks, and no written syllable has more than four.
_MARKS = re.compile(r"([ะ-ฺๅ็-๎]{4})[ะ-ฺๅ็-๎]+")
_LONGEST_TERM = 64
# Shorter dictionary words (กร, รม) cut where no reader would.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """The same text in three grains, in order."""

    words: tuple[str, ...]
    parts: tuple[str, ...]
    clusters: tuple[str, ...]

    @property
    def pairs(self) -> tuple[str, ...]:
        """Clusters two by two, overlapping."""
        return tuple(f"{left}·{right}" for left, right in pairwise(self.clusters))

    @property
    def threes(self) -> tuple[str, ...]:
        """Clusters by threes, overlapping: as a phrase the same as clusters, but of terms rare enough to be fast."""
        return tuple(map("·".join, zip(self.clusters, self.clusters[1:], self.clusters[2:], strict=False)))

    def __bool__(self) -> bool:
        return bool(self.clusters)


def tidy(text: str) -> str:
    """The text as shown to people: marks in their right shape and order, nothing that cannot be printed."""
    printable = _UNPRINTABLE.sub(" ", text)
    return normalize(_MARKS.sub(r"\1", mend(printable)))


def fold(text: str) -> str:
    """Tidied text for comparison: Arabic digits, lower case. Its length does not change."""
    return arabic(text).replace("İ", "i").lower()  # İ alone has a lower case of two characters


def analyse(tidied: str) -> Terms:
    """The terms of a tidied text. White space and punctuation part words and leave no term."""
    words: list[str] = []
    parts: list[str] = []
    clusters: list[str] = []
    for found in _RUN.finditer(fold(tidied)):
        run = _thai_terms(found[0]) if found[1] else _plain_terms(found[0])
        words += run.words
        parts += run.parts
        clusters += run.clusters
    return Terms(tuple(words), tuple(parts), tuple(clusters))


def _plain_terms(run: str) -> Terms:
    term = (run[:_LONGEST_TERM],)
    return Terms(term, term, term)


@lru_cache(maxsize=8192)  # letters share most of their phrases
def _thai_terms(run: str) -> Terms:
    # newmm-safe: plain newmm can take very long over what OCR makes of a stamp or a drawing.
    words = [word[:_LONGEST_TERM] for word in word_tokenize(run, engine="newmm-safe", join_broken_num=False)]
    return Terms(tuple(words), tuple(part for word in words for part in _parts(word)), tuple(tcc(run)))


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(thai_words())


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    """The word cut into the most dictionary words it consists of, or itself if it does not."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(_SHORTEST_PART, len(word) + 1):
        for start in range(end - _SHORTEST_PART + 1):
            before, part = best[start], word[start:end]
            if before is None or part == word or part not in _dictionary():
                continue
            known = best[end]
            if known is None or len(before) + 1 > len(known):
                best[end] = (*before, part)
    return best[-1] or (word,)

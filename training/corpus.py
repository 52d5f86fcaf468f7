"""The word lists and line patterns that lines of text are made of, split into a part to teach and a part to test."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Literal

from pythainlp.corpus import corpus_path, provinces, thai_syllables, thai_words

from training.charset import CHARACTERS

Part = Literal["teach", "test"]
DATA = Path(__file__).parent / "data"
#: One entry in this many is held out for the test, in every list long enough to spare it.
HELD_OUT = 10
LONG_ENOUGH = 40
_KNOWN = frozenset(CHARACTERS + " ")


@dataclass(frozen=True)
class Weighted:
    """Words with a chance each."""

    words: list[str]
    sums: list[float]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.words, cum_weights=self.sums)[0]


@dataclass(frozen=True)
class Corpus:
    """Lists by name (the files of ``training/data`` and PyThaiNLP's), and its words by how common they are."""

    lists: dict[str, list[str]]
    common: Weighted

    def draw(self, name: str, rng: Random) -> str:
        return rng.choice(self.lists[name])


@cache
def load(part: Part) -> Corpus:
    """The corpus for one part. Patterns, words and names of the two parts do not overlap where lists are long."""
    lists = {path.stem: _lines(path) for path in sorted(DATA.glob("*.txt"))}
    lists["words"] = _readable(sorted(thai_words()))
    lists["syllables"] = [word for word in _readable(sorted(thai_syllables())) if 2 < len(word) < 8 and "." not in word]
    details = [row for row in provinces(details=True) if isinstance(row, dict)]
    lists["provinces"] = sorted(row["name_th"] for row in details)
    lists["letters"] += sorted(row["abbr_th"].replace(".", "") for row in details)
    return Corpus({name: _part(entries, part) for name, entries in lists.items()}, _common_words(part))


def held_out(entry: str) -> bool:
    """Whether an entry belongs to the test part; depends on the entry alone."""
    return zlib.crc32(entry.encode("utf-8")) % HELD_OUT == 0


def _part(entries: list[str], part: Part) -> list[str]:
    if len(entries) < LONG_ENOUGH:
        return entries
    return [entry for entry in entries if held_out(entry) == (part == "test")]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line]


def _readable(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(word) > 1 and set(word) <= _KNOWN]


def _common_words(part: Part) -> Weighted:
    """Words of the Thai National Corpus; square roots of their counts, so that rare ones come up too."""
    rows = [line.split("\t") for line in _lines(Path(corpus_path()) / "tnc_freq.txt")]
    counts = {row[0]: int(row[1]) for row in rows if len(row) == 2 and int(row[1]) > 2}
    words = [word for word in _readable(counts) if held_out(word) == (part == "test") or len(word) < 4]
    return Weighted(words, list(accumulate(counts[word] ** 0.5 for word in words)))

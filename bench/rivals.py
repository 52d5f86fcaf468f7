"""What Tesseract's scores mean: rivals of typed digits and confidences of characters and words, fitted and measured.

    python -m bench.rivals                    # measures the shipped ocr/models/choices.json
    python -m bench.rivals --fit              # fits it anew first: after every change of the model (some minutes)

Lines of held-out text, half of them in faces that were never taught, in all grades of harm (:mod:`training.lines`) are
read as the reader reads them.
Those it is fitted on and those it is measured on are different lines. Measured: how many wrongly read digits have the
right one among their rivals, and whether probabilities are as high as the share that is right.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from letters.text import arabic
from ocr import tesseract
from ocr.rivals import TABLE, Choices, Table, features, is_thai, looks, sign, table
from training.corpus import Part
from training.lines import sample

FIT_SEED, TEST_SEED = 311, 312
_SECONDS = 600.0
_CHUNK = 50
_FACES: tuple[Part, Part] = ("teach", "test")  # taught faces and never taught ones in turn
_RIDGE = 1e-3
_SMOOTH = 0.5
_GROUP = 60            # digits that tell a share right
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
_NO_DIGIT = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A character as read: what is printed there (empty: nothing), Tesseract's choices, and the mean score of its
    ``line``."""

    read: str
    printed: str
    choices: Choices
    line: float

    @property
    def is_right(self) -> bool:
        """Whether it says the same; a digit of the other script does."""
        return arabic(self.read) == arabic(self.printed)

    @property
    def value(self) -> int:
        """Value of the printed digit; ``_NO_DIGIT`` where none is printed."""
        return int(arabic(self.printed)) if self.printed.isdecimal() else _NO_DIGIT


def read_lines(seed: int, count: int) -> list[Read]:
    """The characters of so many lines that hold digits."""
    lines = islice((line for line in (sample(seed, at, "test", _FACES[at % 2]) for at in range(100 * count))
                    if re.search(r"\d", line.text)), count)
    found: list[Read] = []
    while chunk := list(islice(lines, _CHUNK)):
        words = tesseract.read_words([line.image for line in chunk], tesseract.default_languages(),
                                     tesseract.PACKAGED, _SECONDS, "made lines")
        for line, read in zip(chunk, words, strict=True):
            found += _aligned(read, re.sub(r"\s", "", line.text))
    return found


def _aligned(words: Sequence[tesseract.EngineWord], printed: str) -> Iterator[Read]:
    """Each character that was read beside the printed one."""
    read = [(one, choices) for word in words
            for one, choices in zip(word.text, word.by_character(), strict=True) if not one.isspace()]
    beside = [""] * len(read)
    for step in Levenshtein.opcodes("".join(one for one, _ in read), printed):
        if step.tag in ("equal", "replace"):
            beside[step.src_start:step.src_end] = printed[step.dest_start:step.dest_end]
    score = tesseract.line_score(words)
    return (Read(one, truth, choices, score) for (one, choices), truth in zip(read, beside, strict=True))


# --- fitting ---------------------------------------------------------------------------------------------------------

def fitted(found: Sequence[Read], model: str) -> Table:
    """What the scores mean on these characters."""
    digits = [one for one in found if one.read.isdecimal()]
    confusions = np.full((10, 10), _SMOOTH)
    for one in digits:
        if one.value != _NO_DIGIT:
            confusions[one.value, int(arabic(one.read))] += 1
    confusions /= confusions.sum(axis=1, keepdims=True)
    rows = np.stack([features(one.choices, one.line, confusions) for one in digits])
    weights = _weights(rows, np.array([one.value for one in digits]))
    letters = [one for one in found if not one.read.isdecimal()]
    made = Table(model, _rounded(weights), _letters_of([one for one in letters if is_thai(one.read)]),
                 _letters_of([one for one in letters if not is_thai(one.read)]), tuple(map(_rounded, confusions)))
    return replace(made, curve=risen(_digits(digits, made)))


def risen(pairs: Sequence[tuple[float, bool]]) -> tuple[tuple[float, float], ...]:
    """The rising line nearest to what was right by what was said: groups of one size from the least sure on, put
    together with the one before until each is righter than that (pool adjacent violators)."""
    said, right = np.array(sorted(pairs), float).T
    groups: list[tuple[float, float, int]] = []  # mean said, share right, how many
    for some_said, some_right in zip(_split(said), _split(right), strict=True):
        group = (float(some_said.mean()), float(some_right.mean()), len(some_said))
        while groups and groups[-1][1] >= group[1]:
            before = groups.pop()
            count = before[2] + group[2]
            group = ((before[0] * before[2] + group[0] * group[2]) / count,
                     (before[1] * before[2] + group[1] * group[2]) / count, count)
        groups.append(group)
    return ((0.0, 0.0), *((round(one, 5), round(other, 5)) for one, other, _ in groups), (1.0, 1.0))


def _split(values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    return list(np.array_split(values, max(1, len(values) // _GROUP)))


def _letters_of(letters: Sequence[Read]) -> tuple[float, ...]:
    """Weights under which right letters are likely right: a choice of two, of which nothing speaks for the wrong."""
    seen = np.stack([looks(one.choices[0].probability, one.line) for one in letters])
    rows = np.stack([np.zeros_like(seen), seen], axis=1)
    return _rounded(_weights(rows, np.array([one.is_right for one in letters], np.intp)))


def _weights(rows: NDArray[np.float64], right: NDArray[np.intp]) -> NDArray[np.float64]:
    """Weights of a choice among rows under which the right ones are likeliest (Newton's method)."""
    count = rows.shape[2]
    weights = np.zeros(count)
    for _ in range(40):
        logs = rows @ weights
        shares = np.exp(logs - logs.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        mean = np.einsum("nk,nkf->nf", shares, rows)
        slope = (rows[np.arange(len(rows)), right] - mean).sum(axis=0) - _RIDGE * weights
        bend = np.einsum("nk,nkf,nkg->fg", shares, rows, rows) - mean.T @ mean + _RIDGE * np.eye(count)
        step = np.linalg.solve(bend, slope)
        weights = weights + step * min(1.0, 2.0 / max(1e-9, float(np.abs(step).max())))
    return weights


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


# --- measuring -------------------------------------------------------------------------------------------------------

def gain(found: Sequence[Read], meaning: Table) -> dict[str, float]:
    """Of the digits read wrong: how many have the right one among their rivals, and as the likeliest one; of those read
    right: how many have a rival at all."""
    digits = [(one, sign(one.read, one.choices, one.line, meaning)) for one in found if one.read.isdecimal()]
    wrong = [(one, seen) for one, seen in digits if not one.is_right and one.value != _NO_DIGIT]
    listed = [[int(arabic(other.text)) for other in seen.others] for _, seen in wrong]
    likeliest = [max(seen.others, key=lambda other: other.probability).probability > seen.right
                 for one, seen in digits if one.is_right and seen.others]
    return {"digits": len(digits), "wrong": len(wrong),
            "right one among rivals": _share([one.value in seen for (one, _), seen in zip(wrong, listed, strict=True)]),
            "as the first rival": _share([bool(seen) and one.value == seen[0]
                                          for (one, _), seen in zip(wrong, listed, strict=True)]),
            "right digits with a rival": _share([bool(seen.others) for one, seen in digits if one.is_right]),
            "of them less likely than it": _share(likeliest)}


def reliability(pairs: Sequence[tuple[float, bool]]) -> dict[str, dict[str, float]]:
    """By probability said: how many, the mean said, the share right."""
    rows = {}
    for low, high in pairwise(BINS):
        some = [pair for pair in pairs if low <= pair[0] < high or (high == 1.0 and pair[0] == 1.0)]
        if some:
            rows[f"{low:.2f}–{high:.2f}"] = {"count": len(some), "said": _mean([said for said, _ in some]),
                                            "right": _share([right for _, right in some])}
    return rows


def _digits(found: Sequence[Read], meaning: Table) -> list[tuple[float, bool]]:
    return [(meaning.right(one.read, one.choices, one.line), one.is_right) for one in found if one.read.isdecimal()]


def _rivals(found: Sequence[Read], meaning: Table) -> list[tuple[float, bool]]:
    """Each rival of each digit: its probability, and whether it is what is printed."""
    return [(other.probability, int(arabic(other.text)) == one.value) for one in found if one.read.isdecimal()
            for other in sign(one.read, one.choices, one.line, meaning).others]


def _letters(found: Sequence[Read], meaning: Table) -> list[tuple[float, bool]]:
    return [(meaning.right(one.read, one.choices, one.line), one.is_right) for one in found if not one.read.isdecimal()]


def _scores(found: Sequence[Read]) -> list[tuple[float, bool]]:
    return [(one.choices[0].probability, one.is_right) for one in found]


TABLES: dict[str, Callable[[Sequence[Read], Table], list[tuple[float, bool]]]] = {
    "Digits, calibrated": _digits, "Rivals of digits": _rivals, "Other characters, calibrated": _letters,
    "All characters, by the engine's own score": lambda found, _: _scores(found)}


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)


def main() -> None:
    """Fits when asked; prints the tables; writes them as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="write ocr/models/choices.json anew first")
    parser.add_argument("--lines", type=int, default=1500, help="lines to measure on")
    parser.add_argument("--fit-lines", type=int, default=2500)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    model = tesseract.named(tesseract.default_languages())
    if asked.fit:
        made = fitted(read_lines(FIT_SEED, asked.fit_lines), model)
        TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    meaning = table(model)
    found = read_lines(TEST_SEED, asked.lines)
    figures = {"model": model, "table of": meaning.model, "gain": gain(found, meaning),
               **{name: reliability(pairs(found, meaning)) for name, pairs in TABLES.items()}}
    print(f"{model}, table of {meaning.model}\n\n| digits | |\n|---|---:|")
    print("\n".join(f"| {name} | {value} |" for name, value in gain(found, meaning).items()))
    for name, pairs in TABLES.items():
        print(f"\n## {name}\n\n| said | count | mean said | right |\n|---|---:|---:|---:|")
        for row, cells in reliability(pairs(found, meaning)).items():
            print(f"| {row} | {cells['count']} | {cells['said']:.3f} | {cells['right']:.3f} |")
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

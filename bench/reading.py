"""How well print is read, by grade, face and digit style: beside bare Tesseract with our model and with Debian's.

Each printed line is compared with the stretch of the read text that is most like it, so that neither the order of
columns nor stamps and notes read in between count; the letter as a whole is compared too. Characters are paired by the
aligner that also measures the model. All without white space, and after the mends that every reader of Debian's output
makes (ํ and า to ำ), so that the comparison is fair to it. White space counts where lines are: one is right if all of
its characters are, and white stands before the same ones as in print.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from bench.material import GRADES, Passage
from bench.scoring import Tally, closest, squeeze
from letters.text import THAI_DIGITS
from training.evaluate import aligned

Texts = Mapping[tuple[str, int], str]
"""What an engine read, by packet and page."""

Figures = Mapping[str, Mapping[str, Tally]]
"""Tallies by group and engine."""

ARABIC_DIGITS = "0123456789"
READER, SAME_MODEL, STOCK = "saraban", "tesseract, our model", ("tha", "tha+eng")
ENGINES = (READER, SAME_MODEL, *STOCK)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: what it is called, its tally, and whether less of it is better."""

    title: str
    tally: str
    less_is_better: bool = False

    def worse(self, one: float, other: float) -> bool:
        """Whether ``one`` is worse than ``other``."""
        return one > other if self.less_is_better else one < other


MEASURES = (
    Measure("CER of lines", "lines", less_is_better=True),
    Measure("CER of whole letters", "whole", less_is_better=True),
    Measure("Thai digits right", "thai digits"),
    Measure("Arabic digits right", "arabic digits"),
    Measure("typed letter numbers exact", "numbers"),
    Measure("lines right with their spaces", "right lines"),
)


def tally(passage: Passage, read: str) -> Tally:
    """Counts of one letter against what was read on its pages."""
    counts, text = Tally(), squeeze(read)
    spaced = {squeeze(line): spaces(line) for line in read.split("\n")}
    if passage.whole:
        whole = squeeze(passage.whole)
        counts.add("whole", min(Levenshtein.distance(whole, text), len(whole)), len(whole))
    for printed_line in filter(squeeze, passage.lines):
        line = squeeze(printed_line)
        stretch = closest(line, text)
        counts.add("right lines", int(spaced.get(line) == spaces(printed_line)), 1)
        counts.add("lines", min(len(line), Levenshtein.distance(line, stretch)), len(line))
        for printed, got in aligned(line, stretch):
            if printed in THAI_DIGITS or printed in ARABIC_DIGITS:
                counts.add("thai digits" if printed in THAI_DIGITS else "arabic digits", int(got == printed), 1)
                counts.add(f"digit {printed}", int(got == printed), 1)
    for number in filter(None, map(squeeze, passage.numbers)):
        exact = re.search(rf"{re.escape(number)}(?![0-9๐-๙])", text) is not None
        counts.add("numbers", int(exact), 1)
    return counts


def spaces(line: str) -> frozenset[int]:
    """Before which of a line's characters (white left out) it has white."""
    words = [squeeze(word) for word in line.split()]
    return frozenset(accumulate(map(len, words[:-1])))


def figures(letters: Iterable[Passage], read: Mapping[str, Texts]) -> dict[str, dict[str, Tally]]:
    """Tallies by group and engine, of all letters under ``all/all``."""
    found: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for letter in letters:
        for engine, texts in read.items():
            counts = tally(letter, "\n".join(texts.get((letter.packet, page), "") for page in letter.pages))
            for group in ("all/all", *letter.groups):
                found[group][engine].merge(counts)
    return {group: dict(found[group]) for group in sorted(found, key=_order)}


def _order(group: str) -> tuple[int, int, str]:
    heading, name = group.split("/", 1)
    place = GRADES.index(name) if name in GRADES else len(GRADES)
    return ("all", "grade", "digits", "font").index(heading), place, name


def losses(found: Figures, rivals: Sequence[str] = STOCK) -> list[str]:
    """Where this reader is worse than any of the rivals, one line each."""
    return [f"{measure.title}, {group.replace('/', ' ')}" for measure in MEASURES for group, by_engine in found.items()
            if _loses(measure, by_engine, rivals)]


def _loses(measure: Measure, by_engine: Mapping[str, Tally], rivals: Sequence[str] = STOCK) -> bool:
    ours = by_engine[READER].value(measure.tally, "share") if READER in by_engine else None
    others = (by_engine[engine].value(measure.tally, "share") for engine in rivals if engine in by_engine)
    return ours is not None and any(other is not None and measure.worse(ours, other) for other in others)


def report(found: Figures) -> Iterator[str]:
    """Tables in Markdown: one for each measure, rows by group, a mark where this reader is worse than stock; then each
    digit; then, in words, where it loses to stock, and where cutting the page up costs more than it gains."""
    engines = [engine for engine in ENGINES if any(engine in by_engine for by_engine in found.values())]
    for measure in MEASURES:
        rows = [(group, by_engine) for group, by_engine in found.items()
                if any(one.value(measure.tally, "share") is not None for one in by_engine.values())]
        if rows:
            yield from _head(measure.title, [*engines, "of", ""])
            for group, by_engine in rows:
                yield _row(group, measure, engines, by_engine)
    yield from _digits(found, engines)
    for rival, names in (("stock", STOCK), ("bare Tesseract with the same model", (SAME_MODEL,))):
        lost = losses(found, names)
        yield f"\nWorse than {rival}: {'; '.join(lost)}." if lost else f"\nNowhere worse than {rival}."


def _head(title: str, columns: Iterable[str]) -> Iterator[str]:
    names = list(columns)
    yield f"\n| {title} | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"


def _row(group: str, measure: Measure, engines: Iterable[str], by_engine: Mapping[str, Tally]) -> str:
    cells = [_cell(by_engine.get(engine), measure.tally) for engine in engines]
    count = max(one.counts[measure.tally][1] for one in by_engine.values())
    mark = "worse" if _loses(measure, by_engine) else ""
    return f"| {group.replace('/', ' ')} | {' | '.join(cells)} | {count} | {mark} |"


def _cell(counts: Tally | None, measure: str) -> str:
    value = counts.value(measure, "share") if counts else None
    return "–" if value is None else f"{100 * value:.2f}"


def _digits(found: Figures, engines: Iterable[str]) -> Iterator[str]:
    """Each digit: this reader by grade, all engines over all."""
    names = list(engines)
    grades = [f"grade/{grade}" for grade in GRADES if f"grade/{grade}" in found]
    yield from _head("digit right", [*(f"{READER}, {group.split('/')[1]}" for group in grades), *names, "of"])
    for digit in THAI_DIGITS + ARABIC_DIGITS:
        by_engine = found["all/all"]
        cells = [_cell(found[group].get(READER), f"digit {digit}") for group in grades]
        cells += [_cell(by_engine.get(name), f"digit {digit}") for name in names]
        count = max((one.counts[f"digit {digit}"][1] for one in by_engine.values()), default=0)
        yield f"| {digit} | {' | '.join(cells)} | {count} |"


def as_json(found: Figures) -> dict[str, dict[str, dict[str, float | None]]]:
    """The same figures as plain values, by group, engine and measure."""
    return {group: {engine: {measure.title: counts.value(measure.tally, "share") for measure in MEASURES}
                    for engine, counts in by_engine.items()} for group, by_engine in found.items()}

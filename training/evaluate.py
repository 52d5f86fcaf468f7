"""Measures the model beside Debian's: ``python -m training.evaluate``.

Lines of held-out text are drawn in every face, size, resolution and kind of harm and read by each model, one line at a
time as the reader does. Prints character error by group and writes the table P(read | printed) of the new model. Errors
are counted without spaces, and after the mends every reader makes to Debian's output (ํ and า to ำ, เเ to แ), so that
the comparison is fair to it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
from rapidfuzz.distance import Levenshtein

from training.charset import kind_of
from training.damage import ALONE, GRADES, NEVER_TAUGHT
from training.faces import Cabinet, cabinet
from training.lines import Sample, compose, sample
from training.text import tidy
from training.train import BASE, MODEL, VERSION

SEED = 77
CONFUSIONS = MODEL.parent / "confusions.tsv"
NOTHING = "∅"
#: Tesseract's page modes. A single line is searched for pieces of text, and fails where two of them read as nothing; a
#: raw line is read as it is. Debian's models read single lines better, so that is what they are measured with.
SINGLE_LINE, RAW_LINE = "7", "13"


@dataclass(frozen=True, slots=True)
class Engine:
    """A model as Tesseract is called with it."""

    languages: str
    mode: str
    folder: Path

    @property
    def name(self) -> str:
        """The languages; what tables and readings call the engine."""
        return self.languages


@dataclass(frozen=True, slots=True)
class Trial:
    """A line, the groups it is counted under (each "heading/name"), and what each engine read, by its name."""

    line: Sample
    groups: tuple[str, ...]
    read: dict[str, str]


def main(arguments: list[str] | None = None) -> None:
    """Draws the lines, reads them with every engine, prints the tables, writes the confusions where asked."""
    options = _options(arguments)
    lines = list(test_lines(options.lines))
    with tempfile.TemporaryDirectory() as name:
        engines = _engines(options.model, options.beside, Path(name) / "tessdata")
        read = {engine.name: read_lines([line for line, _ in lines], engine, Path(name)) for engine in engines}
        pairs = None if options.beside else confusions(options.confusion_lines, engines[0], Path(name))
    trials = [
        Trial(line, groups, {engine: texts[at] for engine, texts in read.items()})
        for at, (line, groups) in enumerate(lines)
    ]
    print("\n".join(report(trials, [engine.name for engine in engines])))
    if pairs is not None:
        write_confusions(pairs, model_version(options.model), options.confusions)


def test_lines(per_group: int) -> Iterator[tuple[Sample, tuple[str, ...]]]:
    """Held-out text: by grade in the taught faces, in every single face, under every single harm."""
    for grade in GRADES:
        for index in range(per_group * 4):
            line = sample(SEED, index, "test", "teach", grade)
            yield line, (f"grade/{grade}", f"resolution/{line.dpi} dpi", f"size/{line.size} pt", f"line/{line.kind}")
    for part in ("teach", "test"):
        for faces in cabinet(part).families:
            for index in range(per_group):
                line = _alone(index, Cabinet([faces], [1.0]), "none", f"face/{faces[0].family}")
                yield line, (f"face/{faces[0].family}{' (never taught)' if part == 'test' else ''}",)
    for harm in ALONE:
        for index in range(per_group):
            yield (_alone(index, cabinet("teach"), harm, f"harm/{harm}"),
                   (f"harm/{harm}{' (never taught)' if harm in NEVER_TAUGHT else ''}",))


def _alone(index: int, shelf: Cabinet, harm: str, name: str) -> Sample:
    return compose(SEED, index, "test", shelf, ALONE[harm], harm, Random(f"{name}/{index}"))


def read_lines(lines: Sequence[Sample], engine: Engine, folder: Path, workers: int = 2) -> list[str]:
    """What Tesseract reads on each line, tidied."""
    jobs = [(at, lines[at : at + 200]) for at in range(0, len(lines), 200)]
    with ThreadPoolExecutor(workers) as pool:
        chunks = pool.map(lambda job: _read_chunk(job[0], job[1], engine, folder), jobs)
        return [text for texts in chunks for text in texts]


def _read_chunk(number: int, lines: Sequence[Sample], engine: Engine, folder: Path) -> list[str]:
    names = [folder / f"{number + at}.png" for at in range(len(lines))]
    for name, line in zip(names, lines, strict=True):
        cv2.imwrite(str(name), line.image)
    listing = folder / f"lines{number}.txt"
    listing.write_text("".join(f"{name}\n" for name in names))
    command = ["nice", "-n", "19", "tesseract", str(listing), "-", "--tessdata-dir", str(engine.folder)]
    command += ["-l", engine.languages, "--psm", engine.mode, "--dpi", "300"]
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, check=True, capture_output=True, env=one_thread)
    return [tidy(page) for page in done.stdout.decode("utf-8").split("\f")[: len(lines)]]


def _engines(model: Path, beside: Path | None, folder: Path) -> list[Engine]:
    folder.mkdir()
    for path in (model, beside) if beside else (model, BASE, BASE.with_name("eng.traineddata")):
        (folder / path.name).symlink_to(path.resolve())
    if beside:
        return [Engine(path.stem, RAW_LINE, folder) for path in (model, beside)]
    ours, stock = (model.stem, f"{model.stem}+eng"), ("tha", "tha+eng")
    return [Engine(languages, RAW_LINE, folder) for languages in ours] + [
        Engine(languages, SINGLE_LINE, folder) for languages in stock]


def report(trials: Sequence[Trial], engines: Sequence[str]) -> Iterator[str]:
    """Tables of character error in percent, a heading a table, an engine a column."""
    tables: dict[str, dict[str, list[Trial]]] = defaultdict(lambda: defaultdict(list))
    for trial in trials:
        for group in ("all/lines", *trial.groups):
            heading, name = group.split("/", 1)
            tables[heading][name].append(trial)
    for heading, groups in tables.items():
        ordered = sorted(groups.items(), key=lambda group: _leading_number(group[0]))
        yield from _table(heading, ordered, engines, _error)
    kinds = ("thai", "mark", "thai digit", "arabic digit", "latin", "punctuation")
    yield from _table("class (printed characters read right, %)", ((kind, trials) for kind in kinds), engines, None)
    yield from _table("digit (read right, %)", ((digit, trials) for digit in "๐๑๒๓๔๕๖๗๘๙0123456789"), engines, None)


def _leading_number(name: str) -> int:
    """The number a group's name starts with ("16 pt"), which orders it; 0 for names without, left in their order."""
    return int(found[0]) if (found := re.match(r"\d+", name)) else 0


def _table(
    heading: str, groups: Iterable[tuple[str, Sequence[Trial]]], engines: Sequence[str],
    measure: Callable[[Sequence[Trial], str], float] | None,
) -> Iterator[str]:
    yield f"\n| {heading} | {' | '.join(engines)} | lines |"
    yield f"|---|{'---:|' * (len(engines) + 1)}"
    for name, members in groups:
        figures = [measure(members, engine) if measure else _right(members, engine, name) for engine in engines]
        yield f"| {name} | {' | '.join(f'{figure:.2f}' for figure in figures)} | {len(members)} |"


def _error(trials: Sequence[Trial], engine: str) -> float:
    """Characters to change, without spaces, per hundred printed."""
    printed = [trial.line.text.replace(" ", "") for trial in trials]
    read = [trial.read[engine].replace(" ", "") for trial in trials]
    edits = sum(Levenshtein.distance(*pair) for pair in zip(printed, read, strict=True))
    return 100 * edits / max(1, sum(map(len, printed)))


def _right(trials: Sequence[Trial], engine: str, name: str) -> float:
    """Printed characters of a class (or one character) read as themselves, per hundred."""
    pairs = Counter(pair for trial in trials for pair in aligned(trial.line.text, trial.read[engine]))
    printed_here = (pair for pair in pairs if pair[0] != NOTHING)
    wanted = {pair: pairs[pair] for pair in printed_here if name in (pair[0], kind_of(pair[0]))}
    right = sum(count for (printed, read), count in wanted.items() if printed == read)
    return 100 * right / max(1, sum(wanted.values()))


def aligned(printed: str, read: str) -> Iterator[tuple[str, str]]:
    """Pairs (printed, read) of single characters on the cheapest way from one text to the other; NOTHING for a gap."""
    printed, read = printed.replace(" ", ""), read.replace(" ", "")
    for block in Levenshtein.opcodes(printed, read):
        wanted, got = printed[block.src_start : block.src_end], read[block.dest_start : block.dest_end]
        length = max(len(wanted), len(got))
        yield from zip(wanted.ljust(length, NOTHING), got.ljust(length, NOTHING), strict=True)


def model_version(model: Path) -> str:
    """Name and fingerprint of a model file, as the reader names it: ``tha_saraban:1a2b3c4d``."""
    return f"{model.stem}:{hashlib.sha256(model.read_bytes()).hexdigest()[:8]}"


def confusions(count: int, engine: Engine, folder: Path) -> Counter[tuple[str, str]]:
    """How often the engine read what for what, over held-out lines of all grades in their shares."""
    lines = [sample(SEED + 1, index, "test", "teach") for index in range(count)]
    texts = read_lines(lines, engine, folder)
    return Counter(pair for line, text in zip(lines, texts, strict=True) for pair in aligned(line.text, text))


def write_confusions(pairs: Counter[tuple[str, str]], version: str, path: Path) -> None:
    """P(read | printed) as a table with the model's version in its head."""
    totals: Counter[str] = Counter()
    for (printed, _), count in pairs.items():
        totals[printed] += count
    rows = [f"{printed}\t{read}\t{count}\t{count / totals[printed]:.5f}"
            for (printed, read), count in sorted(pairs.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))]
    head = [f"# model: {version} ({VERSION}); {NOTHING}: nothing there", "printed\tread\tcount\tprobability"]
    path.write_text("\n".join(head + rows) + "\n", "utf-8")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=40, help="for each face and harm; four times that by grade")
    parser.add_argument("--confusion-lines", type=int, default=3000, help="for the table of confusions")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--beside", type=Path, help="other weights, instead of Debian's models; prints the tables only")
    parser.add_argument("--confusions", type=Path, default=CONFUSIONS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

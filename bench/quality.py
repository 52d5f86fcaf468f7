"""How well and how fast packets are read: the check half of the samples, and real scans where present.

    python -m bench.quality [--folders samples/check ../shared/real] [--only clean …] [--packets 3] [--speed] [--json F]

For each folder: fields and segmentation as ``saraban parse`` writes them, against the truth files; received stamps;
print by grade, digit style and face beside bare Tesseract with our model and with Debian's; speed in the same run. Runs
one after the other on an otherwise idle machine; ratios are worth more than seconds. ``--only`` takes grades or
beginnings of names. ``--speed`` measures nothing but speed, ``--rounds`` times in turns with bare Tesseract: the clock
of a machine goes up and down by a tenth within minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import reading, speed, stamps
from bench.material import FOLDERS, Sample, passages, samples
from bench.scoring import as_json, grades, score_folder, table
from letters import Ink
from letters.errors import BadFile
from ocr import Limits, Reader, open_document, read_pages
from ocr.tesseract import default_languages


def bench(folder: Path, chosen: Sequence[Sample], work: Path) -> dict[str, Any]:
    """Reads the chosen packets of a folder with every engine, prints the tables, gives the figures as plain values."""
    cache, out, stems = work / "cache", work / "read", {sample.scan.stem for sample in chosen}
    scans = [sample.scan for sample in chosen if not sample.born_digital]
    digital = [sample.scan for sample in chosen if sample.born_digital]
    images = speed.pictures(scans, work)
    ours = speed.parse(scans, len(images), out, cache) if scans else None
    if digital:
        speed.parse(digital, sum(sample.page_count for sample in chosen if sample.born_digital), out, cache)
    fields = grades(score_folder(folder, out, stems))
    print(f"## {folder}: {len(chosen)} packets\n\n{table(fields)}")
    print("\n".join(stamps.report(grades(score_folder(folder, out, stems, stamps.score)))))
    runs, read = _engines(images, speed.pictures(digital, work), work)
    read[reading.READER] = _as_read(chosen, cache)
    found = reading.figures((letter for sample in chosen for letter in passages(sample)), read)
    print("\n".join(reading.report(found)))
    if ours:
        others = {name: run for name, run in runs.items() if name != reading.SAME_MODEL}
        print("\n".join(speed.report(ours, runs[reading.SAME_MODEL], others)))
        runs["saraban parse"] = ours
    return {"fields": as_json(fields), "reading": reading.as_json(found),
            "speed": {name: asdict(run) for name, run in runs.items()}}


def bench_speed(chosen: Sequence[Sample], work: Path, rounds: int) -> dict[str, Any]:
    """Reads the scans among the chosen packets with what speed is compared with, the reader and bare Tesseract in
    turns, and prints how fast that was."""
    scans = [sample.scan for sample in chosen if not sample.born_digital]
    if not scans:
        return {}
    images, languages = speed.pictures(scans, work), default_languages()
    turns = [(speed.parse(scans, len(images), work / "read", None), speed.tesseract(images, languages, work)[0])
             for _ in range(rounds)]
    ours, same = (speed.mean(runs) for runs in zip(*turns, strict=True))
    other = speed.ocrmypdf(images, work)
    print("\n".join(speed.report(ours, same, {speed.OCRMYPDF: other})))
    print("By round: " + ", ".join(f"{one.cpu / bare.cpu:.2f}" for one, bare in turns))
    runs = {"saraban parse": ours, reading.SAME_MODEL: same} | ({speed.OCRMYPDF: other} if other else {})
    return {"speed": {name: asdict(run) for name, run in runs.items()}}


def _engines(scans: Sequence[speed.Picture], digital: Sequence[speed.Picture],
             work: Path) -> tuple[dict[str, speed.Speed], dict[str, reading.Texts]]:
    """Each engine's time over the scans, and what it read on all pages; born-digital pages are read from pictures."""
    runs, read = {}, {}
    for name, languages in ((reading.SAME_MODEL, default_languages()), *((one, one) for one in reading.STOCK)):
        texts: dict[tuple[str, int], str] = {}
        if scans:
            runs[name], texts = speed.tesseract(scans, languages, work)
        if digital:
            texts |= speed.tesseract(digital, languages, work)[1]
        read[name] = texts
    other = speed.ocrmypdf(scans, work) if scans else None
    return runs | ({speed.OCRMYPDF: other} if other else {}), dict(read)


def _as_read(chosen: Sequence[Sample], cache: Path) -> dict[tuple[str, int], str]:
    """The print of all pages, out of the cache that ``saraban parse`` has left; of a file it could not read, none."""
    read = {}
    for sample in chosen:
        with open_document(sample.scan, Limits()) as document, suppress(BadFile):
            for page in read_pages(document, range(1, document.page_count + 1), Reader(cache=cache)):
                text = "\n".join(line.text for line in page.lines if line.ink is Ink.PRINT)
                read[sample.scan.stem, page.number] = text
    return read


def main() -> None:
    """Prints the tables; writes the figures as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folders", nargs="*", type=Path, default=[folder for folder in FOLDERS if folder.is_dir()])
    parser.add_argument("--only", nargs="*", default=(), help="grades, or beginnings of packets' names")
    parser.add_argument("--packets", type=int, help="at most so many of each folder")
    parser.add_argument("--speed", action="store_true", help="measure nothing but speed")
    parser.add_argument("--rounds", type=int, default=3, help="with --speed: how often the two are measured in turns")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, reader {Reader().version}\n"
    )
    figures = {}
    for folder in asked.folders:
        chosen = samples(folder, asked.only, asked.packets)
        if chosen:
            with tempfile.TemporaryDirectory() as work:
                place = Path(work)
                figures[str(folder)] = (bench_speed(chosen, place, asked.rounds) if asked.speed
                                        else bench(folder, chosen, place))
            print()
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

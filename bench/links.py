"""How well and how fast letters are linked: samples with perfect text and as read, a noise curve, growth.

    python -m bench.links [--samples samples/build] [--read DIR] [--noise] [--scale 10000 100000]
                          [--fit [--write]] [--json FILE]

``--read`` names a folder of ``saraban parse`` output for the same packets. ``--fit`` with ``--samples`` counts the
model's numbers on these; without, it estimates on invented archives how far the probabilities are off. ``--write`` puts
the result into ``chain/data/weights.json``.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from archive import Archive
from bench.link_fit import fit
from bench.link_noise import world
from bench.link_samples import sample_world
from bench.link_score import HEADING, Grade, grade, row, told
from chain import Copy, Known, letters_of, link_part, link_records, read_all, version

NOISE = (0.0, 0.01, 0.02, 0.05, 0.1)
_ONE_BY_ONE = 200  # letters taken in one at a time to measure the cost of one


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds to link an archive anew and to store it, MiB of the process at its peak, and milliseconds for one letter
    more; of the processor, and by the clock for the median (``clock_ms``), which a busy machine makes longer."""

    letters: int
    citations: int
    seconds: float
    peak: float
    store_seconds: float
    median_ms: float
    slowest_ms: float
    clock_ms: float

    def line(self) -> str:
        """One row of the table."""
        return (f"| {self.letters} | {self.citations} | {self.seconds:.1f} | {self.peak:.0f} "
                f"| {self.store_seconds:.1f} "
                f"| {self.median_ms:.1f} | {self.slowest_ms:.1f} | {self.clock_ms:.1f} |")


def noise_curve(chains: int, seed: int = 2) -> dict[str, Grade]:
    """Invented archives at each digit error rate; another seed than the one the model was fitted on."""
    grades = {}
    for rate in NOISE:
        made = world(chains, rate, seed)
        grades[f"{rate:.0%}"] = grade(told(made))
    return grades


def growth(letters: int) -> Growth:
    """An archive of about so many letters linked at once, then packets more taken in one by one."""
    made = world(letters * 10 // 26, 0.01, seed=3)
    packets = sorted({copy.ref.packet for copy in made.copies})
    late = set(packets[:: max(1, len(packets) // _ONE_BY_ONE)])
    first = [copy for copy in made.copies if copy.ref.packet not in late]
    start = time.process_time()
    heads, mentions = read_all(first)
    among = letters_of(len(heads))
    graph = link_records(heads, mentions, (), Known(), among)
    seconds = time.process_time() - start
    with tempfile.TemporaryDirectory() as home, Archive.create(Path(home)) as archive:
        start = time.process_time()
        archive.graph.save_linked(graph, list(heads.values()), list(mentions.values()))
        stored = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        more: dict[str, list[Copy]] = {}
        for copy in made.copies:
            if copy.ref.packet in late:
                more.setdefault(copy.ref.packet, []).append(copy)
        times = [_one_more(archive, copies, among) for copies in more.values()]
    busy, clock = (sorted(1000 * one for one in some) for some in zip(*times, strict=True))
    middle = len(times) // 2
    return Growth(len(heads), len(mentions), seconds, peak, stored, busy[middle], busy[-1], clock[middle])


def _one_more(archive: Archive, copies: Sequence[Copy], among: int) -> tuple[float, float]:
    """Seconds of the processor and by the clock for each letter of a packet more."""
    busy, clock = time.process_time(), time.perf_counter()
    with archive.linking.shelf() as shelf:
        part = link_part(shelf, [copies[0].ref.packet], copies, (), among)
    archive.graph.save_part(part)
    return (time.process_time() - busy) / len(copies), (time.perf_counter() - clock) / len(copies)


def main() -> None:
    """Prints the tables; writes them as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--noise", action="store_true")
    parser.add_argument("--chains", type=int, default=3000)
    parser.add_argument("--scale", type=int, nargs="*", default=[])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.fit:
        folders = (None, asked.read) if asked.read else (None,)
        samples = [sample_world(asked.samples, folder)[0] for folder in folders] if asked.samples else []
        print(fit(asked.chains, samples, write=asked.write))
        return
    print(f"model {version()}\n")
    figures: dict[str, object] = {"model": version()}
    tables: dict[str, Grade] = {}
    if asked.samples:
        for name, folder in (("perfect text", None), ("as read", asked.read)):
            if name == "perfect text" or folder:
                made, missed = sample_world(asked.samples, folder)
                tables[name] = grade(told(made), missed)
    if asked.noise:
        tables.update((f"noise {name}", found) for name, found in noise_curve(asked.chains).items())
    if tables:
        print(HEADING, *(row(name, found) for name, found in tables.items()), sep="\n")
        figures["quality"] = {name: asdict(found) for name, found in tables.items()}
    if asked.scale:
        print("\n| letters | citations | s to link anew | peak MiB | s to store "
              "| ms a letter more, median | slowest | median by the clock |\n"
              "|---:|---:|---:|---:|---:|---:|---:|---:|")
        grown = [growth(size) for size in asked.scale]
        print(*(one.line() for one in grown), sep="\n")
        figures["growth"] = [asdict(one) for one in grown]
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

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
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from archive import Archive
from bench.link_fit import fit
from bench.link_noise import stream, world
from bench.link_samples import sample_world
from bench.link_score import HEADING, Grade, grade, row, told
from chain import Copy, CopyRef, Known, link_bulk, link_part, version
from chain.filed import Filed

NOISE = (0.0, 0.01, 0.02, 0.05, 0.1)
_ONE_BY_ONE = 200  # packets taken in one at a time to measure the cost of one letter
_FEWEST_DAYS = 700
_PACKETS_A_DAY = 105
_COPIES_A_PACKET = 2.47  # of those that are here


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds to link an archive of so many copies anew, to read the copies included, and to store it; MiB at its peak
    while linking; milliseconds for one letter more in the stored archive, median and 95th of a hundred; all of the
    processor. ``seconds`` are of the process that links, ``shares_seconds`` of those that help it; ``shares_peak`` is
    the largest of these, most of which it has in common with the first. ``clock_seconds`` and ``clock_ms``: by the
    clock, which a busy machine makes longer."""

    copies: int
    letters: int
    citations: int
    seconds: float
    shares_seconds: float
    clock_seconds: float
    peak: float
    shares_peak: float
    store_seconds: float
    median_ms: float
    p95_ms: float
    clock_ms: float

    def line(self) -> str:
        """One row of the table."""
        return (f"| {self.copies} | {self.letters} | {self.citations} | {self.seconds:.1f} + {self.shares_seconds:.1f} "
                f"| {self.clock_seconds:.1f} | {self.peak:.0f}, {self.shares_peak:.0f} | {self.store_seconds:.1f} "
                f"| {self.median_ms:.1f} | {self.p95_ms:.1f} | {self.clock_ms:.1f} |")


GROWTH = ("| copies | letters | citations | s to link anew, + by its shares | by the clock | peak MiB, of a share "
          "| s to store | ms a letter more, median | 95th of 100 | median by the clock |\n"
          "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")


def noise_curve(chains: int, seed: int = 2) -> dict[str, Grade]:
    """Invented archives at each digit error rate; another seed than the one the model was fitted on."""
    grades = {}
    for rate in NOISE:
        made = world(chains, rate, seed)
        grades[f"{rate:.0%}"] = grade(told(made))
    return grades


def growth(letters: int) -> Growth:
    """An archive of so many letters as they are filed (copies) linked at once and stored, then packets more taken in
    one by one. The letters are of ten years, a hundred packets a day, or where they are fewer of two years."""
    copies, chains = Filed[CopyRef, Copy](Copy), int(letters / _COPIES_A_PACKET)
    for copy in stream(chains, 0.01, seed=3, days=max(_FEWEST_DAYS, chains // _PACKETS_A_DAY)):
        copies.put(copy.ref, copy)
    refs = sorted(copies)
    late: dict[str, list[Copy]] = {}
    for place, (packet, some) in enumerate(groupby(refs, key=_packet)):
        if place % max(1, chains // _ONE_BY_ONE) == 0:
            late[packet] = [copies[ref] for ref in some]
    busy, clock, before = time.process_time(), time.perf_counter(), _of_shares()
    copies.flush()
    linked = link_bulk((map(copies.__getitem__, list(some)) for packet, some in groupby(refs, key=_packet)
                        if packet not in late), (), Known())
    nodes, links = sum(1 for _ in linked.nodes()), sum(1 for _ in linked.links())
    busy, clock = time.process_time() - busy, time.perf_counter() - clock
    filed, among, peak = len(linked.heads), linked.among, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    helped, shares_peak = _of_shares() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{filed} copies linked in {clock:.1f} s, {peak:.0f} MiB", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as home, Archive.create(Path(home)) as archive:
        start = time.process_time()
        archive.graph.save_linked(linked)
        stored = time.process_time() - start
        del linked, copies, refs  # one letter more comes to a process that holds nothing of this
        times = [_one_more(archive, some, among) for some in late.values()]
    one, by_clock = (sorted(1000 * each for each in some) for some in zip(*times, strict=True))
    return Growth(filed, nodes, links, busy, helped, clock, peak, shares_peak, stored,
                  one[len(one) // 2], one[int(len(one) * 0.95)],
                  by_clock[len(one) // 2])


def _packet(ref: CopyRef) -> str:
    return ref.packet


def _of_shares() -> float:
    """Seconds of the processor of all processes that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
        print("\n" + GROWTH, flush=True)
        grown = []
        for size in asked.scale:
            grown.append(growth(size))
            print(grown[-1].line(), flush=True)
        figures["growth"] = [asdict(one) for one in grown]
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

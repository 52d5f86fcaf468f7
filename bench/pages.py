"""How many pages a minute are read, and with how much memory: one long PDF of the pages of the samples.

    python -m bench.pages [--pages 500] [--folder samples/build] [--workers N] [--json FILE]

The pages of the folder's PDFs are repeated until there are enough. Nothing is kept between pages (no cache), so that a
page that comes back costs as much as the first time. Memory is that of the reading process: if it is bounded by the
pages in flight, its peak is little above what a tenth of the pages took. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

import pikepdf

from ocr import Limits, Reader, open_document, read_pages


@dataclass(frozen=True, slots=True)
class Run:
    """``seconds`` on the clock and ``cpu`` seconds of all processes for ``pages`` pages; memory of the reading process
    in MiB after the ``first`` tenth and at its ``peak``."""

    pages: int
    workers: int
    seconds: float
    cpu: float
    first: float
    peak: float

    def table(self) -> str:
        """The figures as a Markdown table."""
        return (
            "| pages | workers | pages per minute | CPU s per page | MiB after a tenth | peak MiB |\n"
            "|---:|---:|---:|---:|---:|---:|\n"
            f"| {self.pages} | {self.workers} | {60 * self.pages / self.seconds:.1f} | {self.cpu / self.pages:.2f} "
            f"| {self.first:.0f} | {self.peak:.0f} |"
        )


def long_pdf(folder: Path, pages: int, target: Path) -> None:
    """One PDF of ``pages`` pages at ``target``: those of the folder's PDFs over and over. Raises ``ValueError`` for a
    folder without any."""
    sources = [pikepdf.open(path) for path in sorted(folder.glob("*.pdf"))]
    found = [page for source in sources for page in source.pages]
    if not found:
        raise ValueError(f"no PDF in {folder}")
    with pikepdf.new() as made:
        made.pages.extend(islice(cycle(found), pages))
        made.save(target)
    for source in sources:
        source.close()


def read_all(path: Path, pages: int, workers: int) -> Run:
    """Reads the file from its first page to its last, keeping none."""
    first = 0.0
    before, started = _cpu(), time.monotonic()
    with open_document(path, Limits(pages=pages)) as document:
        for done, _ in enumerate(read_pages(document, range(1, pages + 1), Reader(), workers), 1):
            if done == max(1, pages // 10):
                first = _peak()
    seconds = time.monotonic() - started
    return Run(pages, workers, seconds, _cpu() - before, first, _peak())


def _cpu() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints the table; writes the figures as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--folder", type=Path, default=Path("samples/build"))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "long.pdf"
        long_pdf(asked.folder, asked.pages, path)
        run = read_all(path, asked.pages, asked.workers)
    print(run.table())
    if asked.json:
        asked.json.write_text(json.dumps(asdict(run), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

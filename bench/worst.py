"""The pages that are read worst, line by line, for eyes: development material alone, for who looks cannot measure.

    python -m bench.worst samples/build [--only j …] [--pages 10] [--out DIR] [--cache DIR]

Ranked by characters that are wrong or read where nothing is printed, as a share of what is printed on the page. Printed
lines and what was read of them stand one below the other; lines read that nobody printed are marked ``+``. Entries by
hand, catch-words and page numbers, which truth files leave out, count neither way. With ``--out`` the pages themselves
are left there as PNG, as the reader draws them.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench import speed
from bench.material import Sample, samples
from bench.scoring import closest, squeeze
from letters import Ink, Page
from ocr import Limits, Reader, open_document, read_pages

_ASIDE = re.compile(r"\s*(/.+|[-–—]\s*\d+\s*[-–—])\s*")  # /ขอให้... and - ๒ -
_FOREIGN = 0.5
"""A read line is nobody's print if more than this share of it has nothing to do with any printed stretch."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that was read wrong: as printed (nothing, where nothing is), as read, characters wrong."""

    printed: str
    read: str
    wrong: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page with its faults; ``size`` is how many characters are printed on it, white space left out."""

    packet: str
    page: int
    size: int
    faults: tuple[Fault, ...]

    @property
    def share(self) -> float:
        """Characters wrong or read for nothing, per printed one."""
        return sum(fault.wrong for fault in self.faults) / max(1, self.size)


def faults(printed: str, read: str) -> Iterator[Fault]:
    """What is wrong on a page: printed lines in order, then read lines that are nobody's print."""
    text, whole = squeeze(read), squeeze(printed)
    for line in printed.split("\n"):
        if plain := squeeze(line):
            stretch = closest(plain, text)
            if wrong := min(len(plain), Levenshtein.distance(plain, stretch)):
                yield Fault(line, stretch, wrong)
    for line in read.split("\n"):
        plain = "" if _ASIDE.fullmatch(line) else squeeze(line)
        wrong = Levenshtein.distance(plain, closest(plain, whole)) if plain else 0
        if wrong > _FOREIGN * len(plain):
            yield Fault("", line, len(plain))


def printed_on(page: Page) -> str:
    """What was read of a page's print, without entries by hand."""
    return "\n".join(" ".join(word.text for word in line.words if word.ink is Ink.PRINT)
                     for line in page.lines if line.ink is Ink.PRINT)


def worst(chosen: Sequence[Sample], texts: Mapping[tuple[str, int], str]) -> list[PageRead]:
    """All pages of the packets, the worst first, where the truth tells what is printed page by page."""
    found = []
    for sample in chosen:
        for row in sample.truth.get("page_text", []):
            read = texts.get((sample.scan.stem, row["page"]), "")
            found.append(PageRead(sample.scan.stem, row["page"], len(squeeze(row["text"])),
                                  tuple(faults(row["text"], read))))
    return sorted(found, key=lambda page: -page.share)


def _texts(chosen: Sequence[Sample], cache: Path) -> dict[tuple[str, int], str]:
    """The print of all pages, out of the cache that ``saraban parse`` has left."""
    texts = {}
    for sample in chosen:
        with open_document(sample.scan, Limits()) as document:
            for page in read_pages(document, range(1, document.page_count + 1), Reader(cache=cache)):
                texts[sample.scan.stem, page.number] = printed_on(page)
    return texts


def report(pages: Sequence[PageRead]) -> Iterator[str]:
    """The pages for a reader, a heading and its faults for each."""
    for place, page in enumerate(pages, 1):
        yield f"\n## {place}. {page.packet}, page {page.page}: {100 * page.share:.1f} % of {page.size}"
        for fault in page.faults:
            yield f"  = {fault.printed}\n  ? {fault.read}" if fault.printed else f"  + {fault.read}"


def main() -> None:
    """Reads the packets and prints their worst pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=(), help="grades, or beginnings of packets' names")
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--out", type=Path, help="where to leave pictures of these pages")
    parser.add_argument("--cache", type=Path, help="where pages as read are kept from one run to the next")
    asked = parser.parse_args()
    chosen = samples(asked.folder, asked.only)
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        cache = asked.cache or place / "cache"
        speed.parse([sample.scan for sample in chosen], 1, place / "read", cache)
        found = worst(chosen, _texts(chosen, cache))[: asked.pages]
        print("\n".join(report(found)))
        if asked.out:
            asked.out.mkdir(parents=True, exist_ok=True)
            named = {(page.packet, page.page) for page in found}
            wanted = [sample.scan for sample in chosen if sample.scan.stem in {packet for packet, _ in named}]
            for picture in speed.pictures(wanted, place):
                if (picture.packet, picture.page) in named:
                    shutil.move(picture.path, asked.out / f"{picture.packet}-{picture.page}.png")


if __name__ == "__main__":
    main()

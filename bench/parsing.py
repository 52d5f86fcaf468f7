"""How fast parsing is on text, and whether its memory stays flat.

    python -m bench.parsing [--letters 10000] [--samples samples/build] [--pages 500] [--json FILE]

The packets of the samples as their truth prints them, over and over: letters a second of CPU on one core, and the
process's memory after each tenth. Then one text of many pages, which must end in seconds, and bodies of one repeated
piece at two lengths: time that grows much faster than the text would show a pattern that backtracks.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from letters import Line, Page, Source
from parsing import parse_packet

TENTHS = 10
PIECES = ("ที่ ", "ตามที่ ", "ภายใน ", "๑๒๓/", "เรียน ก ", "ขอให้", "ก", "ทุกวันที่ ", "๑ ๒ ", "มีนาคม ", "ปีละ ", "(", ". ")
REPEATS = 5_000
BODY = """ที่ กบ ๐๐๒๓.๓/ว ๒๒

ศาลากลางจังหวัดกระบี่

๑๒ มิถุนายน ๒๕๖๖

เรื่อง การนับถังขยะ

เรียน นายอำเภอ ทุกอำเภอ

ด้วยมีงานต้องทำ {}

จึงเรียนมาเพื่อพิจารณา

ขอแสดงความนับถือ
"""


def packet_pages(path: Path) -> list[Page]:
    """The pages of a truth file as bare text."""
    printed = json.loads(path.read_text(encoding="utf-8"))["page_text"]
    return [text_page(item["page"], item["text"]) for item in printed]


def text_page(number: int, text: str) -> Page:
    """One page of bare text."""
    return Page(number, tuple(Line(line) for line in text.split("\n")), Source.TEXT)


def resident() -> float:
    """MiB of memory the process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def run(packets: Sequence[list[Page]], wanted: int) -> tuple[float, list[float]]:
    """Letters a second of CPU over at least ``wanted`` letters, and the memory after each tenth of them."""
    letters, started = 0, time.process_time()
    memory: list[float] = []
    for pages in cycle(packets):
        letters += len(parse_packet("bench", pages).letters)
        if letters >= wanted * (len(memory) + 1) / TENTHS:
            memory.append(resident())
        if letters >= wanted:
            return letters / (time.process_time() - started), memory
    raise ValueError("no packets")


def long_text(packets: Sequence[list[Page]], count: int) -> float:
    """CPU seconds for one packet of ``count`` pages."""
    texts = [page.text for pages in packets for page in pages]
    pages = [text_page(number, texts[number % len(texts)]) for number in range(1, count + 1)]
    started = time.process_time()
    parse_packet("long", pages)
    return time.process_time() - started


def growth(piece: str) -> tuple[float, float]:
    """CPU seconds for a letter of one piece repeated, and how much longer twice of it takes (2: linear)."""
    once, twice = (_seconds(piece * REPEATS * times) for times in (1, 2))
    return twice, twice / max(once, 1e-3)


def _seconds(text: str) -> float:
    started = time.process_time()
    parse_packet("repeated", [text_page(1, BODY.format(text))])
    return time.process_time() - started


def main() -> None:
    """Prints the tables; writes them as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--samples", type=Path, default=Path("samples/build"))
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    packets = [packet_pages(path) for path in sorted(asked.samples.glob("*.json"))]
    run(packets, len(packets))  # patterns are compiled and tables read before anything is timed
    rate, memory = run(packets, asked.letters)
    print(f"{platform.machine()}, Python {platform.python_version()}, one core\n")
    print(f"{asked.letters} letters: {rate:.0f} letters a second of CPU")
    print(f"memory after each tenth, MiB: {', '.join(f'{value:.0f}' for value in memory)}")
    seconds = long_text(packets, asked.pages)
    print(f"one text of {asked.pages} pages: {seconds:.1f} s of CPU\n")
    print(f"| {REPEATS * 2} times | s | against half of it |\n|---|---:|---:|")
    grown = {piece: growth(piece) for piece in PIECES}
    for piece, (taken, ratio) in grown.items():
        print(f"| `{piece}` | {taken:.2f} | {ratio:.1f} |")
    if asked.json:
        figures = {"letters_per_second": rate, "memory_mib": memory, "long_text_seconds": seconds, "growth": grown}
        asked.json.write_text(json.dumps(figures, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()

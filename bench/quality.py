"""How well and how fast ``saraban parse`` reads: the check half of the samples, and real scans where present.

    python -m bench.quality [--folders samples/check ../shared/real] [--json FILE]

For each folder: fields, text and segmentation against the truth files, seconds and CPU seconds per page, and beside
them one bare ``tesseract -l tha+eng`` run over the same page images. Runs one after the other on an otherwise idle
machine; ratios are worth more than seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.scoring import as_json, grades, score_folder, table
from ocr import Limits, Reader, open_document

FOLDERS = (Path("samples/check"), Path("../shared/real"))
SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of a run over ``pages`` pages, on the clock and of all processors; ``peak`` MiB of one process."""

    pages: int
    wall: float
    cpu: float
    peak: float

    def line(self, name: str) -> str:
        """One row of the table."""
        return (
            f"| {name} | {self.pages} | {self.wall / self.pages:.2f} | {self.cpu / self.pages:.2f} | {self.peak:.0f} |"
        )


def _measured(command: list[str], pages: int, env: dict[str, str]) -> Speed:
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **env})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Speed(pages, time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def read_folder(folder: Path, out: Path) -> Speed:
    """``saraban parse`` over a folder's scans into ``out``."""
    files = _scans(folder)
    command = [
        sys.executable,
        "-c",
        "from saraban.cli import main; main()",
        "parse",
        *map(str, files),
        "--out",
        str(out),
    ]
    return _measured(command, _pages(files), {})


def bare_tesseract(folder: Path, work: Path) -> Speed:
    """One Tesseract process over all page images of the folder, nothing else: what reading costs at least."""
    images = []
    for file in _scans(folder):
        with open_document(file, Limits()) as document:
            for number in range(1, document.page_count + 1):
                images.append(work / f"{file.stem}-{number}.png")
                document.image(number).save(images[-1])
    (work / "pages.txt").write_text("\n".join(map(str, images)), encoding="utf-8")
    command = ["tesseract", str(work / "pages.txt"), str(work / "out"), "-l", "tha+eng"]
    return _measured(command, len(images), {"OMP_THREAD_LIMIT": "1"})


def _scans(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SCANS)


def _pages(files: list[Path]) -> int:
    total = 0
    for file in files:
        with open_document(file, Limits()) as document:
            total += document.page_count
    return total


def main() -> None:
    """Prints the tables; writes them as JSON when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folders", nargs="*", type=Path, default=[folder for folder in FOLDERS if folder.is_dir()])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, reader {Reader().version}\n"
    )
    figures = {}
    for folder in asked.folders:
        with tempfile.TemporaryDirectory() as work:
            reading, bare = read_folder(folder, Path(work) / "read"), bare_tesseract(folder, Path(work))
            columns = grades(score_folder(folder, Path(work) / "read"))
        print(f"## {folder}\n\n{table(columns)}\n")
        print("| | pages | s per page | CPU s per page | peak MiB |\n|---|---:|---:|---:|---:|")
        print(reading.line("saraban parse"), bare.line("bare tesseract tha+eng"), sep="\n")
        print(f"\nCPU of saraban parse / bare tesseract: {reading.cpu / bare.cpu:.2f}\n")
        figures[str(folder)] = {"quality": as_json(columns), "saraban": asdict(reading), "tesseract": asdict(bare)}
    if asked.json:
        asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

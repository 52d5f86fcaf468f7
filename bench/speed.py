"""How fast pages are read, and in how much memory: ``saraban parse`` beside bare Tesseract and OCRmyPDF.

All over the same scans in one run: CPU seconds count every process, seconds are those of the clock, memory is that of
the largest single process. Born-digital packets are left out, as nobody has to read them by eye.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import img2pdf

from ocr import Limits, open_document
from ocr.tesseract import model_files

OCRMYPDF = "ocrmypdf --force-ocr -l tha+eng"
_LAUNCH = Path(__file__).with_name("launch.py")
_BAD_FILE = 65  # how ``saraban`` ends when it named a file it could not read and read the others

@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of a run over ``pages`` pages, on the clock and of all processors; ``peak`` MiB of one process."""

    pages: int
    wall: float
    cpu: float
    peak: float

    def line(self, name: str) -> str:
        """One row of the table."""
        cells = (f"{self.pages}", f"{self.wall / self.pages:.2f}", f"{self.cpu / self.pages:.2f}",
                 f"{60 * self.pages / self.wall:.0f}", f"{self.peak:.0f}")
        return f"| {name} | {' | '.join(cells)} |"


def mean(runs: Sequence[Speed]) -> Speed:
    """Several runs over the same pages as one; of memory the most."""
    wall, cpu = (fmean(times) for times in zip(*((run.wall, run.cpu) for run in runs), strict=True))
    return Speed(runs[0].pages, wall, cpu, max(run.peak for run in runs))


def measured(command: Sequence[str], pages: int, env: Mapping[str, str] | None = None, fine: tuple[int, ...] = (0,),
             ) -> Speed:
    """Runs a program to its end. Raises ``CalledProcessError`` if it ends with a code that is not ``fine``."""
    launched = [sys.executable, "-I", "-S", str(_LAUNCH), *command]
    done = subprocess.run(launched, check=True, stdout=subprocess.PIPE, env={**os.environ, **(env or {})})
    code, wall, cpu, peak = json.loads(done.stdout)
    if code not in fine:
        raise subprocess.CalledProcessError(code, command)
    return Speed(pages, wall, cpu, peak)


def parse(files: Sequence[Path], pages: int, out: Path, cache: Path | None) -> Speed:
    """``saraban parse`` over the files into ``out``; the pages as read are left in ``cache``, if there is one."""
    command = [sys.executable, "-c", "from saraban.cli import main; main()", "parse", *map(str, files)]
    kept = ["--cache", str(cache)] if cache else []
    return measured([*command, "--out", str(out), *kept], pages, fine=(0, _BAD_FILE))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as an image file: packet and page it is of, its resolution."""

    packet: str
    page: int
    path: Path
    dpi: int


def pictures(files: Iterable[Path], folder: Path) -> list[Picture]:
    """All pages as the reader draws them, one PNG each."""
    found = []
    for file in files:
        with open_document(file, Limits()) as document:
            for number in range(1, document.page_count + 1):
                dpi = document.dpi(number)
                found.append(Picture(file.stem, number, folder / f"{file.stem}-{number}.png", dpi))
                document.image(number).save(found[-1].path, dpi=(dpi, dpi))
    return found


def tesseract(images: Sequence[Picture], languages: str, folder: Path) -> tuple[Speed, dict[tuple[str, int], str]]:
    """One bare Tesseract process over all images, nothing else; its time and what it read, by packet and page."""
    listing, out = folder / f"{languages}.list", folder / languages
    listing.write_text("".join(f"{image.path}\n" for image in images), encoding="utf-8")
    models = model_files(languages)[0].parent
    command = ["tesseract", str(listing), str(out), "--tessdata-dir", str(models), "-l", languages]
    speed = measured(command, len(images), {"OMP_THREAD_LIMIT": "1"})
    read = out.with_name(f"{out.name}.txt").read_text(encoding="utf-8").split("\f")
    return speed, {(image.packet, image.page): text for image, text in zip(images, read, strict=False)}


def ocrmypdf(images: Sequence[Picture], folder: Path) -> Speed | None:
    """OCRmyPDF with Debian's models over one PDF of all images, a process for each core; ``None`` where it is not
    installed."""
    if importlib.util.find_spec("ocrmypdf") is None:
        return None
    whole = folder / "all.pdf"
    whole.write_bytes(img2pdf.convert([str(image.path) for image in images]))
    jobs = str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "ocrmypdf", "--force-ocr", "-l", "tha+eng", "--jobs", jobs, "--quiet"]
    return measured([*command, str(whole), str(folder / "ocrmypdf.pdf")], len(images))


def report(ours: Speed, same_model: Speed, others: Mapping[str, Speed | None]) -> Iterator[str]:
    """The table, and the two ratios that are asked for."""
    yield "\n| scans | pages | s per page | CPU s per page | pages per minute | peak MiB |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield ours.line("saraban parse")
    yield same_model.line("bare tesseract, our model")
    yield from (speed.line(name) for name, speed in others.items() if speed)
    cpu = (ours.cpu / ours.pages) / (same_model.cpu / same_model.pages)
    yield f"\nCPU per page, saraban parse ÷ bare tesseract with the same model: {cpu:.2f}"
    rival = others.get(OCRMYPDF)
    if rival:
        wall = (rival.wall / rival.pages) / (ours.wall / ours.pages)
        yield f"Seconds per page, ocrmypdf ÷ saraban parse, {os.cpu_count()} cores: {wall:.2f}"

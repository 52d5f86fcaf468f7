"""The one module that runs Tesseract (through pytesseract)."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from letters.errors import LimitExceeded, MissingProgram, SarabanError
from letters.page import Box
from ocr.words import Piece

# Threads inside Tesseract cost four to five times the wall time; pages run side by side instead.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

PACKAGED = Path(__file__).parent / "models"
_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
           "/usr/local/share/tessdata")
_WORD_LEVEL = "5"
LINE, RAW_LINE = 7, 13
"""Tesseract's page modes for one line. Mode 7 reads numbers better (0.92 against 0.72 of the build samples exact)."""


class EngineFailed(SarabanError):
    """Tesseract ended with an error of its own."""

    code = "engine-failed"
    exit_code = 70
    what = {"th": "Tesseract อ่าน {subject} ไม่สำเร็จ", "en": "Tesseract failed on {subject}"}


def system_folder() -> Path:
    """Where Debian's models lie; ``TESSDATA_PREFIX`` overrides it."""
    stated = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(folder) for folder in ((stated,) if stated else ()) + _SYSTEM]
    return next((folder for folder in folders if folder.is_dir()), folders[-1])


def default_languages(models: Path = PACKAGED) -> str:
    """The project's own models, if there are any, else Debian's Thai and English (Thai first, or spaces stand
    between all characters)."""
    return "+".join(sorted(path.stem for path in models.glob("*.traineddata"))) or "tha+eng"


def model_files(languages: str, models: Path = PACKAGED) -> tuple[Path, ...]:
    """The file of each language, the project's own before Debian's. Raises ``MissingProgram``."""
    files = []
    for language in languages.split("+"):
        found = [folder / f"{language}.traineddata" for folder in (models, system_folder())]
        file = next((path for path in found if path.is_file()), None)
        if file is None:
            raise MissingProgram(f"tesseract-ocr-{language}", f"{language}.traineddata")
        files.append(file)
    return tuple(files)


@cache
def _gathered(files: tuple[Path, ...]) -> tuple[Path, object]:
    """A folder that holds all models (Tesseract takes but one), and what keeps it from being deleted."""
    if len({file.parent for file in files}) == 1:
        return files[0].parent, None
    keeper = tempfile.TemporaryDirectory(prefix="saraban-tessdata-")
    for file in files:
        (Path(keeper.name) / file.name).symlink_to(file.resolve())
    return Path(keeper.name), keeper


@cache
def version(languages: str, models: Path = PACKAGED) -> str:
    """Engine and models, as in ``tesseract 5.3.0 tha:1a2b3c4d``. Raises ``MissingProgram``."""
    try:
        number = pytesseract.get_tesseract_version()
    except pytesseract.TesseractNotFoundError as error:
        raise MissingProgram("tesseract") from error
    named = (f"{file.stem}:{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
             for file in model_files(languages, models))
    return f"tesseract {number} {'+'.join(named)}"


def read_lines(images: Sequence[NDArray[np.uint8]], languages: str, models: Path, seconds: float,
               subject: str) -> list[list[Piece]]:
    """Pieces of each line image (grey, dark on light), boxes in pixels of that image, all in one process.

    Raises ``LimitExceeded`` (the process is killed), ``MissingProgram`` or ``EngineFailed``.
    """
    folder, _ = _gathered(model_files(languages, models))
    asked = _Asked(languages, folder, time.monotonic() + seconds, subject)
    with tempfile.TemporaryDirectory(prefix="saraban-lines-") as made:
        paths = [Path(made) / f"{number}.pgm" for number in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            Image.fromarray(image).save(path)
        return _read_files(paths, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all lines of a page are read with; ``deadline`` on the monotonic clock."""

    languages: str
    folder: Path
    deadline: float
    subject: str


def _read_files(paths: Sequence[Path], asked: _Asked) -> list[list[Piece]]:
    """Pieces of each line. Tesseract 5.3 dies of some dirt when it cleans a line's words (SIGFPE), and of all lines of
    the call with it: the lines are then read in halves, and the one it dies of as a raw line, without that cleaning."""
    if not paths:
        return []
    try:
        return _read_list(paths, asked, LINE)
    except EngineFailed:
        if len(paths) == 1:
            return _read_list(paths, asked, RAW_LINE)
        middle = len(paths) // 2
        return _read_files(paths[:middle], asked) + _read_files(paths[middle:], asked)


def _read_list(paths: Sequence[Path], asked: _Asked, mode: int) -> list[list[Piece]]:
    config = f'--tessdata-dir "{asked.folder}" --psm {mode} -c preserve_interword_spaces=1'
    names = paths[0].with_suffix(".txt")
    names.write_text("".join(f"{path}\n" for path in paths))
    found = _parse(_run(str(names), asked.languages, config, asked.deadline - time.monotonic(), asked.subject))
    return [found.get(number, []) for number in range(1, len(paths) + 1)]


def _run(names: str, languages: str, config: str, seconds: float, subject: str) -> str:
    try:
        table: str = pytesseract.image_to_data(names, languages, config, timeout=max(seconds, 0.01))
    except pytesseract.TesseractNotFoundError as error:
        raise MissingProgram("tesseract") from error
    except pytesseract.TesseractError as error:
        raise EngineFailed(subject, str(error.message)) from error
    except RuntimeError as error:  # pytesseract's word for a process it had to kill
        raise LimitExceeded(subject, "seconds") from error
    return table


def _parse(table: str) -> dict[int, list[Piece]]:
    """The word rows of a TSV by image, counted from 1."""
    lines: dict[int, list[Piece]] = defaultdict(list)
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        box = Box(left, top, left + width, top + height)
        lines[int(cells[1])].append(Piece(cells[11].strip(), max(float(cells[10]), 0.0) / 100, box))
    return lines

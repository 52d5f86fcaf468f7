"""The one module that runs Tesseract (through pytesseract)."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path

import numpy as np
import pytesseract
from numpy.typing import NDArray

from letters.errors import LimitExceeded, MissingProgram, SarabanError
from letters.page import Alternative, Box
from ocr.rivals import Choices, Table, sign, table
from ocr.words import Piece

# Threads inside Tesseract cost four to five times the wall time; pages run side by side instead.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

PACKAGED = Path(__file__).parent / "models"
_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
           "/usr/local/share/tessdata")
# Tesseract's own choices among characters. Each time it looks for what else a character may be costs it 3 % of a page's
# time; two find half of what was read wrong among digits, five a tenth more.
_CHOICES = "-c lstm_choice_mode=2 -c lstm_choice_iterations=2"
# What it would find out for nobody, in a thirtieth of its time: whether letters are all of one width, and paragraphs
# (with their text in hand; without it is done in no time). What is read stays the same to the last byte.
_UNASKED = "-c textord_all_prop=1 -c paragraph_text_based=0"
# The rows of its hOCR that count: a page (an image of the list), a word, a character, one choice for it.
_ROW = re.compile(
    r"<div class='ocr_page' id='page_(?P<page>\d+)'"
    r"|class='ocrx_word'[^>]*?bbox (?P<box>\d+ \d+ \d+ \d+); x_wconf (?P<sure>\d+)[^>]*>(?P<word>[^<\n]*)"
    r"|id='(?P<sign>lstm_choices)_"
    r"|x_confs (?P<score>[\d.]+)'>(?P<choice>[^<]*)<")
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
    return f"tesseract {number} {named(languages, models)}"


@cache
def named(languages: str, models: Path = PACKAGED) -> str:
    """The models with their versions, as in ``tha:1a2b3c4d+eng:5e6f7a8b``. Raises ``MissingProgram``."""
    return "+".join(f"{file.stem}:{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
                    for file in model_files(languages, models))


def read_lines(images: Sequence[NDArray[np.uint8]], languages: str, models: Path, seconds: float,
               subject: str) -> list[list[Piece]]:
    """Pieces of each line image (grey, dark on light), boxes in pixels of that image, all in one process.

    Raises ``LimitExceeded`` (the process is killed), ``MissingProgram`` or ``EngineFailed``.
    """
    meaning = table(named(languages, models))
    found = read_words(images, languages, models, seconds, subject)
    scored = ((words, line_score(words)) for words in found)
    return [[_piece(word, score, meaning) for word in words] for words, score in scored]


def read_words(images: Sequence[NDArray[np.uint8]], languages: str, models: Path, seconds: float,
               subject: str) -> list[list[EngineWord]]:
    """As :func:`read_lines`, but with Tesseract's own scores."""
    folder, _ = _gathered(model_files(languages, models))
    asked = _Asked(languages, folder, time.monotonic() + seconds, subject)
    with tempfile.TemporaryDirectory(prefix="saraban-lines-") as made:
        paths = [Path(made) / f"{number}.pgm" for number in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            path.write_bytes(b"P5 %d %d 255\n" % image.shape[::-1] + image.tobytes())
        return _read_files(paths, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all lines of a page are read with; ``deadline`` on the monotonic clock."""

    languages: str
    folder: Path
    deadline: float
    subject: str


def _read_files(paths: Sequence[Path], asked: _Asked) -> list[list[EngineWord]]:
    """Words of each line. Tesseract 5.3 dies of some dirt when it cleans a line's words (SIGFPE), and of all lines of
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


def _read_list(paths: Sequence[Path], asked: _Asked, mode: int) -> list[list[EngineWord]]:
    config = f'--tessdata-dir "{asked.folder}" --psm {mode} -c preserve_interword_spaces=1 {_CHOICES} {_UNASKED}'
    names = paths[0].with_suffix(".txt")
    names.write_text("".join(f"{path}\n" for path in paths))
    found = parse(_run(str(names), asked.languages, config, asked.deadline - time.monotonic(), asked.subject))
    return [found.get(number, []) for number in range(1, len(paths) + 1)]


def _run(names: str, languages: str, config: str, seconds: float, subject: str) -> str:
    try:
        hocr: bytes = pytesseract.image_to_pdf_or_hocr(names, languages, config, extension="hocr",
                                                       timeout=max(seconds, 0.01))
    except pytesseract.TesseractNotFoundError as error:
        raise MissingProgram("tesseract") from error
    except pytesseract.TesseractError as error:
        raise EngineFailed(subject, str(error.message)) from error
    except RuntimeError as error:  # pytesseract's word for a process it had to kill
        raise LimitExceeded(subject, "seconds") from error
    return hocr.decode("utf-8", errors="replace")


@dataclass(slots=True)
class EngineWord:
    """A word as Tesseract gives it: ``sure`` 0–1 and the choices for its characters by Tesseract's own scores, which
    are no probabilities; the choices are not always as many as the characters."""

    text: str
    sure: float
    box: Box
    choices: list[list[Alternative]] = field(default_factory=list)

    @property
    def spaced(self) -> bool:
        """Whether a space was read before it, as the first sign of its own."""
        return bool(self.choices and self.choices[0]) and not self.choices[0][0].text.strip()

    def by_character(self) -> list[Choices]:
        """The choices for each character, what was read first; its word's confidence where Tesseract did not say."""
        told = [tuple(one) for one in self.choices if one and one[0].text.strip()]
        if [one[0].text for one in told] == list(self.text):
            return told
        return [(Alternative(sign, self.sure),) for sign in self.text]


def parse(hocr: str) -> dict[int, list[EngineWord]]:
    """The words of a hOCR by image, counted from 1."""
    lines: dict[int, list[EngineWord]] = defaultdict(list)
    page, word = 0, EngineWord("", 0.0, Box(0, 0, 0, 0))
    for row in _ROW.finditer(hocr):
        if row["page"]:
            page = int(row["page"])
        elif row["box"]:
            left, top, right, bottom = map(int, row["box"].split())
            word = EngineWord(unescape(row["word"]).strip(), int(row["sure"]) / 100, Box(left, top, right, bottom))
            if word.text:
                lines[page].append(word)
        elif row["sign"]:
            word.choices.append([])
        elif word.choices:
            word.choices[-1].append(Alternative(unescape(row["choice"]), float(row["score"]) / 100))
    return lines


def line_score(words: Sequence[EngineWord]) -> float:
    """The mean score of the characters of a line, 0–1."""
    count = sum(len(word.text) for word in words) or 1
    return sum(word.sure * len(word.text) for word in words) / count


def _piece(word: EngineWord, line: float, meaning: Table) -> Piece:
    signs = (sign(read, choices, line, meaning) for read, choices in zip(word.text, word.by_character(), strict=True))
    return Piece(word.text, word.sure, word.box, signs=tuple(signs), spaced=word.spaced)

"""How well printed letter numbers are read, by the engine alone and with the network that reads them once more.

    python -m bench.printed [--grade poor] [--digits thai] [--pages 4] [--seed 2] [--only FACE ...] [--fit]

Pages of thirty invented letter numbers each, half of them cited in a line with their date, in every face of the
samples, as scans of a grade. A number counts as right when every sign of it is. ``--fit`` prints instead how often what
the network has otherwise is right, and the weights that say that best (``ocr/printed/reread.py``).
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz.distance import Levenshtein

from letters.text import arabic, squeeze, thai
from ocr.layout import read_print
from ocr.printed import reread as printed
from ocr.printed.model import columns
from ocr.printed.signs import told
from ocr.tesseract import PACKAGED, default_languages, read_lines
from ocr.together import Underway, together
from ocr.words import Piece
from samples.browser import chromium, pictures
from samples.degrade import scan
from samples.faces import FACES, face
from samples.make import GRADES
from samples.page import document
from training.corpus import load
from training.numbers import MONTHS

LINES = 30
_LEFT, _TOP, _STEP = 25.0, 25.0, 8.2  # mm
_OFFICES = ("กรมส่งเสริมการปกครองท้องถิ่น", "สำนักงานปลัดกระทรวงมหาดไทย", "จังหวัดนครราชสีมา", "กรมควบคุมโรค", "กรมที่ดิน")
_LETTERS = "กขคฉชตทธนบปพมยรลวสหอ"
_SECONDS = 300.0
_ALIKE = 0.7  # a line and what was read of it
_DATED = re.compile(r"ลงวันที่(\d+)\D+(\d+)$")
_GAINS = (-99.0, 0.0, 2.0, 4.0, 7.0, 12.0, 99.0)


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a page: its whole text and its number, both without blanks."""

    text: str
    number: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of numbers in a ``face``: the scan, and what is printed on it."""

    face: str
    image: Image.Image
    dpi: int
    lines: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the network has otherwise in one number, and whether it is ``right``."""

    edit: printed.Edit
    right: bool


def sheets(faces: Sequence[str], pages: int, grade: str, digits: str, seed: int) -> Iterator[Sheet]:
    """Pages of invented numbers in each face."""
    rng = Random(seed)
    with chromium() as browser:
        for name in faces:
            for _ in range(pages):
                texts = [_line(rng, cited=at % 2 == 1) for at in range(LINES)]
                shown = [(thai(text), thai(number)) if digits == "thai" else (text, number) for text, number in texts]
                html = "".join(f'<div class="ln" style="left:{_LEFT}mm;top:{_TOP + at * _STEP:.1f}mm">{text}</div>'
                               for at, (text, _) in enumerate(shown))
                page = document([f'<section class="page">{html}</section>'], face(name), rng.randrange(1000))
                dpi = GRADES[grade]
                grain = np.random.default_rng(rng.randrange(2**32))
                image = scan(pictures(browser, page, dpi)[0], grade, dpi, grain)
                yield Sheet(name, image, dpi, tuple(Printed(squeeze(text), squeeze(number)) for text, number in shown))


def _line(rng: Random, *, cited: bool) -> tuple[str, str]:
    """A line with a number, and that."""
    number = _number(rng)
    if not cited:
        return f"ที่ {number}", number
    day = f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(2555, 2569)}"
    return f"ตามหนังสือ{rng.choice(_OFFICES)} ที่ {number} ลงวันที่ {day}", number


def _number(rng: Random) -> str:
    owner = load("test").draw("letters", rng) if rng.random() < 0.5 else "".join(rng.choices(_LETTERS, k=2))
    part = rng.choice(("", f".{rng.randint(1, 9)}", f".{rng.randint(1, 9)}", f".{rng.randint(10, 29)}"))
    code = rng.choice((f"00{rng.randint(10, 39)}{part}", f"{rng.randint(200, 1699):04d}{part}",
                       f"08{rng.randint(1, 20):02d}{part}", f"{rng.choice('578')}{rng.randint(1000, 9999)}"))
    return f"{owner} {code}/{rng.choice(('ว ', 'ว ', ''))}{rng.randint(1, rng.choice((99, 999, 9999)))}"


def read(sheet: Sheet, *, network: bool) -> tuple[list[str], list[printed.Line]]:
    """The lines of a page as they are read, without blanks, and what the network was shown of them."""
    shown: list[printed.Line] = []

    def recorded(lines: Sequence[printed.Line]) -> list[list[Piece]]:
        shown.extend(lines)
        return both(lines) if network else [list(line.pieces) for line in lines]

    both = printed.reread
    with patch.object(printed, "reread", recorded):
        page = Underway(sheet.face, read_print(sheet.image, sheet.dpi), _SECONDS)
        together([page], lambda images, seconds, name: read_lines(images, default_languages(), PACKAGED, seconds, name))
    if isinstance(page.came_to, Exception) or page.came_to is None:
        raise RuntimeError(f"{sheet.face}: {page.came_to}")
    return [squeeze(line.text) for line in page.came_to.lines], shown


def _outcome(sheet: Sheet) -> list[tuple[str, Printed, str, str]]:
    """Face, line, and the line as read without and with the network."""
    alone, both = (read(sheet, network=network)[0] for network in (False, True))
    return [(sheet.face, line, _nearest(line.text, alone), _nearest(line.text, both)) for line in sheet.lines]


def _nearest(text: str, lines: Sequence[str]) -> str:
    return max(lines, key=lambda line: Levenshtein.normalized_similarity(line, text), default="")


def _figures(rows: Sequence[tuple[Printed, str]]) -> tuple[float, float, float]:
    """Of lines and what was read: numbers right, digits wrong, dates right; hundredths."""
    numbers = [_holds(read, line.number) for line, read in rows]
    wrong = sum(Levenshtein.distance(_digits(line.text), _digits(read)) for line, read in rows)
    dated = [(found.groups(), read) for line, read in rows if (found := _DATED.search(arabic(line.text)))]
    dates = [(found := _DATED.search(arabic(read))) is not None and found.groups() == day for day, read in dated]
    return (100 * float(np.mean(numbers)), 100 * wrong / sum(len(_digits(line.text)) for line, _ in rows),
            100 * float(np.mean(dates)))


def _holds(read: str, number: str) -> bool:
    return re.search(rf"{re.escape(number)}(?!\d)", read) is not None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def differences(sheet: Sheet) -> list[Told]:
    """What the network has otherwise in the letter numbers of a page."""
    found = []
    _, lines = read(sheet, network=False)
    for line in lines:
        text = "".join(piece.text for piece in line.pieces)
        one = max(sheet.lines, key=lambda own: Levenshtein.normalized_similarity(own.text, text))
        numbers = [number for number in printed.numbers(line) if not number.figures]
        if not numbers or Levenshtein.normalized_similarity(one.text, text) < _ALIKE:
            continue
        for number, seen in zip(numbers, columns([number.picture for number in numbers]), strict=True):
            plain, right = told(text[number.start:number.end]), told(one.number)
            before = Levenshtein.distance(plain, right)
            for edit in printed.edits(plain, seen):
                after = Levenshtein.distance(plain[:edit.start] + edit.text + plain[edit.end:], right)
                found.append(Told(edit, after < before))
    return found


def fitted(found: Sequence[Told], rounds: int = 50, ridge: float = 0.1) -> NDArray[np.float64]:
    """Weights of the gain and of nothing that tell best whether what the network has otherwise is right (logistic
    regression)."""
    signs = np.array([[one.edit.gain, 1.0] for one in found])
    right = np.array([float(one.right) for one in found])
    weights = np.zeros(2)
    for _ in range(rounds):
        shares = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
        slope = signs.T @ (right - shares) - ridge * weights
        weights = weights + np.linalg.solve((signs.T * (shares * (1 - shares))) @ signs + ridge * np.eye(2), slope)
    return weights


def main() -> None:
    """Draws, reads, prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--grade", choices=GRADES, default="poor")
    parser.add_argument("--digits", choices=("thai", "arabic"), default="thai")
    parser.add_argument("--pages", type=int, default=4, help="of each face")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--only", nargs="*", help="these faces alone")
    parser.add_argument("--fit", action="store_true", help="what the network has otherwise, and the weights")
    asked = parser.parse_args()
    faces = [name for name, one in FACES.items() if one.present and (asked.digits == "thai" or name != "sarabun-it9")]
    drawn = list(sheets(asked.only or faces, asked.pages, asked.grade, asked.digits, asked.seed))
    with ProcessPoolExecutor() as pool:
        if asked.fit:
            _print_fit([one for page in pool.map(differences, drawn) for one in page])
            return
        rows = [row for page in pool.map(_outcome, drawn) for row in page]
    print(f"{asked.grade} scans, {asked.digits} digits, {len(rows)} numbers; of a hundred: "
          "engine alone → with the network\n")
    by_face = defaultdict(list)
    for row in rows:
        by_face[row[0]].append(row)
    shown = [[name, *_compared(found)] for name, found in [*by_face.items(), ("all", rows)]]
    print("| face | numbers right | digits wrong | dates right |", "|---|---:|---:|---:|",
          *("| " + " | ".join(row) + " |" for row in shown), sep="\n")


def _compared(rows: Sequence[tuple[str, Printed, str, str]]) -> list[str]:
    alone, both = (_figures([(row[1], row[at]) for row in rows]) for at in (2, 3))
    return [f"{one:.2f} → {other:.2f}" for one, other in zip(alone, both, strict=True)]


def _print_fit(found: Sequence[Told]) -> None:
    for low, high in pairwise(_GAINS):
        some = [one.right for one in found if low <= one.edit.gain < high]
        print(f"gain {low:.0f} to {high:.0f}: {len(some)} places, right {np.mean(some) if some else 0:.2f}")
    print("weights of gain and nothing:", fitted(found).round(2).tolist())
    for low, high in zip((0, 0.5, 0.8, 0.95, 0.99), (0.5, 0.8, 0.95, 0.99, 1.01), strict=True):
        some = [one for one in found if low <= one.edit.chance < high]
        if some:
            print(f"said {low} to {high}: {len(some)} places, mean {np.mean([one.edit.chance for one in some]):.3f}, "
                  f"right {np.mean([one.right for one in some]):.3f}")


if __name__ == "__main__":
    main()

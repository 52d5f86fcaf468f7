"""Printed letter numbers as scans have them, cut out of their lines: pictures for the network and what they say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import cv2
import numpy as np

from ocr.printed.signs import Picture, picture, told
from training.corpus import Part, load
from training.damage import Grade, drawn, suited
from training.degrade import scan
from training.faces import cabinet
from training.numbers import clock, date, digits, letter_number, money, phone
from training.render import draw, printed, setting
from training.text import in_style

cv2.setNumThreads(1)
_GRADES: tuple[tuple[Grade, int], ...] = (("clean", 8), ("office", 32), ("poor", 60))
_POINTS, _RESOLUTIONS = (12, 14, 16, 16, 16, 18), (150, 170, 200, 200, 240, 300)
_NARROWEST, _WIDEST = 0.72, 1.1   # faces like Browallia are set as narrow
_EASED = (0.85, 1.4)              # how much wider the reader may show them
_LETTERS = "กขคฉชตดถทธนบปพผมยรลวสหอศษจ"
_BEFORE = ("", "", "", "ที่ ", "ที่", "ด่วนที่สุด ที่ ", "ด่วนมาก ที่ ")
_ON = ("", "", "ลงวันที่ ", "วันที่ ", "ภายในวันที่ ", "จำนวน ", "โทร. ")
_AFTER = ("", "", "", "", " ลงวันที่", " ลง", " ลว.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture for the network and the signs on it."""

    picture: Picture
    text: str


def entry(rng: Random, part: Part = "teach") -> Entry:
    """A printed number, its line's harm as in scans of all grades, poor ones the most."""
    text = in_style(_text(rng, part), rng.choice(("thai", "thai", "arabic")))
    face = cabinet(part).draw(rng, text)
    how = setting(rng, rng.choice(_POINTS) * rng.choice(_RESOLUTIONS) / 72, face)
    (grade,) = rng.choices([name for name, _ in _GRADES], [share for _, share in _GRADES])
    harm = suited(drawn(grade, rng), how.size)
    narrow = rng.uniform(_NARROWEST, _WIDEST)
    harm = replace(harm, stretch=narrow, rules=False, neighbours=False, skew=harm.skew / 3)
    line = draw(text, face, how)
    image = _beside(scan(line, harm, rng), rng)
    body = line.consonant / 2 * rng.uniform(0.9, 1.12)
    shown = picture(image, body, rng.uniform(*_EASED) * (1.0 if narrow > 0.9 else rng.uniform(1.0, 1.15)))
    return Entry(shown, told(printed(text, face)))


def _text(rng: Random, part: Part) -> str:
    corpus = load(part)
    kind = rng.random()
    if kind < 0.12:
        number = letter_number(rng, corpus)
    elif kind < 0.28:
        return f"{rng.choice(_ON)}{rng.choice((date, date, money, phone, clock))(rng)}"
    else:
        owner = corpus.draw("letters", rng) if rng.random() < 0.4 else "".join(rng.choices(_LETTERS, k=2))
        number = f"{owner}{rng.choice((' ', ' ', ' ', '', '.'))}{_code(rng)}{_serial(rng)}"
    return f"{rng.choice(_BEFORE)}{number}{rng.choice(_AFTER)}".strip()


def _code(rng: Random) -> str:
    lead = rng.choice(("0", "00", "0", "1", "5", "7", ""))
    code = lead + digits(rng, (5 if lead in ("5", "7") else 4) - len(lead))
    for _ in range(rng.choices((0, 1, 2), (40, 54, 6))[0]):
        code += f".{rng.randint(1, 9) if rng.random() < 0.7 else rng.randint(10, 39)}"
    return code


def _serial(rng: Random) -> str:
    length = rng.choices((0, 1, 2, 3, 4, 5), (6, 8, 16, 30, 34, 6))[0]
    mark = rng.choices(("", "ว", "ว ", "ว.", "ป "), (34, 14, 46, 3, 3))[0]
    return f"/{mark}{digits(rng, length)}"


def _beside(image: np.ndarray, rng: Random) -> np.ndarray:
    """The image with a little more or less white around."""
    left, right, top, foot = (rng.randint(0, 6) for _ in range(4))
    return cv2.copyMakeBorder(image, top, foot, left, right, cv2.BORDER_REPLICATE)

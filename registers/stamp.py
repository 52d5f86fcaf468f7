"""The receiving stamp (ตรารับหนังสือ, form 12 of the Regulation): the office on top, then number, day and time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from letters import LetterDate
from letters.text import thai
from registers.model import Row

WIDTH_CM, HEIGHT_CM = 5.0, 2.5
"""Size that the form gives."""

DPI = 600
_CM = DPI / 2.54
_SIZE = (round(WIDTH_CM * _CM), round(HEIGHT_CM * _CM))
_INK, _MARGIN = 255, round(0.15 * _CM)
_LINE, _DOT = round(0.03 * _CM), round(0.02 * _CM)
_RUNS = re.compile(r"[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What it says: the office's name, and what is filled in after เลขรับ, วันที่ and เวลา, digits as they are printed."""

    office: str
    number: str
    day: str
    time: str


def stamp_of(row: Row, office: str) -> Stamp:
    """The stamp of a row of the received register; the number is the register's (clause 38.2). Thai digits."""
    time = f"{row.time.replace(':', '.')} น." if row.time else ""
    return Stamp(office, thai(str(row.number)), thai(LetterDate.of(row.day).thai(short=True)), thai(time))


def drawn(stamp: Stamp) -> Image.Image:
    """The stamp at :data:`DPI`, 8 bits of grey: 255 is ink."""
    image = Image.new("L", _SIZE, 0)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SIZE[0] - 1, _SIZE[1] - 1), outline=_INK, width=_LINE)
    height = round(0.50 * _CM)
    fitted = _fitting(stamp.office, height, _SIZE[0] - 2 * _MARGIN)
    _write(draw, ((_SIZE[0] - _length(stamp.office, fitted, bold=True)) / 2, 0.66 * _CM), stamp.office, fitted,
           bold=True)
    for place, (label, value) in enumerate((("เลขรับ", stamp.number), ("วันที่", stamp.day), ("เวลา", stamp.time))):
        _row(draw, round((1.19 + 0.52 * place) * _CM), label, value, round(0.42 * _CM))
    return image


def _row(draw: ImageDraw.ImageDraw, base: int, label: str, value: str, height: int) -> None:
    """A label, and on the dotted line after it what is filled in."""
    _write(draw, (_MARGIN, base), label, height)
    left = _MARGIN + _length(label, height) + _MARGIN / 2
    for x in range(round(left), _SIZE[0] - _MARGIN, 5 * _DOT):
        draw.ellipse((x, base + 2 * _DOT, x + 2 * _DOT, base + 4 * _DOT), fill=_INK)
    fitted = _fitting(value, height, _SIZE[0] - _MARGIN - left, bold=False)
    middle = left + (_SIZE[0] - _MARGIN - left - _length(value, fitted)) / 2
    _write(draw, (middle, base), value, fitted)


def _write(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, height: int, *, bold: bool = False) -> None:
    """Text from a point on its base line on."""
    x, y = at
    for run, font in _runs(text, height, bold=bold):
        draw.text((x, y), run, fill=_INK, font=font, anchor="ls")
        x += font.getlength(run)


def _length(text: str, height: int, *, bold: bool = False) -> float:
    return sum(font.getlength(run) for run, font in _runs(text, height, bold=bold))


def _fitting(text: str, height: int, room: float, *, bold: bool = True) -> int:
    """The height at which a text is no longer than the room."""
    length = _length(text, height, bold=bold)
    return height if length <= room else int(height * room / length)


def _runs(text: str, height: int, *, bold: bool) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Stretches of one script with the font that has it."""
    for run in _RUNS.findall(text):
        yield run, _font("thai" if "\u0e00" <= run[0] <= "\u0e7f" else "latin", height, bold)


@cache
def _font(script: str, height: int, bold: bool) -> ImageFont.FreeTypeFont:
    name = f"sarabun-{script}-{700 if bold else 400}-normal.woff2"
    return ImageFont.truetype(io.BytesIO((files("registers") / "fonts" / name).read_bytes()), height)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a stamp's left top corner goes, in parts of the page's width and height as it is shown."""

    left: float
    top: float


_AIR, _LOWEST = 0.3, 9.0
_EMBLEM = (0.42, 0.0, 0.58, 0.15)
"""Where the Garuda stands, in parts of the page; it is no print that is read."""

_STEPS_DOWN, _STEPS_LEFT = 12, 10


def spot(width_cm: float, height_cm: float, taken: Sequence[tuple[float, float, float, float]]) -> Spot:
    """The free place nearest to the top right corner (clause 37). ``taken``: boxes of print in parts of the page: left,
    top, right, bottom. Where nothing in the upper part is free, the place that covers least."""
    right, step_left = width_cm - WIDTH_CM - 1.0, (width_cm - WIDTH_CM - 2.0) / _STEPS_LEFT
    lowest = min(_LOWEST, height_cm - HEIGHT_CM)
    places = [(right - left * step_left, 0.6 + down * (lowest - 0.6) / _STEPS_DOWN)
              for left in range(_STEPS_LEFT + 1) for down in range(_STEPS_DOWN + 1)]
    places.sort(key=lambda place: (right - place[0]) + 1.5 * place[1])
    boxes = [(left * width_cm, top * height_cm, right * width_cm, bottom * height_cm)
             for left, top, right, bottom in (_EMBLEM, *taken)]
    x, y = min(places, key=lambda place: round(sum(_covers(place, box) for box in boxes), 1))  # the first of the best
    return Spot(x / width_cm, y / height_cm)


def _covers(place: tuple[float, float], box: tuple[float, float, float, float]) -> float:
    """How much of a box a stamp there covers, with some air around it; square centimetres."""
    (x, y), (left, top, right, bottom) = place, box
    wide = min(right, x + WIDTH_CM + _AIR) - max(left, x - _AIR)
    high = min(bottom, y + HEIGHT_CM + _AIR) - max(top, y - _AIR)
    return max(0.0, wide) * max(0.0, high)

"""Handwriting-like ink: running numbers, days, notes and signatures, as HTML. Nobody's handwriting is copied.

Thai digits come from a set of drawn digits when it lies beside the project (MIT licence); otherwise, and for all
other writing, a hand-like face is jittered glyph by glyph. Arabic digits are strokes of our own.
"""

from __future__ import annotations

import base64
import io
import random
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from letters.text import THAI_DIGITS

DRAWN = Path(__file__).parents[2] / "shared" / "data" / "handwritten_digits" / "thai.npz"
# Well drawn ones, picked by eye: places within each digit's class of the set.
CLEAR = ((1, 2, 3, 5, 11, 14), (0, 1, 2, 6, 8, 11, 13), (0, 1, 2, 3, 5, 12, 14, 17), (0, 1, 2, 6, 7, 11, 14),
         (0, 2, 3, 5, 10, 12, 14, 19), (0, 2, 3, 6, 10, 11, 14, 19), (0, 1, 3, 4, 6, 9, 14, 18),
         (0, 1, 3, 4, 5, 9, 12, 14), (0, 2, 3, 4, 10, 11, 14), (0, 1, 2, 4, 5, 12, 14))
OTHERS = ((22, 23, 24, 27, 29, 31, 35, 41, 49), (21, 22, 28, 31, 37, 43, 44, 46), (25, 31, 33, 36, 40, 41, 48),
          (23, 28, 29, 31, 32, 37, 41, 42, 48), (23, 25, 27, 30, 36, 40, 42, 43), (24, 28, 33, 35, 40, 41, 43),
          (24, 28, 29, 31, 35, 36, 43, 49), (24, 25, 27, 29, 30, 32, 36, 42, 46), (22, 24, 28, 29, 35, 40),
          (31, 36, 43, 47))
MORE = ((51, 52, 58, 60, 62, 64, 67, 69, 76), (52, 54, 55, 61, 63, 66, 69, 71, 72), (52, 54, 57, 62, 63, 67, 69, 72),
        (51, 52, 53, 57, 62, 63, 64, 67), (51, 52, 55, 57, 62, 63, 64, 67, 71), (51, 53, 58, 60, 62, 63, 67, 69, 70),
        (51, 52, 55, 58, 61, 64, 66, 67, 71), (52, 53, 54, 62, 63, 65, 68, 69), (50, 52, 57, 60, 61, 65, 67, 68, 70),
        (50, 52, 53, 54, 59, 66, 67, 71, 73))
DRAWN_BY = {"round": CLEAR, "upright": OTHERS, "quick": MORE}
# Pen ways in a box 6 wide and 10 high, y downwards.
STROKES = {
    "0": ["3,0 .6,2 .3,5.5 1,9 3,10 5,8.6 5.6,5 5,1.4 3,0"], "1": ["2,1.8 3.4,0 3.2,5 3,10"],
    "2": ["1,2 2,.3 4,.2 5,2 4,5 2,8 .6,9.7 3,9.6 5.8,9.4"],
    "3": ["1,1 3,0 4.8,1.4 4,3.8 2.4,4.7 4.6,5.4 5.2,7.8 3.4,9.8 .8,9"],
    "4": ["3.4,0 2,3.4 .4,6.4 3,6.4 5.8,6.2", "4.4,3 4.2,6 4,10"],
    "5": ["1.4,.3 1.2,2.4 1,4.6 3,4.2 5,5.6 4.8,8.4 2.8,9.9 .6,9", "1.4,.3 3.2,.3 5.2,.1"],
    "6": ["4.6,.2 2.4,2.4 .8,5.8 1,8.8 3,10 5,8.4 4.6,6 2.8,5.4 1,7"],
    "7": ["0.6,.6 3,.5 5.6,.3 4.2,4 2.8,7 2,10"],
    "8": ["4.8,1.4 3,0 1.2,1.6 2.4,4 4.6,6.2 5,8.6 3,10 .8,8.4 1.6,6 4,3.6 4.8,1.4"],
    "9": ["5,2.4 3.4,.2 1,1.2 .8,4 2.6,5.4 4.6,4 5,2 4.8,5 4.4,10"],
}
# Another hand: upright, angular, its 4 closed, its 7 crossed, its 1 with a flag.
UPRIGHT = {
    "0": ["3.4,.2 1.4,1 .9,4 1,8 2.6,9.9 4.4,8.6 4.9,5 4.4,1.2 2.8,0"],
    "1": ["1.2,2.8 2.4,1.4 3.6,0", "3.6,0 3.5,5 3.5,10"],
    "2": ["1,1.8 2.2,.4 4.2,.4 4.6,2.6 3,5.6 .8,9.4", ".8,9.4 2.4,8.6 4,9.6 5.8,9.2"],
    "3": ["1,.4 3,.3 5,.3", "5,.3 4,2.2 2.8,4", "2.8,4 4.6,4.4 5.4,6.8 4.2,9.4 2.2,10 .8,8.8"],
    "4": ["3.8,.2 2.2,3.4 .4,6.8", ".4,6.8 3,6.7 5.8,6.8", "3.9,.2 4,5 3.9,10"],
    "5": ["4.8,.3 3,.4 1.6,.3", "1.6,.3 1.4,2.4 1.2,4.4", "1.2,4.4 3.2,3.8 5,5.2 5.2,7.6 3.4,9.8 1,9.4"],
    "6": ["4,0 2.4,2.2 1.2,5 1,8 2.4,9.9 4.4,9.4 5,7.4 3.8,5.8 2,6 1.1,7.6"],
    "7": [".8,.5 3,.6 5.4,.4", "5.4,.4 4,4.8 2.6,10", "1.8,5 3.2,4.8 4.8,5"],
    "8": ["3,4.6 1.4,3.4 1.4,1.2 3,.1 4.6,1.2 4.6,3.4 3,4.6", "3,4.6 1,6 .8,8.6 3,10 5.2,8.6 5,6 3,4.6"],
    "9": ["4.8,2.6 3.4,.2 1.4,.8 1,3.2 2.4,4.8 4.4,4 4.9,1.8", "4.9,1.8 4.8,5 4.6,10"],
}
# A quick hand: leaning, few lifts of the pen, its 1 a mere stroke, its 2 with a loop at the foot, its 4 open.
QUICK = {
    "0": ["3.8,.2 1.8,1.2 .6,5 1.2,9 3,9.8 4.9,7 5.6,3 4.4,.4 3.2,.1"], "1": ["4,0 3.5,3.4 2.9,6.6 2.3,10"],
    "2": ["1.4,2 2.8,.2 4.8,.6 5,3 3.2,6.4 1.2,9.2 .6,8.6 1.8,7.9 3.6,9.4 5.8,9"],
    "3": ["1.8,1 3.6,.1 5.2,1.6 4,3.8 2.6,4.4 4.4,5 4.8,7.4 3,9.8 .4,9.2"],
    "4": ["2.2,.4 1.4,3.2 .8,6 3,6 5.6,5.6", "5,2 4.4,5.4 3.6,10"],
    "5": ["5.8,.1 3.8,.3 2.4,.4 2,2.4 1.5,4.4 3.6,4 4.9,5.8 4.2,8.6 2.2,9.9 .4,8.8"],
    "6": ["5.2,.1 3,2.2 1.4,5.2 .8,8 1.9,9.9 3.9,9.4 4.6,7.4 3.4,5.7 1.8,6.4 1,7.8"],
    "7": ["1.2,2.2 1.5,.7 3.4,.5 5.8,.2 4.6,3.6 3.2,6.8 2.2,10"],
    "8": ["5,1.6 3.6,.1 2,1.4 2.2,3.4 3.6,5 4.4,7 3.8,9.2 2,10 .8,8.6 1.8,6.4 3.8,4.4 5,2.6 4.9,1"],
    "9": ["5,1.8 3.6,.2 1.8,1.4 1.4,3.6 2.6,4.8 4.4,3.8 5.2,1.6 4.8,5 3.8,8.4 1.4,9.8"],
}
WRITERS = {"round": STROKES, "upright": UPRIGHT, "quick": QUICK}
INKS = ("#1d2f86", "#23308f", "#14246b", "#22252c")
_CLUSTER = re.compile(r"[\u0e40-\u0e44]?.[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", re.S)


def digits(text: str, rng: random.Random, writer: str = "round") -> str:
    """A handwritten number (Thai or Arabic digits, other signs as writing) about 1.3 em high; ``writer`` is one of
    ``WRITERS``: the shapes of Arabic digits, and which drawn Thai ones are taken."""
    ink, pen = rng.choice(INKS), rng.uniform(.065, .1)
    return f'<span class="hand-number">{"".join(_digit(sign, rng, ink, pen, writer) for sign in text)}</span>'


def machine(text: str, rng: random.Random) -> str:
    """A number from a numbering machine: even digits, each a little out of line, in stamp ink."""
    ink = rng.choice(("#2a4fa8", "#3b2f74", "#33343a", "#a02b3a"))
    shaken = "".join(f'<span style="transform:translateY({rng.gauss(0, .05):.2f}em)">{sign}</span>' for sign in text)
    return (f'<span class="machine-number" style="color:{ink};display:inline-block;'
            f'transform:rotate({rng.uniform(-3, 3):.1f}deg) translateY({rng.uniform(-.2, .12):.2f}em)">{shaken}</span>')


def _digit(sign: str, rng: random.Random, ink: str, pen: float, writer: str) -> str:
    """One sign; ``pen`` is the width of the stroke in em."""
    if sign in STROKES:
        return _stroked(WRITERS[writer][sign], rng, ink, pen)
    if sign in THAI_DIGITS and DRAWN.is_file():
        return _drawn(THAI_DIGITS.index(sign), rng, ink, pen, DRAWN_BY[writer])
    return written(sign, rng, ink)


def _stroked(shape: list[str], rng: random.Random, ink: str, pen: float) -> str:
    ways = "".join(f'<path d="{_smooth(way, rng)}"/>' for way in shape)
    high = rng.uniform(0.88, 1.12)
    return (f'<svg viewBox="-1 -1 8 12" style="height:{high:.2f}em;transform:rotate({rng.uniform(-6, 10):.1f}deg) '
            f'translateY({rng.uniform(-.06, .08):.2f}em)" fill="none" stroke="{ink}" '
            f'stroke-width="{pen * 12 / high:.2f}" stroke-linecap="round">{ways}</svg>')


def _smooth(way: str, rng: random.Random) -> str:
    """A way of points, shaken a little, as a smooth SVG path (quadratic curves through the middles)."""
    points = [(float(x) + rng.gauss(0, .25), float(y) + rng.gauss(0, .25))
              for x, y in (point.split(",") for point in way.split())]
    path = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
    for (x, y), (after_x, after_y) in pairwise(points[1:]):
        path += f"Q{x:.2f} {y:.2f} {(x + after_x) / 2:.2f} {(y + after_y) / 2:.2f}"
    return path + f"L{points[-1][0]:.2f} {points[-1][1]:.2f}"


@lru_cache(maxsize=1)
def _drawn_set() -> tuple[np.ndarray, np.ndarray]:
    data = np.load(DRAWN)
    return data["images"], data["labels"]


def _drawn(digit: int, rng: random.Random, ink: str, pen: float, clear: tuple[tuple[int, ...], ...]) -> str:
    images, labels = _drawn_set()
    grey = images[np.flatnonzero(labels == digit)[rng.choice(clear[digit])]]
    dark = 255 - grey if grey.mean() > 127 else grey
    rows, columns = np.flatnonzero(dark.max(1) > 40), np.flatnonzero(dark.max(0) > 40)
    high = (.78 if digit in (0, 1, 3) else 1.05) * rng.uniform(.9, 1.1)
    dark = _thin(dark[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1], pen / high)
    rgb = [int(ink[at:at + 2], 16) for at in (1, 3, 5)]
    picture = np.dstack([*(np.full_like(dark, value) for value in rgb), dark])
    buffer = io.BytesIO()
    Image.fromarray(picture, "RGBA").save(buffer, "PNG")
    return (f'<img style="height:{high:.2f}em;transform:rotate({rng.uniform(-5, 5):.1f}deg)" '
            f'src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">')


def _thin(dark: np.ndarray, share: float) -> np.ndarray:
    """The drawn digit 160 pixels high, its stroke worn down to that share of its height."""
    scale = 160 / dark.shape[0]
    large = cv2.resize(dark, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    depth = cv2.distanceTransform((large > 127).astype(np.uint8), cv2.DIST_L2, 3)
    spare = int(2 * np.percentile(depth[depth > 0], 90) - share * 160)
    if spare < 2:
        return large
    return cv2.erode(large, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (spare, spare)))


def written(text: str, rng: random.Random, ink: str) -> str:
    """Words in a hand-like face, every cluster turned and shifted a little."""
    return "".join(
        f'<span class="scrawl" style="color:{ink};transform:rotate({rng.gauss(0, 3):.1f}deg) '
        f'translateY({rng.gauss(0, .05):.2f}em) skewX(-{rng.uniform(4, 14):.0f}deg)">'
        f'{"&nbsp;" if cluster.isspace() else cluster}</span>'
        for cluster in _CLUSTER.findall(text))


def signature(rng: random.Random) -> str:
    """A signature-like scribble of loops, some 40 mm wide, as SVG."""
    x, points = 4.0, []
    for _ in range(rng.randint(6, 10)):
        x += rng.uniform(2, 9)
        points.append(f"{x - rng.uniform(0, 7):.1f},{rng.uniform(0, 14):.1f} {x:.1f},{rng.uniform(2, 16):.1f}")
    tail = f"{x + rng.uniform(4, 16):.1f},{rng.uniform(0, 16):.1f}"
    return (f'<svg class="signature" viewBox="0 -2 90 22" fill="none" stroke="{rng.choice(INKS)}" '
            f'stroke-width="{rng.uniform(.5, .9):.2f}" stroke-linecap="round">'
            f'<path d="M2 {rng.uniform(4, 14):.1f} S{" ".join(points)} {x:.1f},8 {tail}"/></svg>')

"""Drawn signs as pen ways: thinned to one pixel, then kept as short strokes, so that any pen can draw them again."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from letters.text import THAI_DIGITS
from training.faces import cabinet

#: Where ``thai.npz`` and ``arabic.npz`` lie: ``images`` (n, height, width), black on white, and ``labels``.
DIGITS = Path(os.environ.get("DIGITS", "../shared/data/handwritten_digits"))
HELD_OUT = 0.15  # share of the images of each digit that training never sees
_HIGH = 64       # pixels of a sign while it is thinned
_SCRIBBLE = 2.2  # ways longer than this many times the usual are no digit

Way = NDArray[np.float32]   # (strokes, 2 ends, x and y); y from 0 (top) to 1 (foot)
Ways = dict[str, list[Way]]
Images = NDArray[np.uint8]


def load(work: Path) -> tuple[Ways, Ways]:
    """Ways by sign, to teach and held out; thinned once and kept in ``work``."""
    kept = work / "ways.npz"
    if not kept.is_file():
        work.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(kept, **_packed())
    with np.load(kept) as data:
        parts = {name: np.split(data[name], data[f"{name}.ends"][:-1]) for name in data if not name.endswith(".ends")}
    teach: Ways = {name.split(".")[1]: ways for name, ways in parts.items() if name.startswith("teach")}
    held: Ways = {name.split(".")[1]: ways for name, ways in parts.items() if name.startswith("held")}
    return teach, held


def _packed() -> dict[str, NDArray[np.float32] | NDArray[np.int64]]:
    """All ways in arrays that a file can hold."""
    made: dict[str, NDArray[np.float32] | NDArray[np.int64]] = {}
    for digits, name in ((THAI_DIGITS, "thai"), ("0123456789", "arabic")):
        with np.load(DIGITS / f"{name}.npz") as data:
            images, labels = data["images"], data["labels"]
        for value, sign in enumerate(digits):
            order = np.random.default_rng(value).permutation(np.flatnonzero(labels == value))
            held = round(HELD_OUT * order.size)
            _pack(made, f"held.{sign}", [way(images[one]) for one in order[:held]])
            _pack(made, f"teach.{sign}", [way(images[one]) for one in order[held:]])
    circular = [way(image) for image in _drawn("ว")]
    _pack(made, "held.ว", circular)
    _pack(made, "teach.ว", circular)
    return made


def _pack(made: dict[str, NDArray[np.float32] | NDArray[np.int64]], name: str, ways: list[Way]) -> None:
    usual = float(np.median([len(one) for one in ways]))
    good = [one for one in ways if 2 < len(one) < _SCRIBBLE * usual]
    made[name], made[f"{name}.ends"] = np.concatenate(good), np.cumsum([len(one) for one in good])


def _drawn(text: str) -> list[Images]:
    """A sign of all faces to teach, black on white; nobody has collected a handwritten ว."""
    images = []
    for face in {face.path: face for family in cabinet("teach").families for face in family}.values():
        picture = Image.new("L", (140, 160), 255)
        ImageDraw.Draw(picture).text((30, 20), text, 0, font=ImageFont.truetype(str(face.path), 80))
        images.append(np.asarray(picture))
    return images


def way(image: Images) -> Way:
    """The pen's way through a drawn sign."""
    dark = 255 - image
    rows, columns = np.flatnonzero(dark.max(axis=1) > 80), np.flatnonzero(dark.max(axis=0) > 80)
    tight = dark[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    scale = _HIGH / max(tight.shape)
    size = (max(4, round(tight.shape[1] * scale)), max(4, round(tight.shape[0] * scale)))
    large = cv2.GaussianBlur(cv2.resize(tight, size, interpolation=cv2.INTER_CUBIC), (0, 0), 1.0)
    line = thinned(np.pad((large > 110).astype(np.uint8), 2))
    points = np.argwhere(line)
    number = np.full(line.shape, -1)
    number[tuple(points.T)] = np.arange(len(points))
    ends = []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        other = number[np.clip(points[:, 0] + down, 0, line.shape[0] - 1),
                       np.clip(points[:, 1] + right, 0, line.shape[1] - 1)]
        ends.append(np.stack([np.flatnonzero(other >= 0), other[other >= 0]], axis=1))
    strokes = points[np.concatenate(ends)][:, :, ::-1].astype(np.float32)
    return (strokes - strokes.min(axis=(0, 1))) / max(float(np.ptp(strokes[:, :, 1])), 4.0)


def thinned(ink: Images) -> Images:
    """Ink (1) worn down to lines one pixel wide, ends kept (Zhang and Suen's two passes)."""
    ink = ink.copy()
    while True:
        before = int(ink.sum())
        for first in (True, False):
            around = [np.roll(ink, shift, (0, 1)) for shift in
                      ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))]
            count = np.sum(around, axis=0)
            turns = sum((around[at] == 0) & (around[(at + 1) % 8] == 1) for at in range(8))
            north, east, south, west = around[0], around[2], around[4], around[6]
            sides = ((north * east * south == 0) & (east * south * west == 0) if first
                     else (north * east * west == 0) & (north * south * west == 0))
            ink[(ink == 1) & (count >= 2) & (count <= 6) & (turns == 1) & sides] = 0
        if int(ink.sum()) == before:
            return ink

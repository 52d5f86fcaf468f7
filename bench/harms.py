"""Packets as they come from worse scanners: with coloured fringes along level strokes, or with print that fades.

    python -m bench.harms fringes|fading DIR [--folder samples/build] [--packets 12]
    python -m bench.quality --folders DIR

Writes some of a folder's scanned packets, evenly chosen, with that harm done to each page, and their truth beside them.
"""

from __future__ import annotations

import argparse
import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import img2pdf
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.material import Sample, samples
from ocr import Limits, open_document

Pixels = NDArray[np.float32]
"""A page, grey or RGB, 0 to 255."""

_ROWS = (0.25, 0.45)   # that red is scanned too high, and blue too low
_FOOT = 0.28           # of its darkness that print has left at the pale side of the page
_NOISE, _QUALITY = 4.0, 80


def fringes(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """The page as a scanner gives it that takes red, green and blue one after the other: in grey where it is grey."""
    if pixels.ndim == 2:
        return pixels
    seen, rows = pixels.copy(), np.float32(chance.uniform(*_ROWS))
    for channel, step in ((0, -1), (2, 1)):
        seen[..., channel] += rows * (np.roll(pixels[..., channel], step, axis=0) - pixels[..., channel])
    return seen


def fading(pixels: Pixels, chance: np.random.Generator) -> Pixels:
    """The page with its print the paler the farther it stands to one side, and with a little noise."""
    left = np.linspace(1, _FOOT, pixels.shape[1], dtype=np.float32)
    across = left if chance.random() < 0.5 else left[::-1]
    pale = 255 - (255 - pixels) * (across if pixels.ndim == 2 else across[:, None])
    return np.clip(pale + chance.normal(0, _NOISE, pixels.shape), 0, 255).astype(np.float32)


HARMS: dict[str, Callable[[Pixels, np.random.Generator], Pixels]] = {"fringes": fringes, "fading": fading}


def write(chosen: Sequence[Sample], harm: str, out: Path) -> None:
    """Each packet as a PDF of JPEG images with the harm done to it, its truth beside it."""
    out.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(7)
    for sample in chosen:
        with open_document(sample.scan, Limits()) as document:
            pages = [_jpeg(HARMS[harm](np.asarray(document.image(number), np.float32), chance), document.dpi(number))
                     for number in range(1, document.page_count + 1)]
        (out / f"{sample.scan.stem}.pdf").write_bytes(img2pdf.convert(pages))
        shutil.copy(sample.scan.with_suffix(".json"), out)


def _jpeg(pixels: Pixels, dpi: int) -> bytes:
    kept = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(kept, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
    return kept.getvalue()


def main() -> None:
    """Writes the harmed packets."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("harm", choices=HARMS)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path, default=Path("samples/build"))
    parser.add_argument("--packets", type=int, default=12)
    asked = parser.parse_args()
    scanned = [sample for sample in samples(asked.folder) if not sample.born_digital]
    chosen = np.linspace(0, len(scanned) - 1, min(asked.packets, len(scanned))).round().astype(int)
    write([scanned[at] for at in chosen], asked.harm, asked.out)


if __name__ == "__main__":
    main()

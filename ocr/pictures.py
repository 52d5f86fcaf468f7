"""Scans that come as JPEG, PNG or TIFF (one or many pages)."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from letters.errors import DamagedFile, LimitExceeded
from ocr.limits import Limits

# Pillow's own guard is one number for the whole process; here every page is held against Limits before it is decoded.
Image.MAX_IMAGE_PIXELS = None

A4_INCHES = (8.27, 11.69)
_SAMPLED = 16  # of a page's rows and columns one is looked at first for colour
_SANE_DPI = (72, 1200)
_SANE_WIDTH = (4.0, 17.0)  # inches of the short side: half a sheet to A3
# What Pillow's readers raise on broken files; their warnings come as errors where the program runs strictly.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError, UserWarning)


class PictureFile:
    """The pages of one image file. Raises ``DamagedFile`` or ``LimitExceeded``."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._name, self._limits, self._lock = name, limits, threading.Lock()
        try:
            self._picture = Image.open(path)
        except (*_BROKEN, UnidentifiedImageError) as error:
            raise DamagedFile(name, str(error)) from error
        try:
            self.page_count = self._count()
            self._decode(1)
        except BaseException:
            self.close()
            raise

    def _count(self) -> int:
        try:
            for count, frame in enumerate(ImageSequence.Iterator(self._picture), start=1):
                if count > self._limits.pages:
                    raise LimitExceeded(self._name, f"pages > {self._limits.pages}")
                check_pixels(self._name, count, frame.width, frame.height, self._limits)
        except _BROKEN as error:
            raise DamagedFile(self._name, str(error)) from error
        return count

    def _decode(self, number: int) -> Image.Image:
        with self._lock:
            try:
                self._picture.seek(number - 1)
                self._picture.load()
                upright = ImageOps.exif_transpose(self._picture)
                return plain(upright if upright is not None else self._picture)
            except (*_BROKEN, MemoryError) as error:
                raise DamagedFile(self._name, f"page {number}: {error}") from error

    def dpi(self, number: int) -> int:
        """Resolution in the file if it makes a sheet of paper of the image, else as if the page were A4."""
        with self._lock:
            self._picture.seek(number - 1)
            stated = self._picture.info.get("dpi", (0, 0))
            return sane_dpi(self._picture.size, stated)

    def image(self, number: int, dpi: int | None) -> Image.Image:
        """The page upright, as grey or RGB."""
        image = self._decode(number)
        own = self.dpi(number)
        if dpi is None or dpi == own:
            return image
        width, height = (max(1, round(side * dpi / own)) for side in image.size)
        check_pixels(self._name, number, width, height, self._limits)
        return image.resize((width, height), Image.Resampling.LANCZOS)

    def close(self) -> None:
        """Close the file."""
        self._picture.close()


def sane_dpi(size: tuple[int, int], stated: tuple[float, float]) -> int:
    """Pixels per inch of an image of ``size`` pixels: as stated where that gives a possible sheet of paper."""
    short = min(size)
    try:
        dpi = round(float(stated[0]))
    except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        dpi = 0
    if _SANE_DPI[0] <= dpi <= _SANE_DPI[1] and _SANE_WIDTH[0] <= short / dpi <= _SANE_WIDTH[1]:
        return dpi
    return max(1, round(short / A4_INCHES[0]))


def check_pixels(name: str, page: int, width: int, height: int, limits: Limits) -> None:
    """Raises ``LimitExceeded`` if a page image of this size is not allowed."""
    if width * height > limits.pixels:
        raise LimitExceeded(name, f"page {page}: {width} x {height} pixels > pixels {limits.pixels}")


def plain(image: Image.Image) -> Image.Image:
    """The image as 8-bit grey or RGB on white."""
    if image.mode.startswith("I"):
        return Image.fromarray((np.asarray(image).clip(0, 65535) // 257).astype(np.uint8))
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
    return drawn(np.asarray(image.convert("RGB")))


def drawn(pixels: NDArray[np.uint8]) -> Image.Image:
    """Grey or RGB pixels as an image: grey where none has a colour, as in most scans of black print; what follows takes
    a third of the time and memory then."""
    if pixels.ndim == 3 and not any(_has_colour(part) for part in (pixels[::_SAMPLED, ::_SAMPLED], pixels)):
        pixels = pixels[:, :, 0]
    return Image.fromarray(np.ascontiguousarray(pixels))


def _has_colour(pixels: NDArray[np.uint8]) -> bool:
    red, green, blue = cv2.split(np.ascontiguousarray(pixels))
    return bool(cv2.norm(red, green, cv2.NORM_INF) or cv2.norm(green, blue, cv2.NORM_INF))

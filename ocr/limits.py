"""How much a file may ask of the machine. Each number is a setting of its own, named in the error that it raises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``bytes`` a file, ``pages`` a file, ``pixels`` a page image, ``seconds`` of reading a page."""

    bytes: int = 200 * 1024 * 1024
    pages: int = 500
    pixels: int = 60_000_000
    seconds: float = 120.0

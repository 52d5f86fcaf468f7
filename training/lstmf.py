"""Line images with their text in Tesseract's training file format (``.lstmf``), written without running Tesseract.

One file holds many lines. The format (Tesseract 5, ``ccstruct/imagedata.cpp``, little endian): a count, then for each
line a present flag, file name, page number, PNG bytes, language, text, boxes, texts of the boxes and a flag for
vertical writing. A string or list is a 32-bit length and its content; a box is left, bottom, right, top, 16 bits each.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineImage:
    """A line: its PNG file content, the image's width and height in pixels, and what is printed."""

    png: bytes
    width: int
    height: int
    text: str


def pack_lines(lines: Iterable[LineImage], name: str) -> bytes:
    """The content of a ``.lstmf`` file with these lines; ``name`` is what error messages of the trainer will say."""
    pages = [_page(line, name, number) for number, line in enumerate(lines)]
    return struct.pack("<I", len(pages)) + b"".join(pages)


def _page(line: LineImage, name: str, number: int) -> bytes:
    text = _string(line.text.encode("utf-8"))
    box = struct.pack("<4h", 0, 0, line.width, line.height)
    return b"".join((
        b"\1", _string(name.encode("utf-8")), struct.pack("<i", number), _string(line.png), _string(b""), text,
        struct.pack("<I", 1), box, struct.pack("<I", 1), text, b"\0",
    ))


def _string(content: bytes) -> bytes:
    return struct.pack("<I", len(content)) + content

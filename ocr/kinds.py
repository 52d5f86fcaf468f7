"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    """The five kinds of files that are taken in."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    TEXT = "text"


_MAGIC = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def recognise(path: Path) -> FileKind | None:
    """The kind of the file at ``path``, or ``None`` if it is none of them.

    Text is what decodes as UTF-8 and holds no control characters but white space. A PDF may have up to a kilobyte of
    other bytes before its mark, as mail gateways leave them there.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if decode(path.read_bytes()) is not None:
        return FileKind.TEXT
    return FileKind.PDF if b"%PDF-" in head else None


def decode(data: bytes) -> str | None:
    """The text of UTF-8 bytes, byte order mark dropped; ``None`` if they are something else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text

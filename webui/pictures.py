"""Pictures of pages for the screen: drawn by us from the original, kept in a folder that may be deleted at any time."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from archive import Archive
from letters.errors import NotFound
from ocr import Limits, open_document, turned

WIDTHS = {"small": 240, "page": 1240, "large": 2480}
"""Pixels across by name: for a strip of pages, for reading, for looking at single strokes."""

_QUALITY = 82


class Pictures:
    """Draws pages as JPEG; no byte of an original reaches a browser as an image."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self._folder = archive.home / "cache" / "pages"

    def path(self, packet_id: str, number: int, size: str) -> Path:
        """The file with the picture of a page (from 1).

        Raises :class:`letters.errors.NotFound` for a page the packet does not have, ``BadRequest`` for a text file,
        ``BadFile`` errors for a page that cannot be drawn. ``size`` is a key of :data:`WIDTHS`.
        """
        packet = self._archive.packets.get(packet_id)
        rotation = self._rotation(packet.id, number)
        way = f"-{rotation:g}" if rotation else ""
        kept = self._folder / packet.id[:2] / f"{packet.id}-{number}-{size}{way}.jpg"
        if not kept.is_file():
            with open_document(self._archive.files.path(packet.id), self._limits, packet.name) as document:
                image = turned(document.image(number), rotation)
            _keep(kept, _fit(image, WIDTHS[size]))
        return kept

    def _rotation(self, packet_id: str, number: int) -> float:
        """How the page was turned before it was read, so that boxes fit the picture; 0 for one not read yet."""
        try:
            return self._archive.packets.page(packet_id, number).rotation
        except NotFound:
            return 0.0


def _fit(image: Image.Image, width: int) -> Image.Image:
    """The image no wider than ``width``, in a mode that JPEG has."""
    image = image if image.mode in ("L", "RGB") else image.convert("RGB")
    if image.width <= width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _keep(path: Path, image: Image.Image) -> None:
    """Writes so that another request sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        image.save(file, "JPEG", quality=_QUALITY, optimize=True)
    Path(file.name).replace(path)

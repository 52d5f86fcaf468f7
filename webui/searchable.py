"""Packets as searchable PDFs to take away: made when first asked for, kept in a folder that may be emptied any time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from archive import Archive, PacketRow
from letters import Page
from letters.codec import dump
from letters.errors import Conflict
from ocr import Limits, open_document
from ocr.searchable import VERSION, write_searchable


def searchable_file(archive: Archive, limits: Limits, row: PacketRow, *, pdfa: bool = False) -> Path:
    """The packet's searchable PDF, as it was read last.

    Raises ``Conflict`` while pages are still to be read, ``NoPictures`` for a text file, ``BadFile`` errors for pages
    that cannot be drawn.
    """
    pages = archive.packets.pages(row.id)
    kept = _place(archive, row, pages, pdfa=pdfa)
    if not kept.is_file():
        original = archive.files.path(row.id)
        with open_document(original, limits, row.name) as document:
            if set(pages) < set(range(1, document.page_count + 1)):
                raise Conflict(row.name, f"{len(pages)}/{document.page_count}")
            write_searchable(original, document, pages, kept, pdfa=pdfa)
        _forget_earlier(kept)
    return kept


def _place(archive: Archive, row: PacketRow, pages: dict[int, Page], *, pdfa: bool) -> Path:
    """Named after packet and reading, so that a packet that is read anew gets a new file."""
    reading = hashlib.sha256(VERSION.encode() + dump(tuple(pages[number] for number in sorted(pages))))
    form = "pdfa" if pdfa else "pdf"
    return archive.home / "cache" / "searchable" / row.id[:2] / f"{row.id}-{form}-{reading.hexdigest()[:16]}.pdf"


def _forget_earlier(kept: Path) -> None:
    """Drops what was made of earlier readings of the packet."""
    for other in kept.parent.glob(f"{kept.name.rpartition('-')[0]}-*.pdf"):
        if other != kept:
            other.unlink(missing_ok=True)

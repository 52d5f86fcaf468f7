"""The archive that a verb works on. Apart from the rest, because verbs that read files alone must not load it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import Archive, PacketRow
from saraban.settings import Settings


@contextmanager
def opened(home: Path | None) -> Iterator[tuple[Archive, Settings]]:
    """The archive and the settings; closes the archive at the end. Raises ``NoArchive`` if there is none."""
    settings = Settings.from_env(home=home)
    with Archive.open(settings.home, settings.database_url) as archive:
        yield archive, settings


def all_packets(archive: Archive) -> Iterator[PacketRow]:
    """Every packet, newest first."""
    after: str | None = None
    while rows := archive.packets.list(after):
        yield from rows
        after = rows[-1].id

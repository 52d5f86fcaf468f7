"""Originals, byte for byte, each under its SHA-256: ``originals/ab/abcdef…``.

Written to a temporary file, forced to the disk, renamed, and the folder forced too; only then may the database speak
of it. A process killed on the way leaves at most a file in ``originals/incoming``, which nothing refers to.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from letters.errors import NotFound, StorageFull

_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LEFTOVER_SECONDS = 24 * 3600.0


class Files:
    """The store of originals below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / "incoming"

    def put(self, source: Path | bytes) -> str:
        """Keeps the bytes and gives their SHA-256 in hex; the same bytes again change nothing.

        Raises :class:`letters.errors.StorageFull` if there is no room, and :class:`letters.errors.NotFound` if the
        source cannot be opened; then nothing is kept.
        """
        name = source.name if isinstance(source, Path) else "upload"
        with full_disk(name):
            self._incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _opened(source) as stream:
                temporary, digest = self._write(stream)
            try:
                self._keep(temporary, digest)
            finally:
                temporary.unlink(missing_ok=True)
        return digest

    def path(self, digest: str) -> Path:
        """Where the original with this SHA-256 stands, whether or not it is there."""
        return self.folder / digest[:2] / digest

    def verify(self, digest: str) -> bool:
        """Whether the original is there and its bytes still have this SHA-256."""
        try:
            with self.path(digest).open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == digest
        except FileNotFoundError:
            return False

    def read(self, digest: str) -> bytes:
        """The original's bytes. Raises :class:`letters.errors.NotFound`."""
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(digest) from error

    def all(self) -> Iterator[str]:
        """The SHA-256 of every original kept, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(path.name for path in folder.iterdir())

    def leftovers(self) -> list[Path]:
        """Temporary files that a killed process left (or that are being written just now)."""
        return sorted(self._incoming.glob("*")) if self._incoming.is_dir() else []

    def sweep(self, older: float = LEFTOVER_SECONDS) -> None:
        """Removes temporary files nobody has written to for so many seconds."""
        for path in self.leftovers():
            try:
                if time.time() - path.stat().st_mtime > older:
                    path.unlink()
            except FileNotFoundError:
                continue  # its writer finished, or somebody else sweeps too

    def _write(self, source: BinaryIO) -> tuple[Path, str]:
        handle, name = tempfile.mkstemp(dir=self._incoming)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as target:
                digest = hashing_copy(source, target)
                target.flush()
                os.fsync(target.fileno())
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        return temporary, digest

    def _keep(self, temporary: Path, digest: str) -> None:
        final = self.path(digest)
        final.parent.mkdir(exist_ok=True, mode=0o700)
        if not self.verify(digest):
            temporary.replace(final)
        sync_folder(final.parent)
        sync_folder(self.folder)


def _opened(source: Path | bytes) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        return source.open("rb")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise NotFound(source.name, error.strerror or "") from error


def hashing_copy(source: BinaryIO, target: BinaryIO) -> str:
    """Copies in pieces; gives the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while piece := source.read(_CHUNK):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Forces a folder's names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def full_disk(subject: str) -> Iterator[None]:
    """What the system says of a full disk, as :class:`letters.errors.StorageFull` about ``subject``."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(subject) from error
        raise

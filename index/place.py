"""Where an index lies on disk, and who may change it when.

Beside each other in one folder, for an engine ``tantivy``::

    tantivy.current         names the index in use; replaced in one step
    tantivy-2-1f0c…/        an index of layout 2
    tantivy.building.json   the index that a rebuild is making, and how far it came (the position file)
    tantivy.late.jsonl      changes made during a rebuild, to be made again in the new index
    tantivy.write.lock      held by who writes; freed by the kernel when the process dies
    tantivy.rebuild.lock    held by who rebuilds
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from index.document import LAYOUT, Document
from letters.errors import IndexUnavailable

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Building:
    """A rebuild under way: the folder's name, the id of the last entry committed, and how many there are."""

    name: str
    last: str | None = None
    count: int = 0


# A change to make again: the document to put, or the id to drop.
Change = Document | str


class Place:
    """One engine's corner of the index folder."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.kind = kind

    def _file(self, suffix: str) -> Path:
        return self.folder / f"{self.kind}.{suffix}"

    def fault(self, detail: str) -> IndexUnavailable:
        """The error to raise about this index."""
        return IndexUnavailable(str(self.folder), detail)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self.fault(f"ใช้โฟลเดอร์ดัชนีไม่ได้ / cannot use that folder: {error.strerror}") from error

    @contextmanager
    def lock(self, name: str, patience: float) -> Iterator[None]:
        """Keeps other processes and threads out; waits ``patience`` seconds for them, then raises IndexUnavailable."""
        with self._named():
            self.folder.mkdir(parents=True, exist_ok=True)
            file = self._file(f"{name}.lock").open("ab")
        with file:
            give_up = time.monotonic() + patience
            while not _taken(file.fileno()):
                if time.monotonic() >= give_up:
                    raise self.fault(f"ดัชนีถูกใช้งานโดยโปรแกรมอื่น / locked by another process ({name})")
                time.sleep(_POLL_SECONDS)
            yield

    def current(self) -> Path | None:
        """The index in use, ``None`` if there is none yet. Raises IndexUnavailable if what names it is broken."""
        with self._named():
            try:
                name = self._file("current").read_bytes().decode("ascii", "replace").strip()
            except (FileNotFoundError, NotADirectoryError):
                return None
        if re.fullmatch(rf"{self.kind}-(\d+-)?[0-9a-f]{{8}}", name) and not self._is_name(name):
            return None  # of another layout: to be built anew
        if not self._is_name(name):
            raise self.fault("ดัชนีเสียหาย / the file that names the index is broken")
        return self.folder / name

    def _is_name(self, name: str) -> bool:
        return re.fullmatch(rf"{self.kind}-{LAYOUT}-[0-9a-f]{{8}}", name) is not None

    def building(self) -> Building | None:
        """How far a rebuild has come, ``None`` if none was begun, or its position file cannot be understood."""
        try:
            found = msgspec.json.decode(self._file("building.json").read_bytes(), type=Building)
        except (OSError, ValueError):  # msgspec's errors are ValueErrors
            return None
        usable = self._is_name(found.name) and (self.folder / found.name).is_dir()
        return found if usable and not self._names_current(found.name) else None

    def _names_current(self, name: str) -> bool:
        try:
            current = self.current()
        except IndexUnavailable:
            return False
        return current is not None and current.name == name

    def begin(self) -> Building:
        """A new name to build under, in place of an earlier rebuild that was broken off."""
        with self._named():
            self._sweep()
        return Building(f"{self.kind}-{LAYOUT}-{secrets.token_hex(4)}")

    def keep(self, building: Building) -> None:
        """Writes the position file in one step."""
        with self._named():
            _replace(self._file("building.json"), msgspec.json.encode(building))

    def publish(self, building: Building) -> None:
        """Puts the built index in the place of the old one in one step, and clears away the old one."""
        with self._named():
            _replace(self._file("current"), building.name.encode())
            self._sweep()

    def _sweep(self) -> None:
        """Removes every index but the one in use, and what belonged to a rebuild."""
        for leftover in ("building.json", "late.jsonl"):
            self._file(leftover).unlink(missing_ok=True)
        for index in self.folder.glob(f"{self.kind}-*"):
            if not self._names_current(index.name):
                shutil.rmtree(index, ignore_errors=True)

    def note(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Passes changes on, and writes each down first for the rebuild under way, if there is one."""
        if self.building() is None:
            yield from changes
            return
        for change in changes:
            with self._named(), self._file("late.jsonl").open("ab") as journal:
                # The leading newline parts it from a line that a killed process left half written.
                journal.write(b"\n" + msgspec.json.encode(change))
            yield change

    def noted(self) -> Iterator[Change]:
        """The changes written down during this rebuild, oldest first; half-written ones are left out."""
        with suppress(FileNotFoundError), self._file("late.jsonl").open("rb") as journal:
            for line in journal:
                with suppress(msgspec.DecodeError):
                    yield msgspec.json.decode(line, type=Change)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _replace(path: Path, content: bytes) -> None:
    """Writes a file so that a reader, or a machine that loses power, sees the old content or the new."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

"""A watched folder: what a scanner or a person puts there is taken in, and moved aside once it is safe.

A file is taken only when it has stopped growing, from a copy of our own, so that nothing changes under the reader. It
is moved after the archive has committed it: a watcher killed at any moment finds the file again, and the archive knows
it by its content. The folder is looked at every few seconds rather than through the kernel's notices, which shared
network folders do not send.

Whoever may write to the folder may hand in letters, no more: links are never followed, and nothing outside is touched.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from archive import Archive
from letters.errors import BadFile, BadRequest, DamagedFile, EmptyFile, SarabanError, WrongType
from saraban.pipeline import take_in
from saraban.settings import Settings

DONE, FAILED = "done", "failed"
"""Folders inside the watched one to which files are moved."""

_UNFINISHED = frozenset({".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".lock"})
"""Endings that programs give to files which they have not finished."""

_LITTER = frozenset({"thumbs.db", "desktop.ini"})


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"          # taken in and moved to ``done``
    KNOWN = "known"      # in the archive already; moved to ``done``
    FAILED = "failed"    # can never be read; moved to ``failed`` with the reason beside it
    KEPT = "kept"        # cannot be taken in now; stays where it is and is tried again


@dataclass(frozen=True, slots=True)
class Event:
    """What became of the file ``name`` (its way below the watched folder); ``packet`` is the id of its packet."""

    name: str
    outcome: Outcome
    packet: str = ""
    error: SarabanError | None = None


@dataclass(slots=True)
class _Sighting:
    """A file as last seen: ``mark`` tells whether it changed, ``since`` when it last did, ``first`` when it came (both
    in the seconds of the caller's clock)."""

    mark: tuple[int, int]
    since: float
    first: float
    told: str = ""


@dataclass(slots=True)
class Watch:
    """Looks at ``folder`` and the folders below it. ``settle``: seconds for which a file must not have changed;
    ``patience``: seconds for which one that looks broken may still be one that is being written with pauses."""

    archive: Archive
    settings: Settings
    folder: Path
    actor: str = "watched folder"
    settle: float = 3.0
    patience: float = 60.0
    _seen: dict[Path, _Sighting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ``BadRequest`` where files could not be moved aside, before any is taken in."""
        for name in (DONE, FAILED):
            try:
                (self.folder / name).mkdir(exist_ok=True)
            except OSError as error:
                raise BadRequest(str(self.folder / name), str(error)) from error

    def look(self, now: float) -> Iterator[Event]:
        """Takes in what has settled at ``now`` (seconds, never going back); tells what became of each file, and of one
        that must wait only once for each reason."""
        there = {}
        for path in sorted(self._files()):
            sighting = self._sighted(path, now)
            if sighting is None:
                continue
            there[path] = sighting
            if now - sighting.since < self.settle:
                continue
            event = self._take(path, now - sighting.first)
            if event and (event.outcome is not Outcome.KEPT or sighting.told != str(event.error)):
                sighting.told = str(event.error)
                yield event
        self._seen = there

    def _files(self) -> Iterator[Path]:
        """Plain files that somebody has finished, none moved aside, none behind a link."""
        for place, folders, names in os.walk(self.folder, followlinks=False):
            here = Path(place)
            aside = (DONE, FAILED) if here == self.folder else ()
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in aside)
            yield from (here / name for name in names if _meant(name))

    def _sighted(self, path: Path, now: float) -> _Sighting | None:
        try:
            state = path.lstat()
        except OSError:  # gone since
            return None
        if not stat.S_ISREG(state.st_mode):
            return None
        mark, known = (state.st_size, state.st_mtime_ns), self._seen.get(path)
        if known and known.mark == mark:
            return known
        return _Sighting(mark, now, known.first if known else now)

    def _take(self, path: Path, waited: float) -> Event | None:
        """Takes a settled file in and moves it; ``None`` for one that is changing after all, or gone."""
        name = str(path.relative_to(self.folder))
        try:
            with tempfile.TemporaryDirectory(prefix="saraban-") as private:
                copy = Path(private) / "file"
                if not _copied(path, copy):
                    return None
                row, new = take_in(self.archive, self.settings, copy, path.name, self.actor)
            _move(path, self.folder / DONE / name)
        except (DamagedFile, EmptyFile, WrongType) as error:
            return self._failed(path, name, error) if waited >= self.patience else None
        except BadFile as error:
            return self._failed(path, name, error)
        except SarabanError as error:
            return Event(name, Outcome.KEPT, error=error)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Event(name, Outcome.KEPT, error=BadRequest(name, str(error)))
        return Event(name, Outcome.NEW if new else Outcome.KNOWN, row.id)

    def _failed(self, path: Path, name: str, error: BadFile) -> Event:
        """Moves the file aside, with the reason as a text beside it for whoever comes to look."""
        try:
            place = _move(path, self.folder / FAILED / name)
            place.with_name(f"{place.name}.txt").write_text(
                f"{error.message('th')}\n{error.message('en')}\n", encoding="utf-8")
        except OSError as problem:
            return Event(name, Outcome.KEPT, error=BadRequest(name, str(problem)))
        return Event(name, Outcome.FAILED, error=error)


def _meant(name: str) -> bool:
    """Whether a name is that of a file put there by a person or scanner, and finished."""
    low = name.lower()
    return not low.startswith((".", "~$")) and Path(low).suffix not in _UNFINISHED and low not in _LITTER


def _copied(path: Path, copy: Path) -> bool:
    """Copies the file, if it is the same plain file from beginning to end."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as source, copy.open("wb") as target:
        before = os.fstat(source.fileno())
        if not stat.S_ISREG(before.st_mode):
            return False
        shutil.copyfileobj(source, target)
        after = os.fstat(source.fileno())
    return (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)


def _move(path: Path, place: Path) -> Path:
    """Moves the file there, or beside a file of that name; gives where it is now."""
    place.parent.mkdir(parents=True, exist_ok=True)
    free, number = place, 1
    while free.exists() or free.is_symlink():
        number += 1
        free = place.with_name(f"{place.stem} ({number}){place.suffix}")
    path.rename(free)
    return free

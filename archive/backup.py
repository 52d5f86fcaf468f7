"""A backup: one tar file with the database as it stood at one instant, every file it speaks of, and the house's own
forms and settings. It can be made while others work.

The members, in order::

    head.json            what it is of: version of the tables, digest of the database, the last event of the audit trail
    database             a SQLite file, or what pg_dump writes
    originals/ab/abc…    each file under its SHA-256
    forms/NAME.toml      forms beside the built-in ones
    settings.json        settings in force, by variable; secrets only if they were asked for
    secret.key           the key that signs sessions, only if secrets were asked for
    tail.json            how many files there are: a backup without it was broken off

The database holds password digests, second factors' secrets and letters: the file is readable by its owner only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.audit import AuditAsked
from archive.check import named_files
from archive.dump import dump
from archive.facade import Archive
from archive.files import Files, full_disk, sync_folder
from archive.migrate import version_of
from archive.schema import PacketRecord
from archive.trail import broken, last_event
from letters.errors import SarabanError

FORMAT = 1
HEAD, DATABASE, SETTINGS, SECRET, TAIL = "head.json", "database", "settings.json", "secret.key", "tail.json"
MADE = "backup-made"
"""The event of the audit trail that tells of a backup; its subject is ``backup:NAME``, its value the size in bytes."""


class Unwritable(SarabanError):
    """The place named for a backup, or for the home it is restored to, cannot be used: something stands there, there is
    no such folder, or it may not be written to."""

    code = "backup-unwritable"
    exit_code = 73
    what = {"th": "เขียนที่ {subject} ไม่ได้", "en": "nothing can be written to {subject}"}
    remedy = {"th": "ระบุชื่อใหม่ในโฟลเดอร์ที่มีอยู่และเขียนได้",
              "en": "name a new place in a folder that is there and may be written to"}


class Head(msgspec.Struct, frozen=True):
    """What a backup is of. ``database``: ``sqlite`` or ``postgresql``; ``digest``: SHA-256 of the member ``database``;
    ``events`` and ``trail``: id and digest of the last event of the audit trail; ``breaks``: how many events of it did
    not follow from the one before."""

    format: int
    made_at: dt.datetime
    database: str
    version: str
    digest: str
    events: int
    trail: str
    breaks: int
    packets: int
    secrets: bool


class Tail(msgspec.Struct, frozen=True):
    """The end of a whole backup: how many originals are in it, and which the archive had lost (``missing``) or no
    longer had as they came (``altered``; they are in it as they are)."""

    files: int
    missing: tuple[str, ...]
    altered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """What the house keeps beside the archive: settings by variable, the folder of its own forms, and the file of the
    signing key, or ``None`` to leave it out."""

    settings: Mapping[str, str]
    forms: Path
    secret: Path | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; ``size`` in bytes."""

    head: Head
    tail: Tail
    size: int


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that the audit trail tells of; ``at`` is UTC, ``size`` in bytes."""

    name: str
    at: dt.datetime
    actor: str
    size: int


def make(archive: Archive, target: Path, extras: Extras, actor: str) -> Made:
    """Writes a backup to a file that is not there yet, and notes it in the audit trail.

    Raises :class:`Unwritable`, :class:`letters.errors.StorageFull`, and as :func:`archive.dump.dump`; then nothing is
    left at the place.
    """
    try:
        target.open("xb").close()  # the place is taken from now on: no other file of this name is overwritten
    except (FileExistsError, FileNotFoundError, PermissionError) as error:
        raise Unwritable(str(target), error.strerror or "") from error
    try:
        with full_disk(target.name), tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            made = _write(archive, Path(folder), extras)
            (Path(folder) / "whole").replace(target)
            sync_folder(target.parent)
    except BaseException:
        target.unlink()
        raise
    size = target.stat().st_size
    archive.audit.add(actor, MADE, f"backup:{target.name}", after=str(size))
    return Made(*made, size)


def backups(archive: Archive, before: int | None = None, limit: int = 25) -> tuple[tuple[int, Backup], ...]:
    """Backups that were made, the newest first, with the id of the event that tells of each; those below ``before``."""
    found = archive.audit.search(AuditAsked(action=MADE), before, limit)
    return tuple((one.id, Backup(one.subject.partition(":")[2], one.at, one.actor, int(one.after or 0)))
                 for one in found)


def _write(archive: Archive, folder: Path, extras: Extras) -> tuple[Head, Tail]:
    copy, secrets = folder / "database", extras.secret is not None
    head, named = dump(archive.database, copy, lambda session: (_head(archive, session, secrets), named_files(session)))
    with copy.open("rb") as stream:
        head = msgspec.structs.replace(head, digest=hashlib.file_digest(stream, "sha256").hexdigest())
    with (folder / "whole").open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, HEAD, msgspec.json.encode(head))
            with copy.open("rb") as stream:
                _add_stream(tar, DATABASE, stream, copy.stat().st_size)
            tail = _add_originals(tar, archive.files, named)
            _add_extras(tar, extras)
            _add(tar, TAIL, msgspec.json.encode(tail))
        file.flush()
        os.fsync(file.fileno())
    return head, tail


def _head(archive: Archive, session: Session, secrets: bool) -> Head:
    events, trail = last_event(session)
    return Head(FORMAT, archive.database.now(session), archive.database.url.get_backend_name(),
                version_of(session.connection()) or "", "", events, trail, sum(1 for _ in broken(session)),
                session.execute(select(func.count()).select_from(PacketRecord)).scalar_one(), secrets)


def _add_originals(tar: tarfile.TarFile, files: Files, named: Iterable[str]) -> Tail:
    count, missing, altered = 0, [], []
    for digest in sorted(named):
        try:
            with files.path(digest).open("rb") as stream:
                found = _add_stream(tar, f"originals/{digest[:2]}/{digest}", stream,
                                    os.fstat(stream.fileno()).st_size)
        except FileNotFoundError:
            missing.append(digest)
            continue
        count += 1
        if found != digest:
            altered.append(digest)
    return Tail(count, tuple(missing), tuple(altered))


def _add_extras(tar: tarfile.TarFile, extras: Extras) -> None:
    for path in sorted(extras.forms.glob("*.toml")):
        _add(tar, f"forms/{path.name}", path.read_bytes())
    _add(tar, SETTINGS, msgspec.json.encode(dict(extras.settings)))
    if extras.secret is not None and extras.secret.exists():
        _add(tar, SECRET, extras.secret.read_bytes())


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    _add_stream(tar, name, io.BytesIO(data), len(data))


def _add_stream(tar: tarfile.TarFile, name: str, stream: BinaryIO, size: int) -> str:
    """Adds a member; gives the SHA-256 of what was added."""
    member, source = tarfile.TarInfo(name), _Hashing(stream)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)
    return source.digest.hexdigest()


class _Hashing:
    """Reads on, and hashes what was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data

"""A backup brought back into an empty home: everything in it is verified before the home counts as an archive.

It is unpacked into a folder of its own within the home and moved up at the end, the database last: a restoring that was
broken off leaves no half archive, and can be begun again.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec
from sqlalchemy import URL

from archive import migrate
from archive.backup import DATABASE, FORMAT, HEAD, SECRET, SETTINGS, TAIL, Head, Tail, Unwritable
from archive.check import Problem
from archive.database import Database
from archive.dump import is_empty, load
from archive.facade import Archive, address_of
from archive.files import full_disk, hashing_copy, sync_folder
from archive.schema import AuditRecord
from archive.trail import broken
from letters.errors import BadFile, SarabanError

T = TypeVar("T")

RESTORED = "restored"
"""The event of the audit trail that tells of a restoring; its subject is ``backup:NAME``."""

OLD_SETTINGS = "settings-of-backup.json"
"""Where the settings that were in force at the time of the backup are put, to be read by people."""

_UNPACKED = ".restoring"
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_FORM = re.compile(r"forms/[^/\0]+\.toml")
_SMALL = 64 * 1024 * 1024
_KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BadBackup(BadFile):
    """The file is no backup, not a whole one, or not what it was when it was made. Nothing of it was kept."""

    code = "bad-backup"
    what = {"th": "ใช้สำเนาสำรอง {subject} ไม่ได้: {detail}", "en": "the backup {subject} cannot be used: {detail}"}
    remedy = {"th": "ใช้สำเนาสำรองชุดอื่น", "en": "use another backup"}


class OtherKind(BadBackup):
    """A sound backup for another version of the program, or of another kind of database."""

    code = "other-backup"
    remedy = {"th": "ติดตั้งโปรแกรมรุ่นใหม่กว่า หรือตั้ง SARABAN_DATABASE ให้ตรงชนิด",
              "en": "install a newer version of the program, or set SARABAN_DATABASE to that kind"}


class NotEmpty(SarabanError):
    """Something stands where a backup is to be restored; it is never overwritten."""

    code = "not-empty"
    exit_code = 73
    what = {"th": "{subject} ไม่ว่าง จึงไม่กู้คืนทับ", "en": "{subject} is not empty, and nothing is restored over it"}
    remedy = {"th": "ระบุโฟลเดอร์ว่างด้วย --home หรือสร้างฐานข้อมูลใหม่ที่ว่าง",
              "en": "name an empty folder by --home, or create a new, empty database"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what ``saraban check`` finds wrong with it: what was wrong already, as a rule."""

    head: Head
    tail: Tail
    problems: tuple[Problem, ...]


def restore(source: Path, home: Path, url: str | None, actor: str) -> Restored:
    """Restores a backup into an empty home, and an empty PostgreSQL database where ``url`` names one; brings the tables
    to this version.

    Raises :class:`BadBackup`, :class:`OtherKind`, :class:`NotEmpty`, :class:`archive.backup.Unwritable`,
    :class:`letters.errors.StorageFull` and as :func:`archive.dump.load`. The home is then empty as before; a database
    of PostgreSQL's may have been filled, and is to be made anew.
    """
    address = address_of(home, url)
    _must_be_empty(home, address)
    folder = _folder(home)
    try:
        with full_disk(source.name):
            head, tail = _unpack(source, folder, address)
            if address.get_backend_name() != "sqlite":
                load(folder / DATABASE, address)
                (folder / DATABASE).unlink()
            problems = _verified(folder, url, head, source.name, actor)
            _move_up(folder, home)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Restored(head, tail, problems)


def _must_be_empty(home: Path, address: URL) -> None:
    if home.exists() and (not home.is_dir() or any(path.name != _UNPACKED for path in home.iterdir())):
        raise NotEmpty(str(home))
    if address.get_backend_name() != "sqlite":
        database = Database(address, locks=home / "locks")
        try:
            if not is_empty(database):
                raise NotEmpty(address.render_as_string(hide_password=True))
        finally:
            database.close()


def _folder(home: Path) -> Path:
    """An empty folder in the home; that of a restoring that was broken off goes."""
    folder = home / _UNPACKED
    try:
        shutil.rmtree(folder, ignore_errors=True)
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise Unwritable(str(home), error.strerror or "") from error
    return folder


def _unpack(source: Path, folder: Path, address: URL) -> tuple[Head, Tail]:
    """Everything of the backup into the folder, each thing as it was when the backup was made."""
    files = 0
    with _opened(source) as tar:
        members = iter(tar)
        head = _read(source, tar, next(members, None), HEAD, Head)
        _judge(source, head, address)
        database = folder / ("saraban.db" if head.database == "sqlite" else DATABASE)
        _must(source, _keep(tar, next(members, None), database, DATABASE) == head.digest, DATABASE)
        originals: dict[str, str] = {}
        for member in members:
            if found := _ORIGINAL.fullmatch(member.name):
                originals[found[2]] = _keep(tar, member, folder / member.name, member.name)
                files += 1
            elif member.name == TAIL:
                tail = _read(source, tar, member, TAIL, Tail)
                break
            else:
                _must(source, member.name in (SETTINGS, SECRET) or bool(_FORM.fullmatch(member.name)), member.name)
                _keep(tar, member, folder / (OLD_SETTINGS if member.name == SETTINGS else member.name), member.name)
        else:
            raise BadBackup(source.name, "ไม่ครบ ถูกตัดกลางคัน / it was broken off")
    _must(source, files == len(originals) == tail.files, "originals")
    for name, digest in originals.items():
        _must(source, name == digest or name in tail.altered, f"originals/{name}")
    return head, tail


def _judge(source: Path, head: Head, address: URL) -> None:
    if head.format != FORMAT or head.version not in migrate.versions():
        raise OtherKind(source.name, f"รุ่น {head.version} ใหม่กว่าโปรแกรมนี้ / of version {head.version}, newer than this")
    if head.database != address.get_backend_name():
        kind = _KINDS.get(head.database, head.database)
        raise OtherKind(source.name, f"เป็นสำเนาของฐานข้อมูล {kind} / of a {kind} database")


def _verified(folder: Path, url: str | None, head: Head, name: str, actor: str) -> tuple[Problem, ...]:
    """Opens what was unpacked as the archive it will be, and sees whether its audit trail is the one it was."""
    with Archive.open(folder, url, migrate=True) as archive:
        with archive.database.reading() as session:
            last = session.get(AuditRecord, head.events)
            same = (last.digest if last else "") == head.trail and sum(1 for _ in broken(session)) == head.breaks
        if not same:
            raise BadBackup(name, "ประวัติการใช้งานไม่ตรงกับที่สำรองไว้ / the audit trail is not the one it was")
        archive.audit.add(actor, RESTORED, f"backup:{name}", after=head.made_at.isoformat())
        return tuple(archive.check())


def _move_up(folder: Path, home: Path) -> None:
    for path in sorted(folder.iterdir(), key=lambda one: one.name == "saraban.db"):  # the database, by itself, last
        path.rename(home / path.name)
    folder.rmdir()
    sync_folder(home)


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as tar:
            yield tar
    except FileNotFoundError as error:
        raise BadBackup(source.name, "ไม่มีไฟล์นี้ / there is no such file") from error
    except (tarfile.TarError, IsADirectoryError, PermissionError, EOFError) as error:
        raise BadBackup(source.name, "อ่านไม่ได้หรือไม่ครบ / it cannot be read, or is not whole") from error


def _read(source: Path, tar: tarfile.TarFile, member: tarfile.TarInfo | None, name: str, kind: type[T]) -> T:
    _must(source, member is not None and member.name == name and member.isreg() and member.size <= _SMALL, name)
    try:
        return msgspec.json.decode(_stream(tar, member).read(), type=kind)
    except msgspec.DecodeError as error:
        raise BadBackup(source.name, name) from error


def _keep(tar: tarfile.TarFile, member: tarfile.TarInfo | None, target: Path, name: str) -> str:
    """Writes a member to a new file; gives the SHA-256 of what was written."""
    if member is None or member.name != name or not member.isreg():
        return ""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        digest = hashing_copy(_stream(tar, member), file)
        file.flush()
        os.fsync(file.fileno())
    return digest


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> BinaryIO:
    stream = tar.extractfile(member) if member else None
    if stream is None:
        raise tarfile.TarError("no file")
    return stream  # type: ignore[return-value]  # it reads bytes


def _must(source: Path, good: bool, name: str) -> None:
    if not good:
        raise BadBackup(source.name, f"{name} ไม่ตรงกับที่สำรองไว้ / {name} is not what it was")

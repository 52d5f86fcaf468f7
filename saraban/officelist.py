"""The Department's list of LAOs, looked at before it is taken: what is new, renamed, of another type, gone.

What was looked at is what is taken: the list waits in the home under its digest, and the registry's mark of that moment
must still hold.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive import Archive
from archive.succession import successors
from letters import Office
from letters.errors import NotFound, SarabanError
from tasks import builtin_offices, read_lao_table
from tasks.lao_table import BadTable

LARGEST = 8 * 1024 * 1024
"""Bytes of a list; that of the whole country has about 1 MiB."""

_FOLDER = "imports"
_KEPT_SECONDS = 24 * 3600
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Changed(SarabanError):
    """The registry is no longer what the list was compared with."""

    code = "registry-changed"
    exit_code = 75
    http_status = 409
    what = {"th": "ทะเบียนหน่วยงานเปลี่ยนไปหลังจากดูตัวอย่าง", "en": "the registry changed since the list was looked at"}
    remedy = {"th": "ส่งไฟล์ใหม่แล้วดูตัวอย่างอีกครั้ง", "en": "send the file once more and look again"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a list would change. Pairs are (before, after); ``total``: offices in use afterwards; ``mark`` of
    the registry it was compared with."""

    new: tuple[Office, ...]
    renamed: tuple[tuple[Office, Office], ...]
    retyped: tuple[tuple[Office, Office], ...]
    gone: tuple[Office, ...]
    total: int
    mark: str

    @property
    def changes(self) -> int:
        """How many offices would change."""
        return len(self.new) + len(self.renamed) + len(self.retyped) + len(self.gone)


def compare(before: Mapping[str, Office], named: Mapping[str, Office], known: Iterable[str]) -> Preview:
    """What making the registry equal to ``named`` changes; ``known``: all codes that were ever in use."""
    known = frozenset(known)
    heirs = successors(before, named, known)
    fresh = set(heirs.values())
    return Preview(
        new=tuple(office for code, office in sorted(named.items()) if code not in before and code not in fresh),
        renamed=tuple((before[code], office) for code, office in sorted(named.items())
                      if code in before and before[code] != office),
        retyped=tuple((before[old], named[new]) for old, new in sorted(heirs.items())),
        gone=tuple(office for code, office in sorted(before.items()) if code not in named and code not in heirs),
        total=len(named), mark=mark_of(before.values()))


def mark_of(offices: Iterable[Office]) -> str:
    """A mark that changes with any office."""
    rows = sorted((one.code, one.kind.value, one.name, one.province, one.district) for one in offices)
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def put_aside(home: Path, data: bytes, name: str) -> str:
    """Keeps a list for a day and gives its digest. Raises :class:`tasks.lao_table.BadTable` for one too large."""
    if len(data) > LARGEST:
        raise BadTable(name, f"ใหญ่กว่า {LARGEST // 1024 // 1024} MB")
    folder = home / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - _KEPT_SECONDS:
            old.unlink(missing_ok=True)
    digest = hashlib.sha256(data).hexdigest()
    (folder / digest).write_bytes(data)
    return digest


def offices_of(home: Path, digest: str, name: str) -> dict[str, Office]:
    """The offices of a list put aside, those that the program brings along beside them, by code. Raises
    :class:`letters.errors.NotFound` once it is gone and :class:`tasks.lao_table.BadTable`."""
    path = home / _FOLDER / digest
    if not _DIGEST.fullmatch(digest) or not path.is_file():
        raise NotFound(name)
    try:
        listed = read_lao_table(path)
    except BadTable as error:
        raise BadTable(name, error.detail) from error
    return {office.code: office for office in [*builtin_offices(), *listed]}


def preview(archive: Archive, digest: str, name: str) -> Preview:
    """What taking a list put aside would change. Raises as :func:`offices_of`."""
    before = {office.code: office for office in archive.offices.all()}
    return compare(before, offices_of(archive.home, digest, name), archive.offices.codes())


def take(archive: Archive, digest: str, name: str, mark: str, actor: str) -> Preview:
    """Makes the registry equal to a list put aside; gives what changed. Raises :class:`Changed` if the registry is not
    what ``mark`` says, and as :func:`offices_of`."""
    found = preview(archive, digest, name)
    if found.mark != mark:
        raise Changed(name)
    archive.offices.save(offices_of(archive.home, digest, name).values(), actor)
    return found

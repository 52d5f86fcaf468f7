"""A process that takes a file in, or keeps a parse, and kills itself at a named step: the victim of test_kill.py."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from archive import Archive, files
from archive.database import Database
from tests.archive.made import letter, packet

TEXT = b"letter " * 1000


def die(*_args: object, **_more: object) -> None:
    """As the kernel or a power switch does it: no clean-up of any kind."""
    os.kill(os.getpid(), signal.SIGKILL)


def _half_written(_archive: Archive) -> None:
    def copy(source: Any, target: Any) -> str:
        target.write(source.read(100))
        target.flush()
        die()
        return ""

    files.hashing_copy = copy


def _around_rename(after: bool) -> Callable[[Archive], None]:
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if after:
            real(self, target)
        die()
        return target

    def prepare(_archive: Archive) -> None:
        Path.replace = replace  # type: ignore[method-assign,assignment]

    return prepare


def _at_statement(beginning: str) -> Callable[[Archive], None]:
    def watch(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(beginning):
            die()

    return lambda archive: event.listen(archive.database.engine, "after_cursor_execute", watch)


def _before_commit(archive: Archive) -> None:
    event.listen(archive.database.engine, "commit", die)


def _after_commit(_archive: Archive) -> None:
    event.listen(Session, "after_commit", die)


RECEIVE = {
    "half-written": _half_written,
    "temporary-written": _around_rename(after=False),
    "renamed": _around_rename(after=True),
    "packet-inserted": _at_statement("INSERT INTO packets"),
    "before-commit": _before_commit,
    "after-commit": _after_commit,
}
PARSE = {
    "old-readings-deleted": _at_statement("DELETE FROM readings"),
    "letter-written": _at_statement("INSERT INTO readings"),
    "before-commit": _before_commit,
    "after-commit": _after_commit,
}
CREATE = {
    "table-made": "CREATE TABLE letters",
    "guards-made": "CREATE TRIGGER audit_no_update",
    "version-noted": "INSERT INTO alembic_version",
}
PARSED = packet(letter(subject="ใหม่"), letter("ว 3", pages=(2,)))


def main(act: str, step: str, home: Path, url: str | None) -> None:
    """Does ``act`` and dies at ``step``."""
    if act == "create":
        _die_while_creating(CREATE[step])
        Archive.create(home, url)
        return
    archive = Archive.open(home, url)
    if act == "receive":
        RECEIVE[step](archive)
        archive.packets.receive("a.txt", TEXT, "clerk")
    else:
        [row] = archive.packets.list()
        PARSE[step](archive)
        archive.packets.save_parse(row.id, PARSED)


def _die_while_creating(beginning: str) -> None:
    real = Database.__init__

    def init(self: Database, *args: Any, **more: Any) -> None:
        real(self, *args, **more)

        def watch(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.strip().startswith(beginning):
                die()

        event.listen(self.engine, "after_cursor_execute", watch)

    Database.__init__ = init  # type: ignore[method-assign]

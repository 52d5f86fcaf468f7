"""Copies of a whole database as it stood at one instant, while others write on: SQLite by its online backup,
PostgreSQL by ``pg_dump`` and ``pg_restore``, which this module alone runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import URL, func, inspect, select
from sqlalchemy.orm import Session

from archive.database import Database
from letters.errors import MissingProgram, SarabanError, StorageFull

T = TypeVar("T")

_SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


class DumpFailed(SarabanError):
    """The database could not be copied, or filled; ``detail`` is what its own program said last."""

    code = "dump-failed"
    exit_code = 75
    what = {"th": "โปรแกรม {subject} ทำงานไม่สำเร็จ", "en": "{subject} did not succeed"}
    remedy = {"th": "แก้ตามข้อความนั้นแล้วสั่งใหม่", "en": "mend what it says and try again"}


def dump(database: Database, target: Path, look: Callable[[Session], T]) -> T:
    """Writes a copy of the database to a file that is not there yet, and gives what ``look`` says of exactly that copy.

    Raises :class:`DumpFailed`, :class:`letters.errors.MissingProgram` and :class:`letters.errors.StorageFull`.
    """
    return _dump_sqlite(database, target, look) if database.is_sqlite else _dump_postgres(database, target, look)


def load(source: Path, url: URL) -> None:
    """Fills an empty PostgreSQL database from a copy that :func:`dump` wrote, whole or not at all. Raises as it."""
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(source))


def is_empty(database: Database) -> bool:
    """Whether the database holds no table at all. Raises :class:`archive.DatabaseUnavailable`."""
    with database.reading() as session:
        return not inspect(session.connection()).get_table_names()


def _dump_sqlite(database: Database, target: Path, look: Callable[[Session], T]) -> T:
    with closing(database.engine.raw_connection()) as source:
        _copy(cast(sqlite3.Connection, source.driver_connection), target)
    copied = Database(URL.create("sqlite", database=str(target)), locks=target.parent)
    try:
        with copied.reading() as session:
            return look(session)
    finally:
        copied.close()


def _copy(source: sqlite3.Connection, target: Path) -> None:
    """All pages at once: what others write meanwhile waits in the write-ahead log."""
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) in _SQLITE_FULL:
            raise StorageFull(target.name) from error
        raise DumpFailed("SQLite", str(error)) from error


def _dump_postgres(database: Database, target: Path, look: Callable[[Session], T]) -> T:
    with database.reading() as session:
        snapshot: str = session.execute(select(func.pg_export_snapshot())).scalar_one()
        _run("pg_dump", database.url, "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        return look(session)


def _run(program: str, url: URL, *words: str) -> None:
    if shutil.which(program) is None:
        raise MissingProgram(program, "PostgreSQL client")
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}  # an argument could be read by everybody
    done = subprocess.run([program, f"--dbname={address}", *words], env={**os.environ, **secret}, check=False,
                          capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise DumpFailed(program, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "")

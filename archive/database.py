"""The one door to the database: engines, transactions and locks, the same on SQLite and PostgreSQL.

Readers see one snapshot. Writers on SQLite take the write lock when they begin (``BEGIN IMMEDIATE``) and wait their
turn, so that "database is locked" cannot strike half way; on PostgreSQL they lock the rows they replace.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, create_engine, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from letters.errors import NoArchive, SarabanError, StorageFull

T = TypeVar("T")

BUSY_SECONDS = 60
_WRITING = "saraban_writing"
_PG_DISK_FULL = "53100"
_PG_NO_CONNECTION = ("08", "57P")
_SQLITE_UNUSABLE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DatabaseUnavailable(NoArchive):
    """The database does not answer, stays busy, or its file is damaged. What was being done was not kept."""

    code = "database-unavailable"
    exit_code = 75
    what = {"th": "ฐานข้อมูล {subject} ใช้ไม่ได้ในขณะนี้", "en": "the database {subject} cannot be used now"}
    remedy = {"th": "ลองใหม่ ถ้ายังใช้ไม่ได้ให้ผู้ดูแลระบบตรวจฐานข้อมูลหรือกู้จากสำเนาสำรอง",
              "en": "try again; if it stays so, the administrator checks the database or restores a backup"}


class Database:
    """Connections to one database. Share it between threads, never across a fork: each process opens its own."""

    def __init__(self, url: str | URL, locks: Path) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._locks = locks
        as_json = partial(json.dumps, ensure_ascii=False, sort_keys=True)
        self.engine = create_engine(self.url, json_serializer=as_json, pool_pre_ping=not self.is_sqlite)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            self._reader = self.engine
        else:
            self._reader = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self.writer = self.engine.execution_options(**{_WRITING: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one snapshot; nothing it does is kept. Raises :class:`DatabaseUnavailable`."""
        with self._named_errors(""), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, subject: str = "") -> Iterator[Session]:
        """A session whose work is committed at the end, whole or not at all.

        Raises :class:`letters.errors.StorageFull` (about ``subject``) if the disk has no room for it, and
        :class:`DatabaseUnavailable`.
        """
        with (self._named_errors(subject),
              Session(self.writer, expire_on_commit=False) as session, session.begin()):
            yield session

    def lock(self, session: Session, name: str) -> None:
        """Makes other writers that ask for the same name wait until this transaction ends."""
        if not self.is_sqlite:  # SQLite has one writer at a time anyway
            session.execute(select(func.pg_advisory_xact_lock(zlib.crc32(name.encode()))))

    @contextmanager
    def exclusively(self, name: str) -> Iterator[None]:
        """Holds a named lock over several transactions, against threads and processes; a killed holder lets go."""
        if self.is_sqlite:
            self._locks.mkdir(parents=True, exist_ok=True)
            with (self._locks / f"{name}.lock").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
            return
        with (self._named_errors(name),
              self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection):
            key = zlib.crc32(name.encode())
            connection.execute(select(func.pg_advisory_lock(key)))
            try:
                yield
            finally:
                connection.execute(select(func.pg_advisory_unlock(key)))

    def now(self, session: Session) -> dt.datetime:
        """The instant in UTC by the clock all workers share: the server's, or this machine's for SQLite."""
        if self.is_sqlite:
            return dt.datetime.now(dt.UTC)
        moment: dt.datetime = session.execute(select(func.clock_timestamp())).scalar_one()
        return moment.astimezone(dt.UTC)

    def insert(self, table: Any) -> Any:
        """An INSERT of this database's kind, which knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    @contextmanager
    def _named_errors(self, subject: str) -> Iterator[None]:
        """What only the machine's administrator can mend, in words for people."""
        try:
            yield
        except DBAPIError as error:
            named = self._name(error, subject)
            if named is None:
                raise
            raise named from error

    def _name(self, error: DBAPIError, subject: str) -> SarabanError | None:
        where = self.url.render_as_string(hide_password=True)
        if self.is_sqlite:
            code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # an extended code ends in the plain one
            full, unusable = code == sqlite3.SQLITE_FULL, code in _SQLITE_UNUSABLE
        else:
            state = getattr(error.orig, "sqlstate", None)
            full = state == _PG_DISK_FULL
            unusable = isinstance(error, OperationalError) and (state is None or state.startswith(_PG_NO_CONNECTION))
        if full:
            return StorageFull(subject or where)
        return DatabaseUnavailable(where, str(error.orig).strip().splitlines()[0]) if unusable else None

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    # With the write-ahead log, which stays on once it is, readers never wait for writers.
    for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "journal_mode = WAL", "foreign_keys = ON",
                   "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def chunks(items: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """The items in lists of at most ``size``: SQL statements take only so many values."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk

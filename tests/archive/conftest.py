"""An archive on each kind of database. PostgreSQL is started once for all test processes and stopped by the last."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from archive import Archive
from archive.database import Database
from archive.schema import Base

SCRIPT = Path(__file__).parents[2] / "scripts" / "postgres"


def _script(verb: str) -> str:
    done = subprocess.run([SCRIPT, verb], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(done.stderr.strip(), pytrace=False)
    return done.stdout.strip()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a running server."""
    here = Path(tempfile.gettempdir())
    key = uuid.uuid5(uuid.NAMESPACE_URL, str(SCRIPT)).hex
    gate, users = here / f"saraban-{key}.gate", here / f"saraban-{key}.users"
    with users.open("a") as using:
        with _locked(gate):
            fcntl.flock(using, fcntl.LOCK_SH)
            url = _script("start")
        yield url
        with _locked(gate):
            fcntl.flock(using, fcntl.LOCK_UN)
            try:
                fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another test process still uses the server
            _script("stop")


def _ask(url: str, statement: str) -> list[str]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            done = connection.execute(text(statement))
            return [str(row[0]) for row in done] if done.returns_rows else []
    finally:
        engine.dispose()


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """URL of an empty database of its own on the server, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    _ask(server, f"CREATE DATABASE {name}")
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    _ask(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with all tables. Making one takes half a second, emptying it much less, so the tests share it."""
    with fresh_database(postgres_server) as url:
        home = tmp_path_factory.mktemp("home")
        with Archive.create(home, url) as archive:
            yield archive.database


def _empty(database: Database) -> None:
    tables = ", ".join(Base.metadata.tables)
    with database.writing() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))  # the audit trail's guards look away
        session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
        session.execute(text("INSERT INTO counters (name, value) VALUES ('revision', 0)"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Database URL as ``Archive.create`` takes it: ``None`` for SQLite in the home folder."""
    if request.param == "sqlite":
        yield None
        return
    database = request.getfixturevalue("postgres_database")
    yield database.url.render_as_string(hide_password=False)
    _empty(database)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def own_url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """As ``url``, but the database is the test's own and empty: for tests that create or damage tables."""
    if request.param == "sqlite":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables, to be copied, which is quicker than making it."""
    home = tmp_path_factory.mktemp("home")
    Archive.create(home).close()
    return home / "saraban.db"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path, url: str | None, sqlite_file: Path) -> Iterator[Archive]:
    """An empty archive."""
    home.mkdir()
    if url is None:
        shutil.copy(sqlite_file, home)
    with Archive.create(home, url) as made:
        yield made

"""An archive on each kind of database. PostgreSQL is started once for all test processes and stopped by the last."""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from archive import Archive

SCRIPT = Path(__file__).parents[2] / "scripts" / "postgres"
_TEMPLATE = "saraban_template"


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
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running server that holds an empty archive as a template."""
    here = Path(tempfile.gettempdir())
    key = uuid.uuid5(uuid.NAMESPACE_URL, str(SCRIPT)).hex
    gate, users = here / f"saraban-{key}.gate", here / f"saraban-{key}.users"
    with users.open("a") as using:
        with _locked(gate):
            fcntl.flock(using, fcntl.LOCK_SH)
            url = _script("start")
            _make_template(url, tmp_path_factory.mktemp("template"))
        yield url
        with _locked(gate):
            fcntl.flock(using, fcntl.LOCK_UN)
            try:
                fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another test process still uses the server
            _script("stop")


def _make_template(url: str, home: Path) -> None:
    if _TEMPLATE not in _ask(url, "SELECT datname FROM pg_database"):
        _ask(url, f"CREATE DATABASE {_TEMPLATE}")
    Archive.create(home, _named(url, _TEMPLATE)).close()


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
def fresh_database(server: str, template: str = _TEMPLATE) -> Iterator[str]:
    """URL of a database of its own on the server, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    _ask(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server, name)
    _ask(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Database URL as ``Archive.create`` takes it: ``None`` for SQLite in the home folder."""
    if request.param == "sqlite":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def archive(home: Path, url: str | None) -> Iterator[Archive]:
    """An empty archive."""
    with Archive.create(home, url) as made:
        yield made

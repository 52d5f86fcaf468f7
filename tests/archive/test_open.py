"""Creating and opening: idempotent, by migrations, with named errors."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from archive import Archive, DatabaseUnavailable, database, migrate
from archive.schema import Base
from letters.errors import BadRequest, NoArchive
from tests.archive.conftest import fresh_database


def test_created_twice_is_one_archive(archive: Archive, home: Path, url: str | None) -> None:
    archive.packets.receive("a.pdf", b"a", "clerk")
    with Archive.create(home, url) as again, Archive.open(home, url) as opened:
        assert again.packets.count() == opened.packets.count() == 1


def test_the_migrations_make_the_tables_of_the_schema(archive: Archive) -> None:
    with archive.database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_nothing_to_open(home: Path) -> None:
    with pytest.raises(NoArchive):
        Archive.open(home)
    assert not home.exists()


@pytest.mark.postgres
def test_an_empty_database_is_no_archive_until_it_is_migrated(home: Path, postgres_server: str) -> None:
    with fresh_database(postgres_server) as url:
        with pytest.raises(NoArchive, match="version none"):
            Archive.open(home, url)
        Archive.open(home, url, migrate=True).close()
        Archive.open(home, url).close()


def test_an_archive_of_another_version(home: Path, own_url: str | None) -> None:
    with Archive.create(home, own_url) as archive, archive.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NoArchive, match="version 9999"):
        Archive.open(home, own_url)


def test_a_server_that_does_not_answer_is_named_without_its_password(home: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1:1") as error:
        Archive.create(home, "postgresql+psycopg://user:hidden-word@127.0.0.1:1/saraban")
    assert "hidden-word" not in str(error.value)


@pytest.mark.postgres
def test_a_connection_that_breaks_is_named_and_the_next_one_works(home: Path, postgres_server: str) -> None:
    with fresh_database(postgres_server) as url, Archive.create(home, url) as archive:
        with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1"), archive.database.writing() as session:
            session.execute(text("INSERT INTO meta (key, value) VALUES ('k', 'v')"))
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        assert archive.meta.get("k") is None


def test_a_file_that_is_no_database_is_named(home: Path) -> None:
    home.mkdir()
    (home / "saraban.db").write_bytes(b"something else, and long enough to be looked at" * 100)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        Archive.open(home)


def test_a_database_that_stays_busy_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    with Archive.create(home) as archive, archive.database.writing() as session:
        session.execute(text("SELECT 1"))  # a writer has the lock from its first statement on
        assert archive.packets.count() == 0  # readers do not wait
        with Archive.open(home) as other, pytest.raises(DatabaseUnavailable, match="locked"):
            other.meta.set("k", "v")


@pytest.mark.parametrize("url", ["mysql://host/database", "saraban.db", "sqlite://", ""])
def test_other_urls_are_refused(home: Path, url: str) -> None:
    with pytest.raises(BadRequest, match="URL"):
        Archive.create(home, url)


def test_the_newest_version_has_a_number() -> None:
    assert migrate.newest() >= "0001"


def test_a_lock_over_several_transactions_keeps_others_out(archive: Archive, home: Path, url: str | None) -> None:
    with Archive.open(home, url) as other:
        seen = []
        with archive.exclusively("link"), archive.exclusively("index"):
            thread = _started(other, seen)
            thread.join(0.3)
            assert seen == []
        thread.join(10)
        assert seen == ["in"]


def _started(archive: Archive, seen: list[str]) -> threading.Thread:
    def work() -> None:
        with archive.exclusively("link"):
            seen.append("in")

    thread = threading.Thread(target=work)
    thread.start()
    return thread

"""Brings a database to the tables of this version, in one transaction: killed on the way, it leaves all as it was."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from archive.database import Database

_SCRIPTS = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """The version this program works with."""
    return ScriptDirectory.from_config(_config()).get_revision("head").revision


@cache
def versions() -> frozenset[str]:
    """Every version that can be brought to the newest, itself among them."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def current(database: Database) -> str | None:
    """The version of the database's tables; ``None`` if there are none."""
    with database.reading() as session:
        return version_of(session.connection())


def upgrade(database: Database) -> None:
    """Creates or changes the tables as needed; several processes may ask at once."""
    with database.exclusively("migrate"), database.writing() as session:
        connection = session.connection()
        if version_of(connection) != newest():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def version_of(connection: Connection) -> str | None:
    """As :func:`current`, of a connection that is open."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

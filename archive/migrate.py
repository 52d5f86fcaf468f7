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


def current(database: Database) -> str | None:
    """The version of the database's tables; ``None`` if there are none."""
    with database.reading() as session:
        return _current(session.connection())


def upgrade(database: Database) -> None:
    """Creates or changes the tables as needed; several processes may ask at once."""
    with database.exclusively("migrate"), database.writing() as session:
        connection = session.connection()
        if _current(connection) != newest():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

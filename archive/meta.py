"""Small facts about the archive itself, such as how far the index has followed."""

from __future__ import annotations

from archive.database import Database
from archive.schema import MetaRecord


class Meta:
    """Text values by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: str | None = None) -> str | None:
        """The value, or the default where none was set."""
        with self._database.reading() as session:
            row = session.get(MetaRecord, key)
            return row.value if row else default

    def set(self, key: str, value: str) -> None:
        """Sets a value."""
        with self._database.writing("meta") as session:
            statement = self._database.insert(MetaRecord).values(key=key, value=value)
            session.execute(statement.on_conflict_do_update(
                index_elements=["key"], set_={"value": statement.excluded.value}))

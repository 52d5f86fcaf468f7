"""What all tables share: types, names of constraints, the base class."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

BANGKOK = dt.timezone(dt.timedelta(hours=7))
"""Thailand's time, in which days begin and end."""

NO_DAY = dt.date.min
"""Sort day of what has no date: after everything else, newest first."""


class UtcTime(TypeDecorator[dt.datetime]):
    """An instant in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, _dialect: Dialect) -> dt.datetime | None:
        """As aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Words(TypeDecorator[str]):
    """Text from outside. PostgreSQL refuses NUL; no database takes the half characters of undecodable file names."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """With U+FFFD in place of what cannot be stored."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """The text with U+FFFD or a question mark in place of what no database takes."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Base(DeclarativeBase):
    """All tables, with predictable names for their constraints."""

    metadata = MetaData(naming_convention={
        "pk": "pk_%(table_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    })
    type_annotation_map = {str: Words, dt.datetime: UtcTime, dict[str, Any]: JSON}


Serial = BigInteger().with_variant(Integer, "sqlite")
"""Type of a counted primary key; SQLite counts plain integers only."""
Key = Text
"""Type of a text that is a primary key or part of one."""

"""Sign-ins that failed, counted across all processes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import case, delete, func, or_, select

from archive.database import Database
from archive.schema import FailureRecord


class Failures:
    """The record of failed sign-ins. ``who`` is a keyed digest of the name typed, times are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, who: str, address: str, at: dt.datetime, forget: dt.datetime) -> None:
        """Notes one, and drops those older than ``forget``."""
        with self._database.writing("sign-in") as session:
            session.execute(delete(FailureRecord).where(FailureRecord.at < forget))
            session.add(FailureRecord(who=who, address=address, at=at))

    def count(self, who: str, address: str, since: dt.datetime) -> tuple[int, int, int]:
        """How many since then: of this name at this address, at this address, of this name."""
        mine, here = FailureRecord.who == who, FailureRecord.address == address
        query = select(func.sum(case((mine & here, 1), else_=0)), func.sum(case((here, 1), else_=0)),
                       func.sum(case((mine, 1), else_=0))).where(FailureRecord.at > since, or_(mine, here))
        with self._database.reading() as session:
            both, by_address, by_name = session.execute(query).one()
        return both or 0, by_address or 0, by_name or 0

    def forget(self, who: str, address: str) -> None:
        """Drops those of this name at this address."""
        with self._database.writing("sign-in") as session:
            session.execute(delete(FailureRecord).where(
                FailureRecord.who == who, FailureRecord.address == address))

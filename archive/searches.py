"""Searches that people keep for themselves: a title and the query string of the search screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from archive.database import Database
from archive.schema import SavedSearchRecord
from letters.errors import BadRequest, NotFound

MOST = 50
"""Searches that one person keeps at most."""

_LONGEST_TITLE, _LONGEST_QUERY = 80, 1000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A kept search. ``query``: the address's query string without ``?``; ``made_at``: UTC."""

    id: int
    title: str
    query: str
    made_at: dt.datetime


class Searches:
    """Keeps searches by person; nobody sees those of another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, user: str) -> tuple[SavedSearch, ...]:
        """A person's searches by title."""
        query = select(SavedSearchRecord).where(SavedSearchRecord.user_name == user).order_by(SavedSearchRecord.title)
        with self._database.reading() as session:
            return tuple(SavedSearch(row.id, row.title, row.query, row.made_at) for row in session.scalars(query))

    def keep(self, user: str, title: str, query: str) -> None:
        """Keeps a search; one of the same title takes the other's place. Raises :class:`letters.errors.BadRequest` for
        one without a title or a query, one too long, and for too many."""
        title = " ".join(title.split())
        if not title or not query or len(title) > _LONGEST_TITLE or len(query) > _LONGEST_QUERY:
            raise BadRequest(title[:_LONGEST_TITLE] or "title", f"1-{_LONGEST_TITLE}")
        with self._database.writing("searches") as session:
            own = SavedSearchRecord.user_name == user
            session.execute(delete(SavedSearchRecord).where(own, SavedSearchRecord.title == title))
            if session.execute(select(func.count()).select_from(SavedSearchRecord).where(own)).scalar_one() >= MOST:
                raise BadRequest(title, f"ลบการค้นหาเดิมก่อน เก็บได้ไม่เกิน {MOST} รายการ")
            session.add(SavedSearchRecord(user_name=user, title=title, query=query,
                                          made_at=self._database.now(session)))

    def drop(self, user: str, search_id: int) -> None:
        """Forgets one of a person's searches. Raises :class:`letters.errors.NotFound` for one that is not theirs."""
        with self._database.writing("searches") as session:
            gone = session.execute(delete(SavedSearchRecord).where(
                SavedSearchRecord.id == search_id, SavedSearchRecord.user_name == user)
                .returning(SavedSearchRecord.id)).all()
            if not gone:
                raise NotFound(str(search_id))

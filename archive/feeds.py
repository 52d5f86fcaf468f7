"""Secret addresses of calendars. Whoever knows one may read that office's tasks, so only a digest of it is kept.

Threats: a stolen database must give no address (digests of 256 random bits); an address that got about can be taken
back at once, alone or with all of an office; a wrong one tells nothing.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import func, select, update

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.schema import FeedRecord, OfficeRecord
from letters.errors import NotFound


class Feeds:
    """Makes addresses, finds their office, takes them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, office: str, actor: str = PROGRAM) -> str:
        """A new secret for an office's calendar; told here once, never again. Raises
        :class:`letters.errors.NotFound`."""
        secret = secrets.token_urlsafe(32)
        with self._database.writing(office) as session:
            if session.get(OfficeRecord, office) is None:
                raise NotFound(office)
            session.add(FeedRecord(office_code=office, secret=_digest(secret), made_by=actor, revoked_at=None,
                                   made_at=self._database.now(session)))
            note(self._database, session, actor, "feed-made", f"office:{office}")
        return secret

    def office_of(self, secret: str) -> str | None:
        """The office whose calendar a secret opens; ``None`` for one that is wrong or taken back."""
        query = select(FeedRecord.office_code).where(
            FeedRecord.secret == _digest(secret), FeedRecord.revoked_at.is_(None))
        with self._database.reading() as session:
            return session.scalars(query).first()

    def revoke(self, office: str, actor: str = PROGRAM) -> int:
        """Takes back all addresses of an office; gives how many there were."""
        with self._database.writing(office) as session:
            now = self._database.now(session)
            done = session.execute(
                update(FeedRecord).where(FeedRecord.office_code == office, FeedRecord.revoked_at.is_(None))
                .values(revoked_at=now).returning(FeedRecord.id)).all()
            if done:
                note(self._database, session, actor, "feed-revoked", f"office:{office}", "", str(len(done)), "0")
            return len(done)

    def count(self, office: str) -> int:
        """How many addresses of an office are open."""
        query = select(func.count()).select_from(FeedRecord).where(
            FeedRecord.office_code == office, FeedRecord.revoked_at.is_(None))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

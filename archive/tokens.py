"""Keys for programs that act for a user. Only a digest is kept; the key is told once, when it is made.

Threats: a stolen database gives no key (digests of 256 random bits); a key that got about can be taken back, and ends
by itself on its day; it can never do more than its user may, and only what its scopes say.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.schema import TokenRecord, UserRecord
from archive.users import User, user_of
from letters.errors import BadRequest, NotFound

MARK = "srb_"
"""How every key begins, so that scanners for lost keys know one."""

LONGEST_DAYS = 366
_LONGEST_NAME = 100
_SEEN_EVERY = dt.timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may be used for. READ: look at what its user sees. INTAKE: take files in. REVIEW: decide about what
    was read and linked, and who reads secret letters. WORK: tasks and records. ADMIN: users, keys of others, webhooks,
    the audit trail."""

    READ = "read"
    INTAKE = "intake"
    REVIEW = "review"
    WORK = "work"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    """A key as listed; instants are UTC. ``last_used_at`` is right to the minute."""

    id: int
    user: int
    user_name: str
    name: str
    scopes: frozenset[Scope]
    made_at: dt.datetime
    made_by: str
    expires_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


class Tokens:
    """Makes keys, knows them again, takes them back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, user_id: int, name: str, scopes: Iterable[str], days: int,
             actor: str = PROGRAM) -> tuple[str, Token]:
        """A new key of a user, for so many days, and how it is listed. Raises :class:`letters.errors.NotFound`, and
        :class:`letters.errors.BadRequest` for no name, no or unknown scopes, or days outside 1 to 366."""
        name, wanted = name.strip(), _scopes(scopes)
        if not 0 < len(name) <= _LONGEST_NAME:
            raise BadRequest("name", f"1–{_LONGEST_NAME} characters")
        if not 1 <= days <= LONGEST_DAYS:
            raise BadRequest("days", f"1–{LONGEST_DAYS}")
        secret = MARK + secrets.token_urlsafe(32)
        with self._database.writing("tokens") as session:
            user, now = session.get(UserRecord, user_id), self._database.now(session)
            if user is None:
                raise NotFound(f"user {user_id}")
            row = TokenRecord(user_id=user_id, name=name, digest=_digest(secret), scopes=" ".join(sorted(wanted)),
                              made_at=now, made_by=actor, expires_at=now + dt.timedelta(days=days), last_used_at=None,
                              revoked_at=None)
            session.add(row)
            session.flush()
            note(self._database, session, actor, "token-made", f"token:{row.id}", "scopes", None,
                 f"{user.name}: {row.scopes}")
            return secret, _token(row, user.name)

    def check(self, secret: str) -> tuple[User, Token] | None:
        """Whose key it is and what it may; ``None`` for one that is wrong, over, taken back, or whose user is out."""
        with self._database.reading() as session:
            found = session.execute(
                select(TokenRecord, UserRecord).join(UserRecord, UserRecord.id == TokenRecord.user_id)
                .where(TokenRecord.digest == _digest(secret))).first()
            now = self._database.now(session)
        if found is None:
            return None
        row, user = found
        if row.revoked_at is not None or row.expires_at <= now or not user.active:
            return None
        if row.last_used_at is None or now - row.last_used_at > _SEEN_EVERY:
            self._seen(row.id, now)
        return user_of(user), _token(row, user.name)

    def list(self, user_id: int | None = None) -> tuple[Token, ...]:
        """Keys of a user or of all, newest first, those that are over included."""
        query = (select(TokenRecord, UserRecord.name).join(UserRecord, UserRecord.id == TokenRecord.user_id)
                 .order_by(TokenRecord.id.desc()))
        if user_id is not None:
            query = query.where(TokenRecord.user_id == user_id)
        with self._database.reading() as session:
            return tuple(_token(row, name) for row, name in session.execute(query))

    def revoke(self, token_id: int, actor: str = PROGRAM, user_id: int | None = None) -> None:
        """Takes a key back at once; ``user_id``: only if it is that user's. Raises :class:`letters.errors.NotFound`."""
        with self._database.writing("tokens") as session:
            row = session.get(TokenRecord, token_id, with_for_update=True)
            if row is None or user_id not in (None, row.user_id):
                raise NotFound(f"token {token_id}")
            if row.revoked_at is None:
                row.revoked_at = self._database.now(session)
                note(self._database, session, actor, "token-revoked", f"token:{token_id}")

    def _seen(self, token_id: int, now: dt.datetime) -> None:
        with self._database.writing("tokens") as session:
            row = session.get(TokenRecord, token_id)
            if row is not None:
                row.last_used_at = now


def _scopes(names: Iterable[str]) -> frozenset[Scope]:
    wanted = frozenset(names)
    unknown = wanted - set(Scope)
    if not wanted or unknown:
        raise BadRequest("scopes", ", ".join(sorted(unknown)) or "none given")
    return frozenset(Scope(name) for name in wanted)


def _token(row: TokenRecord, user_name: str) -> Token:
    return Token(row.id, row.user_id, user_name, row.name, frozenset(Scope(name) for name in row.scopes.split()),
                 row.made_at, row.made_by, row.expires_at, row.last_used_at, row.revoked_at)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()

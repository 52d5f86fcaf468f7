"""People who may sign in. Passwords are kept as argon2id hashes only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.schema import UserRecord
from letters.errors import BadRequest, NotFound

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024
"""Hashing takes time with length; nobody types more."""


class Role(StrEnum):
    """What a user is there for."""

    CLERK = "clerk"
    OFFICER = "officer"
    LAO = "lao"
    RECORDER = "recorder"
    CHECKER = "checker"
    CERTIFIER = "certifier"
    PROVINCE = "province"
    DEPARTMENT = "department"
    ADMIN = "admin"


LAO_ROLES = frozenset({Role.LAO, Role.RECORDER, Role.CHECKER, Role.CERTIFIER})
"""Users of an LAO: they see their own office's work only."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may sign in. ``office`` is an office's code. ``stamp`` changes with password and second factor:
    sessions that carry another one are over. ``second_factor``: signing in asks for a code too."""

    id: int
    name: str
    role: Role
    office: str | None
    active: bool = True
    stamp: str = ""
    second_factor: bool = False


class Users:
    """The register of users."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str, role: str, office: str | None = None, actor: str = PROGRAM) -> User:
        """A new user; names differ by more than case. Raises :class:`letters.errors.BadRequest` for an empty or taken
        name, an unknown role, or a password that is too short or too long."""
        name = _tidy(name)
        if role not in list(Role):
            raise BadRequest(role, "no such role")
        _judge_password(password)
        hashed = _hasher().hash(password)
        with self._database.writing(name) as session:
            statement = self._database.insert(UserRecord).values(
                name=name, password=hashed, role=role, office_code=office, active=True, stamp=new_stamp())
            made = session.execute(statement.on_conflict_do_nothing().returning(UserRecord.id)).first()
            if made is None:
                raise BadRequest(name, "the name is taken")
            note(self._database, session, actor, "user-added", f"user:{made.id}", "role", None, f"{name}: {role}")
        return self.get(made.id)

    def check(self, name: str, password: str) -> User | None:
        """The user if name and password are right. An unknown name costs the same work as a wrong password."""
        with self._database.reading() as session:
            row = session.scalars(select(UserRecord).where(UserRecord.name == name.strip().casefold())).first()
        hashed = row.password if row else _nobody()
        if not _fits(hashed, password) or row is None or not row.active:
            return None
        if _hasher().check_needs_rehash(hashed):
            with self._database.writing("users") as session:
                _find(session, row.id).password = _hasher().hash(password)
        return user_of(row)

    def get(self, user_id: int) -> User:
        """The user with this id. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            return user_of(_find(session, user_id))

    def named(self, name: str) -> User | None:
        """The user of this name, whatever its case; ``None`` if there is none."""
        with self._database.reading() as session:
            row = session.scalars(select(UserRecord).where(UserRecord.name == name.strip().casefold())).first()
            return user_of(row) if row else None

    def list(self) -> tuple[User, ...]:
        """All users by name."""
        with self._database.reading() as session:
            return tuple(user_of(row) for row in session.scalars(select(UserRecord).order_by(UserRecord.name)))

    def search(self, words: str = "", role: str = "", after: str | None = None, limit: int = 50) -> tuple[User, ...]:
        """Users by name, those behind the name ``after``: whose name or office code has ``words`` in it, of one role
        or of any."""
        query = select(UserRecord).order_by(UserRecord.name).limit(limit)
        if words:
            query = query.where(or_(*(column.contains(words.casefold() if column is UserRecord.name else words,
                                                      autoescape=True)
                                      for column in (UserRecord.name, UserRecord.office_code))))
        if role:
            query = query.where(UserRecord.role == role)
        if after is not None:
            query = query.where(UserRecord.name > after)
        with self._database.reading() as session:
            return tuple(user_of(row) for row in session.scalars(query))

    def end_sessions(self, user_id: int, actor: str = PROGRAM) -> None:
        """Ends every session of the user, whose password stays. Raises :class:`letters.errors.NotFound`."""
        with self._database.writing("users") as session:
            _find(session, user_id).stamp = new_stamp()
            note(self._database, session, actor, "sessions-ended", f"user:{user_id}")

    def set_password(self, user_id: int, password: str, actor: str = PROGRAM) -> None:
        """A new password; every session of the user ends. Raises :class:`letters.errors.NotFound` and
        :class:`letters.errors.BadRequest`."""
        _judge_password(password)
        hashed = _hasher().hash(password)
        with self._database.writing("users") as session:
            row = _find(session, user_id)
            row.password, row.stamp = hashed, new_stamp()
            note(self._database, session, actor, "user-changed", f"user:{user_id}", "password", "•", "•")

    def set_active(self, user_id: int, active: bool, actor: str = PROGRAM) -> None:
        """Lets a user in again, or no longer. Raises :class:`letters.errors.NotFound`."""
        self._set(user_id, "active", active, actor)

    def set_place(self, user_id: int, role: str, office: str | None, actor: str = PROGRAM) -> None:
        """Another role, another office (``None``: of the house). Raises :class:`letters.errors.NotFound`, and
        :class:`letters.errors.BadRequest` for an unknown role."""
        if role not in list(Role):
            raise BadRequest(role, "no such role")
        self._set(user_id, "role", role, actor)
        self._set(user_id, "office_code", office, actor)

    def _set(self, user_id: int, field: str, value: bool | str | None, actor: str) -> None:
        with self._database.writing("users") as session:
            row = _find(session, user_id)
            before = getattr(row, field)
            if before != value:
                setattr(row, field, value)
                note(self._database, session, actor, "user-changed", f"user:{user_id}", field,
                     None if before is None else str(before), None if value is None else str(value))


def _find(session: Session, user_id: int) -> UserRecord:
    row = session.get(UserRecord, user_id)
    if row is None:
        raise NotFound(f"user {user_id}")
    return row


def user_of(row: UserRecord) -> User:
    """The user that a row tells of."""
    return User(row.id, row.name, Role(row.role), row.office_code, row.active, row.stamp, row.totp_secret is not None)


def new_stamp() -> str:
    """A fresh mark for the sessions of a user."""
    return secrets.token_hex(8)


def _tidy(name: str) -> str:
    tidy = name.strip().casefold()
    if not tidy:
        raise BadRequest("name", "empty")
    return tidy


def _judge_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadRequest("password", f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher().verify(hashed, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """A hash no password is checked against in earnest: it stands in for users that do not exist."""
    return _hasher().hash("\0 nobody")

"""Who asks, users, and keys."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from flask import Response
from msgspec import Meta

from archive import Role, Scope, User
from archive import Token as TokenRow
from letters.errors import BadRequest
from webui.access import token
from webui.api.core import Closed, Open, operation
from webui.api.etags import must_match, tagged
from webui.current import archive, user

_Name = Annotated[str, Meta(min_length=1, max_length=100)]
_Password = Annotated[str, Meta(min_length=8, max_length=1024)]
_Office = Annotated[str, Meta(min_length=1, max_length=20)]


class Account(Open):
    """Somebody who may sign in; ``office`` is a code, ``null``: of the house."""

    id: int
    name: str
    role: Role
    office: str | None
    active: bool
    second_factor: bool


class Me(Open):
    """Whose key it is, and what it is for."""

    user: Account
    scopes: tuple[Scope, ...]
    expires_at: dt.datetime


class Accounts(Open):
    """All users by name."""

    items: tuple[Account, ...]


class NewUser(Closed):
    """A new user."""

    name: _Name
    password: _Password
    role: Role
    office: _Office | None = None


class UserChange(Closed):
    """Role, office (empty: of the house) and whether the user may sign in; what is left out stays."""

    role: Role | None = None
    office: Annotated[str, Meta(max_length=20)] | None = None
    active: bool | None = None


class NewPassword(Closed):
    """A new password; all sessions of the user end."""

    password: _Password


class Token(Open):
    """A key as listed; the key itself is told once, when it is made. ``last_used_at`` is right to the minute."""

    id: int
    user: str
    name: str
    scopes: tuple[Scope, ...]
    made_at: dt.datetime
    made_by: str
    expires_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None


class Tokens(Open):
    """Keys, newest first, those that are over included."""

    items: tuple[Token, ...]


class NewToken(Closed):
    """A key for a user, for so many days."""

    user: Annotated[int, Meta(ge=1, le=2147483647)]
    name: _Name
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=10)]
    days: Annotated[int, Meta(ge=1, le=366)] = 90


class MadeToken(Open):
    """A new key. ``secret`` is told here once and never again."""

    token: Token
    secret: str


@operation("GET", "/me", "people", Me)
def me() -> Me:
    """Whose key this is, and what it is for."""
    held = token()
    return Me(user=_account(user()), scopes=tuple(sorted(held.scopes)), expires_at=held.expires_at)


@operation("GET", "/users", "people", Accounts)
def users() -> Accounts:
    """All users."""
    return Accounts(items=tuple(map(_account, archive().users.list())))


@operation("POST", "/users", "people", Account, 201)
def add_user(json: NewUser) -> tuple[Account, int]:
    """Adds a user."""
    _known_office(json.office)
    return _account(archive().users.add(json.name, json.password, json.role, json.office, user().name)), 201


@operation("GET", "/users/<int(max=2147483647):user_id>", "people", Account, etag=True)
def one_user(user_id: int) -> Response:
    """One user."""
    found = _account(archive().users.get(user_id))
    return tagged(found, found)


@operation("PATCH", "/users/<int(max=2147483647):user_id>", "people", Account, etag=True, match=True)
def change_user(user_id: int, json: UserChange) -> Response:
    """Changes role, office, or whether the user may sign in."""
    here = archive().users
    before = here.get(user_id)
    must_match(_account(before), "user")
    _known_office(json.office or None)
    if json.role is not None or json.office is not None:
        office = before.office if json.office is None else json.office or None
        here.set_place(user_id, json.role or before.role, office, user().name)
    if json.active is not None:
        here.set_active(user_id, json.active, user().name)
    found = _account(here.get(user_id))
    return tagged(found, found)


@operation("PUT", "/users/<int(max=2147483647):user_id>/password", "people", None, 204)
def set_password(user_id: int, json: NewPassword) -> tuple[None, int]:
    """Gives a user a new password."""
    archive().users.set_password(user_id, json.password, user().name)
    return None, 204


@operation("POST", "/users/<int(max=2147483647):user_id>/end-sessions", "people", None, 204)
def end_sessions(user_id: int) -> tuple[None, int]:
    """Ends all sessions of a user; keys go on."""
    archive().users.end_sessions(user_id, user().name)
    return None, 204


@operation("DELETE", "/users/<int(max=2147483647):user_id>/second-factor", "people", None, 204)
def drop_second_factor(user_id: int) -> tuple[None, int]:
    """Switches a user's second factor off: the phone is lost and the recovery codes are too."""
    archive().second_factors.switch_off(user_id, user().name)
    return None, 204


@operation("GET", "/tokens", "people", Tokens)
def tokens() -> Tokens:
    """The asker's own keys."""
    return Tokens(items=tuple(map(_told, archive().tokens.list(user().id))))


@operation("GET", "/all-tokens", "people", Tokens)
def all_tokens() -> Tokens:
    """The keys of all users."""
    return Tokens(items=tuple(map(_told, archive().tokens.list())))


@operation("POST", "/tokens", "people", MadeToken, 201, problems=(404,))
def make_token(json: NewToken) -> tuple[MadeToken, int]:
    """Makes a key for a user. People make their own on their account's page."""
    secret, made = archive().tokens.make(json.user, json.name, json.scopes, json.days, user().name)
    return MadeToken(token=_told(made), secret=secret), 201


@operation("DELETE", "/tokens/<int(max=2147483647):token_id>", "people", None, 204)
def revoke_token(token_id: int) -> tuple[None, int]:
    """Takes a key back: one's own, or with the scope ``admin`` anybody's."""
    anybody = user().role is Role.ADMIN and Scope.ADMIN in token().scopes
    archive().tokens.revoke(token_id, user().name, None if anybody else user().id)
    return None, 204


def _known_office(code: str | None) -> None:
    if code is not None and not any(office.code == code for office in archive().offices.all()):
        raise BadRequest(code, "no such office")


def _account(person: User) -> Account:
    return Account(id=person.id, name=person.name, role=person.role, office=person.office, active=person.active,
                   second_factor=person.second_factor)


def _told(one: TokenRow) -> Token:
    return Token(id=one.id, user=one.user_name, name=one.name, scopes=tuple(sorted(one.scopes)), made_at=one.made_at,
                 made_by=one.made_by, expires_at=one.expires_at, last_used_at=one.last_used_at,
                 revoked_at=one.revoked_at)

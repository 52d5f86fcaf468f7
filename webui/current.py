"""What a view needs of the application it runs in: archive, settings, clock, and who is asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app, g
from flask_login import UserMixin, current_user

from archive import Archive, Role, User
from index import Engine
from saraban.settings import Settings
from webui.pictures import Pictures
from webui.throttle import Limits, Throttle

THAILAND = dt.timezone(dt.timedelta(hours=7), "ICT")
"""Thai time has had no summer time and no change since 1920, so no time-zone data is needed."""

_KEY = "saraban"
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class House:
    """What the factory was given, and what it made of it. ``clock`` tells the instant in UTC; ``engine`` opens the
    search engine once and gives it."""

    archive: Archive
    settings: Settings
    clock: Clock
    pictures: Pictures
    throttle: Throttle
    engine: Callable[[], Engine]
    limits: Limits


class Person(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """A signed-in user as Flask-Login wants it."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id = user.id

    @property
    def is_active(self) -> bool:
        """Whether the administrator still lets them in."""
        return self.user.active


def keep(house: House) -> None:
    """Hangs the house on the application in context."""
    current_app.extensions[_KEY] = house


def house() -> House:
    """Everything at once."""
    return cast(House, current_app.extensions[_KEY])


def archive() -> Archive:
    """The archive that is shown."""
    return house().archive


def user() -> User:
    """Who is asking. Only for routes behind sign-in, and for operations of the API."""
    return cast(User, g.person) if "person" in g else cast(Person, current_user).user


def user_or_none() -> User | None:
    """Who is asking, ``None`` for a stranger."""
    return user() if "person" in g or current_user.is_authenticated else None


def today() -> dt.date:
    """The day it is in Thailand."""
    return house().clock().astimezone(THAILAND).date()


def is_role(*roles: Role) -> bool:
    """Whether the one who asks has one of these roles."""
    person = user_or_none()
    return person is not None and person.role in roles

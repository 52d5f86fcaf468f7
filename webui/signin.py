"""Sessions: who is in, since when, and when it is over.

A session is a signed cookie. It ends when idle, after some hours in any case, when its user is put out, and when the
user's password or second factor changes, for it carries the user's stamp of that time.
"""

from __future__ import annotations

import datetime as dt

from flask import session
from flask_login import login_user

from archive import User
from webui.current import Person, archive, house

_STAMP, _BEGAN, _SEEN, _HALF = "stamp", "began", "seen", "half"
_SEEN_EVERY = 60
_HALF_SECONDS = 300
"""How long a right password waits for its code."""


def begin(person: User) -> None:
    """Signs a person in, in a fresh session."""
    now = _now()
    session.clear()
    session.permanent = True
    session.update({_STAMP: person.stamp, _BEGAN: now, _SEEN: now})
    login_user(Person(person))


def renew(person: User) -> None:
    """This session goes on after its user's password or second factor changed, though all others end."""
    session[_STAMP] = person.stamp


def is_live(person: User) -> bool:
    """Whether the session in hand is still good for its user; a request keeps it from ending idle."""
    settings, now = house().settings, _now()
    began, seen = session.get(_BEGAN), session.get(_SEEN)
    if not (isinstance(began, int) and isinstance(seen, int)) or session.get(_STAMP) != person.stamp:
        return False
    idle, whole = dt.timedelta(minutes=settings.idle_minutes), dt.timedelta(hours=settings.session_hours)
    if now - seen > idle.total_seconds() or now - began > whole.total_seconds():
        return False
    if now - seen >= _SEEN_EVERY:
        session[_SEEN] = now
    return True


def begin_half(person: User) -> None:
    """The password was right; the code is still to come."""
    session.clear()
    session[_HALF] = [person.id, person.stamp, _now()]


def half_in() -> User | None:
    """Who gave a right password some minutes ago and owes the code; ``None`` for nobody."""
    found = session.get(_HALF)
    if not found or _now() - found[2] > _HALF_SECONDS:
        return None
    person = archive().users.get(found[0])
    return person if person.active and person.stamp == found[1] else None


def _now() -> int:
    return int(house().clock().timestamp())

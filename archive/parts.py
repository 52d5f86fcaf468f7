"""Which parts of the record store a user has for an office: a user of the LAO there, of its province, of the DLA."""

from __future__ import annotations

from collections.abc import Mapping

from archive.users import Role, User
from letters import Office
from records import Part, Person

_OWN_OFFICE: Mapping[Role, frozenset[Part]] = {
    Role.LAO: frozenset({Part.RECORDER, Part.CHECKER, Part.CERTIFIER}),
    Role.RECORDER: frozenset({Part.RECORDER}),
    Role.CHECKER: frozenset({Part.CHECKER}),
    Role.CERTIFIER: frozenset({Part.CERTIFIER}),
}
"""What a user may be for the office he belongs to. A small LAO's only user may take each step, but, while the four-eyes
rule is on, never two of one round."""


def province_code(office: Office) -> str:
    """The provincial office above an office (``P36``): digits two and three of every code."""
    return f"P{office.code[1:3]}"


def person_for(user: User, office: Office) -> Person:
    """The user as the record store sees him for an office's entries; with no parts where he may only look on."""
    if user.role is Role.DEPARTMENT:
        return Person(user.name, frozenset({Part.DEPARTMENT}))
    if user.role is Role.PROVINCE:
        here = user.office == province_code(office)
        return Person(user.name, frozenset({Part.PROVINCE}) if here else frozenset())
    own = user.office is not None and user.office == office.code
    return Person(user.name, _OWN_OFFICE.get(user.role, frozenset()) if own else frozenset())

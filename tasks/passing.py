"""Whom a letter has not reached yet: the offices to which a province or district has still to write.

An LAO is bound by the letter that is addressed to it. Until its district has written, it has no task; the district has
one, to pass the letter on (DOMAIN section 1).
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from letters import Office, OfficeKind

_BELOW = {
    OfficeKind.PROVINCE: (OfficeKind.DISTRICT, OfficeKind.PAO, OfficeKind.CITY, OfficeKind.TOWN),
    OfficeKind.DISTRICT: (OfficeKind.TAMBON, OfficeKind.TAO),
}


def written_to(office: Office, offices: Iterable[Office]) -> list[Office]:
    """The offices that a province or district writes to, by code; none for others."""
    kinds = _BELOW.get(office.kind, ())
    near = [one for one in offices if one.kind in kinds and one.province == office.province
            and (office.kind is OfficeKind.PROVINCE or one.district == office.district)]
    return sorted(near, key=lambda one: one.code)


def waiting(office: Office, offices: Iterable[Office], reached: Container[str]) -> list[Office]:
    """Of the LAOs below a province or district, those that no letter of a duty has ``reached`` (codes), by code."""
    every = list(offices)
    below = written_to(office, every)
    if office.kind is OfficeKind.PROVINCE:
        below += [lao for one in below if one.kind is OfficeKind.DISTRICT for lao in written_to(one, every)]
    return sorted((one for one in below if one.kind.is_lao and one.code not in reached), key=lambda one: one.code)

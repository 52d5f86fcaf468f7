"""Names of offices as received stamps bear them, near to what was read of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from rapidfuzz import fuzz, process

from letters import Office, OfficeKind
from tasks import full_name

_LIKE = 75.0
"""Likeness 0–100 from which on a name may be what the stamp bears."""
_BEHIND = 8.0
"""How much less alike than the nearest one a name may be to be offered too."""
_MOST = 3
_SEATS = {OfficeKind.PROVINCE: "ศาลากลาง", OfficeKind.DISTRICT: "ที่ว่าการ"}
_SHORT = {OfficeKind.PAO: "อบจ.", OfficeKind.TAO: "อบต."}


def stamp_names(offices: Iterable[Office]) -> tuple[str, ...]:
    """What the stamps of these offices bear: full names, short ones, and the seats of provinces and districts."""
    return tuple(dict.fromkeys(name for office in offices for name in _names(office)))


def near(read: str | None, names: Collection[str]) -> list[str]:
    """The names nearest to what was read, the nearest first; none where that is one of them."""
    if not read or read in names:
        return []
    found = process.extract(read, names, scorer=fuzz.ratio, limit=_MOST, score_cutoff=_LIKE)
    return [name for name, likeness, _ in found if likeness >= found[0][1] - _BEHIND]


def _names(office: Office) -> Iterator[str]:
    yield full_name(office)
    if office.kind in _SEATS:
        yield _SEATS[office.kind] + full_name(office)
    if office.kind in _SHORT:
        yield _SHORT[office.kind] + office.name

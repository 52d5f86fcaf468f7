"""Offices: the registry, and what each was before."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta

from archive import OfficeChange
from letters import Office as OfficeRow
from letters import OfficeKind
from tasks import full_name
from webui.api.core import Open, operation
from webui.api.paging import Paged, cursor_of, key_of
from webui.current import archive

_Name = Annotated[str, Meta(max_length=100)]


class OfficeQuery(Paged):
    """``province`` and ``district`` are names; ``q``: words of the name."""

    province: _Name | None = None
    district: _Name | None = None
    kind: OfficeKind | None = None
    q: _Name | None = None


class Office(Open):
    """An office; ``full_name`` has the word for its type."""

    code: str
    kind: str
    name: str
    full_name: str
    province: str
    district: str


class Offices(Open):
    """A page of offices."""

    items: tuple[Office, ...]
    next: str | None


class OfficeChanged(Open):
    """What an office was from an instant on: ``added``, ``changed``, ``retired`` or ``restored``."""

    at: dt.datetime
    actor: str
    change: str
    office: Office


class OfficeHistory(Open):
    """What an office was, oldest first."""

    items: tuple[OfficeChanged, ...]


@operation("GET", "/offices", "offices", Offices)
def offices(query: OfficeQuery) -> Offices:
    """The offices in use, by code."""
    here = archive().offices
    found = here.within(query.province, query.district) if query.province else here.all()
    after = key_of(query.cursor) or ""
    fitting = [one for one in found if one.code > after and _fits(one, query)][: query.limit + 1]
    page = fitting[: query.limit]
    return Offices(items=tuple(map(_told, page)),
                   next=cursor_of(page[-1].code if len(fitting) > query.limit else None))


@operation("GET", "/offices/<code>", "offices", Office)
def office(code: str) -> Office:
    """One office, in use or retired."""
    return _told(archive().offices.get(code))


@operation("GET", "/offices/<code>/history", "offices", OfficeHistory)
def office_history(code: str) -> OfficeHistory:
    """What it was called and was."""
    return OfficeHistory(items=tuple(map(_change, archive().offices.history(code))))


def _fits(one: OfficeRow, query: OfficeQuery) -> bool:
    return (query.kind in (None, one.kind) and (not query.q or query.q in full_name(one))
            and (query.district is None or one.district == query.district))


def _told(one: OfficeRow) -> Office:
    return Office(code=one.code, kind=one.kind.value, name=one.name, full_name=full_name(one), province=one.province,
                  district=one.district)


def _change(one: OfficeChange) -> OfficeChanged:
    return OfficeChanged(at=one.at, actor=one.actor, change=one.change, office=_told(one.office))

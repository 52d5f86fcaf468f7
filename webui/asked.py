"""What a reader asks of the lists of tasks: the filters of the address line, within what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive import Archive, User, Wanted
from archive.sight import sight_of
from letters import Office, OfficeKind
from tasks import TaskState
from webui.due import within

NAMES = ("office", "state", "due", "district", "form", "who", "duty")
"""Filters by the names they have in addresses."""

DUE = {"overdue": 0, "near": 3, "week": 7, "month": 30, "none": 0}
"""Choices of the due filter, with the days ahead they mean."""

OPEN, ALL, MINE, NOBODY = "open", "all", "me", "nobody"
_MOST_OFFICES = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as given, and what they come to. ``offices``: those that the words for an office fit, where several
    do; ``unknown``: none does. ``fixed``: the reader sees one office's tasks only."""

    given: Mapping[str, str]
    wanted: Wanted
    offices: tuple[Office, ...] = ()
    unknown: bool = False
    fixed: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.given.values())


def read(values: Mapping[str, str], archive: Archive, person: User, today: dt.date) -> Asked:
    """The filters of an address. What makes no sense narrows nothing."""
    given = {name: values.get(name, "").strip() for name in NAMES}
    base = within(archive, person)
    fixed = base.office is not None
    found: tuple[Office, ...] = () if fixed or not given["office"] else fitting(archive, person, given["office"])
    wanted = _narrowed(base, given, person, today)
    if len(found) == 1:
        wanted = replace(wanted, office=found[0].code)
    unknown = bool(given["office"]) and not fixed and not found
    return Asked(given, wanted, found if len(found) > 1 else (), unknown, fixed)


def fitting(archive: Archive, person: User, text: str) -> tuple[Office, ...]:
    """The offices of a reader's area that a code or a name fits; those of just that name before those with it in
    theirs."""
    sight = sight_of(person)
    offices = [office for office in archive.offices.all() if sight.covers(office.code)]
    exact = [office for office in offices if text in (office.code, office.name)]
    return tuple(exact or [office for office in offices if text in office.name])[:_MOST_OFFICES]


def districts(archive: Archive, person: User) -> tuple[Office, ...]:
    """The districts a reader may choose from: those of the province; none where a list would be of the country."""
    sight = sight_of(person)
    if not sight.province:
        return ()
    return tuple(sorted((office for office in archive.offices.all() if office.kind is OfficeKind.DISTRICT
                         and sight.covers(office.code)), key=lambda office: office.name))


def _narrowed(base: Wanted, given: Mapping[str, str], person: User, today: dt.date) -> Wanted:
    wanted = base
    if given["state"] in list(TaskState):
        wanted = replace(wanted, state=TaskState(given["state"]))
    elif given["state"] != ALL:
        wanted = replace(wanted, open_only=True)
    if given["due"] == "overdue":
        wanted = replace(wanted, overdue_on=today)
    elif given["due"] == "none":
        wanted = replace(wanted, without_day=True)
    elif given["due"] in DUE:
        wanted = replace(wanted, due_from=today, due_before=today + dt.timedelta(days=DUE[given["due"]] + 1))
    if given["district"] and base.district is None and base.office is None:
        wanted = replace(wanted, district=given["district"])
    if given["who"]:
        wanted = replace(wanted, assignee={MINE: person.name, NOBODY: ""}.get(given["who"], given["who"]))
    return replace(wanted, form=given["form"] or None, duty=given["duty"] or None)

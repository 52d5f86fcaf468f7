"""What the screens of the registers need to know: whose books somebody sees and writes, and what a form says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from archive import Archive, Role, User
from archive.registers import Entered, Keeping
from archive.sight import sight_of
from letters import Office
from letters.date import BE_OFFSET
from letters.errors import BadRequest, NotFound
from letters.text import arabic
from registers import Columns, clock_time
from tasks import full_name
from webui.dates import read_day

WRITERS = frozenset({Role.CLERK, Role.OFFICER, Role.ADMIN, Role.LAO})
"""Roles that write in the books of the offices of their area; an LAO's user in those of the own office."""

_MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as posted, text as typed."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def columns(self) -> Columns:
        """The letter's columns. Raises :class:`letters.errors.BadRequest` for a day nobody understands."""
        return Columns(self["number"], read_day(self["dated"]).iso if self["dated"] else "", self["sender"],
                       self["recipient"], self["subject"], self["action"], self["remark"])

    def entered(self) -> Entered:
        """A row to be entered. Raises as :meth:`columns`."""
        return Entered(self.columns(), clock_time(self["time"]), self.day(), self["reason"], self["packet"] or None,
                       self.whole("page"), self.whole("first"))

    def keeping(self) -> Keeping:
        """How a letter is kept; the year is of the BE. Raises as :meth:`columns`."""
        return Keeping(self["folder"], self["retention"], self.year("until"), self["remark"])

    def day(self) -> dt.date | None:
        """The day that the row is for, if it is not today."""
        if not self["day"]:
            return None
        found = read_day(self["day"]).date
        if found is None:
            raise BadRequest(self["day"])
        return found

    def whole(self, name: str) -> int | None:
        """A whole number, ``None`` where nothing was typed."""
        text = arabic(self[name])
        if text and not (text.isdecimal() and len(text) < 10):
            raise BadRequest(text)
        return int(text) if text else None

    def year(self, name: str) -> int | None:
        """The CE year of one typed in the BE."""
        year = self.whole(name)
        return year - BE_OFFSET if year is not None else None


def home_office(archive: Archive, person: User) -> str | None:
    """The office whose books somebody works with: their own, else the one they last entered a row for."""
    return person.office or archive.registers.home_of(person.name)


def office_seen(archive: Archive, person: User, code: str) -> Office:
    """The office, if its books are of the person's area. Raises :class:`letters.errors.NotFound`."""
    if not sight_of(person).covers(code):
        raise NotFound(code)
    return archive.offices.get(code)


def writes(person: User, office: str) -> bool:
    """Whether somebody may write in the books of an office they see."""
    return person.role in WRITERS and sight_of(person).covers(office)


def offices_named(archive: Archive, person: User, words: str) -> tuple[Office, ...]:
    """Offices of the person's area by code or part of the name, by code."""
    seen, wanted = sight_of(person), words.strip()
    if not wanted:
        return ()
    return tuple(office for office in archive.offices.all() if seen.covers(office.code)
                 and (office.code == wanted or wanted in full_name(office)))[:_MOST_FOUND]

"""What offices enter in forms, by fiscal year: the store alone; forms and rules are told elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from archive.audit import note
from archive.columns import shown
from archive.database import Database
from archive.schema import EntryRecord, OfficeRecord
from letters.errors import Conflict, NotFound

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an office. ``fiscal_year`` is BE; ``version`` counts changes from 1; ``at`` (UTC) and ``actor`` tell
    of the last one."""

    id: int
    office: str
    form: str
    fiscal_year: int
    data: dict[str, Any]
    state: str
    version: int
    at: dt.datetime
    actor: str


class Records:
    """The store of entries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, office: str, form: str, fiscal_year: int, data: dict[str, Any], actor: str) -> Entry:
        """A new entry, as a draft. Raises :class:`letters.errors.NotFound` for an unknown office."""
        with self._database.writing(form) as session:
            if session.get(OfficeRecord, office) is None:
                raise NotFound(office)
            row = EntryRecord(office_code=office, form=form, fiscal_year=fiscal_year, data=data, state=DRAFT,
                              version=1, at=self._database.now(session), actor=actor)
            session.add(row)
            session.flush()
            note(self._database, session, actor, "entry-added", f"entry:{row.id}", "", None, shown(data))
            return _entry(row)

    def change(self, entry_id: int, actor: str, expected_version: int, data: dict[str, Any] | None = None,
               state: str | None = None) -> Entry:
        """New data or a new state. Raises :class:`letters.errors.NotFound`, and :class:`letters.errors.Conflict` if
        the entry is not at ``expected_version`` any more."""
        with self._database.writing(f"entry {entry_id}") as session:
            row = session.get(EntryRecord, entry_id, with_for_update=True)
            if row is None:
                raise NotFound(f"entry {entry_id}")
            if row.version != expected_version:
                raise Conflict(f"entry {entry_id}", f"version {row.version}, not {expected_version}")
            if data is not None and data != row.data:
                note(self._database, session, actor, "entry-changed", f"entry:{entry_id}", "data",
                     shown(row.data), shown(data))
                row.data = data
            if state is not None and state != row.state:
                note(self._database, session, actor, "entry-changed", f"entry:{entry_id}", "state", row.state, state)
                row.state = state
            row.version, row.at, row.actor = row.version + 1, self._database.now(session), actor
            return _entry(row)

    def list(self, office: str, form: str | None = None, fiscal_year: int | None = None) -> tuple[Entry, ...]:
        """An office's entries, oldest first, of one form or fiscal year (BE) or of all."""
        query = select(EntryRecord).where(EntryRecord.office_code == office).order_by(EntryRecord.id)
        if form is not None:
            query = query.where(EntryRecord.form == form)
        if fiscal_year is not None:
            query = query.where(EntryRecord.fiscal_year == fiscal_year)
        with self._database.reading() as session:
            return tuple(_entry(row) for row in session.scalars(query))


def _entry(row: EntryRecord) -> Entry:
    return Entry(row.id, row.office_code, row.form, row.fiscal_year, row.data, row.state, row.version, row.at,
                 row.actor)

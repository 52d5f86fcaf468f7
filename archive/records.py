"""What offices enter in forms, by fiscal year, and every step anybody took with it. The rules stand in ``records``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.audit import note
from archive.columns import shown
from archive.completion import complete_tasks, reopen_tasks
from archive.database import Database
from archive.schema import BANGKOK, EntryEventRecord, EntryRecord, OfficeRecord
from letters.errors import BadRequest, Conflict, NotFound
from records import Form, Forms, Person, Standing, State, Step, Taken, check_data, next_state


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an office. ``fiscal_year`` is BE; ``version`` counts steps from 1; ``at`` (UTC) and ``actor`` tell
    of the last one."""

    id: int
    office: str
    form: str
    fiscal_year: int
    data: dict[str, Any]
    state: State
    version: int
    at: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class EntryEvent:
    """One step: who took it when (UTC), from which state to which, why, and the data afterwards."""

    id: int
    at: dt.datetime
    actor: str
    step: Step
    before: State
    after: State
    reason: str
    form_version: int
    data: dict[str, Any]


class Records:
    """The store of entries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, office: str, form: Form, fiscal_year: int, data: Mapping[str, Any], person: Person,
             reason: str = "", expected_version: int | None = None) -> Entry:
        """Keeps the data of an office's entry as a draft; the first saving makes the entry.

        Raises :class:`letters.errors.BadRequest` for data that fits no draft of the form,
        :class:`letters.errors.NotFound` for an unknown office, :class:`records.NotAllowed` for a person whose part it
        is not or an entry that is no draft, and :class:`letters.errors.Conflict` if it is at another version.
        """
        faults = check_data(form, data, whole=False)
        if faults:
            raise BadRequest(form.title.th, "; ".join(f"{fault.path}: {fault.message}" for fault in faults))
        with self._database.writing(form.code) as session:
            self._database.lock(session, f"entry {office} {form.code} {fiscal_year}")
            row = self._row(session, office, form.code, fiscal_year)
            before = State(row.state) if row else State.DRAFT
            next_state(form.recorded_by, before, Step.SAVE, person)
            if row is None:
                row = self._new(session, office, form, fiscal_year, person)
            elif expected_version not in (None, row.version):
                raise Conflict(f"entry {row.id}", f"version {row.version}, not {expected_version}")
            if row.version and row.data == data:
                return _entry(row)
            old, row.data = (shown(row.data) if row.version else None), dict(data)
            self._take(session, row, Step.SAVE, before, before, person, reason, form)
            note(self._database, session, person.name, "entry-saved", f"entry:{row.id}", "data", old, shown(row.data))
            return _entry(row)

    def step(self, entry_id: int, form: Form, step: Step, person: Person, reason: str = "",
             expected_version: int | None = None, *, separate: bool = True) -> Entry:
        """Takes an entry one step on, or back. Submitting asks for complete data; certifying completes the tasks that
        asked for it, unlocking and returning open them again.

        Raises as :meth:`save`; ``separate`` as in :func:`records.next_state`.
        """
        with self._database.writing(f"entry {entry_id}") as session:
            row = session.get(EntryRecord, entry_id, with_for_update=True)
            if row is None:
                raise NotFound(f"entry {entry_id}")
            if expected_version not in (None, row.version):
                raise Conflict(f"entry {entry_id}", f"version {row.version}, not {expected_version}")
            before, taken = State(row.state), _taken(session, entry_id)
            after = next_state(form.recorded_by, before, step, person, taken, reason, separate=separate)
            if step is Step.SUBMIT and (faults := check_data(form, row.data)):
                raise BadRequest(form.title.th, "; ".join(f"{fault.path}: {fault.message}" for fault in faults))
            row.state = after.value
            self._take(session, row, step, before, after, person, reason, form)
            note(self._database, session, person.name, f"entry-{step.value}", f"entry:{row.id}", "state",
                 before.value, after.value + (f": {reason}" if reason else ""))
            if after in (State.CERTIFIED, State.ACCEPTED):
                complete_tasks(self._database, session, row, form, after, person.name)
            elif before in (State.CERTIFIED, State.ACCEPTED):
                reopen_tasks(self._database, session, row, person.name, reason)
            return _entry(row)

    def get(self, entry_id: int) -> Entry:
        """The entry. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(EntryRecord, entry_id)
            if row is None:
                raise NotFound(f"entry {entry_id}")
            return _entry(row)

    def find(self, office: str, form: str, fiscal_year: int) -> Entry | None:
        """An office's entry in a form of a fiscal year (BE), if there is one."""
        with self._database.reading() as session:
            row = self._row(session, office, form, fiscal_year)
            return _entry(row) if row else None

    def list(self, office: str | None = None, form: str | None = None, fiscal_year: int | None = None,
             province: str | None = None, *, district: str | None = None, state: State | None = None,
             limit: int | None = None, offset: int = 0) -> tuple[Entry, ...]:
        """Entries by office and id: of a form, a fiscal year (BE), a state; of one office, or of a province or district
        (by name)."""
        where = _filters(office, form, fiscal_year, province, district, state)
        query = select(EntryRecord).where(*where).order_by(EntryRecord.office_code, EntryRecord.id)
        with self._database.reading() as session:
            return tuple(_entry(row) for row in session.scalars(query.limit(limit).offset(offset)))

    def count(self, office: str | None = None, form: str | None = None, fiscal_year: int | None = None,
              province: str | None = None, *, district: str | None = None, state: State | None = None) -> int:
        """How many entries :meth:`list` gives in all."""
        where = _filters(office, form, fiscal_year, province, district, state)
        with self._database.reading() as session:
            return session.execute(select(func.count()).select_from(EntryRecord).where(*where)).scalar_one()

    def by_office(self, offices: Iterable[str], fiscal_year: int) -> dict[str, dict[str, State]]:
        """By office and form code, how the entries of a fiscal year (BE) stand; offices without any are left out."""
        query = select(EntryRecord.office_code, EntryRecord.form, EntryRecord.state).where(
            EntryRecord.office_code.in_(sorted(offices)), EntryRecord.fiscal_year == fiscal_year)
        found: dict[str, dict[str, State]] = {}
        with self._database.reading() as session:
            for code, form, state in session.execute(query):
                found.setdefault(code, {})[form] = State(state)
        return found

    def events(self, entry_id: int) -> tuple[EntryEvent, ...]:
        """Every step taken with an entry, oldest first."""
        query = select(EntryEventRecord).where(EntryEventRecord.entry_id == entry_id).order_by(EntryEventRecord.id)
        with self._database.reading() as session:
            return tuple(_event(row) for row in session.scalars(query))

    def taken(self, entry_id: int) -> tuple[Taken, ...]:
        """The steps as the rules of the way take them."""
        with self._database.reading() as session:
            return _taken(session, entry_id)

    def certified_years(self, office: str, forms: Forms) -> frozenset[int]:
        """The fiscal years (BE) for which an office has certified all eight domains."""
        codes = [form.code for form in forms.assessed]
        query = (select(EntryRecord.fiscal_year).where(
            EntryRecord.office_code == office, EntryRecord.form.in_(codes),
            EntryRecord.state.in_((State.CERTIFIED.value, State.ACCEPTED.value)))
            .group_by(EntryRecord.fiscal_year).having(func.count() == len(codes)))
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def standings(self, forms: Forms, fiscal_year: int, as_of: dt.date, office: str | None = None,
                  province: str | None = None, *, offices: Iterable[str] | None = None
                  ) -> dict[str, dict[str, Standing]]:
        """By office and form code, how the eight domains' entries stood at the end of a day (Thai time); of one office,
        of some, or of a province (by name)."""
        end = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), BANGKOK)
        codes = {form.code: form for form in forms.assessed}
        where = [EntryRecord.form.in_(codes), *_filters(office, None, fiscal_year, province, None, None)]
        if offices is not None:
            where.append(EntryRecord.office_code.in_(sorted(offices)))
        last = (select(func.max(EntryEventRecord.id)).join(EntryRecord, EntryRecord.id == EntryEventRecord.entry_id)
                .where(*where, EntryEventRecord.at < end).group_by(EntryEventRecord.entry_id).scalar_subquery())
        query = (select(EntryRecord.office_code, EntryRecord.form, EntryEventRecord.after, EntryEventRecord.data)
                 .join(EntryEventRecord, EntryEventRecord.entry_id == EntryRecord.id)
                 .where(EntryEventRecord.id.in_(last)))
        found: dict[str, dict[str, Standing]] = {}
        with self._database.reading() as session:
            for code, form, state, data in session.execute(query):
                found.setdefault(code, {})[form] = Standing(State(state), not check_data(codes[form], data))
        return found

    def _row(self, session: Session, office: str, form: str, fiscal_year: int) -> EntryRecord | None:
        return session.scalars(select(EntryRecord).where(
            EntryRecord.office_code == office, EntryRecord.form == form, EntryRecord.fiscal_year == fiscal_year,
        ).with_for_update()).first()

    def _new(self, session: Session, office: str, form: Form, fiscal_year: int, person: Person) -> EntryRecord:
        if session.get(OfficeRecord, office) is None:
            raise NotFound(office)
        row = EntryRecord(office_code=office, form=form.code, fiscal_year=fiscal_year, data={}, version=0,
                          state=State.DRAFT.value, at=self._database.now(session), actor=person.name)
        session.add(row)
        session.flush()
        return row

    def _take(self, session: Session, row: EntryRecord, step: Step, before: State, after: State, person: Person,
              reason: str, form: Form) -> None:
        row.version, row.at, row.actor = row.version + 1, self._database.now(session), person.name
        session.add(EntryEventRecord(
            entry_id=row.id, at=row.at, actor=person.name, step=step.value, before=before.value, after=after.value,
            reason=reason, form_version=form.version, data=row.data))


def _filters(office: str | None, form: str | None, fiscal_year: int | None, province: str | None,
             district: str | None, state: State | None) -> list[ColumnElement[bool]]:
    same = ((EntryRecord.office_code, office), (EntryRecord.form, form), (EntryRecord.fiscal_year, fiscal_year),
            (EntryRecord.state, state.value if state else None))
    area = [column == name for column, name in ((OfficeRecord.province, province), (OfficeRecord.district, district))
            if name is not None]
    where = [column == value for column, value in same if value is not None]
    return [*where, *([EntryRecord.office_code.in_(select(OfficeRecord.code).where(*area))] if area else [])]


def _taken(session: Session, entry_id: int) -> tuple[Taken, ...]:
    query = select(EntryEventRecord.step, EntryEventRecord.actor).where(
        EntryEventRecord.entry_id == entry_id).order_by(EntryEventRecord.id)
    return tuple(Taken(Step(step), actor) for step, actor in session.execute(query))


def _entry(row: EntryRecord) -> Entry:
    return Entry(row.id, row.office_code, row.form, row.fiscal_year, row.data, State(row.state), row.version, row.at,
                 row.actor)


def _event(row: EntryEventRecord) -> EntryEvent:
    return EntryEvent(row.id, row.at, row.actor, Step(row.step), State(row.before), State(row.after), row.reason,
                      row.form_version, row.data)


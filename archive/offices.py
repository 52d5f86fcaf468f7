"""The registry of offices as imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select, update

from archive.audit import PROGRAM, note
from archive.database import Database, chunks
from archive.schema import OfficeRecord
from letters import Office, OfficeKind
from letters.errors import NotFound


class Offices:
    """Keeps the offices that tasks and users refer to by code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, offices: Iterable[Office], actor: str = PROGRAM) -> None:
        """Makes the registry equal to these offices. Those no longer named are retired, not removed: old tasks, users
        and entries still refer to them. The same registry again changes nothing."""
        with self._database.writing("offices") as session:
            self._database.lock(session, "offices")
            stored = {row.code: row for row in session.scalars(select(OfficeRecord).where(~OfficeRecord.retired))}
            before = {code: _office(row) for code, row in stored.items()}
            named = {office.code: office for office in offices}
            changed = [_row(office) for code, office in named.items() if before.get(code) != office]
            retired = [code for code in before if code not in named]
            self._upsert(session, changed)
            for codes in chunks(retired):
                session.execute(update(OfficeRecord).where(OfficeRecord.code.in_(codes)).values(retired=True))
            if changed or retired:
                note(self._database, session, actor, "registry-saved", "offices", "",
                     f"{len(before)} offices", f"{len(named)} offices: {len(changed)} changed, {len(retired)} retired")

    def all(self) -> tuple[Office, ...]:
        """The offices in use, by code."""
        query = select(OfficeRecord).where(~OfficeRecord.retired).order_by(OfficeRecord.code)
        with self._database.reading() as session:
            return tuple(_office(row) for row in session.scalars(query))

    def get(self, code: str) -> Office:
        """The office with this code, retired or not. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(OfficeRecord, code)
            if row is None:
                raise NotFound(code)
            return _office(row)

    def count(self) -> int:
        """How many offices are in use."""
        with self._database.reading() as session:
            return session.execute(
                select(func.count()).select_from(OfficeRecord).where(~OfficeRecord.retired)).scalar_one()

    def _upsert(self, session: Any, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = self._database.insert(OfficeRecord)
        taken = {key: statement.excluded[key] for key in rows[0] if key != "code"}
        session.execute(statement.on_conflict_do_update(index_elements=["code"], set_=taken), rows)


def _row(office: Office) -> dict[str, Any]:
    return asdict(office) | {"kind": office.kind.value, "retired": False}


def _office(row: OfficeRecord) -> Office:
    return Office(row.code, OfficeKind(row.kind), row.name, row.province, row.district)

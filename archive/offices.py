"""The registry of offices as imported, what each was before, and where its reminders go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.database import Database, chunks
from archive.schema import OfficeChangeRecord, OfficeMailRecord, OfficeRecord
from archive.succession import codes_of, hand_over, successors
from letters import Office, OfficeKind
from letters.errors import BadRequest, NotFound


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """What an office was from an instant (UTC) on; ``change``: ``added``, ``changed``, ``retired`` or ``restored``."""

    at: dt.datetime
    actor: str
    change: str
    office: Office


class Offices:
    """Keeps the offices that tasks and users refer to by code."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: tuple[int | None, tuple[Office, ...]] = (-1, ())

    def save(self, offices: Iterable[Office], actor: str = PROGRAM) -> None:
        """Makes the registry equal to these offices. Those no longer named are retired, not removed: old tasks, users
        and entries still refer to them. What an office was before is kept; an LAO that comes back under the code of
        another type takes over all that was done under its old one. The same registry again changes nothing."""
        with self._database.writing("offices") as session:
            self._database.lock(session, "offices")
            rows = {row.code: row for row in session.scalars(select(OfficeRecord))}
            known = {code: _office(row) for code, row in rows.items()}
            before = {code: office for code, office in known.items() if not rows[code].retired}
            named = {office.code: office for office in offices}
            changed = [office for code, office in named.items() if before.get(code) != office]
            heirs = successors(before, named, known)
            retired = [office for code, office in before.items() if code not in named]
            self._upsert(session, [_row(office) for office in changed])
            for some in chunks(retired):
                gone = [office.code for office in some]
                session.execute(update(OfficeRecord).where(OfficeRecord.code.in_(gone)).values(retired=True))
            for old, new in heirs.items():
                hand_over(self._database, session, old, named[new], actor)
            words = {office.code: "changed" if office.code in before or office.code in heirs.values() else
                     "restored" if office.code in known else "added" for office in changed}
            self._keep_history(session, [(words[one.code], one) for one in changed]
                               + [("retired", one) for one in retired if one.code not in heirs], actor)
            if changed or retired:
                note(self._database, session, actor, "registry-saved", "offices", "",
                     f"{len(before)} offices", f"{len(named)} offices: {len(changed)} changed, {len(retired)} retired")

    def all(self) -> tuple[Office, ...]:
        """The offices in use, by code. The whole country is asked for on most screens and changes once in years, so it
        is read again only when the history of offices has grown."""
        with self._database.reading() as session:
            newest = session.execute(select(func.max(OfficeChangeRecord.id))).scalar_one()
            if self._known[0] != newest:
                self._known = newest, self._read(session)
            return self._known[1]

    def within(self, province: str, district: str | None = None) -> tuple[Office, ...]:
        """The offices in use of a province (by name) or a district of it, by code."""
        where = [OfficeRecord.province == province]
        with self._database.reading() as session:
            return self._read(session, *where, *([OfficeRecord.district == district] if district is not None else []))

    def get(self, code: str) -> Office:
        """The office with this code, retired or not. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(OfficeRecord, code)
            if row is None:
                raise NotFound(code)
            return _office(row)

    def codes(self) -> frozenset[str]:
        """The codes of all offices, in use or retired."""
        with self._database.reading() as session:
            return frozenset(session.scalars(select(OfficeRecord.code)))

    def count(self) -> int:
        """How many offices are in use."""
        with self._database.reading() as session:
            return session.execute(
                select(func.count()).select_from(OfficeRecord).where(~OfficeRecord.retired)).scalar_one()

    def history(self, code: str) -> tuple[OfficeChange, ...]:
        """What an office was called and was, also under the codes of other types, oldest first. Raises
        :class:`letters.errors.NotFound`."""
        self.get(code)
        query = select(OfficeChangeRecord).where(
            OfficeChangeRecord.code.in_(codes_of(code))).order_by(OfficeChangeRecord.id)
        with self._database.reading() as session:
            return tuple(OfficeChange(row.at, row.actor, row.change, _office(row)) for row in session.scalars(query))

    def set_mail(self, code: str, address: str, actor: str = PROGRAM) -> None:
        """Where an office's reminders go. Raises :class:`letters.errors.NotFound` and
        :class:`letters.errors.BadRequest` for what is no mail address."""
        name, at, host = address.partition("@")
        if not (name and at and "." in host) or any(sign.isspace() or sign in ",;<>" for sign in address):
            raise BadRequest(address, "ไม่ใช่ที่อยู่อีเมล")
        with self._database.writing(code) as session:
            if session.get(OfficeRecord, code) is None:
                raise NotFound(code)
            row = session.get(OfficeMailRecord, code)
            before = row.address if row else None
            session.merge(OfficeMailRecord(office_code=code, address=address, at=self._database.now(session),
                                           actor=actor))
            note(self._database, session, actor, "office-mail", f"office:{code}", "address", before, address)

    def mails(self) -> dict[str, str]:
        """Mail address by office code."""
        with self._database.reading() as session:
            return {row.office_code: row.address for row in session.scalars(select(OfficeMailRecord))}

    def _read(self, session: Session, *where: ColumnElement[bool]) -> tuple[Office, ...]:
        query = select(OfficeRecord).where(~OfficeRecord.retired, *where).order_by(OfficeRecord.code)
        return tuple(_office(row) for row in session.scalars(query))

    def _keep_history(self, session: Session, changes: Iterable[tuple[str, Office]], actor: str) -> None:
        now = self._database.now(session)
        rows = [asdict(office) | {"kind": office.kind.value, "change": change, "actor": actor, "at": now}
                for change, office in changes]
        if rows:
            session.execute(insert(OfficeChangeRecord), rows)

    def _upsert(self, session: Session, rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = self._database.insert(OfficeRecord)
        taken = {key: statement.excluded[key] for key in rows[0] if key != "code"}
        session.execute(statement.on_conflict_do_update(index_elements=["code"], set_=taken), rows)


def _row(office: Office) -> dict[str, Any]:
    return asdict(office) | {"kind": office.kind.value, "retired": False}


def _office(row: OfficeRecord | OfficeChangeRecord) -> Office:
    return Office(row.code, OfficeKind(row.kind), row.name, row.province, row.district)

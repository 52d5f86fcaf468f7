"""Looking into the registers of offices: rows, what waits to be registered, what is due to be destroyed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.database import Database, chunks
from archive.schema import LetterRecord, PacketRecord, RegisterRowRecord
from archive.sight import Sight, packets_seen, secret_packets
from letters import Letter, codec
from letters.errors import NotFound
from registers import Book, Columns, Mark, Opinion, Row, State, columns_of

COLUMNS = {"number": "letter_number", "dated": "dated", "sender": "sender", "recipient": "recipient",
           "subject": "subject", "action": "action", "remark": "remark"}
"""Columns of the table by parts of :class:`registers.Columns`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A packet that came and stands in no received register of the office yet: its first letter's page and columns."""

    packet: str
    name: str
    page: int
    received_at: dt.datetime
    letter: Columns


class Books:
    """Answers about the books of all offices. Where a ``sight`` is given, nothing outside the reader's area is told,
    and of secret letters the reader is not named for only that a number was given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, row_id: int, sight: Sight | None = None) -> Row:
        """One row, if it is of the reader's area. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(RegisterRowRecord, row_id)
            if row is None or (sight and not sight.covers(row.office_code)):
                raise NotFound(f"{row_id}")
            return _seen(session, [row_of(row)], sight)[0]

    def list(self, office: str, book: Book, year: int, sight: Sight | None = None, *, before: int | None = None,
             first: dt.date | None = None, last: dt.date | None = None, words: str = "",
             limit: int | None = 50) -> tuple[Row, ...]:
        """Rows of a CE year's book, the last number first, those below the number ``before``. ``first``, ``last``:
        days; ``words``: in number, sender, addressee or subject. Nothing of an office outside the reader's area."""
        if sight and not sight.covers(office):
            return ()
        record = RegisterRowRecord
        where: list[ColumnElement[bool]] = [record.office_code == office, record.book == book.value,
                                            record.year == year]
        where += [record.number < before] if before is not None else []
        where += [record.day >= first] if first else []
        where += [record.day <= last] if last else []
        if words:
            where.append(or_(*(column.contains(words, autoescape=True) for column in (
                record.letter_number, record.sender, record.recipient, record.subject))))
            if sight:
                where.append(or_(record.packet_id.is_(None), record.packet_id.not_in(_closed(sight))))
        with self._database.reading() as session:
            query = select(record).where(*where).order_by(record.number.desc()).limit(limit)
            return _seen(session, [row_of(row) for row in session.scalars(query)], sight)

    def years(self, office: str, book: Book) -> dict[int, int]:
        """How many rows the book of each CE year has, the last year first."""
        query = (select(RegisterRowRecord.year, func.count()).where(
            RegisterRowRecord.office_code == office, RegisterRowRecord.book == book.value)
            .group_by(RegisterRowRecord.year).order_by(RegisterRowRecord.year.desc()))
        with self._database.reading() as session:
            return dict(session.execute(query).all())

    def due(self, office: str, year: int, sight: Sight | None = None) -> tuple[Row, ...]:
        """The destruction list of a CE year: kept letters whose time has run out by its end, by year and number."""
        if sight and not sight.covers(office):
            return ()
        record = RegisterRowRecord
        query = select(record).where(
            record.office_code == office, record.book == Book.KEPT.value, record.state == State.ENTERED.value,
            record.keep_until <= year).order_by(record.year, record.number)
        with self._database.reading() as session:
            return _seen(session, [row_of(row) for row in session.scalars(query)], sight)

    def of_packets(self, packets: Iterable[str], office: str) -> dict[str, tuple[Row, ...]]:
        """The rows of an office that stand for letters of packets and are in use, by packet."""
        found: dict[str, tuple[Row, ...]] = {}
        with self._database.reading() as session:
            for some in chunks(sorted(set(packets))):
                query = select(RegisterRowRecord).where(
                    RegisterRowRecord.packet_id.in_(some), RegisterRowRecord.office_code == office,
                    RegisterRowRecord.state != State.CANCELLED.value).order_by(RegisterRowRecord.id)
                for row in map(row_of, session.scalars(query)):
                    found[row.packet or ""] = (*found.get(row.packet or "", ()), row)
        return found

    def secret(self, packets: Iterable[str]) -> frozenset[str]:
        """Those of the packets that hold secret letters."""
        found: set[str] = set()
        with self._database.reading() as session:
            for some in chunks(sorted(set(packets))):
                found |= set(session.scalars(select(PacketRecord.id).where(
                    PacketRecord.id.in_(some), PacketRecord.id.in_(secret_packets()))))
        return frozenset(found)

    def kept_of(self, row_id: int) -> Row | None:
        """The row in use by which the letter of a row is kept."""
        query = select(RegisterRowRecord).where(RegisterRowRecord.source == row_id,
                                                RegisterRowRecord.state != State.CANCELLED.value)
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return row_of(row) if row else None

    def waiting(self, office: str, sight: Sight, since: dt.datetime, limit: int = 20) -> tuple[Waiting, ...]:
        """Packets that came ``since`` an instant, that the reader sees, and of which no letter stands in the received
        register of the office; the last that came first."""
        used = select(RegisterRowRecord.packet_id).where(
            RegisterRowRecord.office_code == office, RegisterRowRecord.book == Book.RECEIVED.value,
            RegisterRowRecord.state != State.CANCELLED.value, RegisterRowRecord.packet_id.is_not(None))
        query = (select(PacketRecord, LetterRecord.data)
                 .join(LetterRecord, (LetterRecord.packet_id == PacketRecord.id) & (LetterRecord.position == 0))
                 .where(PacketRecord.received_at >= since, PacketRecord.id.not_in(used), packets_seen(sight))
                 .order_by(PacketRecord.received_at.desc(), PacketRecord.id.desc()).limit(limit))
        with self._database.reading() as session:
            found = []
            for packet, data in session.execute(query):
                letter = codec.load(data, Letter)
                found.append(Waiting(packet.id, packet.name, letter.pages[0], packet.received_at, columns_of(letter)))
            return tuple(found)

    def home_of(self, user: str) -> str | None:
        """The office that somebody last entered a row for."""
        query = select(RegisterRowRecord.office_code).where(RegisterRowRecord.made_by == user).order_by(
            RegisterRowRecord.id.desc()).limit(1)
        with self._database.reading() as session:
            return session.scalars(query).first()

    def owner(self, office: str, book: Book) -> str:
        """The number of the letter that last went out by a book, empty if there is none."""
        query = select(RegisterRowRecord.letter_number).where(
            RegisterRowRecord.office_code == office, RegisterRowRecord.book == book.value,
            RegisterRowRecord.letter_number != "").order_by(RegisterRowRecord.id.desc()).limit(1)
        with self._database.reading() as session:
            return session.scalars(query).first() or ""


def receipts(session: Session, packets: Collection[str] | None = None) -> dict[tuple[str, str], dt.date]:
    """On which day offices registered packets, all or some, by packet and office code: the first day where letters of
    one packet were registered apart."""
    query = select(RegisterRowRecord.packet_id, RegisterRowRecord.office_code, func.min(RegisterRowRecord.day)).where(
        RegisterRowRecord.book == Book.RECEIVED.value, RegisterRowRecord.state == State.ENTERED.value,
        RegisterRowRecord.packet_id.is_not(None)).group_by(RegisterRowRecord.packet_id, RegisterRowRecord.office_code)
    if packets is not None:
        query = query.where(RegisterRowRecord.packet_id.in_(packets))
    return {(packet or "", office): day for packet, office, day in session.execute(query)}


def gaps(session: Session) -> list[tuple[str, str, int]]:
    """Office, book and CE year of books that lack a number."""
    record = RegisterRowRecord
    query = (select(record.office_code, record.book, record.year)
             .group_by(record.office_code, record.book, record.year)
             .having(func.max(record.number) - func.min(record.number) + 1 != func.count()))
    return [(office, book, year) for office, book, year in session.execute(query)]


def _closed(sight: Sight) -> Select[str]:
    """For a query: packets that are secret to the reader, whatever the area."""
    everywhere = replace(sight, whole=True, keeper=True)
    return select(PacketRecord.id).where(
        PacketRecord.id.in_(secret_packets()), ~packets_seen(everywhere))


def _seen(session: Session, rows: Sequence[Row], sight: Sight | None) -> tuple[Row, ...]:
    """The rows, those of letters secret to the reader without their columns."""
    packets = {row.packet for row in rows if row.packet}
    if sight is None or not packets:
        return tuple(rows)
    closed: set[str] = set()
    for some in chunks(sorted(packets)):
        closed |= set(session.scalars(select(PacketRecord.id).where(
            PacketRecord.id.in_(some), PacketRecord.id.in_(_closed(sight)))))
    return tuple(replace(row, letter=Columns(), reason="", closed=True) if row.packet in closed else row
                 for row in rows)


def columns_in(row: RegisterRowRecord) -> Columns:
    """What a stored row says of its letter."""
    return Columns(**{name: getattr(row, column) for name, column in COLUMNS.items()})


def row_of(row: RegisterRowRecord) -> Row:
    """A stored row as the rest of the house knows it."""
    return Row(row.id, row.office_code, Book(row.book), row.year, row.number, row.day, row.time, State(row.state),
               Mark(row.mark), row.reason, columns_in(row), row.packet_id, row.page, row.source, row.received,
               row.folder, row.retention, row.keep_until, Opinion(row.opinion), row.version, row.made_at, row.made_by)

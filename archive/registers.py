"""The registers of offices: numbers given one after another, and what becomes of each row. See also ``books.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.audit import note
from archive.books import COLUMNS, Books, columns_in, row_of
from archive.schema import BANGKOK, PacketRecord, RegisterRowRecord
from letters.errors import BadRequest, Conflict, NotFound
from registers import (
    FOREVER,
    RETENTION,
    AlreadyThere,
    Book,
    Columns,
    Mark,
    NoReason,
    NotSo,
    Opinion,
    Row,
    State,
    be_number,
    kept_until,
    outgoing,
    placed,
)

MOST_RESERVED = 50
"""Numbers that may be set aside at once."""

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Entered:
    """What a new row is to say. ``day`` (CE) is only given for a letter of an earlier day, with its ``reason``;
    ``first`` only begins a book that was kept on paper before, with the number that comes next there."""

    letter: Columns
    time: str = ""
    day: dt.date | None = None
    reason: str = ""
    packet: str | None = None
    page: int | None = None
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a letter is kept: code of the file, class (a key of :data:`registers.RETENTION`), and the last CE year where
    the class leaves it open."""

    folder: str
    retention: str
    until: int | None = None
    remark: str = ""


class Registers(Books):
    """The books of all offices: giving numbers, and what becomes of rows. ``now`` (UTC) is the database's clock unless
    given."""

    def enter(self, office: str, book: Book, entered: Entered, actor: str, now: dt.datetime | None = None) -> Row:
        """Gives the next number of a book that letters come in or go out by. A letter that goes out gets the number as
        part of its own (``entered.letter.number`` is then owner letters and code).

        Raises :class:`registers.AlreadyThere` for a letter that is in the book, :class:`registers.BadDay` for a day out
        of order, and :class:`letters.errors.BadRequest` for a row that says nothing.
        """
        if book is Book.KEPT:
            raise BadRequest(book.value, "ใช้คำสั่งเก็บ")
        letter = _tidy(entered.letter)
        if not letter.subject:
            raise BadRequest("เรื่อง", "ต้องมีเรื่อง")
        with self._database.writing(office) as session:
            self._turn(session, office, book)
            if entered.packet is not None:
                _refuse_twice(session, office, book, entered.packet, entered.page)
            row = self._next(session, office, book, now, entered.day, entered.reason, entered.first, actor)
            row.state, row.time = State.ENTERED.value, entered.time
            row.packet_id, row.page = entered.packet, entered.page
            _put(row, _numbered(letter, book, row.number))
            self._told(session, row, actor, "register-entered")
            return row_of(row)

    def reserve(self, office: str, book: Book, count: int, reason: str, actor: str,
                now: dt.datetime | None = None) -> tuple[Row, ...]:
        """Sets the next numbers aside for today, to be used later for letters of this day. Raises
        :class:`registers.NoReason`, and :class:`letters.errors.BadRequest` for more than :data:`MOST_RESERVED`."""
        if book is Book.KEPT or not 1 <= count <= MOST_RESERVED:
            raise BadRequest(f"{count}", f"จองได้ครั้งละ 1–{MOST_RESERVED} เลข")
        _need_reason(reason, "การจองเลข")
        with self._database.writing(office) as session:
            self._turn(session, office, book)
            rows = []
            for _ in range(count):
                row = self._next(session, office, book, now, None, reason, None, actor)
                self._told(session, row, actor, "register-reserved")
                rows.append(row_of(row))
            return tuple(rows)

    def keep(self, row_id: int, keeping: Keeping, actor: str, now: dt.datetime | None = None) -> Row:
        """Enters the letter of a row into the book of kept letters, today. Raises :class:`registers.AlreadyThere`,
        :class:`registers.NotSo`, and :class:`letters.errors.BadRequest` for a class or year that is none."""
        with self._database.writing("registers") as session:
            source = _locked(session, row_id)
            self._turn(session, source.office_code, Book.KEPT)
            if source.book == Book.KEPT or source.state != State.ENTERED:
                raise NotSo(be_number(source.number, source.year), "เก็บได้เฉพาะหนังสือที่ลงทะเบียนแล้ว")
            kept = session.scalars(select(RegisterRowRecord).where(
                RegisterRowRecord.source == row_id, RegisterRowRecord.state != State.CANCELLED.value)).first()
            if kept:
                raise AlreadyThere(be_number(kept.number, kept.year))
            row = self._next(session, source.office_code, Book.KEPT, now, None, "", None, actor)
            row.state, row.source = State.ENTERED.value, source.id
            row.packet_id, row.page = source.packet_id, source.page
            row.received = be_number(source.number, source.year) if source.book == Book.RECEIVED else ""
            row.folder, row.retention = keeping.folder.strip()[:_LONGEST], keeping.retention
            row.keep_until = _until(keeping, row.day)
            _put(row, replace(columns_in(source), action="", remark=keeping.remark.strip()[:_LONGEST]))
            self._told(session, row, actor, "register-kept")
            return row_of(row)

    def change(self, row_id: int, letter: Columns, actor: str, expected_version: int | None = None,
               time: str | None = None) -> Row:
        """Writes what a row says of its letter; a number set aside is used by it. Number and day stay. Raises
        :class:`letters.errors.Conflict` if somebody changed the row since, :class:`registers.NotSo`."""
        letter = _tidy(letter)
        if not letter.subject:
            raise BadRequest("เรื่อง", "ต้องมีเรื่อง")
        with self._database.writing("registers") as session:
            row = _checked(session, row_id, expected_version)
            if row.state not in (State.RESERVED, State.ENTERED):
                raise NotSo(be_number(row.number, row.year), "ยกเลิกหรือทำลายแล้ว")
            before, was = columns_in(row), row.state
            book = Book(row.book)
            if was == State.RESERVED:
                row.state, row.mark = State.ENTERED.value, Mark.RESERVED.value
                self._told(session, row, actor, "register-filled")
            _put(row, _numbered(letter, book, row.number))
            row.time = row.time if time is None else time
            row.version += 1
            self._told_changes(session, row, before, actor)
            return row_of(row)

    def cancel(self, row_id: int, reason: str, actor: str, expected_version: int | None = None) -> Row:
        """Takes a row out of use; its number stays used. Raises as :meth:`change`, and
        :class:`registers.NoReason`."""
        _need_reason(reason, "การยกเลิกเลข")
        with self._database.writing("registers") as session:
            row = _checked(session, row_id, expected_version)
            in_use = session.scalars(select(RegisterRowRecord.id).where(
                RegisterRowRecord.source == row_id, RegisterRowRecord.state != State.CANCELLED.value)).first()
            if row.state not in (State.RESERVED, State.ENTERED) or in_use:
                raise NotSo(be_number(row.number, row.year),
                            "เก็บเข้าแฟ้มแล้ว ยกเลิกในทะเบียนเก็บก่อน" if in_use else "ยกเลิกหรือทำลายแล้ว")
            row.state, row.reason, row.version = State.CANCELLED.value, reason.strip()[:_LONGEST], row.version + 1
            self._told(session, row, actor, "register-cancelled")
            return row_of(row)

    def judge(self, row_ids: Iterable[int], opinion: Opinion, actor: str, until: int | None = None) -> tuple[Row, ...]:
        """Notes what the committee on destruction says of kept letters; ``until``: the CE year an extended one is kept
        to. Raises :class:`registers.NotSo` for a row that is not kept, :class:`letters.errors.BadRequest`."""
        with self._database.writing("registers") as session:
            rows = [_locked(session, row_id) for row_id in sorted(set(row_ids))]
            for row in rows:
                _refuse_not_kept(row)
                if opinion is Opinion.EXTEND:
                    if until is None or row.keep_until is None or until <= row.keep_until:
                        raise BadRequest(f"{until or ''}", "ปีที่ขยายต้องหลังปีที่ครบกำหนด")
                    note(self._database, session, actor, "register-extended", f"register:{row.id}", "keep_until",
                         str(row.keep_until), str(until))
                    row.keep_until = until
                else:
                    note(self._database, session, actor, "register-judged", f"register:{row.id}", "opinion",
                         row.opinion or None, opinion.value or None)
                row.opinion, row.version = opinion.value, row.version + 1
            return tuple(map(row_of, rows))

    def destroyed(self, row_ids: Iterable[int], approval: str, actor: str) -> tuple[Row, ...]:
        """Marks kept letters as destroyed whose destruction the committee agreed to. ``approval`` says who approved it
        when. The files of the archive stay. Raises :class:`registers.NoReason`, :class:`registers.NotSo`."""
        _need_reason(approval, "การทำลาย")
        with self._database.writing("registers") as session:
            rows = [_locked(session, row_id) for row_id in sorted(set(row_ids))]
            for row in rows:
                _refuse_not_kept(row)
                if row.opinion != Opinion.DESTROY:
                    raise NotSo(be_number(row.number, row.year), "คณะกรรมการยังไม่เห็นควรให้ทำลาย")
                row.state, row.reason, row.version = State.DESTROYED.value, approval.strip()[:_LONGEST], row.version + 1
                self._told(session, row, actor, "register-destroyed")
            return tuple(map(row_of, rows))

    def _turn(self, session: Session, office: str, book: Book) -> None:
        """Waits until nobody else gives numbers of the book."""
        self._database.lock(session, f"register {office} {book}")

    def _next(self, session: Session, office: str, book: Book, now: dt.datetime | None, asked: dt.date | None,
              reason: str, first: int | None, actor: str) -> RegisterRowRecord:
        """A row with the next number, set aside; the book's turn must be taken."""
        record, moment = RegisterRowRecord, now or self._database.now(session)
        mine = (record.office_code == office, record.book == book.value)
        last = session.scalars(select(record.day).where(*mine, record.mark != Mark.LATE.value).order_by(
            record.day.desc()).limit(1)).first()
        place = placed(moment.astimezone(BANGKOK).date(), last, asked, reason)
        highest = session.execute(select(func.max(record.number)).where(*mine, record.year == place.year)).scalar_one()
        if first is not None and (highest is not None or first < 1):
            raise BadRequest(f"{first}", "เลขเริ่มต้นตั้งได้เฉพาะก่อนเลขแรกของปี")
        row = record(
            office_code=office, book=book.value, year=place.year, number=(highest or (first or 1) - 1) + 1,
            day=place.day, time="", state=State.RESERVED.value, mark=place.mark.value,
            reason=reason.strip()[:_LONGEST], letter_number="", dated="", sender="", recipient="", subject="",
            action="", remark="", received="", folder="", retention="", keep_until=None, opinion="", version=1,
            made_at=moment, made_by=actor)
        session.add(row)
        session.flush()
        return row

    def _told(self, session: Session, row: RegisterRowRecord, actor: str, action: str) -> None:
        note(self._database, session, actor, action, f"register:{row.id}", row.book, None,
             f"{be_number(row.number, row.year)} {row.reason}".strip())

    def _told_changes(self, session: Session, row: RegisterRowRecord, before: Columns, actor: str) -> None:
        """Each changed column; of a letter with a packet without its words, which may be secret."""
        after = asdict(columns_in(row))
        for name, value in asdict(before).items():
            if value != after[name]:
                words = (None, None) if row.packet_id else (value or None, after[name] or None)
                note(self._database, session, actor, "register-changed", f"register:{row.id}", name, *words)


def _refuse_twice(session: Session, office: str, book: Book, packet: str, page: int | None) -> None:
    there = session.scalars(select(RegisterRowRecord).where(
        RegisterRowRecord.office_code == office, RegisterRowRecord.book == book.value,
        RegisterRowRecord.packet_id == packet, RegisterRowRecord.page == page,
        RegisterRowRecord.state != State.CANCELLED.value)).first()
    if there:
        raise AlreadyThere(be_number(there.number, there.year))
    if session.get(PacketRecord, packet) is None:
        raise NotFound(packet[:12])


def _refuse_not_kept(row: RegisterRowRecord) -> None:
    if row.book != Book.KEPT or row.state != State.ENTERED or row.keep_until is None:
        raise NotSo(be_number(row.number, row.year), "ไม่ใช่หนังสือเก็บที่มีกำหนดเวลา")


def _locked(session: Session, row_id: int) -> RegisterRowRecord:
    row = session.scalars(select(RegisterRowRecord).where(RegisterRowRecord.id == row_id).with_for_update()).first()
    if row is None:
        raise NotFound(f"{row_id}")
    return row


def _checked(session: Session, row_id: int, version: int | None) -> RegisterRowRecord:
    row = _locked(session, row_id)
    if version not in (None, row.version):
        raise Conflict(be_number(row.number, row.year), f"version {row.version}, not {version}")
    return row


def _need_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise NoReason(what)


def _until(keeping: Keeping, day: dt.date) -> int | None:
    found = RETENTION.get(keeping.retention)
    if found is None:
        raise BadRequest(keeping.retention, "ไม่มีอายุการเก็บนี้")
    if found.years is not None:
        return kept_until(found.years, day)
    if found.key == FOREVER:
        return None
    if keeping.until is None or keeping.until < day.year:
        raise BadRequest(f"{keeping.until or ''}", "ระบุปีสุดท้ายที่เก็บ")
    return keeping.until


def _tidy(letter: Columns) -> Columns:
    return Columns(**{name: " ".join(value.split())[:_LONGEST] for name, value in asdict(letter).items()})


def _numbered(letter: Columns, book: Book, number: int) -> Columns:
    return replace(letter, number=outgoing(letter.number, book, number)) if book.goes_out else letter


def _put(row: RegisterRowRecord, letter: Columns) -> None:
    for name, column in COLUMNS.items():
        setattr(row, column, getattr(letter, name))

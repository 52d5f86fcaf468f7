"""What parsing made of a packet, stored so that only what differs is written: letters, readings, references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from archive.audit import note
from archive.changes import ChangeKind, copy_key, mark
from archive.columns import date_columns, number_columns, pack, shown
from archive.database import Database
from archive.differences import differences
from archive.schema import LetterRecord, PacketRecord, PageRecord, ParseRecord, ReadingRecord, ReferenceRecord
from chain import CopyRef
from letters import Attachment, Letter, Packet, Page, Reading, Rival, codec
from letters.errors import NotFound
from parsing.waiting import waiting

FIELDS = ("number", "date", "urgency", "secrecy", "issuer", "subject")
"""The fields of a letter that are readings."""


def lock_packet(session: Session, packet_id: str) -> None:
    """Lets no other writer at this packet until the transaction ends. Raises :class:`letters.errors.NotFound`."""
    query = select(PacketRecord.id).where(PacketRecord.id == packet_id).with_for_update()
    if session.execute(query).first() is None:
        raise NotFound(packet_id)


def stored_pages(session: Session, packet_id: str) -> tuple[Page, ...]:
    """The pages as read, in order."""
    query = select(PageRecord.data).where(PageRecord.packet_id == packet_id).order_by(PageRecord.number)
    return tuple(codec.load(data, Page) for data in session.scalars(query))


def load(session: Session, packet_id: str) -> Packet | None:
    """The packet as parsed, or ``None``."""
    parse = session.get(ParseRecord, packet_id)
    if parse is None:
        return None
    pages = (stored_pages(session, packet_id) if parse.pages is None
             else codec.load(parse.pages, tuple[Page, ...]))
    letters = tuple(codec.load(data, Letter) for data in _stored_letters(session, packet_id).values())
    return Packet(parse.name, pages, letters, codec.load(parse.attachments, tuple[Attachment, ...]))


def save(database: Database, session: Session, packet_id: str, packet: Packet, actor: str) -> None:
    """Makes the stored letters equal to the packet's, with audit events and revisions for what changed."""
    lock_packet(session, packet_id)
    before = _stored_letters(session, packet_id)
    changed = []
    for position, letter in enumerate(packet.letters):
        data = pack(letter)
        if before.get(position) != data:
            ref = CopyRef(packet_id, position)
            _tell(database, session, actor, ref, before.get(position), letter)
            _write_letter(session, ref, letter, data)
            changed.append(copy_key(ref))
    gone = [CopyRef(packet_id, position) for position in before if position >= len(packet.letters)]
    for ref in gone:
        session.execute(delete(LetterRecord).where(*_at(LetterRecord, ref)))
        old = codec.load(before[ref.index], Letter)
        note(database, session, actor, "letter-gone", f"letter:{copy_key(ref)}", "", summary(old), None)
    _write_parse(session, packet_id, packet)
    mark(database, session, ChangeKind.COPY, changed)
    mark(database, session, ChangeKind.COPY, (copy_key(ref) for ref in gone), gone=True)


def summary(letter: Letter) -> str:
    """A letter in one line: number, date, subject."""
    parts = (shown(reading.value) for reading in (letter.number, letter.date, letter.subject))
    return " · ".join(part or "–" for part in parts)


def _stored_letters(session: Session, packet_id: str) -> dict[int, str]:
    query = (select(LetterRecord.position, LetterRecord.data)
             .where(LetterRecord.packet_id == packet_id).order_by(LetterRecord.position))
    return dict(session.execute(query).all())


def _tell(database: Database, session: Session, actor: str, ref: CopyRef, before: str | None, letter: Letter) -> None:
    subject = f"letter:{copy_key(ref)}"
    if before is None:
        note(database, session, actor, "letter-found", subject, "", None, summary(letter))
        return
    for field, old, new in differences(codec.load(before, Letter), letter):
        note(database, session, actor, "field-changed", subject, field, old, new)


def _write_parse(session: Session, packet_id: str, packet: Packet) -> None:
    same_pages = packet.pages == stored_pages(session, packet_id)
    session.merge(ParseRecord(
        packet_id=packet_id, name=packet.name, pages=None if same_pages else pack(packet.pages),
        attachments=pack(packet.attachments), letter_count=len(packet.letters),
        waiting=sum(len(waiting(letter)) for letter in packet.letters)))


def _write_letter(session: Session, ref: CopyRef, letter: Letter, data: str) -> None:
    session.execute(delete(ReadingRecord).where(*_at(ReadingRecord, ref)))
    session.execute(delete(ReferenceRecord).where(*_at(ReferenceRecord, ref)))
    session.merge(LetterRecord(
        packet_id=ref.packet, position=ref.index, kind=letter.kind.value, **number_columns(letter.number.value),
        **date_columns(letter.date.value), issuer=letter.issuer.value, subject=letter.subject.value, data=data))
    session.flush()
    for table, rows in ((ReadingRecord, _reading_rows(letter)), (ReferenceRecord, _reference_rows(letter))):
        placed = [{"packet_id": ref.packet, "position": ref.index} | row for row in rows]
        if placed:
            session.execute(insert(table), placed)


def _reading_rows(letter: Letter) -> Iterator[dict[str, Any]]:
    for field in FIELDS:
        reading: Reading[Any] = getattr(letter, field)
        if reading == Reading():
            continue
        rivals = tuple(Rival(shown(rival.value) or "", rival.confidence, rival.reason) for rival in reading.rivals)
        yield {"field": field, "value": shown(reading.value), "printed": reading.printed,
               "confidence": reading.confidence, "evidence": pack(reading.evidence), "repairs": pack(reading.repairs),
               "rivals": pack(rivals)}


def _reference_rows(letter: Letter) -> Iterator[dict[str, Any]]:
    for place, reference in enumerate(letter.references):
        yield {"reference": place, "relation": reference.relation.value, **number_columns(reference.number.value),
               **date_columns(reference.date.value), "issuer": reference.issuer, "title": reference.title,
               "data": pack(reference)}


def _at(table: type[LetterRecord] | type[ReadingRecord] | type[ReferenceRecord], ref: CopyRef) -> tuple[Any, Any]:
    return table.packet_id == ref.packet, table.position == ref.index

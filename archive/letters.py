"""Letters as read, copy by copy, with what each field was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, func, select, tuple_

from archive.database import Database, chunks
from archive.parses import FIELDS
from archive.schema import LetterRecord, PacketRecord, ReadingRecord
from chain import Copy, CopyRef
from letters import Evidence, Letter, Repair, Rival, codec
from letters.errors import NotFound

_BATCH = 200
_Row = tuple[str, int, str, str]
"""A copy as it is stored: packet, index, the file's name, the letter packed."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One field of a copy as read. ``value`` as text: numbers canonical, dates ISO (CE); ``confidence`` 0–1."""

    field: str
    value: str | None
    printed: str
    confidence: float
    evidence: tuple[Evidence, ...]
    repairs: tuple[Repair, ...]
    rivals: tuple[Rival[str], ...]


class Letters:
    """Reads letters; :meth:`archive.packets.Packets.save_parse` writes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def copies(self) -> Iterator[Copy]:
        """Every copy, by packet and index. Read in batches, so that memory stays small."""
        return map(_copy, self._all())

    def packets(self) -> Iterator[Iterable[Copy]]:
        """Every copy in the same order, packet by packet; the letters are unpacked when they are drawn, once."""
        for _, rows in groupby(self._all(), key=lambda row: row[0]):
            yield map(_copy, list(rows))

    def of_packet(self, packet_id: str) -> list[Copy]:
        """The copies of one packet, in page order."""
        return self._copies(LetterRecord.packet_id == packet_id)

    def copy(self, ref: CopyRef) -> Copy:
        """One copy. Raises :class:`letters.errors.NotFound`."""
        found = self._copies(LetterRecord.packet_id == ref.packet, LetterRecord.position == ref.index)
        if not found:
            raise NotFound(f"{ref.packet}/{ref.index}")
        return found[0]

    def several(self, refs: Iterable[CopyRef]) -> dict[CopyRef, Copy]:
        """Those of the copies that are there, in one question for many."""
        place = tuple_(LetterRecord.packet_id, LetterRecord.position)
        return {copy.ref: copy for some in chunks(sorted({(ref.packet, ref.index) for ref in refs}), _BATCH)
                for copy in self._copies(place.in_(some))}

    def count(self) -> int:
        """How many copies there are."""
        with self._database.reading() as session:
            return session.execute(select(func.count()).select_from(LetterRecord)).scalar_one()

    def readings(self, ref: CopyRef) -> list[ReadingRow]:
        """The fields of a copy as read, head of the letter first; fields that are not there are left out."""
        query = select(ReadingRecord).where(ReadingRecord.packet_id == ref.packet, ReadingRecord.position == ref.index)
        with self._database.reading() as session:
            rows = [_reading(row) for row in session.scalars(query)]
        return sorted(rows, key=lambda row: FIELDS.index(row.field))

    def _all(self) -> Iterator[_Row]:
        last: tuple[ColumnElement[bool], ...] = ()
        while batch := self._rows(*last, limit=_BATCH):
            yield from batch
            last = (tuple_(LetterRecord.packet_id, LetterRecord.position) > batch[-1][:2],)

    def _copies(self, *where: ColumnElement[bool]) -> list[Copy]:
        return [*map(_copy, self._rows(*where))]

    def _rows(self, *where: ColumnElement[bool], limit: int | None = None) -> list[_Row]:
        query = (
            select(LetterRecord.packet_id, LetterRecord.position, PacketRecord.stem, LetterRecord.data)
            .join(PacketRecord, PacketRecord.id == LetterRecord.packet_id).where(*where)
            .order_by(LetterRecord.packet_id, LetterRecord.position).limit(limit))
        with self._database.reading() as session:
            return [(packet, position, stem, data) for packet, position, stem, data in session.execute(query)]


def _copy(row: _Row) -> Copy:
    packet, position, stem, data = row
    return Copy(CopyRef(packet, position), stem, codec.load(data, Letter))


def _reading(row: ReadingRecord) -> ReadingRow:
    return ReadingRow(row.field, row.value, row.printed, row.confidence, codec.load(row.evidence, tuple[Evidence, ...]),
                      codec.load(row.repairs, tuple[Repair, ...]), codec.load(row.rivals, tuple[Rival[str], ...]))

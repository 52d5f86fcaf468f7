"""Letters with a secrecy class (ลับ, ลับมาก, ลับที่สุด): who is named for them. Nothing of them leaves by feed or mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.parses import lock_packet
from archive.schema import PacketRecord, ReaderRecord, UserRecord
from archive.sight import Sight, packets_in_area, secret_packets
from archive.sight import secret_nodes as secret_ids
from letters.errors import BadRequest, NotFound


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody named for a packet: by whom, and when (UTC)."""

    name: str
    given_by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SecretPacket:
    """A packet with secret letters as those know it who name its readers: nothing of what it says."""

    id: str
    received_at: dt.datetime
    received_by: str
    readers: tuple[str, ...]


class Readers:
    """The table of who is named for which packet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, packet_id: str) -> tuple[Reader, ...]:
        """Who is named, by name. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            if session.get(PacketRecord, packet_id) is None:
                raise NotFound(packet_id[:12])
            query = select(ReaderRecord).where(ReaderRecord.packet_id == packet_id).order_by(ReaderRecord.user_name)
            return tuple(Reader(row.user_name, row.given_by, row.at) for row in session.scalars(query))

    def name(self, packet_id: str, names: Iterable[str], actor: str = PROGRAM) -> None:
        """Names exactly these users. Each name given or taken is in the audit trail. Raises
        :class:`letters.errors.NotFound` for an unknown packet and :class:`letters.errors.BadRequest` for unknown
        users."""
        wanted = {name.strip().casefold() for name in names}
        with self._database.writing("readers") as session:
            lock_packet(session, packet_id)
            known = set(session.scalars(select(UserRecord.name).where(UserRecord.name.in_(wanted))))
            if wanted - known:
                raise BadRequest(", ".join(sorted(wanted - known)), "no such user")
            before = set(session.scalars(
                select(ReaderRecord.user_name).where(ReaderRecord.packet_id == packet_id)))
            gone, now = before - wanted, self._database.now(session)
            session.execute(delete(ReaderRecord).where(
                ReaderRecord.packet_id == packet_id, ReaderRecord.user_name.in_(gone)))
            for name in sorted(wanted - before):
                session.add(ReaderRecord(packet_id=packet_id, user_name=name, given_by=actor, at=now))
                note(self._database, session, actor, "reader-named", f"packet:{packet_id}", "reader", None, name)
            for name in sorted(gone):
                note(self._database, session, actor, "reader-removed", f"packet:{packet_id}", "reader", name, None)

    def secret(self, sight: Sight) -> tuple[SecretPacket, ...]:
        """The packets of somebody's area with secret letters, the last that came first."""
        query = select(PacketRecord).where(PacketRecord.id.in_(secret_packets()), packets_in_area(sight)).order_by(
            PacketRecord.received_at.desc(), PacketRecord.id.desc())
        with self._database.reading() as session:
            rows = session.scalars(query).all()
            names: dict[str, list[str]] = {row.id: [] for row in rows}
            for reader in session.scalars(select(ReaderRecord).where(ReaderRecord.packet_id.in_(names)).order_by(
                    ReaderRecord.user_name)):
                names[reader.packet_id].append(reader.user_name)
        return tuple(SecretPacket(row.id, row.received_at, row.received_by, tuple(names[row.id])) for row in rows)


def secret_nodes(database: Database) -> frozenset[str]:
    """Ids of letters of which any copy shows a class: one misread copy must not open what another one closes."""
    with database.reading() as session:
        return frozenset(session.scalars(secret_ids()))

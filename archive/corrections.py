"""Corrections and acceptances of clerks, in the order they were made, to be laid over every parse of their packet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive import parses
from archive.audit import PROGRAM, note
from archive.database import Database
from archive.packets import Packets
from archive.schema import CorrectionRecord
from letters import Packet
from letters.errors import Conflict
from parsing.corrections import ITEMS, STARTS, Correction, Verdict, apply_corrections, in_force

_LOCK = "corrections"


class Overtaken(Conflict):
    """Somebody else decided about the same thing since it was shown; ``others`` is what was decided."""

    def __init__(self, subject: str, others: Sequence[Correction]) -> None:
        super().__init__(subject, ", ".join(dict.fromkeys(other.actor for other in others)))
        self.others = tuple(others)


class Corrections:
    """The record of what persons decided about letters as read."""

    def __init__(self, database: Database, packets: Packets) -> None:
        self._database = database
        self._packets = packets

    def of(self, packet_id: str) -> tuple[Correction, ...]:
        """Every decision about a packet, oldest first, those taken back included."""
        with self._database.reading() as session:
            return _stored(session, packet_id)

    def latest(self, packet_id: str) -> int:
        """The id of the last decision about a packet, 0 if there is none: the version that a screen shows."""
        query = select(func.max(CorrectionRecord.id)).where(CorrectionRecord.packet_id == packet_id)
        with self._database.reading() as session:
            return session.execute(query).scalar_one() or 0

    def add(self, packet_id: str, decisions: Sequence[Correction], actor: str, seen: int) -> None:
        """Keeps decisions, all or none, with an event of the audit trail for each. ``seen`` is the version that the
        person saw. Raises :class:`Overtaken` if somebody has decided otherwise since, and
        :class:`letters.errors.NotFound` for a packet that is not there.
        """
        with self._database.writing(packet_id) as session:
            parses.lock_packet(session, packet_id)
            since = [one for one in _stored(session, packet_id) if one.id > seen]
            others = [other for other in since if any(_collide(one, other) for one in decisions)]
            if others:
                raise Overtaken(packet_id[:12], others)
            for one in decisions:
                session.add(CorrectionRecord(
                    packet_id=packet_id, page=one.page, field=one.field, verdict=one.verdict.value, before=one.before,
                    after=one.after, actor=actor, at=self._database.now(session)))
                action = "review-accepted" if one.accepts else f"review-{one.verdict.value}"
                note(self._database, session, actor, action, f"packet:{packet_id}", f"page {one.page} {one.field}",
                     one.before, one.after)

    def keep(self, packet_id: str, packet: Packet, actor: str = PROGRAM) -> None:
        """Stores a fresh parse with all decisions laid over it."""
        with self._database.exclusively(_LOCK):
            self._packets.save_parse(packet_id, apply_corrections(packet, self.of(packet_id)), actor)

    def lay_over(self, packet_id: str, decisions: Sequence[Correction], actor: str) -> None:
        """Lays decisions just made over the letters as stored; without effect on a packet not parsed yet."""
        with self._database.exclusively(_LOCK):
            packet = self._packets.parse(packet_id)
            if packet is not None:
                self._packets.save_parse(packet_id, apply_corrections(packet, decisions), actor)


def standing(corrections: Sequence[Correction]) -> dict[tuple[int, str, str | None], Correction]:
    """The last decision in force by page and field, and for entries of lists by their value."""
    return {(one.page, one.field, one.after if one.field in ITEMS else None): one for one in in_force(corrections)}


def _stored(session: Session, packet_id: str) -> tuple[Correction, ...]:
    query = select(CorrectionRecord).where(CorrectionRecord.packet_id == packet_id).order_by(CorrectionRecord.id)
    return tuple(Correction(row.page, row.field, Verdict(row.verdict), row.before, row.after, row.actor, row.at, row.id)
                 for row in session.scalars(query))


def _collide(mine: Correction, other: Correction) -> bool:
    """Whether keeping mine would overwrite, unseen, what somebody else decided."""
    if STARTS in (mine.field, other.field):
        return (mine.page, mine.field, mine.after) != (other.page, other.field, other.after)
    if (mine.page, mine.field) != (other.page, other.field):
        return False
    if (mine.verdict, mine.after) == (other.verdict, other.after):
        return False
    if mine.field not in ITEMS or Verdict.WITHDRAW in (mine.verdict, other.verdict):
        return True
    return mine.before is not None and mine.before in (other.before, other.after)

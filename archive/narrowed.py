"""Packets narrowed: those in which something waits for a person, those that failed, those of a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from archive.schema import JobRecord, PacketNameRecord, PacketRecord, ParseRecord, StageRecord

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which packets are wanted: whose file name holds ``words``; where something ``waits`` for a person; where a stage
    or the last job ``failed``."""

    words: str = ""
    waits: bool = False
    failed: bool = False

    def where(self) -> list[ColumnElement[bool]]:
        """As conditions of a query over packets."""
        found: list[ColumnElement[bool]] = []
        if self.words:
            found.append(PacketRecord.id.in_(select(PacketNameRecord.packet_id).where(
                PacketNameRecord.name.icontains(self.words, autoescape=True))))
        if self.waits:
            found.append(PacketRecord.id.in_(select(ParseRecord.packet_id).where(ParseRecord.waiting > 0)))
        if self.failed:
            found.append(or_(PacketRecord.id.in_(select(StageRecord.packet_id).where(StageRecord.state == FAILED)),
                             PacketRecord.id.in_(_last_job_failed())))
        return found


def _last_job_failed() -> Select[str | None]:
    """Ids of packets of which the latest job failed: a fault of the program leaves its stage running."""
    later = aliased(JobRecord)
    newest = select(func.max(later.id)).where(later.packet_id == JobRecord.packet_id).scalar_subquery()
    return select(JobRecord.packet_id).where(JobRecord.state == FAILED, JobRecord.id == newest)

"""Letters with a secrecy class (ลับ, ลับมาก, ลับที่สุด): nothing of them leaves the house by feed or mail."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from archive.database import Database
from archive.schema import NodeCopyRecord, ReadingRecord


def secret_nodes(database: Database) -> frozenset[str]:
    """Ids of letters of which any copy shows a class: one misread copy must not open what another one closes."""
    query = (select(NodeCopyRecord.node_id).join(ReadingRecord, and_(
        ReadingRecord.packet_id == NodeCopyRecord.packet_id, ReadingRecord.position == NodeCopyRecord.position))
        .where(ReadingRecord.field == "secrecy", or_(ReadingRecord.value.is_not(None), ReadingRecord.printed != ""))
        .distinct())
    with database.reading() as session:
        return frozenset(session.scalars(query))

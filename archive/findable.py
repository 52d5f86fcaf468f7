"""Who may find a letter, as words that the search index keeps beside it, so that its counts keep to areas too.

The words of a letter (``seers``): the offices it concerns with their district and province, and the people who took a
packet in that it came with. Those of a reader: the same for their own area, and their colleagues' names. A reader finds
a letter that shares a word with them. The index may lag behind for a moment: what is shown is asked of
:class:`archive.sight.Sights` again, and secret letters are in no index.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from archive.database import Database, chunks
from archive.schema import (
    AreaRecord,
    LinkRecord,
    NodeCopyRecord,
    NodeRecord,
    PacketNameRecord,
    UserRecord,
)
from archive.sight import Sight
from chain import LinkState

Seers = dict[str, set[str]]


class Findable:
    """Tells the words of letters and of readers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keys(self, sight: Sight) -> tuple[str, ...] | None:
        """The words of a reader, sorted; ``None`` for one who sees the whole house."""
        if sight.whole:
            return None
        with self._database.reading() as session:
            mates = set(session.scalars(select(UserRecord.name).where(UserRecord.office_code == sight.home))
                        if sight.home else ()) | {sight.user}
        areas = (("o", sight.office), ("d", sight.district), ("p", sight.province))
        area = next(({kind + code} for kind, code in areas if code), set())
        return tuple(sorted(area | {f"u{name}" for name in mates}))

    def seers(self, node_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The words of letters, sorted, by id; a letter that is only cited has those of the letters that cite it."""
        wanted = sorted(set(node_ids))
        with self._database.reading() as session:
            own, cited = _own(session, wanted), _citing(session, wanted)
            others = _own(session, sorted({source for sources in cited.values() for source in sources}))
        for node, sources in cited.items():
            own.setdefault(node, set()).update(*(others.get(source, set()) for source in sources))
        return {node: tuple(sorted(own.get(node, ()))) for node in wanted}

    def cited_only(self, node_ids: Iterable[str]) -> set[str]:
        """Ids of letters that are only cited, by any of these: who sees them hangs on these."""
        found: set[str] = set()
        with self._database.reading() as session:
            for some in chunks(sorted(set(node_ids))):
                found |= set(session.scalars(
                    select(NodeRecord.id).join(LinkRecord, LinkRecord.target == NodeRecord.id)
                    .where(NodeRecord.absent.is_(True), LinkRecord.source.in_(some))))
        return found


def _own(session: Session, nodes: list[str]) -> Seers:
    """Words of letters by their own copies."""
    found: Seers = {}
    areas = select(NodeCopyRecord.node_id, AreaRecord.office_code, AreaRecord.district, AreaRecord.province).join(
        AreaRecord, and_(AreaRecord.packet_id == NodeCopyRecord.packet_id,
                         AreaRecord.position == NodeCopyRecord.position))
    takers = select(NodeCopyRecord.node_id, PacketNameRecord.actor).join(
        PacketNameRecord, PacketNameRecord.packet_id == NodeCopyRecord.packet_id)
    for some in chunks(nodes):
        for node, office, district, province in session.execute(areas.where(NodeCopyRecord.node_id.in_(some))):
            words = found.setdefault(node, set())
            words |= {kind + code for kind, code in (("o", office), ("d", district), ("p", province)) if code}
        for node, actor in session.execute(takers.where(NodeCopyRecord.node_id.in_(some))):
            found.setdefault(node, set()).add(f"u{actor}")
    return found


def _citing(session: Session, nodes: list[str]) -> Seers:
    """For letters that are only cited, the letters that cite them."""
    found: Seers = {}
    for some in chunks(nodes):
        for target, source in session.execute(
                select(LinkRecord.target, LinkRecord.source).join(NodeRecord, NodeRecord.id == LinkRecord.target)
                .where(NodeRecord.absent.is_(True), LinkRecord.target.in_(some),
                       LinkRecord.state != LinkState.REJECTED.value)):
            found.setdefault(str(target), set()).add(source)
    return found

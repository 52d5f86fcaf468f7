"""Writes the graph of letters by difference: what is stored already and equal keeps its row and its revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from archive.audit import note
from archive.changes import ChangeKind, copy_key, mark
from archive.columns import date_columns, digest, number_columns, pack
from archive.database import Database, chunks
from archive.schema import NO_DAY, LinkRecord, NodeCopyRecord, NodeIdRecord, NodeRecord
from chain import Link, LinkState, MentionRef, Node
from chain.shelf import Part
from letters import codec

_MANY = 2000  # letters or links that are written at a time


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes into one transaction in the name of ``actor``; each method of :class:`archive.graph.Graphs` that changes
    anything takes one."""

    database: Database
    session: Session
    actor: str

    def all(self, nodes: Iterable[Node], links: Iterable[Link], aliases: Iterable[tuple[str, str]]) -> None:
        """Puts these letters and links in place of all."""
        names = self._all_nodes(nodes)
        self._all_links(links)
        self._ids(names, aliases)

    def part(self, part: Part) -> None:
        """Writes what linking some packets changed."""
        old = {row.id: row.data for row in self._links_of(part.loose)}
        new = {row["id"]: row for row in map(_link_row, part.links)}
        self._links(new, old)
        rows = {node.id: _node_row(node) for node in part.nodes}
        known = _digests(self.session, rows)
        self._nodes([node for node in part.nodes if known.get(node.id) != rows[node.id]["digest"]], list(part.gone))
        self._ids(rows, part.aliases)
        changed = [codec.load(data, Link) for key, data in old.items() if key not in new]
        changed += [codec.load(row["data"], Link) for key, row in new.items() if key not in old]
        mark(self.database, self.session, ChangeKind.DUTY, sorted(_touched(self.session, part, changed)))

    def _all_nodes(self, nodes: Iterable[Node]) -> list[str]:
        """Puts these letters in place of all; gives their ids."""
        stored = dict(self.session.execute(select(NodeRecord.id, NodeRecord.digest)).all())
        names: list[str] = []
        for some in chunks(nodes, _MANY):
            names += (node.id for node in some)
            changed = [node for node in some if stored.pop(node.id, None) != _node_row(node)["digest"]]
            self._nodes(changed, [])
        self._nodes([], list(stored))
        return names

    def _nodes(self, changed: list[Node], gone: list[str]) -> None:
        names = [node.id for node in changed]
        for keys in chunks(gone + names):
            self.session.execute(delete(NodeCopyRecord).where(NodeCopyRecord.node_id.in_(keys)))
        for keys in chunks(gone):
            self.session.execute(delete(NodeRecord).where(NodeRecord.id.in_(keys)))
        self._upsert(NodeRecord, ["id"], [_node_row(node) for node in changed])
        self._upsert(NodeCopyRecord, ["packet_id", "position"], [
            {"packet_id": ref.packet, "position": ref.index, "node_id": node.id}
            for node in changed for ref in node.copies])
        mark(self.database, self.session, ChangeKind.NODE, names)
        mark(self.database, self.session, ChangeKind.NODE, gone, gone=True)

    def _ids(self, names: Iterable[str], aliases: Iterable[tuple[str, str]]) -> None:
        """Remembers new ids in the order they were given, and which stand for others now."""
        wanted = sorted(set(names))
        there = {name for some in chunks(wanted)
                 for name in self.session.scalars(select(NodeIdRecord.id).where(NodeIdRecord.id.in_(some)))}
        last = self.session.execute(select(func.coalesce(func.max(NodeIdRecord.born), 0))).scalar_one()
        new = [{"id": name, "born": last + place, "stands": None}
               for place, name in enumerate((name for name in wanted if name not in there), start=1)]
        if new:
            self.session.execute(insert(NodeIdRecord), new)
        for name, stands in aliases:
            self.session.execute(update(NodeIdRecord).where(NodeIdRecord.id == name).values(stands=stands))
        for some in chunks(wanted):
            self.session.execute(update(NodeIdRecord).where(NodeIdRecord.id.in_(some), NodeIdRecord.stands.is_not(None))
                            .values(stands=None))

    def _upsert(self, table: Any, by: list[str], rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = self.database.insert(table)
        taken = {key: statement.excluded[key] for key in rows[0] if key not in by}
        self.session.execute(statement.on_conflict_do_update(index_elements=by, set_=taken), rows)

    def _all_links(self, links: Iterable[Link]) -> None:
        """Puts these links in place of all: first the new ones, then those that are none any more go."""
        stored = set(self.session.scalars(select(LinkRecord.id)))
        for some in chunks(links, _MANY):
            rows = {row["id"]: row for row in map(_link_row, some)}
            new = [row for key, row in rows.items() if key not in stored]
            stored.difference_update(rows)
            if new:
                self.session.execute(insert(LinkRecord), new)
        for keys in chunks(sorted(stored)):
            gone = [codec.load(data, Link) for data in
                    self.session.scalars(select(LinkRecord.data).where(LinkRecord.id.in_(keys)))]
            self.session.execute(delete(LinkRecord).where(LinkRecord.id.in_(keys)))
            now = {link.mention: link for row in self._links_of(link.mention for link in gone)
                   for link in (codec.load(row.data, Link),) if link.state is not LinkState.REJECTED}
            for link in gone:
                if link.mention in now and link.state is not LinkState.REJECTED:
                    self._note_change(link, now[link.mention])

    def _links_of(self, mentions: Iterable[MentionRef]) -> list[LinkRecord]:
        wanted = {(ref.copy.packet, ref.copy.index, ref.reference) for ref in mentions}
        return [row for packets in chunks(sorted({packet for packet, _, _ in wanted}))
                for row in self.session.scalars(select(LinkRecord).where(LinkRecord.packet_id.in_(packets)))
                if (row.packet_id, row.position, row.reference) in wanted]

    def _links(self, new: dict[str, dict[str, Any]], old: dict[str, str]) -> None:
        """Puts links in place of others; what is among both stays untouched."""
        before: dict[MentionRef, Link] = {}
        for key, data in old.items():
            if key not in new:
                link = codec.load(data, Link)
                before[link.mention] = link
        for keys in chunks(key for key in old if key not in new):
            self.session.execute(delete(LinkRecord).where(LinkRecord.id.in_(keys)))
        rows = [row for key, row in new.items() if key not in old]
        if rows:
            self.session.execute(insert(LinkRecord), rows)
        for row in rows:
            link = codec.load(row["data"], Link)
            if link.mention in before:
                self._note_change(before[link.mention], link)

    def _note_change(self, before: Link, now: Link) -> None:
        """An event where a citation means another letter or stands differently."""
        if _stands(before) != _stands(now):
            note(self.database, self.session, self.actor, "link-changed", f"letter:{copy_key(now.mention.copy)}",
                 f"references[{now.mention.reference}]", _stands(before), _stands(now))


def in_packets(session: Session, packets: Iterable[str]) -> set[str]:
    """The letters (ids) of which a copy lies in one of the packets."""
    return {name for some in chunks(sorted(set(packets))) for name in session.scalars(
        select(NodeCopyRecord.node_id).where(NodeCopyRecord.packet_id.in_(some)))}


def _touched(session: Session, part: Part, changed: Iterable[Link]) -> set[str]:
    """The letters whose duties may change with a part: those written, those at both ends of a changed citation, and
    those that lie in a packet with one, for what lies on top of it may be another now."""
    links = list(changed)
    found = {node.id for node in part.nodes} | set(part.gone) | {name for pair in part.aliases for name in pair}
    found |= {name for link in links for name in (link.source, link.target) if name}
    return found | in_packets(session, {link.mention.copy.packet for link in links})


def _digests(session: Session, names: Iterable[str]) -> dict[str, str]:
    return {name: found for some in chunks(names)
            for name, found in session.execute(
                select(NodeRecord.id, NodeRecord.digest).where(NodeRecord.id.in_(some))).all()}


def _node_row(node: Node) -> dict[str, Any]:
    data = pack(node)
    return {"id": node.id, **number_columns(node.number), **date_columns(node.date),
            "sort_day": node.date.latest if node.date else NO_DAY, "issuer": node.issuer, "subject": node.subject,
            "absent": node.absent, "digest": digest(data), "data": data}


def _link_row(link: Link) -> dict[str, Any]:
    data = pack(link)
    copy = link.mention.copy
    return {"id": digest(data), "source": link.source, "target": link.target, "relation": link.relation.value,
            "state": link.state.value, "score": link.score, "packet_id": copy.packet, "position": copy.index,
            "reference": link.mention.reference, "data": data}


def _stands(link: Link) -> str:
    return f"{link.relation} {link.target or '–'} ({link.state})"

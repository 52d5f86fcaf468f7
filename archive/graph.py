"""The graph of letters: derived, saved by difference, so that an unchanged letter keeps its row and its revision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.changes import ChangeKind, copy_key, mark
from archive.columns import date_columns, digest, number_columns, pack, serial_key
from archive.database import Database, chunks
from archive.linking import replace_all, write_records
from archive.lookup import letters_meant
from archive.schema import NO_DAY, LinkRecord, NodeCopyRecord, NodeIdRecord, NodeRecord
from archive.sight import Sight, nodes_seen
from chain import CopyRef, Graph, Known, Link, LinkState, MentionRef, Node
from chain.asked import Asked
from chain.bulk import Bulk
from chain.ids import Place
from chain.shelf import Part
from letters import LetterNumber, codec
from letters.errors import NotFound

_MANY = 2000  # letters or links that are written at a time


class Graphs:
    """Keeps one graph: all letters and the links between them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, graph: Graph, actor: str = PROGRAM) -> None:
        """Makes the stored graph equal to this one, in one transaction; an equal graph changes nothing.

        The audit trail gets an event for every citation that now means another letter or stands differently.
        """
        with self._database.writing("graph") as session:
            self._database.lock(session, "graph")
            self._save_all(session, graph.nodes, graph.links, graph.aliases, actor)

    def save_linked(self, linked: Bulk, actor: str = PROGRAM) -> None:
        """:meth:`save`, letter by letter, with the records that the graph was made of in place of all there were."""
        with self._database.writing("graph") as session:
            self._database.lock(session, "graph")
            replace_all(session, linked.heads.values(), linked.mentions.values())
            self._save_all(session, linked.nodes(), linked.links(), linked.aliases, actor)

    def _save_all(self, session: Session, nodes: Iterable[Node], links: Iterable[Link],
                  aliases: Iterable[tuple[str, str]], actor: str) -> None:
        names = self._save_nodes(session, nodes)
        self._save_links(session, links, actor)
        self._save_ids(session, names, aliases)

    def save_part(self, part: Part, actor: str = PROGRAM) -> None:
        """Writes what linking some packets changed, and nothing else, in one transaction."""
        with self._database.writing("graph") as session:
            self._database.lock(session, "graph")
            write_records(session, part.packets, part.heads, part.mentions)
            old = {row.id: row.data for row in self._links_of(session, part.loose)}
            new = {row["id"]: row for row in map(_link_row, part.links)}
            self._write_links(session, new, old, actor)
            rows = {node.id: _node_row(node) for node in part.nodes}
            known = _digests(session, rows)
            self._write_nodes(session, [node for node in part.nodes if known.get(node.id) != rows[node.id]["digest"]],
                              list(part.gone))
            self._save_ids(session, rows, part.aliases)
            changed = [codec.load(data, Link) for key, data in old.items() if key not in new]
            changed += [codec.load(row["data"], Link) for key, row in new.items() if key not in old]
            mark(self._database, session, ChangeKind.DUTY, sorted(_touched(session, part, changed)))

    def known(self) -> Known:
        """The ids given so far and where they are at home, for linking everything anew."""
        with self._database.reading() as session:
            at: dict[Place, str] = {
                CopyRef(packet, position): node for packet, position, node in session.execute(
                    select(NodeCopyRecord.packet_id, NodeCopyRecord.position, NodeCopyRecord.node_id))}
            waiting = (select(LinkRecord.packet_id, LinkRecord.position, LinkRecord.reference, LinkRecord.target)
                       .join(NodeRecord, NodeRecord.id == LinkRecord.target).where(NodeRecord.absent.is_(True)))
            at.update((MentionRef(CopyRef(packet, position), reference), node)
                      for packet, position, reference, node in session.execute(waiting) if node)
            born = dict(session.execute(select(NodeIdRecord.id, NodeIdRecord.born)).all())
        return Known(at, born)

    def load(self) -> Graph:
        """The whole graph, nodes by id and links by mention."""
        with self._database.reading() as session:
            nodes = [codec.load(data, Node) for data in session.scalars(select(NodeRecord.data))]
            links = [codec.load(data, Link) for data in session.scalars(select(LinkRecord.data))]
        return Graph(tuple(sorted(nodes, key=lambda node: node.id)), tuple(sorted(links, key=_link_order)))

    def count(self, *, absent: bool | None = None, sight: Sight | None = None) -> int:
        """How many letters there are; with ``absent`` only those cited but not here, or only those here, with
        ``sight`` only those that somebody sees."""
        query = select(func.count()).select_from(NodeRecord)
        if sight is not None:
            query = query.where(nodes_seen(sight))
        if absent is not None:
            query = query.where(NodeRecord.absent == absent)
        with self._database.reading() as session:
            return session.execute(query).scalar_one()

    def node(self, node_id: str) -> Node:
        """The letter with this id, or one that it had before. Raises :class:`letters.errors.NotFound`."""
        found = self._nodes(NodeRecord.id == node_id) or self._nodes(NodeRecord.id == self.stands_for(node_id))
        if not found:
            raise NotFound(node_id)
        return found[0]

    def several(self, ids: Iterable[str]) -> dict[str, Node]:
        """Those of the letters that are there, by id, in one question for many."""
        return {node.id: node for some in chunks(sorted(set(ids))) for node in self._nodes(NodeRecord.id.in_(some))}

    def in_packets(self, packets: Iterable[str]) -> set[str]:
        """The letters (ids) of which a copy lies in one of the packets."""
        with self._database.reading() as session:
            return _in_packets(session, packets)

    def stands_for(self, node_id: str) -> str:
        """The id that stands for this one now: itself, unless its letter was found to be one with an older one."""
        with self._database.reading() as session:
            seen: set[str] = set()
            while node_id not in seen:
                seen.add(node_id)
                row = session.get(NodeIdRecord, node_id)
                node_id = row.stands if row and row.stands else node_id
        return node_id

    def node_of(self, ref: CopyRef) -> Node | None:
        """The letter a copy is one of; ``None`` until it is linked."""
        here = select(NodeCopyRecord.node_id).where(
            NodeCopyRecord.packet_id == ref.packet, NodeCopyRecord.position == ref.index)
        found = self._nodes(NodeRecord.id.in_(here))
        return found[0] if found else None

    def nodes(self, after: str | None = None, limit: int = 50, *, first: dt.date | None = None,
              last: dt.date | None = None, sender: str | None = None, absent: bool | None = None,
             sight: Sight | None = None) -> list[Node]:
        """Letters, newest first, undated ones last; those after the letter with the id ``after``.

        ``first`` and ``last`` (CE, both inclusive) keep those whose date may lie between, ``sender`` those whose
        issuer contains the words, ``absent`` those (not) here, ``sight`` those that somebody sees.
        """
        where = _within(first, last)
        if sight is not None:
            where.append(nodes_seen(sight))
        if sender:
            where.append(NodeRecord.issuer.contains(sender, autoescape=True))
        if absent is not None:
            where.append(NodeRecord.absent == absent)
        if after is not None:
            where.append(self._beyond(after))
        return self._nodes(*where, limit=limit)

    def nodes_by_number(self, number: LetterNumber) -> list[Node]:
        """Letters of every year with this number, newest first. What the number leaves out may be anything, but
        with or without ว must agree; leading zeros of the running number do not count."""
        where = [NodeRecord.circular == number.circular]
        parts = ((NodeRecord.code, number.code), (NodeRecord.agency, number.agency),
                 (NodeRecord.serial, serial_key(number)))
        return self._nodes(*where, *(column == part for column, part in parts if part is not None))

    def meant(self, asked: Asked, sight: Sight | None = None) -> list[Node]:
        """Letters that a query as understood could mean, a bounded number, for :func:`chain.look_up` to rank; with
        ``sight`` only those that somebody sees."""
        with self._database.reading() as session:
            return letters_meant(session, asked, None if sight is None else nodes_seen(sight))

    def nodes_by_date(self, first: dt.date, last: dt.date) -> list[Node]:
        """Letters whose date may lie between two days (CE, both inclusive), newest first."""
        return self._nodes(*_within(first, last))

    def links_from(self, node_id: str) -> list[Link]:
        """What a letter cites, in the order of its mentions."""
        return self._links(LinkRecord.source == node_id)

    def links_to(self, node_id: str) -> list[Link]:
        """Where a letter is cited."""
        return self._links(LinkRecord.target == node_id)

    def links_beside(self, ids: Iterable[str], *, cited: bool) -> list[Link]:
        """Where any of the letters is ``cited``, or else what they cite, in one question for many."""
        column = LinkRecord.target if cited else LinkRecord.source
        return [link for some in chunks(sorted(set(ids))) for link in self._links(column.in_(some))]

    def _nodes(self, *where: ColumnElement[bool], limit: int | None = None) -> list[Node]:
        query = (select(NodeRecord.data).where(*where)
                 .order_by(NodeRecord.sort_day.desc(), NodeRecord.id).limit(limit))
        with self._database.reading() as session:
            return [codec.load(data, Node) for data in session.scalars(query)]

    def _links(self, where: ColumnElement[bool]) -> list[Link]:
        with self._database.reading() as session:
            links = [codec.load(data, Link) for data in session.scalars(select(LinkRecord.data).where(where))]
        return sorted(links, key=_link_order)

    def _beyond(self, node_id: str) -> ColumnElement[bool]:
        with self._database.reading() as session:
            day = session.execute(select(NodeRecord.sort_day).where(NodeRecord.id == node_id)).scalar_one_or_none()
        if day is None:
            raise NotFound(node_id)
        return or_(NodeRecord.sort_day < day, and_(NodeRecord.sort_day == day, NodeRecord.id > node_id))

    def _save_nodes(self, session: Session, nodes: Iterable[Node]) -> list[str]:
        """Puts these letters in place of all; gives their ids."""
        stored = dict(session.execute(select(NodeRecord.id, NodeRecord.digest)).all())
        names: list[str] = []
        for some in chunks(nodes, _MANY):
            names += (node.id for node in some)
            changed = [node for node in some if stored.pop(node.id, None) != _node_row(node)["digest"]]
            self._write_nodes(session, changed, [])
        self._write_nodes(session, [], list(stored))
        return names

    def _write_nodes(self, session: Session, changed: list[Node], gone: list[str]) -> None:
        names = [node.id for node in changed]
        for keys in chunks(gone + names):
            session.execute(delete(NodeCopyRecord).where(NodeCopyRecord.node_id.in_(keys)))
        for keys in chunks(gone):
            session.execute(delete(NodeRecord).where(NodeRecord.id.in_(keys)))
        self._upsert(session, NodeRecord, ["id"], [_node_row(node) for node in changed])
        self._upsert(session, NodeCopyRecord, ["packet_id", "position"], [
            {"packet_id": ref.packet, "position": ref.index, "node_id": node.id}
            for node in changed for ref in node.copies])
        mark(self._database, session, ChangeKind.NODE, names)
        mark(self._database, session, ChangeKind.NODE, gone, gone=True)

    def _save_ids(self, session: Session, names: Iterable[str], aliases: Iterable[tuple[str, str]]) -> None:
        """Remembers new ids in the order they were given, and which stand for others now."""
        wanted = sorted(set(names))
        there = {name for some in chunks(wanted)
                 for name in session.scalars(select(NodeIdRecord.id).where(NodeIdRecord.id.in_(some)))}
        last = session.execute(select(func.coalesce(func.max(NodeIdRecord.born), 0))).scalar_one()
        new = [{"id": name, "born": last + place, "stands": None}
               for place, name in enumerate((name for name in wanted if name not in there), start=1)]
        if new:
            session.execute(insert(NodeIdRecord), new)
        for name, stands in aliases:
            session.execute(update(NodeIdRecord).where(NodeIdRecord.id == name).values(stands=stands))
        for some in chunks(wanted):
            session.execute(update(NodeIdRecord).where(NodeIdRecord.id.in_(some), NodeIdRecord.stands.is_not(None))
                            .values(stands=None))

    def _upsert(self, session: Session, table: Any, by: list[str], rows: list[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = self._database.insert(table)
        taken = {key: statement.excluded[key] for key in rows[0] if key not in by}
        session.execute(statement.on_conflict_do_update(index_elements=by, set_=taken), rows)

    def _save_links(self, session: Session, links: Iterable[Link], actor: str) -> None:
        """Puts these links in place of all: first the new ones, then those that are none any more go."""
        stored = set(session.scalars(select(LinkRecord.id)))
        for some in chunks(links, _MANY):
            rows = {row["id"]: row for row in map(_link_row, some)}
            new = [row for key, row in rows.items() if key not in stored]
            stored.difference_update(rows)
            if new:
                session.execute(insert(LinkRecord), new)
        for keys in chunks(sorted(stored)):
            gone = [codec.load(data, Link) for data in
                    session.scalars(select(LinkRecord.data).where(LinkRecord.id.in_(keys)))]
            session.execute(delete(LinkRecord).where(LinkRecord.id.in_(keys)))
            now = {link.mention: link for row in self._links_of(session, (link.mention for link in gone))
                   for link in (codec.load(row.data, Link),) if link.state is not LinkState.REJECTED}
            for link in gone:
                if link.mention in now and link.state is not LinkState.REJECTED:
                    self._note_change(session, link, now[link.mention], actor)

    def _links_of(self, session: Session, mentions: Iterable[MentionRef]) -> list[LinkRecord]:
        wanted = {(ref.copy.packet, ref.copy.index, ref.reference) for ref in mentions}
        return [row for packets in chunks(sorted({packet for packet, _, _ in wanted}))
                for row in session.scalars(select(LinkRecord).where(LinkRecord.packet_id.in_(packets)))
                if (row.packet_id, row.position, row.reference) in wanted]

    def _write_links(self, session: Session, new: dict[str, dict[str, Any]], old: dict[str, str], actor: str) -> None:
        """Puts links in place of others; what is among both stays untouched."""
        before: dict[MentionRef, Link] = {}
        for key, data in old.items():
            if key not in new:
                link = codec.load(data, Link)
                before[link.mention] = link
        for keys in chunks(key for key in old if key not in new):
            session.execute(delete(LinkRecord).where(LinkRecord.id.in_(keys)))
        rows = [row for key, row in new.items() if key not in old]
        if rows:
            session.execute(insert(LinkRecord), rows)
        for row in rows:
            link = codec.load(row["data"], Link)
            if link.mention in before:
                self._note_change(session, before[link.mention], link, actor)

    def _note_change(self, session: Session, before: Link, now: Link, actor: str) -> None:
        """An event where a citation means another letter or stands differently."""
        if _stands(before) != _stands(now):
            note(self._database, session, actor, "link-changed", f"letter:{copy_key(now.mention.copy)}",
                 f"references[{now.mention.reference}]", _stands(before), _stands(now))


def _in_packets(session: Session, packets: Iterable[str]) -> set[str]:
    return {name for some in chunks(sorted(set(packets))) for name in session.scalars(
        select(NodeCopyRecord.node_id).where(NodeCopyRecord.packet_id.in_(some)))}


def _touched(session: Session, part: Part, changed: Iterable[Link]) -> set[str]:
    """The letters whose duties may change with a part: those written, those at both ends of a changed citation, and
    those that lie in a packet with one, for what lies on top of it may be another now."""
    links = list(changed)
    found = {node.id for node in part.nodes} | set(part.gone) | {name for pair in part.aliases for name in pair}
    found |= {name for link in links for name in (link.source, link.target) if name}
    return found | _in_packets(session, {link.mention.copy.packet for link in links})


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


def _link_order(link: Link) -> tuple[MentionRef, str]:
    return link.mention, link.target or ""


def _within(first: dt.date | None, last: dt.date | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if first is not None:
        where.append(NodeRecord.date_to >= first)
    if last is not None:
        where.append(NodeRecord.date_from <= last)
    return where

"""The graph of letters: derived, saved by difference (:mod:`archive.graph_pen`), and looked into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, func, or_, select

from archive.audit import PROGRAM
from archive.columns import serial_key
from archive.database import Database, chunks
from archive.graph_pen import Pen, in_packets
from archive.linking import replace_all, write_records
from archive.lookup import letters_meant
from archive.schema import LinkRecord, NodeCopyRecord, NodeIdRecord, NodeRecord
from archive.sight import Sight, nodes_seen
from chain import CopyRef, Graph, Known, Link, MentionRef, Node
from chain.asked import Asked
from chain.bulk import Bulk
from chain.ids import Place
from chain.shelf import Part
from letters import LetterNumber, codec
from letters.errors import NotFound


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
            Pen(self._database, session, actor).all(graph.nodes, graph.links, graph.aliases)

    def save_linked(self, linked: Bulk, actor: str = PROGRAM) -> None:
        """:meth:`save`, letter by letter, with the records that the graph was made of in place of all there were."""
        with self._database.writing("graph") as session:
            self._database.lock(session, "graph")
            replace_all(session, linked.heads.values(), linked.mentions.values())
            Pen(self._database, session, actor).all(linked.nodes(), linked.links(), linked.aliases)

    def save_part(self, part: Part, actor: str = PROGRAM) -> None:
        """Writes what linking some packets changed, and nothing else, in one transaction."""
        with self._database.writing("graph") as session:
            self._database.lock(session, "graph")
            write_records(session, part.packets, part.heads, part.mentions)
            Pen(self._database, session, actor).part(part)

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
            return in_packets(session, packets)

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


def _link_order(link: Link) -> tuple[MentionRef, str]:
    return link.mention, link.target or ""


def _within(first: dt.date | None, last: dt.date | None) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if first is not None:
        where.append(NodeRecord.date_to >= first)
    if last is not None:
        where.append(NodeRecord.date_from <= last)
    return where

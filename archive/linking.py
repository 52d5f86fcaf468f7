"""What linking keeps beside the graph: records of copies and citations under their keys, so that a packet more costs
what it touches and not the whole archive."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from archive.columns import pack
from archive.database import Database, chunks
from archive.schema import (
    HeadKeyRecord,
    LinkingHeadRecord,
    LinkingMentionRecord,
    LinkRecord,
    MentionKeyRecord,
    NodeCopyRecord,
    NodeIdRecord,
    NodeRecord,
)
from chain import CopyRef, Link, MentionRef, Node
from chain.keys import keys_of
from chain.records import Head, Mention
from letters import codec

T = TypeVar("T")
_MANY = 4000  # rows in one statement


class SqlShelf:
    """The archive as a :class:`chain.shelf.Shelf`, within one session: what it says does not change meanwhile."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._loaded: dict[tuple[type, str], Any] = {}

    def heads(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, Head]:
        """Heads of copies; unknown ones are left out."""
        wanted, table = set(refs), LinkingHeadRecord
        rows = self._in(table.data, table.packet_id, {ref.packet for ref in refs}, table.packet_id, table.position)
        return {ref: self._load(data, Head) for data, packet, position in rows
                if (ref := CopyRef(packet, position)) in wanted}

    def mentions(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Mention]:
        """Citations; unknown ones are left out."""
        wanted, table = set(refs), LinkingMentionRecord
        rows = self._in(table.data, table.packet_id, {ref.copy.packet for ref in refs},
                        table.packet_id, table.position, table.reference)
        return {ref: self._load(data, Mention) for data, packet, position, reference in rows
                if (ref := MentionRef(CopyRef(packet, position), reference)) in wanted}

    def of_packets(self, packets: Collection[str]) -> tuple[list[Head], list[Mention]]:
        """All heads and citations of some packets."""
        heads = self._in(LinkingHeadRecord.data, LinkingHeadRecord.packet_id, packets)
        mentions = self._in(LinkingMentionRecord.data, LinkingMentionRecord.packet_id, packets)
        return ([self._load(data, Head) for data, in heads], [self._load(data, Mention) for data, in mentions])

    def heads_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[CopyRef]]:
        """Copies by key; for a key in ``limits`` none where there are more than that."""
        table = LinkingHeadRecord
        found = self._under(HeadKeyRecord, table, keys, limits, table.packet_id, table.position)
        return {key: [CopyRef(*row) for row in rows] for key, rows in found.items()}

    def mentions_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[MentionRef]]:
        """Citations by key, in the same way."""
        table = LinkingMentionRecord
        found = self._under(MentionKeyRecord, table, keys, limits, table.packet_id, table.position, table.reference)
        return {key: [MentionRef(CopyRef(packet, position), reference) for packet, position, reference in rows]
                for key, rows in found.items()}

    def nodes_of(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, str]:
        """The letter of each copy."""
        wanted, table = set(refs), NodeCopyRecord
        rows = self._in(table.node_id, table.packet_id, {ref.packet for ref in refs}, table.packet_id, table.position)
        return {ref: node for node, packet, position in rows if (ref := CopyRef(packet, position)) in wanted}

    def copies_of(self, nodes: Collection[str]) -> Mapping[str, Collection[CopyRef]]:
        """The copies of each letter."""
        found: dict[str, list[CopyRef]] = defaultdict(list)
        table = NodeCopyRecord
        for node, packet, position in self._in(table.node_id, table.node_id, nodes, table.packet_id, table.position):
            found[node].append(CopyRef(packet, position))
        return found

    def links_of(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Collection[Link]]:
        """The links of citations, rejected ones too."""
        wanted, found, table = set(refs), defaultdict(list), LinkRecord
        rows = self._in(table.data, table.packet_id, {ref.copy.packet for ref in refs},
                        table.packet_id, table.position, table.reference)
        for data, packet, position, reference in rows:
            if (ref := MentionRef(CopyRef(packet, position), reference)) in wanted:
                found[ref].append(self._load(data, Link))
        return found

    def links_to(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that go to some letters."""
        return [self._load(data, Link) for data, in self._in(LinkRecord.data, LinkRecord.target, nodes)]

    def links_from(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that come from some letters."""
        return [self._load(data, Link) for data, in self._in(LinkRecord.data, LinkRecord.source, nodes)]

    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Letters by id; unknown ones are left out."""
        rows = self._in(NodeRecord.data, NodeRecord.id, ids)
        return {node.id: node for data, in rows for node in (self._load(data, Node),)}

    def born(self, ids: Collection[str]) -> Mapping[str, int]:
        """In which order ids were given; ids never given are left out."""
        return {name: born for born, name in self._in(NodeIdRecord.born, NodeIdRecord.id, ids, NodeIdRecord.id)}

    def _load(self, data: str, kind: type[T]) -> T:
        """A stored value; what is asked for again and again is unpacked once."""
        found: T | None = self._loaded.get((kind, data))
        if found is None:
            found = self._loaded[kind, data] = codec.load(data, kind)
        return found

    def _in(self, first: Any, column: Any, values: Iterable[Any], *more: Any) -> Iterator[Any]:
        for some in chunks(sorted(set(values))):
            yield from self._session.execute(select(first, *more).where(column.in_(some))).all()

    def _under(self, keyed: Any, table: Any, keys: Collection[int], limits: Mapping[int, int],
               *columns: Any) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        query = select(keyed.key, *columns).join(table, table.id == keyed.record)
        for some in chunks(sorted(set(keys) - set(limits))):
            for key, *row in self._session.execute(query.where(keyed.key.in_(some))).all():
                found[key].append(tuple(row))
        for key in sorted(set(keys) & set(limits)):
            rows = self._session.execute(query.where(keyed.key == key).limit(limits[key] + 1)).all()
            if len(rows) <= limits[key]:
                found[key] = [tuple(row) for _, *row in rows]
        return found


class Linking:
    """The records, and the shelf they make."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def shelf(self) -> Iterator[SqlShelf]:
        """The shelf as it stands."""
        with self._database.reading() as session:
            yield SqlShelf(session)


def write_records(session: Session, packets: Iterable[str], heads: Sequence[Head], mentions: Sequence[Mention]) -> None:
    """Puts the records of some packets in place of those they had."""
    for some in chunks(packets):
        _drop(session, LinkingHeadRecord, HeadKeyRecord, some, lambda data: keys_of(codec.load(data, Head).facts))
        _drop(session, LinkingMentionRecord, MentionKeyRecord, some,
              lambda data: keys_of(codec.load(data, Mention).cited))
    add_records(session, heads, mentions)


def replace_all(session: Session, heads: Iterable[Head], mentions: Iterable[Mention]) -> None:
    """Puts these records in place of all."""
    for table in (LinkingHeadRecord, HeadKeyRecord, LinkingMentionRecord, MentionKeyRecord):
        session.execute(delete(table))
    add_records(session, heads, mentions)


def add_records(session: Session, heads: Iterable[Head], mentions: Iterable[Mention]) -> None:
    """Adds records with their keys, the keys in order, so that a large index is written in one sweep."""
    _add(session, LinkingHeadRecord, HeadKeyRecord, (
        ({"packet_id": head.ref.packet, "position": head.ref.index, "data": pack(head)}, keys_of(head.facts))
        for head in heads))
    _add(session, LinkingMentionRecord, MentionKeyRecord, (
        ({"packet_id": one.ref.copy.packet, "position": one.ref.copy.index, "reference": one.ref.reference,
          "data": pack(one)}, keys_of(one.cited)) for one in mentions))


def _add(session: Session, table: Any, keyed: Any, records: Iterable[tuple[dict[str, Any], frozenset[int]]]) -> None:
    number = session.execute(select(func.coalesce(func.max(table.id), 0))).scalar_one()
    keys, owners = array("q"), array("q")
    for some in chunks(records, _MANY):
        session.execute(insert(table), [row | {"id": number + place} for place, (row, _) in enumerate(some, start=1)])
        for _, under in some:
            number += 1
            keys.extend(under)
            owners.extend([number] * len(under))
    for key_rows in _sorted_rows(keys, owners):
        session.execute(insert(keyed), key_rows)


def _sorted_rows(keys: array[int], owners: array[int]) -> Iterator[list[dict[str, int]]]:
    """Rows of keys in order, some at a time; a million letters have twenty million."""
    under, records = np.frombuffer(keys, np.int64), np.frombuffer(owners, np.int64)
    order = np.lexsort((records, under))
    for start in range(0, len(order), _MANY):
        some = order[start : start + _MANY]
        both = zip(under[some].tolist(), records[some].tolist(), strict=True)
        yield [{"key": key, "record": record} for key, record in both]


def _drop(session: Session, table: Any, keyed: Any, packets: Sequence[str], keys: Any) -> None:
    for number, data in session.execute(select(table.id, table.data).where(table.packet_id.in_(packets))).all():
        session.execute(delete(keyed).where(keyed.key.in_(keys(data)), keyed.record == number))
    session.execute(delete(table).where(table.packet_id.in_(packets)))

"""What linking keeps beside the graph: records of copies and citations under their keys, so that a packet more costs
what it touches and not the whole archive."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import Select, and_, bindparam, delete, func, insert, select
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
from chain import CopyRef, Link, LinkState, MentionRef, Node
from chain.ids import Place
from chain.keys import keys_of
from chain.records import Head, Mention
from letters import codec

T = TypeVar("T")
P = TypeVar("P", CopyRef, MentionRef)
_MANY = 4000  # rows in one statement
_VALUES = "among"  # the values of a prepared question


class SqlShelf:
    """The archive as a :class:`chain.shelf.Shelf`, within one session: what it says does not change meanwhile, and
    no row is fetched by its place, and no value unpacked, twice."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: dict[tuple[Any, ...], dict[Any, list[Any]]] = defaultdict(dict)
        self._loaded: dict[tuple[type, str], Any] = {}
        self._numbers: dict[Place, int] = {}

    def heads(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, Head]:
        """Heads of copies; unknown ones are left out."""
        wanted, table = set(refs), LinkingHeadRecord
        rows = self._records(table, wanted, {ref.packet for ref in wanted - self._numbers.keys()}, table.position)
        return {ref: self._load(data, Head) for packet, position, data in rows
                if (ref := CopyRef(packet, position)) in wanted}

    def mentions(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Mention]:
        """Citations; unknown ones are left out."""
        wanted, table = set(refs), LinkingMentionRecord
        rows = self._records(table, wanted, {ref.copy.packet for ref in wanted - self._numbers.keys()},
                             table.position, table.reference)
        return {ref: self._load(data, Mention) for packet, position, reference, data in rows
                if (ref := MentionRef(CopyRef(packet, position), reference)) in wanted}

    def of_packets(self, packets: Collection[str]) -> tuple[list[Head], list[Mention]]:
        """All heads and citations of some packets."""
        heads, mentions = LinkingHeadRecord, LinkingMentionRecord
        return ([self._load(data, Head) for _, data in self._in(heads.packet_id, packets, heads.data)],
                [self._load(data, Mention) for _, data in self._in(mentions.packet_id, packets, mentions.data)])

    def heads_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[CopyRef]]:
        """Copies by key; for a key in ``limits`` none where there are more than that."""
        found = self._under(_heads_under_keys(), keys, limits)
        return {key: [self._numbered(CopyRef(packet, position), number) for number, packet, position in rows]
                for key, rows in found.items()}

    def mentions_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[int, Collection[MentionRef]]:
        """Citations by key, in the same way."""
        found = self._under(_mentions_under_keys(), keys, limits)
        return {key: [self._numbered(MentionRef(CopyRef(packet, position), reference), number)
                      for number, packet, position, reference in rows] for key, rows in found.items()}

    def waiting_under(self, keys: Collection[int], limits: Mapping[int, int]) -> Mapping[MentionRef, str]:
        """Citations of letters that are not here, found by key in the same way, with their placeholders."""
        found = self._under(_waiting_under_keys(), keys, limits)
        return {self._numbered(MentionRef(CopyRef(packet, position), reference), number): name
                for rows in found.values() for number, packet, position, reference, name in rows}

    def nodes_of(self, refs: Collection[CopyRef]) -> Mapping[CopyRef, str]:
        """The letter of each copy."""
        wanted, table = set(refs), NodeCopyRecord
        rows = self._in(table.packet_id, {ref.packet for ref in refs}, table.position, table.node_id)
        return {ref: node for packet, position, node in rows if (ref := CopyRef(packet, position)) in wanted}

    def copies_of(self, nodes: Collection[str]) -> Mapping[str, Collection[CopyRef]]:
        """The copies of each letter."""
        found: dict[str, list[CopyRef]] = defaultdict(list)
        table = NodeCopyRecord
        for node, packet, position in self._in(table.node_id, nodes, table.packet_id, table.position):
            found[node].append(CopyRef(packet, position))
        return found

    def links_of(self, refs: Collection[MentionRef]) -> Mapping[MentionRef, Collection[Link]]:
        """The links of citations, rejected ones too."""
        wanted, found, table = set(refs), defaultdict(list), LinkRecord
        rows = self._in(table.packet_id, {ref.copy.packet for ref in refs}, table.position, table.reference, table.data)
        for packet, position, reference, data in rows:
            if (ref := MentionRef(CopyRef(packet, position), reference)) in wanted:
                found[ref].append(self._load(data, Link))
        return found

    def links_to(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that go to some letters."""
        return [self._load(data, Link) for _, data in self._in(LinkRecord.target, nodes, LinkRecord.data)]

    def links_from(self, nodes: Collection[str]) -> Collection[Link]:
        """All links that come from some letters."""
        return [self._load(data, Link) for _, data in self._in(LinkRecord.source, nodes, LinkRecord.data)]

    def nodes(self, ids: Collection[str]) -> Mapping[str, Node]:
        """Letters by id; unknown ones are left out."""
        return {name: self._load(data, Node) for name, data in self._in(NodeRecord.id, ids, NodeRecord.data)}

    def absent(self, ids: Collection[str]) -> set[str]:
        """Those of the letters that are cited but not here."""
        return {name for name, absent in self._in(NodeRecord.id, ids, NodeRecord.absent) if absent}

    def born(self, ids: Collection[str]) -> Mapping[str, int]:
        """In which order ids were given; ids never given are left out."""
        return dict(self._in(NodeIdRecord.id, ids, NodeIdRecord.born))

    def _load(self, data: str, kind: type[T]) -> T:
        found: T | None = self._loaded.get((kind, data))
        if found is None:
            found = self._loaded[kind, data] = codec.load(data, kind)
        return found

    def _numbered(self, ref: P, number: int) -> P:
        self._numbers[ref] = number
        return ref

    def _records(self, table: Any, refs: Iterable[P], packets: Iterable[str], *place: Any) -> Iterator[Any]:
        """Rows of packet, place in it and value: of the records found by a key before, and of whole packets."""
        known = {self._numbers[ref] for ref in refs if ref in self._numbers}
        yield from (row for _, *row in self._in(table.id, known, table.packet_id, *place, table.data))
        yield from self._in(table.packet_id, packets, *place, table.data)

    def _in(self, column: Any, values: Iterable[Any], *wanted: Any) -> Iterator[Any]:
        """Rows whose column has one of the values, which comes first in them."""
        told, asked = self._told[column, *wanted], set(values)
        for some in chunks(sorted(asked - told.keys())):
            told.update((value, []) for value in some)
            for row in self._session.execute(_among(column, *wanted), {_VALUES: some}).all():
                told[row[0]].append(row)
        return chain.from_iterable(told[value] for value in sorted(asked))

    def _under(self, query: Select[Any], keys: Collection[int], limits: Mapping[int, int],
               ) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for some in chunks(sorted(set(keys) - set(limits))):
            for key, *row in self._session.execute(query, {_VALUES: some}).all():
                found[key].append(tuple(row))
        for key in sorted(set(keys) & set(limits)):
            rows = self._session.execute(query.limit(limits[key] + 1), {_VALUES: [key]}).all()
            if len(rows) <= limits[key]:
                found[key] = [tuple(row) for _, *row in rows]
        return found


@cache
def _among(column: Any, *wanted: Any) -> Select[Any]:
    """What is wanted of rows whose column is among ``_VALUES``, made once: a packet more asks some fifty times."""
    return select(column, *wanted).where(column.in_(bindparam(_VALUES, expanding=True)))


def _keyed(keyed: Any, table: Any, *wanted: Any) -> Select[Any]:
    """Keys among ``_VALUES``, each with what is wanted of a record under it."""
    query = select(keyed.key, table.id, *wanted).join(table, table.id == keyed.record)
    return query.where(keyed.key.in_(bindparam(_VALUES, expanding=True)))


@cache
def _heads_under_keys() -> Select[Any]:
    return _keyed(HeadKeyRecord, LinkingHeadRecord, LinkingHeadRecord.packet_id, LinkingHeadRecord.position)


@cache
def _mentions_under_keys(*more: Any) -> Select[Any]:
    table = LinkingMentionRecord
    return _keyed(MentionKeyRecord, table, table.packet_id, table.position, table.reference, *more)


@cache
def _waiting_under_keys() -> Select[Any]:
    said, link = LinkingMentionRecord, LinkRecord
    query = _mentions_under_keys(link.target).join(link, and_(
        link.packet_id == said.packet_id, link.position == said.position, link.reference == said.reference))
    return query.join(NodeRecord, NodeRecord.id == link.target).where(
        NodeRecord.absent, link.state != LinkState.REJECTED.value)


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

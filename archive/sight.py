"""What somebody may see: the area of their office, and secret letters only where they are named.

A letter is seen by the house (users without an office), by the DLA, by the offices it concerns (its sender, its
addressees and theirs who got it enclosed: ``letter_areas``), and by the district and the province above those. A letter
that is only cited is seen by whoever sees a letter that cites it. A packet as a whole (its original, its text) is seen
by those who see every letter in it, and by the office that took it in.

Secret letters (ลับ, ลับมาก, ลับที่สุด) are seen by those named for a packet they came in and by the person who took
that packet in, who had the paper in hand. One copy that shows a class closes all copies, and their packets, to all
others: one misread copy must not open what another one closes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    false,
    insert,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from archive.changes import ChangeKind, mark
from archive.database import Database, chunks
from archive.schema import (
    AreaRecord,
    LetterRecord,
    LinkRecord,
    NodeCopyRecord,
    NodeRecord,
    PacketNameRecord,
    PacketRecord,
    ParseRecord,
    ReaderRecord,
    ReadingRecord,
    UserRecord,
)
from archive.users import LAO_ROLES, Role, User
from chain import CopyRef, LinkState

KEEPERS = frozenset({Role.CLERK, Role.ADMIN})
"""Roles that see packets before they are read, and that name the readers of secret ones."""

_DEPARTMENT = "DLA"


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose letters somebody sees: all (``whole``), or those of one ``office``, of a ``district`` (four digits:
    province and district) or of a ``province`` (two digits); with none of these, none. ``home`` is the office's code,
    ``keeper``: whether they see packets before those are read."""

    user: str
    whole: bool = False
    office: str = ""
    district: str = ""
    province: str = ""
    home: str = ""
    keeper: bool = False

    def covers(self, office: str) -> bool:
        """Whether an office (by code) is of the area."""
        return self.whole or bool(
            (self.office and office == self.office) or (self.district and office[1:5] == self.district)
            or (self.province and office[1:3] == self.province))


def sight_of(user: User) -> Sight:
    """What a user may see, by role and office. Users of LAOs and provinces without an office see nothing."""
    code, keeper = user.office or "", user.role in KEEPERS
    if user.role is Role.DEPARTMENT or (user.role not in LAO_ROLES and code == _DEPARTMENT):
        return Sight(user.name, whole=True, home=code, keeper=keeper)
    if not code:
        house = user.role not in LAO_ROLES and user.role is not Role.PROVINCE
        return Sight(user.name, whole=house, keeper=keeper)
    if code.startswith("P") and user.role not in LAO_ROLES:
        return Sight(user.name, province=code[1:3], home=code, keeper=keeper)
    if code.startswith("D") and user.role not in LAO_ROLES:
        return Sight(user.name, district=code[1:5], home=code, keeper=keeper)
    return Sight(user.name, office=code, home=code, keeper=keeper)


def packets_seen(sight: Sight) -> ColumnElement[bool]:
    """For a query over packets: those seen as a whole."""
    taken_in = PacketRecord.received_by == sight.user
    open_ones = or_(PacketRecord.id.not_in(secret_packets()), PacketRecord.id.in_(_named(sight)), taken_in)
    read = true() if sight.keeper else or_(exists().where(ParseRecord.packet_id == PacketRecord.id), taken_in)
    return and_(open_ones, read, packets_in_area(sight))


def nodes_seen(sight: Sight) -> ColumnElement[bool]:
    """For a query over letters (nodes): those seen."""
    cited = exists().where(LinkRecord.target == NodeRecord.id, LinkRecord.state != LinkState.REJECTED.value,
                           _present(sight, LinkRecord.source))
    seen = or_(and_(NodeRecord.absent.is_(False), _present(sight, NodeRecord.id)),
               and_(NodeRecord.absent.is_(True), cited))
    return seen if sight.whole else and_(NodeRecord.id.in_(_near(sight)), seen)


def secret_nodes() -> Select[str]:
    """Ids of letters of which any copy shows a class."""
    return select(NodeCopyRecord.node_id).join(ReadingRecord, and_(
        ReadingRecord.packet_id == NodeCopyRecord.packet_id, ReadingRecord.position == NodeCopyRecord.position)).where(
        _shows_class())


def secret_packets() -> Any:
    """Ids of packets with a copy that shows a class, or with a copy of a letter of which another one does."""
    return union(select(ReadingRecord.packet_id).where(_shows_class()),
                 select(NodeCopyRecord.packet_id).where(NodeCopyRecord.node_id.in_(secret_nodes())))


class Sights:
    """Answers who sees what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sees_packet(self, sight: Sight, packet_id: str) -> bool:
        """Whether the packet is seen as a whole."""
        query = select(PacketRecord.id).where(PacketRecord.id == packet_id, packets_seen(sight))
        with self._database.reading() as session:
            return session.execute(query).first() is not None

    def in_area(self, sight: Sight, packet_id: str) -> bool:
        """Whether the packet is of the area as a whole, whether secret or not."""
        query = select(PacketRecord.id).where(PacketRecord.id == packet_id, packets_in_area(sight))
        with self._database.reading() as session:
            return session.execute(query).first() is not None

    def sees_node(self, sight: Sight, node_id: str) -> bool:
        """Whether the letter is seen."""
        return bool(self.nodes(sight, [node_id]))

    def nodes(self, sight: Sight, ids: Iterable[str]) -> frozenset[str]:
        """Those of the letters that are seen."""
        found: set[str] = set()
        with self._database.reading() as session:
            for some in chunks(sorted(set(ids))):
                found |= set(session.scalars(select(NodeRecord.id).where(NodeRecord.id.in_(some), nodes_seen(sight))))
        return frozenset(found)

    def set_areas(self, packet_id: str, offices: Sequence[Iterable[str]]) -> None:
        """Keeps which offices (codes) each letter of a packet concerns, by its place; letters gone since are left
        out."""
        with self._database.writing(packet_id) as session:
            there = set(session.scalars(select(LetterRecord.position).where(LetterRecord.packet_id == packet_id)))
            stood = {(place, code) for place, code in session.execute(
                select(AreaRecord.position, AreaRecord.office_code).where(AreaRecord.packet_id == packet_id))}
            session.execute(delete(AreaRecord).where(AreaRecord.packet_id == packet_id))
            rows = [{"packet_id": packet_id, "position": place, "office_code": code, "province": code[1:3],
                     "district": "" if code.startswith("P") else code[1:5]}
                    for place, codes in enumerate(offices) if place in there for code in sorted(set(codes))]
            for some in chunks(rows):
                session.execute(insert(AreaRecord), some)
            if stood != {(row["position"], row["office_code"]) for row in rows}:  # the index keeps who may find what
                mark(self._database, session, ChangeKind.NODE, session.scalars(
                    select(NodeCopyRecord.node_id).where(NodeCopyRecord.packet_id == packet_id).distinct()).all())

    def areas(self, packet_id: str) -> dict[int, frozenset[str]]:
        """Which offices each letter of a packet concerns."""
        found: dict[int, set[str]] = {}
        query = select(AreaRecord.position, AreaRecord.office_code).where(AreaRecord.packet_id == packet_id)
        with self._database.reading() as session:
            for position, code in session.execute(query):
                found.setdefault(position, set()).add(code)
        return {position: frozenset(codes) for position, codes in found.items()}

    def closed(self, sight: Sight) -> frozenset[str]:
        """Ids of the secret letters that somebody is not named for: what quotes them is not told either."""
        query = select(NodeRecord.id).where(NodeRecord.id.in_(secret_nodes()), ~_open(sight, NodeRecord.id))
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def copies(self, sight: Sight, refs: Iterable[CopyRef]) -> tuple[CopyRef, ...]:
        """Those of the copies that are seen, in their order: of the area, and of no packet closed for secrecy."""
        wanted = tuple(refs)
        query = select(LetterRecord.packet_id, LetterRecord.position).where(
            _copy_in_area(sight, LetterRecord.packet_id, LetterRecord.position),
            or_(LetterRecord.packet_id.not_in(secret_packets()), LetterRecord.packet_id.in_(_named(sight))))
        with self._database.reading() as session:
            found = {CopyRef(packet, position) for some in chunks(sorted({ref.packet for ref in wanted}))
                     for packet, position in session.execute(query.where(LetterRecord.packet_id.in_(some)))}
        return tuple(ref for ref in wanted if ref in found)

    def any_secret(self, refs: Iterable[CopyRef]) -> bool:
        """Whether any of the copies is of a secret letter."""
        wanted = set(refs)
        shown = select(ReadingRecord.packet_id, ReadingRecord.position).where(_shows_class())
        linked = select(NodeCopyRecord.packet_id, NodeCopyRecord.position).where(
            NodeCopyRecord.node_id.in_(secret_nodes()))
        with self._database.reading() as session:
            for some in chunks(sorted({ref.packet for ref in wanted})):
                rows = union(shown.where(ReadingRecord.packet_id.in_(some)),
                             linked.where(NodeCopyRecord.packet_id.in_(some)))
                if any(CopyRef(packet, position) in wanted for packet, position in session.execute(rows)):
                    return True
        return False


def _present(sight: Sight, node: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """A letter that is here, seen by secrecy and area."""
    if sight.whole:
        return _open(sight, node)
    return and_(_open(sight, node), node.in_(union(*_of_area(sight))))


def _of_area(sight: Sight) -> tuple[Select[str], Select[str]]:
    """Ids of letters with a copy of the area, secret or not: those that concern it, and those its office took in."""
    concerned = select(NodeCopyRecord.node_id).join(AreaRecord, and_(
        AreaRecord.packet_id == NodeCopyRecord.packet_id, AreaRecord.position == NodeCopyRecord.position)).where(
        _area(sight))
    return concerned, select(NodeCopyRecord.node_id).where(NodeCopyRecord.packet_id.in_(_of_the_office(sight)))


def _near(sight: Sight) -> Any:
    """Ids among which all are that somebody sees: of the area, and cited there. It narrows nothing; a database that
    begins with these few need not pass the letters of the whole country."""
    return union(*_of_area(sight), select(LinkRecord.target).where(
        LinkRecord.target.is_not(None), LinkRecord.source.in_(union(*_of_area(sight)))))


def _open(sight: Sight, node: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """A letter that is not secret, or in a packet the person is named for."""
    mine = select(NodeCopyRecord.node_id).where(NodeCopyRecord.packet_id.in_(_named(sight)))
    return or_(node.not_in(secret_nodes()), node.in_(mine))


def _named(sight: Sight) -> Any:
    """Packets somebody is named for, or took in."""
    return union(select(ReaderRecord.packet_id).where(ReaderRecord.user_name == sight.user),
                 select(PacketRecord.id).where(PacketRecord.received_by == sight.user))


def packets_in_area(sight: Sight) -> ColumnElement[bool]:
    """For a query over packets: those of the area as a whole, whether secret or not."""
    if sight.whole:
        return true()
    letter = aliased(LetterRecord)
    some = PacketRecord.id.in_(select(AreaRecord.packet_id).where(_area(sight)))
    another = exists().where(letter.packet_id == PacketRecord.id, ~_concerns(sight, letter.packet_id, letter.position))
    return or_(PacketRecord.id.in_(_of_the_office(sight)), and_(some, ~another))


def _copy_in_area(sight: Sight, packet: InstrumentedAttribute[str],
                  position: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if sight.whole:
        return true()
    return or_(_concerns(sight, packet, position), packet.in_(_of_the_office(sight)))


def _concerns(sight: Sight, packet: InstrumentedAttribute[str],
              position: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return exists().where(AreaRecord.packet_id == packet, AreaRecord.position == position, _area(sight))


def _of_the_office(sight: Sight) -> Any:
    """Packets that somebody of the same office took in."""
    mates = select(UserRecord.name).where(UserRecord.office_code == sight.home) if sight.home else select(
        UserRecord.name).where(UserRecord.name == sight.user)
    return select(PacketNameRecord.packet_id).where(PacketNameRecord.actor.in_(mates))


def _area(sight: Sight) -> ColumnElement[bool]:
    for column, value in ((AreaRecord.office_code, sight.office), (AreaRecord.district, sight.district),
                          (AreaRecord.province, sight.province)):
        if value:
            return column == value
    return false()


def _shows_class() -> ColumnElement[bool]:
    # Literally, not as a bound value: so the index of just these readings is found.
    shown = or_(ReadingRecord.value.is_not(None), ReadingRecord.printed != "")
    return and_(ReadingRecord.field == literal_column("'secrecy'"), shown)

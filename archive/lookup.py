"""Which letters a typed number or date could mean, found by indexes: few, however many letters there are."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from archive.database import chunks
from archive.schema import HeadKeyRecord, LinkingHeadRecord, NodeCopyRecord, NodeRecord
from chain import Node
from chain.asked import Asked
from chain.keys import key
from letters import LetterDate, codec

MOST = 200
"""Letters that one way of finding gives at most, newest first."""

_LONGEST = 5  # digits of a running number, as a rule
_OWNER = 4    # digits of an owner code before its dot, at least
_PARTS = 100  # dotted parts of one owner code
_TOLD = 3     # digits from which on one of them may be wrong
_FEW = 2_000  # letters of an area that are looked through whole

Nodes = type[NodeRecord]


def letters_meant(session: Session, asked: Asked, seen: ColumnElement[bool] | None = None) -> list[Node]:
    """Letters that a query could mean, each once: those with its running number, now or as one copy was read, with one
    that begins so or is one digit off, and those of its day, owner letters or owner code. ``seen`` narrows them."""
    if seen is None:
        return _meant(session, asked, NodeRecord)
    few = session.scalars(select(NodeRecord.id).where(seen).limit(_FEW + 1)).all()
    if len(few) > _FEW:
        return _meant(session, asked, NodeRecord, seen)
    # The limit keeps a database from walking an index of the whole country's letters in place of these few.
    these = select(NodeRecord).where(NodeRecord.id.in_(few)).limit(_FEW).subquery()
    return _meant(session, asked, aliased(NodeRecord, these))


def _meant(session: Session, asked: Asked, nodes: Nodes, *where: ColumnElement[bool]) -> list[Node]:
    found: dict[str, Node] = {}
    serial = _serial(asked)
    if serial is not None:
        by_day = func.coalesce(nodes.sort_day, null()).desc()
        for narrowed in _narrowed(asked, nodes):
            found.update(_some(session, nodes, (nodes.serial == serial, *narrowed, *where), by_day))
    for block in _blocks(asked, serial, nodes):
        found.update(_some(session, nodes, (block, *where), nodes.sort_day.desc()))
    return list(found.values())


def _some(session: Session, nodes: Nodes, where: Sequence[ColumnElement[bool]],
          by_day: ColumnElement[Any]) -> dict[str, Node]:
    rows = session.scalars(select(nodes.data).where(*where).order_by(by_day, nodes.id).limit(MOST))
    return {node.id: node for node in (codec.load(data, Node) for data in rows)}


def _serial(asked: Asked) -> str | None:
    return asked.serial.lstrip("0") or asked.serial if asked.serial else None


def _narrowed(asked: Asked, nodes: Nodes) -> Iterator[list[ColumnElement[bool]]]:
    """What else was typed beside a running number; and nothing, for it may be wrong. Said of expressions, so that the
    index of running numbers is used: few letters have one, very many the same owner letters."""
    rest: list[ColumnElement[bool]] = []
    if asked.date:
        rest.append(func.coalesce(nodes.date_from, null()) <= asked.date.latest)
        rest.append(func.coalesce(nodes.date_to, null()) >= asked.date.earliest)
    if asked.code:
        rest.append(func.coalesce(nodes.code, null()) == asked.code)
    if asked.agency:
        rest.append(func.coalesce(nodes.agency, null()).startswith(asked.agency, autoescape=True))
    yield from ([rest, []] if rest else [[]])


def _blocks(asked: Asked, serial: str | None, nodes: Nodes) -> Iterator[ColumnElement[bool]]:
    """Ways to find letters other than by the whole number, the narrowest first."""
    rest = list(_rest(asked, nodes))
    if serial is None:
        if rest:
            yield and_(*rest)
        if asked.agency:
            yield and_(_longer(asked.agency, nodes), *_but_agency(asked, nodes))
        return
    yield nodes.id.in_(_read_so(serial))
    for some in chunks(sorted(beginning(serial) | near(serial))):
        yield and_(nodes.serial.in_(some), *rest)
    if asked.loose and asked.serial:
        yield and_(or_(nodes.agency == asked.serial, _longer(asked.serial, nodes)), *rest)
    if asked.date and asked.date.day:
        yield _on(asked.date, nodes)


def _rest(asked: Asked, nodes: Nodes) -> Iterator[ColumnElement[bool]]:
    """What else was typed, beside the running number. An owner code alone is looked for as it is and, apart, as the
    beginning of another: only so do the letters come in the order of the index."""
    yield from _but_agency(asked, nodes)
    if asked.agency and asked.serial:
        yield or_(nodes.agency == asked.agency, _longer(asked.agency, nodes))
    elif asked.agency:
        yield nodes.agency == asked.agency


def _but_agency(asked: Asked, nodes: Nodes) -> Iterator[ColumnElement[bool]]:
    if asked.date:
        yield _on(asked.date, nodes)
    if asked.code:
        yield nodes.code == asked.code


def _longer(agency: str, nodes: Nodes) -> ColumnElement[bool]:
    """Owner codes of which this is the beginning. Where it is as long as a whole one each that may follow is looked up
    by itself, for no index answers a pattern in every collation; shorter ones are rare."""
    if len(agency) < _OWNER:
        return nodes.agency.startswith(agency, autoescape=True)
    parts = [f"{agency}.{part}" for part in range(_PARTS)]
    return nodes.agency.in_([*parts, *(agency + digit for digit in string.digits)])


def _on(date: LetterDate, nodes: Nodes) -> ColumnElement[bool]:
    return and_(nodes.date_from <= date.latest, nodes.date_to >= date.earliest,
                nodes.date_from >= date.earliest.replace(month=1, day=1))


def _read_so(serial: str) -> ColumnElement[str]:
    """Letters of which a copy, or a covering letter for it, was read with this running number."""
    keys = [key("n", circular, serial) for circular in (True, False)]
    return (select(NodeCopyRecord.node_id)
            .join(LinkingHeadRecord, and_(LinkingHeadRecord.packet_id == NodeCopyRecord.packet_id,
                                          LinkingHeadRecord.position == NodeCopyRecord.position))
            .join(HeadKeyRecord, HeadKeyRecord.record == LinkingHeadRecord.id)
            .where(HeadKeyRecord.key.in_(keys)).limit(MOST).scalar_subquery())


def beginning(serial: str) -> set[str]:
    """Running numbers of which this is the beginning, of at most two digits more."""
    if not serial.isdigit():
        return set()
    longer = {serial}
    for _ in range(min(2, _LONGEST - len(serial))):
        longer |= {one + digit for one in longer for digit in string.digits}
    return longer


def near(serial: str) -> set[str]:
    """Running numbers one digit off: another digit, one more or less, two that changed places. None for short ones, of
    which too many are near."""
    if len(serial) < _TOLD:
        return set()
    places: Sequence[int] = range(len(serial) + 1)
    found = {serial[:place] + digit + serial[place:] for place in places for digit in string.digits}
    for place in range(len(serial)):
        rest = serial[place + 1 :]
        found |= {serial[:place] + digit + rest for digit in ("", *string.digits)}
        found |= {serial[:place] + rest[:1] + serial[place] + rest[1:]} if rest else set()
    return found - {serial, ""}

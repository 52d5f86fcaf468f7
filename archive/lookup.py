"""Which letters a typed number or date could mean, found by indexes: few, however many letters there are."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from archive.database import chunks
from archive.schema import HeadKeyRecord, LinkingHeadRecord, NodeCopyRecord, NodeRecord
from chain import Node
from chain.asked import Asked
from chain.keys import key
from letters import LetterDate, codec

MOST = 200
"""Letters that one way of finding gives at most, newest first."""

_LONGEST = 5  # digits of a running number, as a rule
_TOLD = 3     # digits from which on one of them may be wrong


def letters_meant(session: Session, asked: Asked, *where: ColumnElement[bool]) -> list[Node]:
    """Letters that a query could mean, each once: those with its running number, now or as one copy was read, with one
    that begins so or is one digit off, and those of its day, owner letters or owner code. ``where`` narrows them."""
    found: dict[str, Node] = {}
    for block in _blocks(asked):
        rows = session.scalars(select(NodeRecord.data).where(block, *where)
                               .order_by(NodeRecord.sort_day.desc(), NodeRecord.id).limit(MOST))
        found.update((node.id, node) for node in (codec.load(data, Node) for data in rows))
    return list(found.values())


def _blocks(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Ways to find letters, the narrowest first."""
    rest = list(_rest(asked))
    serial = asked.serial.lstrip("0") or asked.serial if asked.serial else None
    if serial is None:
        if rest:
            yield and_(*rest)
        return
    for narrowed in ([rest, []] if rest else [[]]):
        yield and_(NodeRecord.serial == serial, *narrowed)
    yield NodeRecord.id.in_(_read_so(serial))
    for some in chunks(sorted(beginning(serial) | near(serial))):
        yield and_(NodeRecord.serial.in_(some), *rest)
    if asked.loose:
        yield and_(NodeRecord.agency.startswith(asked.serial, autoescape=True), *rest)
    if asked.date and asked.date.day:
        yield _on(asked.date)


def _rest(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """What else was typed, beside the running number."""
    if asked.date:
        yield _on(asked.date)
    if asked.agency:
        yield or_(NodeRecord.agency == asked.agency, NodeRecord.agency.startswith(asked.agency, autoescape=True))
    if asked.code:
        yield NodeRecord.code == asked.code


def _on(date: LetterDate) -> ColumnElement[bool]:
    return and_(NodeRecord.date_from <= date.latest, NodeRecord.date_to >= date.earliest,
                NodeRecord.date_from >= date.earliest.replace(month=1, day=1))


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

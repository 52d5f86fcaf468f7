"""What changed since: every letter and node carries the revision of its last change, so that the index can follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.database import Database
from archive.schema import ChangeRecord, CounterRecord
from chain import CopyRef


class ChangeKind(StrEnum):
    """What changed: a copy of a letter as read, a letter of the graph, or what its duties hang on (by node id)."""

    COPY = "copy"
    NODE = "node"
    DUTY = "duty"


OF_LETTERS = (ChangeKind.COPY, ChangeKind.NODE)
"""What a reader of letters follows."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of one thing. ``key`` is a node's id, or ``<packet>/<index>`` of a copy; ``gone`` if removed."""

    revision: int
    kind: ChangeKind
    key: str
    gone: bool

    @property
    def copy(self) -> CopyRef:
        """The copy a COPY change is about."""
        packet, _, index = self.key.rpartition("/")
        return CopyRef(packet, int(index))


def copy_key(ref: CopyRef) -> str:
    """A copy's name in changes and in the audit trail."""
    return f"{ref.packet}/{ref.index}"


def list_changes(database: Database, after: int, limit: int, kinds: Collection[ChangeKind]) -> list[Change]:
    """Changes of some kinds with a revision above ``after``, in order. What changed twice appears once, at its latest
    revision."""
    query = (select(ChangeRecord).where(ChangeRecord.revision > after, ChangeRecord.kind.in_(kinds))
             .order_by(ChangeRecord.revision).limit(limit))
    with database.reading() as session:
        return [Change(row.revision, ChangeKind(row.kind), row.key, row.gone) for row in session.scalars(query)]


def latest(database: Database) -> int:
    """The highest revision given out so far."""
    with database.reading() as session:
        return session.execute(select(CounterRecord.value).where(CounterRecord.name == "revision")).scalar_one()


def mark(database: Database, session: Session, kind: ChangeKind, keys: Iterable[str], *, gone: bool = False) -> None:
    """Gives each key a new revision within the transaction that changes it."""
    rows = [{"kind": kind.value, "key": key, "gone": gone} for key in keys]
    if not rows:
        return
    last = session.execute(
        update(CounterRecord).where(CounterRecord.name == "revision")
        .values(value=CounterRecord.value + len(rows)).returning(CounterRecord.value)
    ).scalar_one()
    first = last - len(rows) + 1
    statement = database.insert(ChangeRecord)
    statement = statement.on_conflict_do_update(
        index_elements=["kind", "key"],
        set_={"revision": statement.excluded.revision, "gone": statement.excluded.gone},
    )
    session.execute(statement, [row | {"revision": first + place} for place, row in enumerate(rows)])

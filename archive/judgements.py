"""People's decisions, in the order they were made. Nothing that is derived can change or remove them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import select

from archive.audit import note
from archive.columns import pack
from archive.database import Database
from archive.places import placed, seen_by
from archive.schema import JudgementRecord
from chain import Judgement

LINKING = "linking"
"""The kind of decision that linking takes into account: :class:`chain.Judgement`."""
SEEN = "seen"
"""Where a decision's payload keeps what it is about."""


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One decision; ``at`` is UTC."""

    id: int
    kind: str
    payload: dict[str, Any]
    actor: str
    at: dt.datetime


class Judgements:
    """The record of decisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, payload: dict[str, Any], actor: str) -> int:
        """Keeps a decision and gives its id; ``payload`` is plain JSON."""
        with self._database.writing(kind) as session:
            row = JudgementRecord(kind=kind, payload=payload, actor=actor, at=self._database.now(session))
            session.add(row)
            session.flush()
            note(self._database, session, actor, "judgement", f"judgement:{row.id}", kind, None, pack(payload))
            return row.id

    def list(self, kind: str | None = None) -> tuple[JudgementRow, ...]:
        """Decisions of one kind or of all, oldest first."""
        query = select(JudgementRecord).order_by(JudgementRecord.id)
        if kind is not None:
            query = query.where(JudgementRecord.kind == kind)
        with self._database.reading() as session:
            return tuple(JudgementRow(row.id, row.kind, row.payload, row.actor, row.at)
                         for row in session.scalars(query))

    def add_linking(self, judgement: Judgement, actor: str) -> int:
        """Keeps a decision about a citation or about two copies, with what it is about in words: places in a packet
        change when it is read anew and cut differently."""
        with self._database.reading() as session:
            seen = seen_by(session, judgement)
        return self.add(LINKING, {**msgspec.to_builtins(judgement), SEEN: seen}, actor)

    def linking(self) -> tuple[Judgement, ...]:
        """The decisions that linking must obey, oldest first, at the places where what they are about stands now."""
        rows = [(msgspec.convert(row.payload, Judgement), row.payload.get(SEEN) or {}) for row in self.list(LINKING)]
        with self._database.reading() as session:
            return tuple(placed(session, rows))

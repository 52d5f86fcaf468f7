"""Packets: files taken in, the names they came under, how far they are, their pages and what parsing made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from sqlalchemy import ColumnElement, delete, func, or_, select, tuple_
from sqlalchemy.orm import Session

from archive import parses
from archive.audit import PROGRAM, note
from archive.columns import pack
from archive.database import Database, chunks
from archive.files import Files
from archive.jobs import PROCESS, add_job
from archive.narrowed import Narrowed
from archive.schema import PacketNameRecord, PacketRecord, PageRecord, ParseRecord, StageRecord
from archive.sight import Sight, packets_seen
from letters import Packet, Page, codec
from letters.errors import NotFound

SHORTEST_PREFIX = 8
"""Hex digits of a packet's id that may stand for the whole."""


class Stage(StrEnum):
    """The stages of the pipeline, in their order."""

    LOAD = "load"
    READ = "read"
    PARSE = "parse"
    STORE = "store"
    LINK = "link"
    TASKS = "tasks"
    INDEX = "index"


class StageState(StrEnum):
    """How a stage stands."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of one packet; ``detail`` is the message for people, ``at`` UTC."""

    stage: Stage
    state: StageState
    detail: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PacketRow:
    """A packet as listed. ``id``: SHA-256 in hex; ``name``: the first name it came under, ``names`` all of them;
    ``size`` in bytes; ``letter_count`` is ``None`` until it is parsed; ``waiting``: fields of its letters that wait
    for a person; ``stages`` as far as begun."""

    id: str
    name: str
    stem: str
    names: tuple[str, ...]
    size: int
    received_at: dt.datetime
    received_by: str
    page_count: int
    letter_count: int | None
    waiting: int
    stages: tuple[StageRow, ...]

    @property
    def state(self) -> StageState:
        """The packet as a whole: failed or running as any stage is, done once the last stage is."""
        states = {row.stage: row.state for row in self.stages}
        for state in (StageState.FAILED, StageState.RUNNING):
            if state in states.values():
                return state
        return StageState.DONE if states.get(Stage.INDEX) is StageState.DONE else StageState.PENDING


class Packets:
    """The register of packets."""

    def __init__(self, database: Database, files: Files) -> None:
        self._database = database
        self._files = files

    def receive(self, name: str, source: Path | bytes, actor: str) -> tuple[PacketRow, bool]:
        """Keeps the original, then the packet and its job in one commit; ``True`` if the file is new.

        The same bytes are one packet: ``False``, and the new name is remembered. Raises
        :class:`letters.errors.StorageFull`; then nothing is kept.
        """
        packet_id = self._files.put(source)
        size = self._files.path(packet_id).stat().st_size
        name = PurePath(name.replace("\\", "/")).name or packet_id[:12]
        with self._database.writing(name) as session:
            now = self._database.now(session)
            new = self._insert(session, packet_id, name, size, now, actor)
            if self._remember_name(session, packet_id, name, now, actor):
                action = "packet-received" if new else "packet-received-again"
                note(self._database, session, actor, action, f"packet:{packet_id}", "name", None, name)
            if new:
                add_job(self._database, session, PROCESS, packet_id)
        return self.get(packet_id), new

    def get(self, packet_id: str) -> PacketRow:
        """The packet with this id. Raises :class:`letters.errors.NotFound`."""
        rows = self._rows(PacketRecord.id == packet_id, limit=1)
        if not rows:
            raise NotFound(packet_id)
        return rows[0]

    def several(self, ids: Iterable[str]) -> dict[str, PacketRow]:
        """Those of the packets that are there, by id, in a few questions for many."""
        return {row.id: row for some in chunks(sorted(set(ids))) for row in self._rows(PacketRecord.id.in_(some))}

    def find(self, key: str) -> tuple[PacketRow, ...]:
        """Packets with this id (or the beginning of it), file name or stem, newest first; several may share a name."""
        named = select(PacketNameRecord.packet_id).where(
            or_(PacketNameRecord.name == key, PacketNameRecord.stem == key))
        which: ColumnElement[bool] = PacketRecord.id.in_(named)
        if len(key) >= SHORTEST_PREFIX:
            which = or_(which, PacketRecord.id.startswith(key.lower(), autoescape=True))
        return self._rows(which)

    def list(self, after: str | None = None, limit: int = 50, sight: Sight | None = None,
             only: Narrowed | None = None) -> tuple[PacketRow, ...]:
        """Packets, newest first, those that come after the packet with the id ``after``; with ``sight`` those seen,
        with ``only`` those it names."""
        where = _where(sight, only)
        if after is not None:
            last = self.get(after)
            where.append(tuple_(PacketRecord.received_at, PacketRecord.id) < (last.received_at, last.id))
        return self._rows(*where, limit=limit)

    def count(self, sight: Sight | None = None, only: Narrowed | None = None) -> int:
        """How many packets there are, narrowed as in :meth:`list`."""
        query = select(func.count()).select_from(PacketRecord).where(*_where(sight, only))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()

    def save_page(self, packet_id: str, page: Page) -> None:
        """Keeps a page as soon as it is read, in place of an earlier reading of it."""
        with self._database.writing(packet_id) as session:
            parses.lock_packet(session, packet_id)
            statement = self._database.insert(PageRecord).values(
                packet_id=packet_id, number=page.number, source=page.source.value, reader=page.reader, data=pack(page))
            taken = statement.excluded
            session.execute(statement.on_conflict_do_update(
                index_elements=["packet_id", "number"],
                set_={"source": taken.source, "reader": taken.reader, "data": taken.data}))

    def pages(self, packet_id: str) -> dict[int, Page]:
        """The pages read so far, by number."""
        with self._database.reading() as session:
            return {page.number: page for page in parses.stored_pages(session, packet_id)}

    def page(self, packet_id: str, number: int) -> Page:
        """One page as read. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(PageRecord, (packet_id, number))
            if row is None:
                raise NotFound(f"{packet_id[:12]}, page {number}")
            return codec.load(row.data, Page)

    def clear_pages(self, packet_id: str) -> None:
        """Forgets the pages, so that they are read anew."""
        with self._database.writing(packet_id) as session:
            parses.lock_packet(session, packet_id)
            session.execute(delete(PageRecord).where(PageRecord.packet_id == packet_id))

    def save_parse(self, packet_id: str, packet: Packet, actor: str = PROGRAM) -> None:
        """Replaces the packet's letters, readings and references in one transaction.

        The audit trail gets an event for every letter found or gone and every field whose value changed; the same
        parse again changes nothing.
        """
        with self._database.writing(packet.name) as session:
            parses.save(self._database, session, packet_id, packet, actor)

    def parse(self, packet_id: str) -> Packet | None:
        """What :meth:`save_parse` kept; ``None`` if the packet has not been parsed."""
        with self._database.reading() as session:
            return parses.load(session, packet_id)

    def set_stage(self, packet_id: str, stage: str, state: str, detail: str = "") -> None:
        """Notes how a stage stands, with a message for people."""
        with self._database.writing(packet_id) as session:
            parses.lock_packet(session, packet_id)
            statement = self._database.insert(StageRecord).values(
                packet_id=packet_id, stage=Stage(stage).value, state=StageState(state).value, detail=detail,
                at=self._database.now(session))
            taken = statement.excluded
            session.execute(statement.on_conflict_do_update(
                index_elements=["packet_id", "stage"],
                set_={"state": taken.state, "detail": taken.detail, "at": taken.at}))

    def unfinished(self) -> tuple[str, ...]:
        """Ids of the packets whose letters are stored and whose later stages are not all done."""
        later = (Stage.LINK.value, Stage.TASKS.value, Stage.INDEX.value)
        query = select(StageRecord.packet_id).where(StageRecord.stage.in_(later),
                                                    StageRecord.state != StageState.DONE.value).distinct()
        with self._database.reading() as session:
            return tuple(session.scalars(query.order_by(StageRecord.packet_id)))

    def _insert(self, session: Session, packet_id: str, name: str, size: int, now: dt.datetime, actor: str) -> bool:
        statement = self._database.insert(PacketRecord).values(
            id=packet_id, name=name, stem=PurePath(name).stem, size=size, received_at=now, received_by=actor)
        done = session.execute(statement.on_conflict_do_nothing().returning(PacketRecord.id))
        return done.first() is not None

    def _remember_name(self, session: Session, packet_id: str, name: str, now: dt.datetime, actor: str) -> bool:
        statement = self._database.insert(PacketNameRecord).values(
            packet_id=packet_id, name=name, stem=PurePath(name).stem, at=now, actor=actor)
        done = session.execute(statement.on_conflict_do_nothing().returning(PacketNameRecord.name))
        return done.first() is not None

    def _rows(self, *where: ColumnElement[bool], limit: int | None = None) -> tuple[PacketRow, ...]:
        query = (select(PacketRecord).where(*where)
                 .order_by(PacketRecord.received_at.desc(), PacketRecord.id.desc()).limit(limit))
        with self._database.reading() as session:
            return tuple(_full_rows(session, session.scalars(query).all()))


def _where(sight: Sight | None, only: Narrowed | None) -> list[ColumnElement[bool]]:
    return [*([] if sight is None else [packets_seen(sight)]), *(only.where() if only else ())]


def _full_rows(session: Session, records: Sequence[PacketRecord]) -> list[PacketRow]:
    """The packets with their names, stages and counts, in four questions however many there are."""
    ids = [record.id for record in records]
    names: dict[str, list[str]] = {packet_id: [] for packet_id in ids}
    for name in session.scalars(select(PacketNameRecord).where(PacketNameRecord.packet_id.in_(ids))
                                .order_by(PacketNameRecord.at, PacketNameRecord.name)):
        names[name.packet_id].append(name.name)
    stages: dict[str, list[StageRow]] = {packet_id: [] for packet_id in ids}
    for row in session.scalars(select(StageRecord).where(StageRecord.packet_id.in_(ids))):
        stages[row.packet_id].append(StageRow(Stage(row.stage), StageState(row.state), row.detail, row.at))
    pages = dict(session.execute(
        select(PageRecord.packet_id, func.count())
        .where(PageRecord.packet_id.in_(ids)).group_by(PageRecord.packet_id)).all())
    parsed: dict[str, tuple[int | None, int]] = {
        packet: (letters, waiting or 0) for packet, letters, waiting in session.execute(
            select(ParseRecord.packet_id, ParseRecord.letter_count, ParseRecord.waiting)
            .where(ParseRecord.packet_id.in_(ids)))}
    order = list(Stage)
    return [PacketRow(record.id, record.name, record.stem, tuple(names[record.id]), record.size, record.received_at,
                      record.received_by, pages.get(record.id, 0), *parsed.get(record.id, (None, 0)),
                      tuple(sorted(stages[record.id], key=lambda row: order.index(row.stage))))
            for record in records]

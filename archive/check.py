"""Audits the archive: does every row have what it speaks of, is every original still what it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from archive.books import gaps
from archive.columns import pack
from archive.database import Database
from archive.files import Files
from archive.jobs import JobState
from archive.schema import (
    EntryEventRecord,
    JobRecord,
    LetterRecord,
    LinkRecord,
    NodeCopyRecord,
    NodeRecord,
    PacketRecord,
    PageRecord,
    ParseRecord,
    StageRecord,
    TaskProofRecord,
)
from archive.trail import broken

_DIGEST = re.compile(r'(?<=")[0-9a-f]{64}(?=")')

_MOST_BREAKS = 20

STUCK = dt.timedelta(hours=1)
"""A lease this long past its end means that no worker is running."""

AUDIT_TRIGGERS = frozenset({"audit_no_update", "audit_no_delete"})


class ProblemKind(StrEnum):
    """What can be wrong."""

    ORIGINAL_MISSING = "original-missing"
    ORIGINAL_ALTERED = "original-altered"
    ORIGINAL_UNKNOWN = "original-unknown"    # kept, but nothing speaks of it: a killed process; send the file again
    LEFTOVER = "leftover"                    # a temporary file of a killed process; swept after a day
    PAGES_MISSING = "pages-missing"
    LINK_BROKEN = "link-broken"
    COPY_BROKEN = "copy-broken"
    JOB_STUCK = "job-stuck"
    AUDIT_UNGUARDED = "audit-unguarded"
    AUDIT_BROKEN = "audit-broken"            # an event was changed, put in or taken out past the program
    DATABASE_DAMAGED = "database-damaged"
    REGISTER_GAP = "register-gap"            # a number of a book is missing: a row was removed past the program


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: what is wrong with which thing."""

    kind: ProblemKind
    subject: str
    detail: str = ""


def check(database: Database, files: Files, *, originals: bool) -> list[Problem]:
    """All findings."""
    kept = list(files.all())  # before the packets: an original comes before its row
    with database.reading() as session:
        found = [*_database(database, session), *_pages(session), *_graph(session), *_jobs(database, session),
                 *_registers(session)]
        named = named_files(session)
    unknown = [Problem(ProblemKind.ORIGINAL_UNKNOWN, name) for name in kept if name not in named]
    return [*_originals(files, named, whole=originals), *unknown, *found]


def named_files(session: Session) -> set[str]:
    """The SHA-256 of every file that the database speaks of."""
    return set(session.scalars(select(PacketRecord.id))) | set(_attachments(session))


def _attachments(session: Session) -> Iterator[str]:
    """Files that prove tasks or stand in entries, also in those changed since."""
    yield from (file for file in session.scalars(select(TaskProofRecord.file)) if file)
    for data in session.scalars(select(EntryEventRecord.data)):
        yield from _DIGEST.findall(pack(data))


def _originals(files: Files, packets: set[str], *, whole: bool) -> Iterator[Problem]:
    for packet_id in sorted(packets):
        if not files.path(packet_id).exists():
            yield Problem(ProblemKind.ORIGINAL_MISSING, packet_id)
        elif whole and not files.verify(packet_id):
            yield Problem(ProblemKind.ORIGINAL_ALTERED, packet_id)
    for path in files.leftovers():
        yield Problem(ProblemKind.LEFTOVER, path.name)


def _pages(session: Session) -> Iterator[Problem]:
    """Packets whose reading or parsing is done must have the pages that came of it."""
    done = select(StageRecord.packet_id).where(StageRecord.stage == "read", StageRecord.state == "done")
    parsed = select(ParseRecord.packet_id).where(ParseRecord.pages.is_(None))
    without = select(PacketRecord.id).where(
        PacketRecord.id.in_(done.union(parsed)), PacketRecord.id.not_in(select(PageRecord.packet_id))
    ).order_by(PacketRecord.id)
    for packet_id in session.scalars(without):
        yield Problem(ProblemKind.PAGES_MISSING, packet_id)
    counts = (select(PageRecord.packet_id, func.count(), func.max(PageRecord.number))
              .group_by(PageRecord.packet_id).having(func.count() != func.max(PageRecord.number))
              .where(PageRecord.packet_id.in_(done)).order_by(PageRecord.packet_id))
    for packet_id, count, last in session.execute(counts):
        yield Problem(ProblemKind.PAGES_MISSING, packet_id, f"{count} of {last} pages")


def _graph(session: Session) -> Iterator[Problem]:
    source, target = aliased(NodeRecord), aliased(NodeRecord)
    ends = (select(LinkRecord, source.id, target.id)
            .outerjoin(source, source.id == LinkRecord.source).outerjoin(target, target.id == LinkRecord.target)
            .where((source.id.is_(None)) | (LinkRecord.target.is_not(None) & target.id.is_(None)))
            .order_by(LinkRecord.id))
    for link, has_source, _ in session.execute(ends):
        missing = link.target if has_source else link.source
        yield Problem(ProblemKind.LINK_BROKEN, link.id, f"{missing} is no node")
    copies = (select(NodeCopyRecord).outerjoin(
        LetterRecord, (LetterRecord.packet_id == NodeCopyRecord.packet_id)
        & (LetterRecord.position == NodeCopyRecord.position)).where(LetterRecord.packet_id.is_(None))
        .order_by(NodeCopyRecord.packet_id, NodeCopyRecord.position))
    for copy in session.scalars(copies):
        yield Problem(ProblemKind.COPY_BROKEN, copy.node_id, f"{copy.packet_id}/{copy.position} is no letter")


def _jobs(database: Database, session: Session) -> Iterator[Problem]:
    late = database.now(session) - STUCK
    stuck = select(JobRecord).where(JobRecord.state == JobState.RUNNING, JobRecord.lease_until < late)
    for job in session.scalars(stuck.order_by(JobRecord.id)):
        yield Problem(ProblemKind.JOB_STUCK, f"job {job.id}", f"{job.worker} since {job.lease_until}")


def _registers(session: Session) -> Iterator[Problem]:
    for office, book, year in gaps(session):
        yield Problem(ProblemKind.REGISTER_GAP, f"{office} {book} {year}")


def _database(database: Database, session: Session) -> Iterator[Problem]:
    table = "sqlite_master" if database.is_sqlite else "pg_trigger"
    column = "name" if database.is_sqlite else "tgname"
    names = set(session.scalars(text(f"SELECT {column} FROM {table} WHERE {column} LIKE 'audit_no_%'")))  # noqa: S608
    for missing in sorted(AUDIT_TRIGGERS - names):
        yield Problem(ProblemKind.AUDIT_UNGUARDED, missing)
    for event in islice(broken(session), _MOST_BREAKS):
        yield Problem(ProblemKind.AUDIT_BROKEN, f"event {event}")
    if database.is_sqlite:
        for line in session.scalars(text("PRAGMA integrity_check")):
            if line != "ok":
                yield Problem(ProblemKind.DATABASE_DAMAGED, "saraban.db", line)

"""Background work as rows with leases: no server, and a killed worker's job runs again. Why a table of our own stands
in docs/decisions/0002-job-table.md.

A worker claims a job for some seconds and renews the lease by heartbeats. When the lease runs out, exactly one other
worker gets the job. Every step of the holder is guarded by its name, so a worker that lost a job can change nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from archive.database import Database
from archive.schema import JobRecord, StageRecord
from letters.errors import NotFound

PROCESS = "process"
"""The kind of job that takes a packet through the pipeline."""

MAX_ATTEMPTS = 3
BACKOFF_SECONDS = 5.0
LONGEST_BACKOFF_SECONDS = 600.0


class JobState(StrEnum):
    """Where a job stands. The last three are final."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stood when asked. Instants are UTC; ``done`` of ``total`` pages (or letters) in ``stage``."""

    id: int
    kind: str
    packet_id: str | None
    state: JobState
    worker: str | None
    attempts: int
    max_attempts: int
    stage: str
    done: int
    total: int
    error: str | None
    message: str
    created_at: dt.datetime
    run_after: dt.datetime
    lease_until: dt.datetime | None
    finished_at: dt.datetime | None


class Jobs:
    """The queue. ``worker`` names a process for good: two workers never share a name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enqueue(self, kind: str, packet_id: str | None = None, max_attempts: int = MAX_ATTEMPTS, *,
                alone: bool = False) -> int:
        """Puts a job in the queue and gives its id; the id of the same job if one is waiting already, or, for one
        that is to be ``alone``, running."""
        same = [JobState.WAITING, JobState.RUNNING] if alone else [JobState.WAITING]
        with self._database.writing(packet_id or kind) as session:
            self._database.lock(session, "jobs.enqueue")
            waiting = session.scalars(
                select(JobRecord.id).where(JobRecord.kind == kind, JobRecord.state.in_(same),
                                           JobRecord.packet_id == packet_id if packet_id
                                           else JobRecord.packet_id.is_(None))
            ).first()
            return waiting if waiting is not None else add_job(self._database, session, kind, packet_id, max_attempts)

    def claim(self, worker: str, lease_seconds: float) -> Job | None:
        """The oldest job that is due and free, now held by this worker; ``None`` if there is none."""
        with self._database.writing("jobs") as session:
            now = self._database.now(session)
            self._give_up(session, now)
            row = session.scalars(
                select(JobRecord).where(_free(now)).order_by(JobRecord.id).limit(1).with_for_update(skip_locked=True)
            ).first()
            if row is None:
                return None
            row.state, row.worker, row.attempts = JobState.RUNNING, worker, row.attempts + 1
            row.lease_seconds, row.lease_until = lease_seconds, now + dt.timedelta(seconds=lease_seconds)
            row.stage, row.done, row.total, row.error, row.message = "", 0, 0, None, ""
            return _job(row)

    def heartbeat(self, job: int | Job, worker: str) -> bool:
        """Renews the lease. ``False``: the job was cancelled or went to another worker; stop at once."""
        return self.progress(job, worker)

    def progress(self, job: int | Job, worker: str, stage: str | None = None, done: int = 0, total: int = 0) -> bool:
        """Tells how far the work is, and renews the lease as :meth:`heartbeat` does."""
        with self._database.writing("jobs") as session:
            row = self._held(session, job, worker)
            if row is None:
                return False
            row.lease_until = self._database.now(session) + dt.timedelta(seconds=row.lease_seconds)
            if stage is not None:
                row.stage, row.done, row.total = stage, done, total
            return True

    def finish(self, job: int | Job, worker: str) -> bool:
        """The work is done. ``False``: the job was no longer this worker's."""
        with self._database.writing("jobs") as session:
            row = self._held(session, job, worker)
            if row is None:
                return False
            _end(row, JobState.DONE, self._database.now(session))
            return True

    def fail(self, job: int | Job, worker: str, code: str, message: str, *, retry: bool = True) -> bool:
        """The work failed: it waits for another attempt, longer each time, until the limit is reached.

        ``retry=False`` where another attempt cannot help (a damaged file). ``False`` as in :meth:`finish`.
        """
        with self._database.writing("jobs") as session:
            row = self._held(session, job, worker)
            if row is None:
                return False
            now = self._database.now(session)
            row.error, row.message = code, message
            if retry and row.attempts < row.max_attempts:
                wait = min(BACKOFF_SECONDS * 2 ** (row.attempts - 1), LONGEST_BACKOFF_SECONDS)
                row.state, row.worker, row.lease_until = JobState.WAITING, None, None
                row.run_after = now + dt.timedelta(seconds=wait)
            else:
                _end(row, JobState.FAILED, now)
            return True

    def give_way(self, job: int | Job, worker: str, seconds: float) -> bool:
        """Puts a job that can go on later back into the queue, behind others for so many seconds, without counting
        this as an attempt. ``False`` as in :meth:`finish`."""
        with self._database.writing("jobs") as session:
            row = self._held(session, job, worker)
            if row is None:
                return False
            row.state, row.worker, row.lease_until, row.attempts = JobState.WAITING, None, None, row.attempts - 1
            row.run_after = self._database.now(session) + dt.timedelta(seconds=seconds)
            return True

    def others_wait(self, job: int | Job) -> bool:
        """Whether another job is due and free."""
        with self._database.reading() as session:
            others = and_(_free(self._database.now(session)), JobRecord.id != _id(job))
            return session.scalars(select(JobRecord.id).where(others).limit(1)).first() is not None

    def cancel(self, job: int | Job) -> bool:
        """Stops a job that has not ended; its worker learns of it at the next heartbeat. ``False`` if it had ended."""
        with self._database.writing("jobs") as session:
            unended = JobRecord.state.in_([JobState.WAITING, JobState.RUNNING])
            changed = cast(CursorResult[Any], session.execute(
                update(JobRecord).where(JobRecord.id == _id(job), unended)
                .values(state=JobState.CANCELLED, worker=None, lease_until=None,
                        finished_at=self._database.now(session))
            ))
            return changed.rowcount == 1

    def get(self, job: int) -> Job:
        """The job as it stands. Raises :class:`letters.errors.NotFound`."""
        with self._database.reading() as session:
            row = session.get(JobRecord, job)
            if row is None:
                raise NotFound(f"job {job}")
            return _job(row)

    def list(self, state: JobState | None = None, packet_id: str | None = None, before: int | None = None,
             limit: int = 50) -> tuple[Job, ...]:
        """Jobs, newest first, those with an id below ``before``."""
        query = select(JobRecord).order_by(JobRecord.id.desc()).limit(limit)
        if state is not None:
            query = query.where(JobRecord.state == state)
        if packet_id is not None:
            query = query.where(JobRecord.packet_id == packet_id)
        if before is not None:
            query = query.where(JobRecord.id < before)
        with self._database.reading() as session:
            return tuple(_job(row) for row in session.scalars(query))

    def count(self, state: JobState) -> int:
        """How many jobs stand in a state."""
        with self._database.reading() as session:
            return session.execute(
                select(func.count()).select_from(JobRecord).where(JobRecord.state == state)).scalar_one()

    def _held(self, session: Session, job: int | Job, worker: str) -> JobRecord | None:
        """The row, locked, if this worker still holds it."""
        mine = and_(JobRecord.id == _id(job), JobRecord.worker == worker, JobRecord.state == JobState.RUNNING)
        return session.scalars(select(JobRecord).where(mine).with_for_update()).first()

    def _give_up(self, session: Session, now: dt.datetime) -> None:
        """Fails jobs whose lease ran out on the last attempt: a file that kills its worker must not do so for ever."""
        lost = session.scalars(
            select(JobRecord).where(_expired(now), JobRecord.attempts >= JobRecord.max_attempts)
            .with_for_update(skip_locked=True)
        ).all()
        for row in lost:
            _end(row, JobState.FAILED, now)
            row.error, row.message = "worker-lost", f"stopped without a word {row.attempts} times"
            if row.packet_id:
                session.execute(
                    update(StageRecord).where(StageRecord.packet_id == row.packet_id, StageRecord.state == "running")
                    .values(state="failed", detail=row.message, at=now)
                )


def add_job(database: Database, session: Session, kind: str, packet_id: str | None,
            max_attempts: int = MAX_ATTEMPTS) -> int:
    """Adds a waiting job within a transaction; gives its id."""
    now = database.now(session)
    row = JobRecord(kind=kind, packet_id=packet_id, state=JobState.WAITING, worker=None, attempts=0,
                    max_attempts=max_attempts, stage="", done=0, total=0, error=None, message="", created_at=now,
                    run_after=now, lease_seconds=0.0, lease_until=None, finished_at=None)
    session.add(row)
    session.flush()
    return row.id


def _expired(now: dt.datetime) -> ColumnElement[bool]:
    return and_(JobRecord.state == JobState.RUNNING, JobRecord.lease_until < now)


def _free(now: dt.datetime) -> ColumnElement[bool]:
    return or_(and_(JobRecord.state == JobState.WAITING, JobRecord.run_after <= now),
               and_(_expired(now), JobRecord.attempts < JobRecord.max_attempts))


def _end(row: JobRecord, state: JobState, now: dt.datetime) -> None:
    row.state, row.finished_at, row.lease_until, row.worker = state, now, None, None


def _id(job: int | Job) -> int:
    return job if isinstance(job, int) else job.id


def _job(row: JobRecord) -> Job:
    return Job(row.id, row.kind, row.packet_id, JobState(row.state), row.worker, row.attempts, row.max_attempts,
               row.stage, row.done, row.total, row.error, row.message, row.created_at, row.run_after,
               row.lease_until, row.finished_at)

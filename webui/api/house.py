"""What keeps the house running: background jobs and the audit trail."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta

from archive import Job as JobRow
from archive import JobState
from webui.api.core import Open, operation
from webui.api.paging import Paged, cursor_of, number_of
from webui.current import archive, user


class JobQuery(Paged):
    """Only jobs in one state."""

    state: JobState | None = None


class Job(Open):
    """Background work: ``done`` of ``total`` pages or letters in ``stage``."""

    id: int
    kind: str
    packet: str | None
    state: str
    attempts: int
    stage: str
    done: int
    total: int
    error: str | None
    created_at: dt.datetime
    finished_at: dt.datetime | None


class Jobs(Open):
    """Jobs, newest first."""

    items: tuple[Job, ...]
    next: str | None


class AuditQuery(Paged):
    """Only events of one subject, such as ``packet:<id>``."""

    subject: Annotated[str, Meta(max_length=300)] | None = None


class AuditEvent(Open):
    """One event of the audit trail: who changed which field of which subject from what to what."""

    id: int
    at: dt.datetime
    actor: str
    action: str
    subject: str
    field: str
    before: str | None
    after: str | None


class AuditEvents(Open):
    """Events, newest first."""

    items: tuple[AuditEvent, ...]
    next: str | None


@operation("GET", "/jobs", "house", Jobs)
def jobs(query: JobQuery) -> Jobs:
    """Background jobs."""
    rows = archive().jobs.list(query.state, before=number_of(query.cursor), limit=query.limit + 1)
    page = rows[: query.limit]
    return Jobs(items=tuple(map(_job, page)), next=cursor_of(page[-1].id if len(rows) > query.limit else None))


@operation("POST", "/jobs/<int(max=2147483647):job_id>/cancel", "house", Job)
def cancel_job(job_id: int) -> Job:
    """Stops a job that has not ended."""
    here = archive()
    if here.jobs.cancel(here.jobs.get(job_id)):
        here.audit.add(user().name, "job-cancelled", f"job:{job_id}")
    return _job(here.jobs.get(job_id))


@operation("GET", "/audit", "house", AuditEvents)
def audit(query: AuditQuery) -> AuditEvents:
    """The audit trail."""
    rows = archive().audit.latest(query.subject, number_of(query.cursor), query.limit + 1)
    page = rows[: query.limit]
    return AuditEvents(
        items=tuple(AuditEvent(id=one.id, at=one.at, actor=one.actor, action=one.action, subject=one.subject,
                          field=one.field, before=one.before, after=one.after) for one in page),
        next=cursor_of(page[-1].id if len(rows) > query.limit else None))


def _job(row: JobRow) -> Job:
    return Job(id=row.id, kind=row.kind, packet=row.packet_id, state=row.state.value, attempts=row.attempts,
               stage=row.stage, done=row.done, total=row.total, error=row.error, created_at=row.created_at,
               finished_at=row.finished_at)

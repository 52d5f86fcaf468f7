"""What keeps the house running: background jobs, rebuilds, backups, health, settings, the audit trail."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from msgspec import Meta

from archive import Job as JobRow
from archive import JobState
from archive.audit import AuditAsked
from archive.backup import backups as backups_made
from saraban.health import parts
from saraban.rebuilding import Rebuild, start
from saraban.settings import told
from webui.api.core import Closed, Open, operation
from webui.api.paging import Paged, cursor_of, number_of
from webui.current import archive, house, user

_Words = Annotated[str, Meta(max_length=300)]


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


class Rebuilding(Closed):
    """What is made anew: the index (``reindex``) or the links (``relink``)."""

    what: Rebuild


class BackupRow(Open):
    """A backup that was made by ``saraban backup``; ``size`` in bytes."""

    name: str
    at: dt.datetime
    actor: str
    size: int


class Backups(Open):
    """Backups, newest first."""

    items: tuple[BackupRow, ...]
    next: str | None


class HealthPart(Open):
    """A part of the house: ``state`` is ``good``, ``doubtful`` or ``bad``; ``values`` go with the ``finding``."""

    name: str
    state: str
    finding: str
    values: dict[str, str | int]


class Health(Open):
    """How the parts of the house are."""

    items: tuple[HealthPart, ...]


class Setting(Open):
    """A setting in force; ``source`` is ``default``, ``environment`` or ``given``. Of a secret only ``set``."""

    name: str
    variable: str
    value: str
    source: str
    secret: bool


class SettingsTold(Open):
    """Every setting."""

    items: tuple[Setting, ...]


class AuditQuery(Paged):
    """Only events of one subject (such as ``packet:<id>``, or a part of one without a colon), of a person, of a kind;
    ``since`` and ``until`` are instants, the latter not among what is found."""

    subject: _Words = ""
    actor: _Words = ""
    action: _Words = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


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


@operation("GET", "/jobs/<int(max=2147483647):job_id>", "house", Job)
def job(job_id: int) -> Job:
    """One job, and how far it is."""
    return _job(archive().jobs.get(job_id))


@operation("POST", "/jobs/<int(max=2147483647):job_id>/cancel", "house", Job)
def cancel_job(job_id: int) -> Job:
    """Stops a job that has not ended."""
    here = archive()
    if here.jobs.cancel(here.jobs.get(job_id)):
        here.audit.add(user().name, "job-cancelled", f"job:{job_id}")
    return _job(here.jobs.get(job_id))


@operation("POST", "/rebuilds", "house", Job, 202)
def rebuild(json: Rebuilding) -> tuple[Job, int]:
    """Queues the index or the links to be made anew; while that waits or runs, gives the job there is."""
    return _job(archive().jobs.get(start(archive(), json.what, user().name))), 202


@operation("GET", "/backups", "house", Backups)
def backups(query: Paged) -> Backups:
    """Backups that were made."""
    rows = backups_made(archive(), number_of(query.cursor), query.limit + 1)
    page = rows[: query.limit]
    return Backups(items=tuple(BackupRow(name=one.name, at=one.at, actor=one.actor, size=one.size) for _, one in page),
                   next=cursor_of(page[-1][0] if len(rows) > query.limit else None))


@operation("GET", "/health", "house", Health)
def health() -> Health:
    """How the parts of the house are."""
    here = house()
    return Health(items=tuple(
        HealthPart(name=one.name, state=one.state.value, finding=one.finding,
                   values={name: value.isoformat() if isinstance(value, dt.datetime) else value
                           for name, value in one.values.items()})
        for one in parts(archive(), here.settings, here.engine, here.clock())))


@operation("GET", "/settings", "house", SettingsTold)
def settings() -> SettingsTold:
    """Every setting in force, and where it comes from."""
    return SettingsTold(items=tuple(
        Setting(name=one.name, variable=one.variable, value=one.value, source=one.source, secret=one.secret)
        for one in told(house().settings)))


@operation("GET", "/audit", "house", AuditEvents)
def audit(query: AuditQuery) -> AuditEvents:
    """The audit trail."""
    asked = AuditAsked(query.actor.casefold(), query.action, query.subject, query.since, query.until)
    rows = archive().audit.search(asked, number_of(query.cursor), query.limit + 1)
    page = rows[: query.limit]
    return AuditEvents(
        items=tuple(AuditEvent(id=one.id, at=one.at, actor=one.actor, action=one.action, subject=one.subject,
                          field=one.field, before=one.before, after=one.after) for one in page),
        next=cursor_of(page[-1].id if len(rows) > query.limit else None))


def _job(row: JobRow) -> Job:
    return Job(id=row.id, kind=row.kind, packet=row.packet_id, state=row.state.value, attempts=row.attempts,
               stage=row.stage, done=row.done, total=row.total, error=row.error, created_at=row.created_at,
               finished_at=row.finished_at)

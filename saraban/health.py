"""Is the house well: database, queue, index, disk, reading engine and models, for those who keep it running."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from archive import Archive, Job, JobState
from archive.backup import backups
from archive.check import STUCK
from archive.offices import Offices
from index import Engine
from letters.errors import SarabanError
from ocr import Reader
from saraban.settings import Settings

LITTLE_BYTES = 5 * 1024**3
LEAST_BYTES = 1024**3
_LISTED = 1000
_FAILED_DAYS = 1
BACKUP_DAYS = 7
"""A house whose last backup is older than this should be looked at."""


class State(StrEnum):
    """How a part is."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the house. ``name`` and ``finding`` are stable words for screens and programs; ``values`` go with
    the finding: numbers, bytes, names, versions and instants (UTC)."""

    name: str
    state: State
    finding: str
    values: dict[str, str | int | dt.datetime] = field(default_factory=dict)


def parts(archive: Archive, settings: Settings, engine: Callable[[], Engine], now: dt.datetime) -> list[Part]:
    """All parts; one that does not answer is told as bad, and the others are still looked at. ``now`` is UTC."""
    return [_database(archive), _queue(archive, now), _index(archive, engine), _disk(archive), _reader(settings),
            _offices(archive.offices), _backup(archive, now)]


def _database(archive: Archive) -> Part:
    if not archive.database.is_sqlite:
        return Part("database", State.GOOD, "postgresql", {"packets": archive.packets.count()})
    size = sum(file.stat().st_size for file in archive.home.glob("saraban.db*"))  # what is not yet merged too
    return Part("database", State.GOOD, "sqlite", {"packets": archive.packets.count(), "bytes": size})


def _queue(archive: Archive, now: dt.datetime) -> Part:
    jobs = {state: archive.jobs.list(state, limit=_LISTED) for state in (JobState.WAITING, JobState.RUNNING)}
    failed = [job for job in archive.jobs.list(JobState.FAILED, limit=_LISTED) if _lately(job, now)]
    values: dict[str, str | int | dt.datetime] = {
        "waiting": archive.jobs.count(JobState.WAITING), "running": archive.jobs.count(JobState.RUNNING),
        "failed": len(failed)}
    stuck = [job for job in jobs[JobState.RUNNING] if job.lease_until and job.lease_until < now - STUCK]
    stuck += [job for job in jobs[JobState.WAITING] if job.run_after < now - STUCK and not jobs[JobState.RUNNING]]
    if stuck:
        return Part("queue", State.BAD, "stuck", values)
    return Part("queue", State.DOUBTFUL if failed else State.GOOD, "failed" if failed else "fine", values)


def _lately(job: Job, now: dt.datetime) -> bool:
    return job.finished_at is not None and job.finished_at > now - dt.timedelta(days=_FAILED_DAYS)


def _index(archive: Archive, engine: Callable[[], Engine]) -> Part:
    try:
        there = engine().exists()
    except SarabanError as error:
        return Part("index", State.BAD, "unreadable", {"code": error.code})
    if not there:
        return Part("index", State.DOUBTFUL if archive.revision() else State.GOOD, "none")
    behind = archive.revision() - int(archive.meta.get("index.revision") or 0)
    return Part("index", State.DOUBTFUL if behind else State.GOOD, "behind" if behind else "fine", {"behind": behind})


def _disk(archive: Archive) -> Part:
    free = shutil.disk_usage(archive.home).free
    state = State.BAD if free < LEAST_BYTES else State.DOUBTFUL if free < LITTLE_BYTES else State.GOOD
    return Part("disk", state, "fine" if state is State.GOOD else "little", {"bytes": free})


def _reader(settings: Settings) -> Part:
    try:
        return Part("reader", State.GOOD, "fine", {"version": Reader(settings.languages).version})
    except SarabanError as error:
        return Part("reader", State.BAD, "missing", {"code": error.code})


def _backup(archive: Archive, now: dt.datetime) -> Part:
    made = backups(archive, limit=1)
    if not made:
        return Part("backup", State.DOUBTFUL if archive.packets.count() else State.GOOD, "none")
    last = made[0][1]
    days = (now - last.at).days
    values: dict[str, str | int | dt.datetime] = {"name": last.name, "at": last.at, "bytes": last.size, "days": days}
    return Part("backup", State.GOOD if days < BACKUP_DAYS else State.DOUBTFUL,
                "fine" if days < BACKUP_DAYS else "old", values)


def _offices(offices: Offices) -> Part:
    count = offices.count()
    return Part("offices", State.GOOD if count else State.BAD, "fine" if count else "none", {"count": count})

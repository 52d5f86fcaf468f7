"""How far a packet is, for people: the state of its stages and of its latest job in one value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from archive import Archive, Job, JobState, PacketRow, Stage, StageState

PATIENCE = dt.timedelta(minutes=2)
"""How long a job may wait while none is worked on; then nobody seems to work."""

_UNENDED = (JobState.WAITING, JobState.RUNNING)


class Standing(StrEnum):
    """What a clerk wants to know of a packet."""

    WAITING = "waiting"
    READING = "reading"     # stages of the packet itself
    LINKING = "linking"     # stages of the whole archive
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` pages while reading (zero: not known yet); ``detail`` is the reason of a failure in Thai,
    empty for a fault of the program; ``stalled``: it waits or was begun, and no worker is there."""

    standing: Standing
    stage: Stage | None = None
    done: int = 0
    total: int = 0
    detail: str = ""
    stalled: bool = False

    @property
    def final(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.standing in (Standing.DONE, Standing.FAILED, Standing.CANCELLED)


def progress_of(archive: Archive, packet: PacketRow, now: dt.datetime) -> Progress:
    """How the packet stands ``now`` (UTC)."""
    job = next(iter(archive.jobs.list(packet_id=packet.id, limit=1)), None)
    if job is not None and job.state in _UNENDED:
        stalled = _stalled(archive, job, now)
        if job.state is JobState.WAITING:
            return Progress(Standing.WAITING, stalled=stalled)
        stage = Stage(job.stage) if job.stage in list(Stage) else None
        return Progress(Standing.READING, stage, job.done, job.total, stalled=stalled)
    failed = next((row for row in packet.stages if row.state is StageState.FAILED), None)
    if failed is not None:
        return Progress(Standing.FAILED, failed.stage, detail=failed.detail)
    if job is not None and job.state is JobState.FAILED:
        return Progress(Standing.FAILED, detail="" if job.error == "fault" else job.message)
    if job is not None and job.state is JobState.CANCELLED and packet.letter_count is None:
        return Progress(Standing.CANCELLED)
    return _after_reading(packet)


def _stalled(archive: Archive, job: Job, now: dt.datetime) -> bool:
    if (job.lease_until or job.run_after) > now - PATIENCE:
        return False
    return not any(one.lease_until and one.lease_until > now for one in archive.jobs.list(JobState.RUNNING))


def _after_reading(packet: PacketRow) -> Progress:
    if packet.state is StageState.DONE:
        return Progress(Standing.DONE)
    stage = next((row.stage for row in packet.stages if row.state is not StageState.DONE), None)
    return Progress(Standing.LINKING if packet.letter_count is not None else Standing.WAITING, stage)

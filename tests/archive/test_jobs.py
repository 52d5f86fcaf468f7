"""The queue: one holder at a time, lost leases, retries with a limit, cancelling."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from archive import Archive, Job, JobState, StageState
from archive.jobs import BACKOFF_SECONDS
from archive.schema import JobRecord
from letters.errors import NotFound

LEASE = 60.0
SHORT = 0.05


def _claim(archive: Archive, worker: str = "w1", lease: float = LEASE) -> Job:
    job = archive.jobs.claim(worker, lease)
    assert job is not None
    return job


def _lose(archive: Archive, worker: str = "w1") -> Job:
    """A job whose worker died."""
    job = _claim(archive, worker, SHORT)
    time.sleep(SHORT * 2)
    return job


def test_jobs_are_claimed_in_order_and_by_one_worker_each(archive: Archive) -> None:
    first, second = archive.jobs.enqueue("link"), archive.jobs.enqueue("index")
    assert [_claim(archive, "w1").id, _claim(archive, "w2").id] == [first, second]
    assert archive.jobs.claim("w3", LEASE) is None


def test_a_waiting_job_is_not_queued_twice(archive: Archive) -> None:
    packet, _ = archive.packets.receive("a.pdf", b"a", "clerk")
    [received] = archive.jobs.list()
    assert archive.jobs.enqueue("process", packet.id) == received.id
    assert archive.jobs.enqueue("link") == archive.jobs.enqueue("link") != received.id
    _claim(archive)
    assert archive.jobs.enqueue("process", packet.id) != received.id


def test_progress_is_seen_and_work_ends(archive: Archive) -> None:
    job = archive.jobs.get(archive.jobs.enqueue("process"))
    assert (job.state, job.attempts, job.worker) == (JobState.WAITING, 0, None)
    job = _claim(archive)
    assert archive.jobs.progress(job, "w1", "read", 2, 5)
    assert archive.jobs.heartbeat(job.id, "w1")
    seen = archive.jobs.get(job.id)
    assert (seen.state, seen.worker, seen.stage, seen.done, seen.total) == (JobState.RUNNING, "w1", "read", 2, 5)
    assert archive.jobs.finish(job, "w1")
    seen = archive.jobs.get(job.id)
    assert (seen.state, seen.worker, seen.attempts) == (JobState.DONE, None, 1)
    assert seen.finished_at is not None
    assert seen.finished_at.tzinfo is not None


def test_a_heartbeat_keeps_the_job(archive: Archive) -> None:
    archive.jobs.enqueue("process")
    job = _claim(archive, lease=0.5)
    for _ in range(4):
        time.sleep(0.2)
        assert archive.jobs.heartbeat(job, "w1")
    assert archive.jobs.claim("w2", LEASE) is None


def test_a_dead_workers_job_goes_to_another_and_the_dead_can_change_nothing(archive: Archive) -> None:
    archive.jobs.enqueue("process")
    job = _lose(archive)
    again = _claim(archive, "w2")
    assert (again.id, again.attempts) == (job.id, 2)
    assert not archive.jobs.heartbeat(job, "w1")
    assert not archive.jobs.progress(job, "w1", "read", 1, 1)
    assert not archive.jobs.finish(job, "w1")
    assert not archive.jobs.fail(job, "w1", "late", "too late")
    assert archive.jobs.get(job.id).worker == "w2"


def test_a_job_that_kills_every_worker_is_given_up(archive: Archive) -> None:
    packet, _ = archive.packets.receive("a.pdf", b"a", "clerk")
    archive.packets.set_stage(packet.id, "load", "done")
    for attempt in range(3):
        assert _lose(archive, f"w{attempt}").attempts == attempt + 1
        archive.packets.set_stage(packet.id, "read", "running")
    assert archive.jobs.claim("w9", LEASE) is None
    [job] = archive.jobs.list(JobState.FAILED)
    assert (job.error, job.packet_id, job.worker) == ("worker-lost", packet.id, None)
    row = archive.packets.get(packet.id)
    assert [stage.state for stage in row.stages] == [StageState.DONE, StageState.FAILED]


def test_failures_are_retried_later_and_later_until_the_limit(archive: Archive) -> None:
    number = archive.jobs.enqueue("process", max_attempts=3)
    waits = []
    for _ in range(2):
        job = _claim(archive)
        before = dt.datetime.now(dt.UTC)
        assert archive.jobs.fail(job, "w1", "limit", "ช้าเกินไป")
        seen = archive.jobs.get(number)
        assert (seen.state, seen.error, seen.message) == (JobState.WAITING, "limit", "ช้าเกินไป")
        waits.append((seen.run_after - before).total_seconds())
        assert archive.jobs.claim("w1", LEASE) is None
        _make_due(archive, number)
    assert waits == pytest.approx([BACKOFF_SECONDS, 2 * BACKOFF_SECONDS], abs=2)
    assert archive.jobs.fail(_claim(archive), "w1", "limit", "ช้าเกินไป")
    assert archive.jobs.get(number).state is JobState.FAILED


def _make_due(archive: Archive, number: int) -> None:
    """As if the waiting time had passed."""
    with archive.database.writing() as session:
        row = session.get(JobRecord, number)
        assert row is not None
        row.run_after = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=5)


def test_what_another_attempt_cannot_help_fails_at_once(archive: Archive) -> None:
    archive.jobs.enqueue("process")
    job = _claim(archive)
    assert archive.jobs.fail(job, "w1", "damaged", "ไฟล์เสียหาย", retry=False)
    assert archive.jobs.get(job.id).state is JobState.FAILED


@pytest.mark.parametrize("running", [False, True])
def test_cancelling(archive: Archive, running: bool) -> None:
    number = archive.jobs.enqueue("process")
    if running:
        _claim(archive)
    assert archive.jobs.cancel(number)
    assert not archive.jobs.cancel(number)
    assert not archive.jobs.heartbeat(number, "w1")
    assert not archive.jobs.finish(number, "w1")
    assert archive.jobs.claim("w2", LEASE) is None
    assert archive.jobs.get(number).state is JobState.CANCELLED


def test_listing(archive: Archive) -> None:
    numbers = [archive.jobs.enqueue(kind) for kind in ("a", "b", "c")]
    _claim(archive)
    assert [job.id for job in archive.jobs.list()] == numbers[::-1]
    assert [job.id for job in archive.jobs.list(before=numbers[2], limit=1)] == [numbers[1]]
    assert [job.id for job in archive.jobs.list(JobState.RUNNING)] == [numbers[0]]
    assert archive.jobs.list(packet_id="0" * 64) == ()
    with pytest.raises(NotFound):
        archive.jobs.get(999)

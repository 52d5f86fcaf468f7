"""Many processes at once: one packet for one file, one holder for one job, and never "database is locked"."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from archive import Archive, JobState
from tests.archive.made import letter, packet, page
from tests.archive.processes import FRESH


def _together(work: Callable[..., Any], processes: int, *args: object) -> list[Any]:
    """What each of so many processes gives, all starting at the same moment."""
    barrier, answers = FRESH.Barrier(processes), FRESH.Queue()
    crowd = [FRESH.Process(target=_one, args=(work, place, barrier, answers, args)) for place in range(processes)]
    for process in crowd:
        process.start()
    got = [answers.get(timeout=200) for _ in crowd]
    for process in crowd:
        process.join()
    assert [answer for answer in got if isinstance(answer, Exception)] == []
    return got


def _one(work: Callable[..., Any], place: int, barrier: Barrier, answers: Any, args: Sequence[object]) -> None:
    try:
        answers.put(work(place, barrier, *args))
    except Exception as error: # whatever went wrong is the test's finding
        answers.put(RuntimeError(f"{place}: {error!r}"))
        barrier.abort()


def _create(place: int, barrier: Barrier, home: Path, url: str | None) -> int:
    barrier.wait()
    with Archive.create(home, url) as archive:
        return archive.packets.count()


def _receive(place: int, barrier: Barrier, home: Path, url: str | None) -> tuple[str, bool]:
    with Archive.open(home, url) as archive:
        barrier.wait()
        row, new = archive.packets.receive(f"{place}.txt", b"the same" * 1000, "clerk")
        for round_ in range(3):  # and other work, all of which writes
            own, _ = archive.packets.receive("own.txt", b"%d %d" % (place, round_), "clerk")
            archive.packets.save_page(own.id, page())
            archive.packets.save_parse(own.id, packet(letter()))
            archive.packets.set_stage(row.id, "read", "running")
            archive.packets.list()
        return row.id, new


def _work(place: int, barrier: Barrier, home: Path, url: str | None) -> list[int]:
    done = []
    with Archive.open(home, url) as archive:
        barrier.wait()
        while job := archive.jobs.claim(f"w{place}", 60):
            assert archive.jobs.heartbeat(job, f"w{place}")
            assert archive.jobs.finish(job, f"w{place}")
            done.append(job.id)
    return done


def _claim_once(place: int, barrier: Barrier, home: Path, url: str | None) -> bool:
    with Archive.open(home, url) as archive:
        barrier.wait()
        return archive.jobs.claim(f"w{place}", 60) is not None


def test_archives_made_by_many_at_once(home: Path, own_url: str | None) -> None:
    assert _together(_create, 4, home, own_url) == [0] * 4


def test_the_same_file_from_many_is_one_packet(archive: Archive, home: Path, url: str | None) -> None:
    answers = _together(_receive, 8, home, url)
    assert len({packet_id for packet_id, _ in answers}) == 1
    assert sorted(new for _, new in answers) == [False] * 7 + [True]
    row = archive.packets.get(answers[0][0])
    assert sorted(row.names) == [f"{place}.txt" for place in range(8)]
    assert len(archive.jobs.list(packet_id=row.id)) == 1
    assert archive.packets.count() == 1 + 8 * 3
    revisions = [change.revision for change in archive.changes(0)]
    assert revisions == list(range(1, 25))
    assert archive.check() == []


def test_every_job_is_done_once(archive: Archive, home: Path, url: str | None) -> None:
    jobs = {archive.jobs.enqueue(f"kind {place}") for place in range(40)}
    done = [job for each in _together(_work, 2, home, url) for job in each]
    assert sorted(done) == sorted(jobs)
    assert len(archive.jobs.list(JobState.DONE, limit=100)) == 40


def test_a_lost_job_goes_to_exactly_one(archive: Archive, home: Path, url: str | None) -> None:
    archive.jobs.enqueue("process")
    assert archive.jobs.claim("dead", 0.05)
    time.sleep(0.1)
    assert sorted(_together(_claim_once, 4, home, url)) == [False, False, False, True]

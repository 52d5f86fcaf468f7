"""A process killed at any step leaves nothing, or something whole that goes on; doing the same again works."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from archive import Archive, JobState, ProblemKind
from tests.archive.dying import CREATE, PARSE, PARSED, RECEIVE, TEXT, main
from tests.archive.made import letter, packet
from tests.archive.processes import FRESH

TEMPORARY = {ProblemKind.LEFTOVER}
UNKNOWN = {ProblemKind.ORIGINAL_UNKNOWN}

LEFT_BEHIND = {
    "half-written": (0, TEMPORARY), "temporary-written": (0, TEMPORARY), "renamed": (0, UNKNOWN),
    "packet-inserted": (0, UNKNOWN), "before-commit": (0, UNKNOWN), "after-commit": (1, set()),
}


def _killed(act: str, step: str, home: Path, url: str | None) -> None:
    process = FRESH.Process(target=main, args=(act, step, home, url))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("step", RECEIVE)
def test_killed_while_receiving(archive: Archive, home: Path, url: str | None, step: str) -> None:
    packets, problems = LEFT_BEHIND[step]
    _killed("receive", step, home, url)
    assert {problem.kind for problem in archive.check()} == problems
    assert archive.packets.count() == len(archive.jobs.list(JobState.WAITING)) == packets
    row, new = archive.packets.receive("a.txt", TEXT, "clerk")
    assert new == (packets == 0)
    assert archive.files.verify(row.id)
    assert [job.packet_id for job in archive.jobs.list(JobState.WAITING)] == [row.id]
    archive.files.sweep(older=-1)
    assert archive.check() == []


@pytest.mark.parametrize("step", PARSE)
def test_killed_while_keeping_a_parse(archive: Archive, home: Path, url: str | None, step: str) -> None:
    row, _ = archive.packets.receive("a.txt", TEXT, "clerk")
    before = packet(letter())
    archive.packets.save_parse(row.id, before)
    events = len(archive.audit.list())
    _killed("parse", step, home, url)
    whole = step == "after-commit"
    assert archive.packets.parse(row.id) == (PARSED if whole else before)
    assert (len(archive.audit.list()) > events) == whole
    archive.packets.save_parse(row.id, PARSED)
    assert archive.packets.parse(row.id) == PARSED
    assert len(archive.letters.readings(next(archive.letters.copies()).ref)) == 4
    assert archive.check() == []


@pytest.mark.parametrize("step", CREATE)
def test_killed_while_creating(home: Path, own_url: str | None, step: str) -> None:
    _killed("create", step, home, own_url)
    with Archive.create(home, own_url) as archive:
        archive.packets.receive("a.txt", TEXT, "clerk")
        assert archive.check() == []

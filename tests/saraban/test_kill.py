"""A process killed at any step leaves nothing or a resumable job: the next run ends as if nothing had happened."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive import Archive, JobState, StageState
from index import open_engine
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tests.saraban.dying import STEPS


def outcome(archive: Archive, settings: Settings) -> dict[str, object]:
    """All that a clerk sees after a packet was taken in."""
    graph = archive.graph.load()
    return {
        "packets": [(row.name, row.page_count, row.letter_count, row.state) for row in archive.packets.list()],
        "nodes": graph.nodes,
        "links": graph.links,
        "tasks": [(row.task, row.state) for row in archive.tasks.list(limit=100)],
        "found": open_engine("tantivy", settings.index_folder).search("ถังขยะ").total,
        "open jobs": [
            job for state in (JobState.WAITING, JobState.RUNNING, JobState.FAILED) for job in archive.jobs.list(state)
        ],
        "problems": archive.check(),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    from tests.saraban.conftest import FORWARDED  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "packet.txt").write_text(FORWARDED, encoding="utf-8")
    settings = Settings(home=folder / "home")
    with Archive.create(settings.home) as archive:
        take_in(archive, settings, folder / "packet.txt", "packet.txt", "test")
        run_all(archive, settings)
        return outcome(archive, settings)


def test_undisturbed_ends_well(undisturbed: dict[str, object]) -> None:
    assert undisturbed["packets"] == [("packet.txt", 2, 2, StageState.DONE)]
    assert undisturbed["found"] == 2
    assert (undisturbed["open jobs"], undisturbed["problems"]) == ([], [])


@pytest.mark.parametrize("step", STEPS)
def test_killed_at(step: str, home: Path, packet: Path, undisturbed: dict[str, object]) -> None:
    Archive.create(home).close()
    died = subprocess.run([sys.executable, "-m", "tests.saraban.dying", home, packet, step], check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL, "the step was never reached"
    settings = Settings(home=home, lease_seconds=5)
    with Archive.open(home) as archive:
        assert [problem for problem in archive.check() if problem.kind != "job-stuck"] == []
        take_in(archive, settings, packet, packet.name, "test")
        run_all(archive, settings)
        assert outcome(archive, settings) == undisturbed

"""The way of the data: every stage's output is kept, later stages run again alone, order of arrival does not matter."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from archive import Archive, Job, Stage, StageState
from letters.errors import LimitExceeded
from saraban import pipeline
from saraban.jobs import Worker, run_all
from saraban.settings import Settings
from tests.parsing.texts import DEPARTMENT, PROVINCE


def ingest(home: Path, *files: Path) -> Archive:
    settings = Settings(home=home)
    archive = Archive.create(home)
    for file in files:
        pipeline.take_in(archive, settings, file, file.name, "test")
    run_all(archive, settings)
    return archive


def test_the_same_file_is_one_packet(home: Path, packet: Path, tmp_path: Path) -> None:
    twin = shutil.copy(packet, tmp_path / "other name.txt")
    with ingest(home, packet, Path(twin)) as archive:
        assert archive.packets.count() == 1
        assert archive.packets.list()[0].names == ("packet.txt", "other name.txt")
        assert archive.letters.count() == 2


def test_any_order_of_arrival_gives_the_same_graph(tmp_path: Path) -> None:
    files = []
    for name, text in (("a.txt", PROVINCE), ("b.txt", DEPARTMENT), ("c.txt", DEPARTMENT.replace("ว ๔๕๖", "ว ๑๒๓"))):
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    graphs = []
    for number, order in enumerate(permutations(files)):
        with ingest(tmp_path / str(number), *order) as archive:
            graphs.append(archive.graph.load())
    assert all(graph == graphs[0] for graph in graphs)
    assert len(graphs[0].nodes) >= 3


@pytest.mark.parametrize("first", [Stage.PARSE, Stage.LOAD])
def test_a_packet_stage_again_alone_changes_nothing(home: Path, packet: Path, first: Stage) -> None:
    with ingest(home, packet) as archive:
        before = (archive.graph.load(), archive.tasks.list(), len(archive.audit.list(limit=1000)))
        pipeline.process(archive, Settings(home=home), archive.packets.list()[0].id, first=first)
        run_all(archive, Settings(home=home))
        assert (archive.graph.load(), archive.tasks.list(), len(archive.audit.list(limit=1000))) == before


@pytest.mark.parametrize("first", [Stage.LINK, Stage.TASKS, Stage.INDEX])
def test_an_archive_stage_again_alone_changes_nothing(home: Path, packet: Path, first: Stage) -> None:
    with ingest(home, packet) as archive:
        before = (archive.graph.load(), archive.tasks.list())
        pipeline.connect(archive, Settings(home=home), first=first)
        assert (archive.graph.load(), archive.tasks.list()) == before


def test_a_broken_index_never_blocks_taking_letters_in(home: Path, packet: Path) -> None:
    settings = Settings(home=home)
    with Archive.create(home) as archive:
        settings.index_folder.write_bytes(b"not a folder")
        pipeline.take_in(archive, settings, packet, packet.name, "test")
        claimed = archive.jobs.claim("test", 60)
        assert claimed is not None
        pipeline.process(archive, settings, archive.packets.list()[0].id)
        archive.jobs.finish(claimed, "test")
        link = archive.jobs.claim("test", 60)
        assert link is not None
        from saraban.jobs import run_job  # noqa: PLC0415

        assert not run_job(archive, settings, link, "test")
        assert archive.graph.count(absent=False) == 2
        stages = {row.stage: row for row in archive.packets.list()[0].stages}
        assert (stages[Stage.TASKS].state, stages[Stage.INDEX].state) == (StageState.DONE, StageState.FAILED)
        assert "saraban reindex" in stages[Stage.INDEX].detail
        settings.index_folder.unlink()
        pipeline.connect(archive, settings, first=Stage.INDEX)
        assert archive.packets.list()[0].state is StageState.DONE


def test_a_file_over_a_limit_is_named_and_nothing_is_kept(home: Path, packet: Path) -> None:
    settings = Settings(home=home, max_bytes=10)
    with Archive.create(home) as archive:
        with pytest.raises(LimitExceeded, match="bytes"):
            pipeline.take_in(archive, settings, packet, packet.name, "test")
        assert archive.packets.count() == 0
        assert archive.check() == []


def test_progress_tells_pages_and_stages(home: Path, packet: Path) -> None:
    told: list[tuple[str, int, int]] = []

    def listen(job: Job, stage: str, done: int, total: int) -> None:
        told.append((stage, done, total))

    settings = Settings(home=home)
    with Archive.create(home) as archive:
        pipeline.take_in(archive, settings, packet, packet.name, "test")
        run_all(archive, settings, listen)
    assert ("read", 2, 2) in told
    assert {stage for stage, _, _ in told} >= {"read", "link", "tasks", "index"}


def test_a_worker_thread_takes_what_comes(home: Path, packet: Path) -> None:
    settings = Settings(home=home)
    with Archive.create(home) as archive:
        worker = Worker(archive, settings)
        worker.start()
        pipeline.take_in(archive, settings, packet, packet.name, "test")
        for _ in range(200):
            if archive.packets.list()[0].state is StageState.DONE:
                break
            worker._stop.wait(0.1)
        worker.stop()
        assert archive.packets.list()[0].state is StageState.DONE


def test_a_cancelled_job_stops_without_a_trace(home: Path, packet: Path) -> None:
    settings = Settings(home=home)
    with Archive.create(home) as archive:
        pipeline.take_in(archive, settings, packet, packet.name, "test")
        job = archive.jobs.list()[0]
        archive.jobs.cancel(job)
        assert run_all(archive, settings) == []
        assert archive.letters.count() == 0

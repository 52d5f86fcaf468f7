"""Index and links made anew as jobs: once at a time, to be stopped and gone on with, while search answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from archive import Archive, JobState
from chain import CopyRef, Graph
from index import open_engine
from saraban import rebuilding
from saraban.jobs import make_index_if_lost, run_all, run_job
from saraban.pipeline import take_in
from saraban.rebuilding import AlreadyRunning, Rebuild, rebuild_here, start
from saraban.settings import Settings
from tests.archive.made import node


@pytest.fixture
def house(tmp_path: Path, packet: Path) -> Iterator[tuple[Archive, Settings]]:
    settings = Settings(home=tmp_path / "home")
    with Archive.create(settings.home) as archive:
        take_in(archive, settings, packet, packet.name, "clerk")
        run_all(archive, settings)
        yield archive, settings


def test_one_at_a_time(house: tuple[Archive, Settings]) -> None:
    archive, _ = house
    first = start(archive, Rebuild.INDEX, "root")
    assert start(archive, Rebuild.INDEX, "root") == first, "it waits"
    assert archive.jobs.claim("w1", 60) is not None
    assert start(archive, Rebuild.INDEX, "root") == first, "it runs"
    assert start(archive, Rebuild.LINKS, "root") != first
    told = [event for event in archive.audit.list() if event.action == "rebuild-started"]
    assert [(event.subject, event.after) for event in told] == [
        (f"job:{first}", "reindex"), (f"job:{first + 1}", "relink")]


def test_an_index_that_was_lost_is_made_by_the_worker(house: tuple[Archive, Settings]) -> None:
    archive, settings = house
    make_index_if_lost(archive, settings, "worker")
    assert archive.jobs.claim("w1", 60) is None, "it is there"
    shutil.rmtree(settings.index_folder)
    make_index_if_lost(archive, settings, "worker")
    run_all(archive, settings)
    assert open_engine("tantivy", settings.index_folder).search("ถังขยะ").hits


def test_an_archive_without_letters_needs_no_index(tmp_path: Path) -> None:
    with Archive.create(tmp_path) as archive:
        make_index_if_lost(archive, Settings(home=tmp_path), "worker")
        assert archive.jobs.claim("w1", 60) is None


@pytest.mark.parametrize("what", list(Rebuild))
def test_the_same_comes_of_it(house: tuple[Archive, Settings], what: Rebuild) -> None:
    archive, settings = house

    def outcome() -> tuple[object, ...]:
        found = open_engine("tantivy", settings.index_folder).search("ถังขยะ")
        graph = archive.graph.load()
        return {hit.id for hit in found.hits}, graph.nodes, graph.links, archive.tasks.list(limit=100)

    before = outcome()
    seen: list[tuple[str, int, int]] = []
    job = start(archive, what, "root")
    ended = run_all(archive, settings, lambda one, stage, done, total: seen.append((stage, done, total)))
    assert [(one.id, one.state) for one in ended] == [(job, JobState.DONE)]
    assert outcome() == before and before[0]
    assert seen and all(done <= total for _, done, total in seen)


@pytest.fixture
def many(house: tuple[Archive, Settings], monkeypatch: pytest.MonkeyPatch) -> tuple[Archive, Settings]:
    """Sixty letters, and rebuilds that commit every ten."""
    archive, settings = house
    copy = archive.letters.of_packet(archive.packets.list()[0].id)[0].ref
    archive.graph.save(Graph(tuple(node(f"n{place:03}", copies=(CopyRef(copy.packet, copy.index),) if not place else ())
                                   for place in range(60)), ()))
    monkeypatch.setattr(rebuilding, "open_engine", partial(open_engine, batch=10))
    return archive, settings


def test_it_lets_others_go_first_and_goes_on_later(many: tuple[Archive, Settings]) -> None:
    archive, settings = many
    start(archive, Rebuild.INDEX, "root")
    job = archive.jobs.claim("w1", 60)
    assert job is not None
    archive.jobs.enqueue("link")
    assert not run_job(archive, settings, job, "w1")
    seen = archive.jobs.get(job.id)
    assert (seen.state, seen.attempts, seen.done) == (JobState.WAITING, 0, 10)
    other = archive.jobs.claim("w1", 60)
    assert other is not None and other.kind == "link", "for some seconds, others are taken"
    assert archive.jobs.cancel(other)
    seen_anew: list[int] = []
    assert [one.state for one in run_all(archive, settings, lambda *told: seen_anew.append(told[2]))] == [JobState.DONE]
    assert seen_anew == [20, 30, 40, 50, 60]


def test_it_is_stopped_and_search_answers_from_the_old_index(many: tuple[Archive, Settings]) -> None:
    archive, settings = many
    start(archive, Rebuild.INDEX, "root")
    job = archive.jobs.claim("w1", 60)
    assert job is not None

    def stop(_job: object, _stage: str, done: int, _total: int) -> None:
        found = open_engine("tantivy", settings.index_folder).search("ถังขยะ")
        assert found.total == 2
        if done == 20:
            archive.jobs.cancel(job)

    assert not run_job(archive, settings, job, "w1", stop)
    assert archive.jobs.get(job.id).state is JobState.CANCELLED
    assert archive.jobs.get(job.id).done == 20
    start(archive, Rebuild.INDEX, "root")
    assert [one.state for one in run_all(archive, settings)] == [JobState.DONE]


def test_links_made_anew_are_stopped_whole(house: tuple[Archive, Settings]) -> None:
    archive, settings = house
    before = archive.graph.load()
    start(archive, Rebuild.LINKS, "root")
    job = archive.jobs.claim("w1", 60)
    assert job is not None
    archive.jobs.cancel(job)
    assert not run_job(archive, settings, job, "w1")
    assert archive.graph.load() == before


def test_the_command_line_waits_for_no_job_that_does_the_same(house: tuple[Archive, Settings]) -> None:
    archive, settings = house
    job = start(archive, Rebuild.INDEX, "root")
    assert archive.jobs.claim("w1", 60) is not None
    with pytest.raises(AlreadyRunning) as told:
        rebuild_here(archive, settings, Rebuild.INDEX)
    assert str(job) in told.value.message("th")
    rebuild_here(archive, settings, Rebuild.LINKS)


def test_from_the_command_line(run: Callable[..., object], packet: Path, home: Path) -> None:
    for words in (["init"], ["ingest", packet], ["reindex", "--queue"], ["relink", "--queue"], ["reindex"], ["relink"]):
        done = run(*words)
        assert done.exit_code == 0, done.output
    with Archive.open(home) as archive:
        assert {job.kind for job in archive.jobs.list(JobState.WAITING)} == {"reindex", "relink"}


def test_backup_and_restore_from_the_command_line(run: Callable[..., object], packet: Path, home: Path,
                                                  tmp_path: Path) -> None:
    for words in (["init"], ["ingest", packet], ["backup", tmp_path / "b.tar"],
                  ["restore", tmp_path / "b.tar", "--home", tmp_path / "new"]):
        done = run(*words)
        assert done.exit_code == 0, done.output
    assert run("check", "--home", tmp_path / "new").exit_code == 0
    with Archive.open(tmp_path / "new") as archive:
        assert [job.kind for job in archive.jobs.list(JobState.WAITING)] == ["reindex"]
    again = run("backup", tmp_path / "b.tar")
    assert again.exit_code == 1 and again.exception.exit_code == 73

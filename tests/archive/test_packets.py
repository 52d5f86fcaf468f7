"""Receiving and listing packets, their pages and stages."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import PROCESS, Archive, JobState, Narrowed, Stage, StageState
from archive.schema import Words
from letters.errors import NotFound, StorageFull
from tests.archive.made import letter, packet, page


def test_a_packet_comes_with_its_original_its_job_and_its_event(archive: Archive, tmp_path: Path) -> None:
    source = tmp_path / "หนังสือ ๑.pdf"
    source.write_bytes(b"letter")
    row, new = archive.packets.receive(source.name, source, "clerk")
    assert new
    assert row.id == hashlib.sha256(b"letter").hexdigest()
    assert (row.name, row.stem, row.size, row.received_by) == ("หนังสือ ๑.pdf", "หนังสือ ๑", 6, "clerk")
    assert (row.page_count, row.letter_count, row.state) == (0, None, StageState.PENDING)
    assert archive.files.read(row.id) == b"letter"
    [job] = archive.jobs.list()
    assert (job.kind, job.packet_id, job.state) == (PROCESS, row.id, JobState.WAITING)
    [event] = archive.audit.list(f"packet:{row.id}")
    assert (event.actor, event.action, event.after) == ("clerk", "packet-received", "หนังสือ ๑.pdf")


def test_the_same_bytes_are_one_packet_with_two_names(archive: Archive) -> None:
    first, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    second, new = archive.packets.receive("b.pdf", b"letter", "officer")
    archive.packets.receive("a.pdf", b"letter", "officer")
    assert (new, second.id, second.name, second.names) == (False, first.id, "a.pdf", ("a.pdf", "b.pdf"))
    assert archive.packets.count() == len(archive.jobs.list()) == 1
    assert [event.action for event in archive.audit.list()] == ["packet-received", "packet-received-again"]


@pytest.mark.parametrize(("given_name", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\scans\\a.pdf", "a.pdf"), ("nul\0.pdf", "nul\ufffd.pdf"),
    ("half\udce0.pdf", "half?.pdf"),
])
def test_names_are_made_harmless(archive: Archive, given_name: str, kept: str) -> None:
    row, _ = archive.packets.receive(given_name, b"letter", "clerk")
    assert row.name == kept


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_stored(text: str) -> None:
    kept = Words().process_bind_param(text, None)
    assert kept is not None
    assert "\0" not in kept
    kept.encode("utf-8")


@pytest.mark.parametrize("key", ["a", "a.pdf", "alias", "alias.png", "{id}", "{id:.8}"])
def test_packets_are_found_by_id_and_name(archive: Archive, key: str) -> None:
    row, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    archive.packets.receive("alias.png", b"letter", "clerk")
    archive.packets.receive("other.pdf", b"other", "clerk")
    assert [found.id for found in archive.packets.find(key.format(id=row.id))] == [row.id]


@pytest.mark.parametrize("key", ["b", "a%", "%%%%%%%%", "________", ""])
def test_packets_not_found(archive: Archive, key: str) -> None:
    archive.packets.receive("a.pdf", b"letter", "clerk")
    assert archive.packets.find(key) == ()


def test_two_files_of_one_name_are_both_found_newest_first(archive: Archive) -> None:
    first, second = (archive.packets.receive("scan.pdf", data, "clerk")[0] for data in (b"1", b"2"))
    assert [row.id for row in archive.packets.find("scan")] == [second.id, first.id]


def test_listing_goes_page_by_page_newest_first(archive: Archive) -> None:
    ids = [archive.packets.receive(f"{place}.pdf", bytes([place]), "clerk")[0].id for place in range(5)]
    seen: list[str] = []
    while rows := archive.packets.list(after=seen[-1] if seen else None, limit=2):
        seen += [row.id for row in rows]
    assert seen == ids[::-1]


def test_unknown_packets(archive: Archive) -> None:
    for act in (lambda: archive.packets.get("0" * 64), lambda: archive.packets.save_page("0" * 64, page()),
                lambda: archive.packets.list(after="0" * 64), lambda: archive.packets.page("0" * 64, 1),
                lambda: archive.packets.set_stage("0" * 64, Stage.LOAD, StageState.DONE)):
        with pytest.raises(NotFound):
            act()


def test_pages_are_kept_as_read_and_replaced_one_by_one(archive: Archive) -> None:
    row, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    for place in (2, 1):
        archive.packets.save_page(row.id, page(place))
    archive.packets.save_page(row.id, page(2, "อ่านใหม่"))
    assert archive.packets.pages(row.id) == {1: page(1), 2: page(2, "อ่านใหม่")}
    assert archive.packets.page(row.id, 2).text == "อ่านใหม่"
    assert archive.packets.get(row.id).page_count == 2
    archive.packets.clear_pages(row.id)
    assert archive.packets.pages(row.id) == {}


@pytest.mark.parametrize(("stages", "state"), [
    ({}, StageState.PENDING),
    ({"load": "done", "read": "running"}, StageState.RUNNING),
    ({"load": "done", "read": "failed"}, StageState.FAILED),
    ({"load": "done"}, StageState.PENDING),
    ({"link": "running", "index": "done"}, StageState.RUNNING),
    ({"load": "done", "index": "done"}, StageState.DONE),
])
def test_stages_tell_how_far_a_packet_is(archive: Archive, stages: dict[str, str], state: StageState) -> None:
    row, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    for stage, word in stages.items():
        archive.packets.set_stage(row.id, stage, "pending")
        archive.packets.set_stage(row.id, stage, word, "ข้อความ")
    row = archive.packets.get(row.id)
    assert row.state is state
    assert [(stage.stage, stage.state, stage.detail) for stage in row.stages] == [
        (Stage(stage), StageState(word), "ข้อความ") for stage, word in stages.items()]


def test_a_database_without_room_says_so_and_keeps_what_it_had(home: Path) -> None:
    with Archive.create(home) as archive:
        archive.packets.receive("a.pdf", b"first", "clerk")
        with archive.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as full as a disk can be
        with pytest.raises(StorageFull, match=r"big\.pdf"):
            for place in range(100):
                archive.packets.receive("big.pdf", b"%d" % place, "x" * 5000)
        count = archive.packets.count()
        assert count == len(archive.jobs.list(limit=200)) < 100
    with Archive.open(home) as archive:
        assert [problem.kind for problem in archive.check()] == ["original-unknown"]
        assert archive.packets.receive("big.pdf", b"%d" % (count - 1), "clerk")[1]


def test_packets_are_narrowed_by_what_waits_by_failure_and_by_name(archive: Archive) -> None:
    ids = {name: archive.packets.receive(name, name.encode(), "clerk")[0].id
           for name in ("Clear.pdf", "doubtful.pdf", "broken.pdf", "fault.pdf")}
    unsure = letter()
    sure = replace(unsure, date=replace(unsure.date, confidence=0.9))
    archive.packets.save_parse(ids["doubtful.pdf"], packet(sure, unsure))
    archive.packets.save_parse(ids["Clear.pdf"], packet(sure))
    archive.packets.set_stage(ids["broken.pdf"], "load", "failed", "เสียหาย")
    while (job := archive.jobs.claim("worker", 60)) is not None:
        if job.packet_id == ids["fault.pdf"]:
            archive.jobs.fail(job, "worker", "fault", "x", retry=False)
        else:
            archive.jobs.finish(job, "worker")

    def names(**only: object) -> set[str]:
        narrowed = Narrowed(**only)
        found = archive.packets.list(only=narrowed)
        assert archive.packets.count(only=narrowed) == len(found)
        return {row.name for row in found}

    assert names() == set(ids) and archive.packets.get(ids["doubtful.pdf"]).waiting == 1
    assert names(waits=True) == {"doubtful.pdf"} and names(failed=True) == {"broken.pdf", "fault.pdf"}
    assert names(words="CLEAR") == {"Clear.pdf"} and names(words="%") == set() and names(words="f", failed=True) == {
        "broken.pdf", "fault.pdf"}
    archive.jobs.enqueue(PROCESS, ids["fault.pdf"])
    assert names(failed=True) == {"broken.pdf"}, "it is tried again"

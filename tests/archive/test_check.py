"""The check names each kind of damage, and nothing in a sound archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from archive import Archive, ProblemKind
from archive.schema import JobRecord, LetterRecord, NodeRecord, PageRecord
from chain import CopyRef, Graph
from tests.archive.made import letter, link, node, packet, page


@pytest.fixture
def packet_id(archive: Archive) -> str:
    """A packet that went all the way."""
    row, _ = archive.packets.receive("a.pdf", b"letter", "clerk")
    for place in (1, 2):
        archive.packets.save_page(row.id, page(place))
    archive.packets.set_stage(row.id, "read", "done")
    archive.packets.save_parse(row.id, packet(letter(), letter("ว 3", pages=(2,))))
    copies = (CopyRef(row.id, 0),)
    archive.graph.save(Graph((node("a", copies=copies), node("b", "ว 3")), (link("a", "b", (row.id, 0, 0)),)))
    return row.id


def _kinds(archive: Archive) -> list[ProblemKind]:
    return [problem.kind for problem in archive.check()]


def test_a_sound_archive(archive: Archive, packet_id: str) -> None:
    assert archive.check() == []


def test_a_missing_original(archive: Archive, packet_id: str) -> None:
    archive.files.path(packet_id).unlink()
    assert _kinds(archive) == [ProblemKind.ORIGINAL_MISSING]


def test_an_altered_original_is_seen_when_originals_are_read(archive: Archive, packet_id: str) -> None:
    archive.files.path(packet_id).write_bytes(b"lettes")
    assert _kinds(archive) == [ProblemKind.ORIGINAL_ALTERED]
    assert archive.check(originals=False) == []


def test_an_original_without_a_packet_and_a_leftover(archive: Archive, packet_id: str) -> None:
    archive.files.put(b"other")
    (archive.files.folder / "incoming" / "half").write_bytes(b"ha")
    assert set(_kinds(archive)) == {ProblemKind.ORIGINAL_UNKNOWN, ProblemKind.LEFTOVER}


@pytest.mark.parametrize("lost", [(1,), (1, 2)])
def test_missing_pages(archive: Archive, packet_id: str, lost: tuple[int, ...]) -> None:
    with archive.database.writing() as session:
        session.execute(delete(PageRecord).where(PageRecord.number.in_(lost)))
    assert _kinds(archive) == [ProblemKind.PAGES_MISSING]


def test_a_link_to_nowhere(archive: Archive, packet_id: str) -> None:
    with archive.database.writing() as session:
        session.execute(delete(NodeRecord).where(NodeRecord.id == "b"))
    [problem] = archive.check()
    assert (problem.kind, problem.detail) == (ProblemKind.LINK_BROKEN, "b is no node")


def test_a_copy_of_a_letter_that_is_gone(archive: Archive, packet_id: str) -> None:
    with archive.database.writing() as session:
        session.execute(delete(LetterRecord).where(LetterRecord.position == 0))
    assert _kinds(archive) == [ProblemKind.COPY_BROKEN]


def test_a_job_nobody_comes_back_to(archive: Archive, packet_id: str) -> None:
    job = archive.jobs.claim("w1", 60)
    assert job is not None
    with archive.database.writing() as session:
        row = session.get(JobRecord, job.id)
        assert row is not None
        row.lease_until = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    assert _kinds(archive) == [ProblemKind.JOB_STUCK]


def test_an_audit_trail_without_its_guards(home: Path, own_url: str | None) -> None:
    with Archive.create(home, own_url) as archive:
        on = "" if archive.database.is_sqlite else " ON audit_events"
        with archive.database.writing() as session:
            session.execute(text(f"DROP TRIGGER audit_no_update{on}"))
        [problem] = archive.check()
        assert (problem.kind, problem.subject) == (ProblemKind.AUDIT_UNGUARDED, "audit_no_update")

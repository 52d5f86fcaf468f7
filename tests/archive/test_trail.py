"""The audit trail as a chain of digests: whoever writes past the program is found out."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from archive import Archive, ProblemKind
from archive.audit import note

ASIDE = {True: ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
         False: ("SET LOCAL session_replication_role = replica",)}
"""What makes the guards look away, on SQLite and on PostgreSQL."""


def breaks(archive: Archive) -> list[str]:
    return [problem.subject for problem in archive.check() if problem.kind is ProblemKind.AUDIT_BROKEN]


def past_the_program(archive: Archive, statement: str) -> None:
    """Writes as somebody with the database's password would."""
    with archive.database.writing() as session:
        for aside in ASIDE[archive.database.is_sqlite]:
            session.execute(text(aside))
        session.execute(text(statement))


def fill(archive: Archive) -> list[int]:
    for number in range(5):
        archive.audit.add("malee", "export", f"packet:{number}", "ช่อง\0", "ก" * 3000, "\ud800")
    return [event.id for event in archive.audit.list()]


def test_a_trail_left_alone_is_whole(archive: Archive) -> None:
    fill(archive)
    assert breaks(archive) == []


@pytest.mark.parametrize("statement", [
    "UPDATE audit_events SET actor = 'somebody else' WHERE id = {id}",
    "UPDATE audit_events SET at = (SELECT at FROM audit_events WHERE id = {last}) WHERE id = {id}",
    "UPDATE audit_events SET after = NULL WHERE id = {id}",
    "UPDATE audit_events SET digest = 'abc' WHERE id = {id}",
])
def test_a_changed_event_is_found(archive: Archive, statement: str) -> None:
    ids = fill(archive)
    past_the_program(archive, statement.format(id=ids[2], last=ids[-1]))
    assert f"event {ids[2]}" in breaks(archive)


def test_an_event_taken_out_is_found(archive: Archive) -> None:
    ids = fill(archive)
    past_the_program(archive, f"DELETE FROM audit_events WHERE id = {ids[2]}")
    assert breaks(archive) == [f"event {ids[3]}"]


def test_the_chain_goes_on_after_a_break(archive: Archive) -> None:
    ids = fill(archive)
    past_the_program(archive, f"DELETE FROM audit_events WHERE id = {ids[0]}")
    archive.audit.add("malee", "export", "packet:9")
    assert breaks(archive) == [f"event {ids[1]}"]


def test_many_writers_at_once_write_one_chain(archive: Archive) -> None:
    def write(name: str) -> None:
        for number in range(10):
            archive.audit.add(name, "export", f"packet:{number}")

    threads = [threading.Thread(target=write, args=(f"clerk{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive.audit.list(limit=1000)) == 80 and breaks(archive) == []


def test_what_is_not_kept_leaves_no_event(archive: Archive) -> None:
    class StoppedError(Exception):
        pass

    before = len(archive.audit.list())
    with pytest.raises(StoppedError), archive.database.writing() as session:
        note(archive.database, session, "malee", "export", "packet:1")
        raise StoppedError
    assert len(archive.audit.list()) == before and breaks(archive) == []

"""The audit trail can be read and added to; the database refuses everything else."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from archive import Archive
from archive.audit import LONGEST, AuditAsked

_REPLACE = ("INSERT OR REPLACE INTO audit_events (id, at, actor, action, subject, field) "
            "VALUES (1, '2024-01-01', 'x', 'x', 'x', 'x')")


@pytest.mark.parametrize("attack", [
    "UPDATE audit_events SET actor = 'somebody'", "DELETE FROM audit_events", "DELETE FROM audit_events WHERE id = 1",
    "sqlite: " + _REPLACE, "postgresql: TRUNCATE audit_events",
])
def test_rewriting_history_is_refused(archive: Archive, attack: str) -> None:
    kind, _, only = attack.partition(": ")
    if only and kind != archive.database.url.get_backend_name():
        attack = "DELETE FROM audit_events"  # the other database knows no such statement
    elif only:
        attack = only
    archive.audit.add("clerk", "sign-in", "user:1")
    before = archive.audit.list()
    with pytest.raises(DBAPIError, match="append-only"), archive.database.writing() as session:
        session.execute(text(attack))
    assert archive.audit.list() == before


def test_events_are_listed_in_order_by_subject_and_page_by_page(archive: Archive) -> None:
    for place in range(5):
        archive.audit.add("clerk", "export", f"user:{place % 2}", "list", None, str(place))
    assert [event.after for event in archive.audit.list()] == list("01234")
    assert [event.after for event in archive.audit.list("user:1")] == ["1", "3"]
    first = archive.audit.list(limit=2)
    assert [event.after for event in archive.audit.list(after=first[-1].id, limit=2)] == ["2", "3"]
    assert first[0].at.utcoffset() is not None


def test_long_values_are_cut_visibly(archive: Archive) -> None:
    archive.audit.add("clerk", "x", "y", "text", "ก" * LONGEST, "ข" * (LONGEST + 1))
    [event] = archive.audit.list()
    assert event.before == "ก" * LONGEST
    assert event.after == "ข" * (LONGEST - 1) + "…"


def test_a_change_that_fails_leaves_no_event(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError), archive.database.writing() as session:
        session.execute(text("INSERT INTO meta (key, value) VALUES ('k', 'v')"))
        raise ZeroDivisionError
    assert archive.meta.get("k") is None


def test_the_latest_come_first_page_by_page(archive):
    for number in range(5):
        archive.audit.add("somebody", "exported", "letters", "count", None, str(number))
    first = archive.audit.latest("letters", limit=2)
    rest = archive.audit.latest("letters", before=first[-1].id)
    assert [event.after for event in (*first, *rest)] == ["4", "3", "2", "1", "0"]


def test_events_before_an_instant_are_found(archive: Archive) -> None:
    for number in range(4):
        archive.audit.add("somebody", "looked", f"thing:{number}")
    events = archive.audit.list()
    found = [archive.audit.search(AuditAsked(until=event.at)) for event in events]
    assert [[one.id for one in some] for some in found] == [
        [event.id for event in reversed(events) if event.at < until.at] for until in events]
    assert archive.audit.search(AuditAsked(actor="somebody", action="looked", until=events[2].at), limit=1) == (
        events[1],)

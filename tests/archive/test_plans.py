"""Questions that screens ask of large archives begin with an index, not with every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from archive import Archive
from archive.audit import AuditAsked
from archive.sight import Sight

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def asked(home: Path) -> Iterator[tuple[Archive, list[str]]]:
    """An empty SQLite archive, and the plans of what it is asked from then on."""
    with Archive.create(home) as archive:
        plans: list[str] = []

        @event.listens_for(archive.database.engine, "before_cursor_execute")
        def explain(connection, cursor, statement, parameters, context, many) -> None:
            if statement.startswith("SELECT"):
                rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
                plans.append(" | ".join(row[3] for row in rows))

        yield archive, plans


@pytest.mark.parametrize("sight", [
    Sight("x", district="6703", home="D6703"), Sight("x", office="5670318", home="5670318"),
    Sight("x", province="67", home="P67"),
])
def test_lists_of_an_area_begin_with_its_letters(asked: tuple[Archive, list[str]], sight: Sight) -> None:
    archive, plans = asked
    archive.graph.nodes(absent=False, sight=sight)
    archive.graph.nodes(sender="กรม", sight=sight)
    archive.graph.count(absent=True, sight=sight)
    assert len(plans) == 3
    for plan in plans:
        assert "SEARCH nodes USING INDEX sqlite_autoindex_nodes_1 (id=?)" in plan and "SCAN nodes" not in plan


@pytest.mark.parametrize("wanted", [
    AuditAsked(actor="clerk1"), AuditAsked(action="backup-made"), AuditAsked(subject="task:1"),
    AuditAsked(actor="clerk1", until=NOON), AuditAsked(since=NOON, until=NOON + dt.timedelta(days=1)),
])
def test_the_trail_is_searched_by_index(asked: tuple[Archive, list[str]], wanted: AuditAsked) -> None:
    archive, plans = asked
    archive.audit.search(wanted)
    assert plans
    assert not [plan for plan in plans if "SCAN audit_events" in plan]

"""What administrators ask of the archive: people by name, sessions that end, events by who, what and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive import Archive, JobState
from archive.audit import AuditAsked
from letters import Office, OfficeKind
from letters.errors import NotFound

PASSWORD = "correct horse battery"


@pytest.fixture
def people(archive: Archive) -> Archive:
    for name, role, office in (("anong", "clerk", None), ("boonmee", "lao", "6670318"), ("chai", "lao", "6670304")):
        archive.users.add(name, PASSWORD, role, office, actor="root")
    return archive


@pytest.mark.parametrize(("asked", "found"), [
    ({}, ["anong", "boonmee", "chai"]), ({"words": "ON"}, ["anong", "boonmee"]), ({"words": "0304"}, ["chai"]),
    ({"role": "lao"}, ["boonmee", "chai"]), ({"after": "anong", "limit": 1}, ["boonmee"]), ({"words": "%"}, []),
])
def test_people_are_found_by_name_office_and_role(people: Archive, asked, found) -> None:
    assert [one.name for one in people.users.search(**asked)] == found


def test_ending_sessions_changes_the_stamp_and_keeps_the_password(people: Archive) -> None:
    before = people.users.named("anong")
    people.users.end_sessions(before.id, "root")
    after = people.users.check("anong", PASSWORD)
    assert after and after.stamp != before.stamp
    assert people.audit.latest(f"user:{before.id}")[0].action == "sessions-ended"
    with pytest.raises(NotFound):
        people.users.end_sessions(999)


def test_events_are_found_by_who_what_which_and_when(people: Archive) -> None:
    people.audit.add("anong", "exported", "letters")
    now = people.audit.latest(limit=1)[0].at
    later, sooner = now + dt.timedelta(minutes=1), now - dt.timedelta(days=1)

    def found(**asked) -> list[str]:
        return [event.action for event in people.audit.search(AuditAsked(**asked))]

    assert found(actor="anong") == ["exported"]
    assert found(action="user-added") == ["user-added"] * 3
    user = people.users.named("chai").id
    assert found(subject=f"user:{user}") == ["user-added"] and len(found(subject="user")) == 3
    assert found(since=later) == [] and len(found(until=later, since=sooner)) == 4
    first = people.audit.search(AuditAsked(), limit=1)[0]
    assert len(people.audit.search(AuditAsked(), before=first.id)) == 3


def test_the_registry_is_read_again_when_another_process_changed_it(archive: Archive, url: str | None) -> None:
    first = Office("6670301", OfficeKind.TAO, "นาหนึ่ง", "เพชรบูรณ์", "หล่มสัก")
    archive.offices.save([first])
    assert archive.offices.all() == archive.offices.all() == (first,)
    with Archive.open(archive.home, url) as other:
        for offices in ((replace(first, name="นาสอง"),), (), (first,)):
            other.offices.save(offices)
            assert archive.offices.all() == offices


def test_several_packets_and_jobs_counted(archive: Archive) -> None:
    rows = [archive.packets.receive(f"{name}.pdf", name.encode(), "clerk")[0] for name in "abc"]
    found = archive.packets.several([rows[0].id, rows[2].id, rows[0].id, "0" * 64])
    assert {key: row.name for key, row in found.items()} == {rows[0].id: "a.pdf", rows[2].id: "c.pdf"}
    assert (archive.jobs.count(JobState.WAITING), archive.jobs.count(JobState.DONE)) == (3, 0)

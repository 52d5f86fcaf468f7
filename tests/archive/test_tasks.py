"""Tasks are derived anew; what people said of them stays."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest

from archive import Archive
from letters.errors import Conflict, NotFound
from tasks import Task, TaskState
from tests.archive.made import task

EARLY, LATE = dt.date(2024, 1, 31), dt.date(2024, 6, 30)


def _ids(archive: Archive, **filters: object) -> str:
    rows = archive.tasks.list(**filters)  # type: ignore[arg-type]
    assert archive.tasks.count(**{key: value for key, value in filters.items() if key not in ("after", "limit")}  # type: ignore[arg-type]
                               ) >= len(rows)
    return "".join(row.task.id for row in rows)


def test_tasks_come_by_due_day_with_those_without_one_last(archive: Archive) -> None:
    archive.tasks.save([task("a"), task("b", due=LATE), task("c", "5360402", EARLY), task("d", due=EARLY)])
    assert _ids(archive) == "cdba"
    assert _ids(archive, office="5360402") == "c"
    assert _ids(archive, due_before=LATE) == "cd"
    assert _ids(archive, limit=2) == "cd"
    assert _ids(archive, after="d", limit=2) == "ba"
    assert archive.tasks.count(due_before=LATE) == 2
    assert archive.tasks.get("b").task == task("b", due=LATE)


def test_peoples_words_outlive_every_re_run(archive: Archive) -> None:
    archive.tasks.save([task("a"), task("b")])
    row = archive.tasks.set_state("a", TaskState.DONE, "เจ้าหน้าที่", reason="ส่งแล้ว")
    archive.tasks.comment("a", "ผู้ตรวจ", "รับทราบ")
    assert (row.state, row.version, row.changed_by) == (TaskState.DONE, 1, "เจ้าหน้าที่")
    archive.tasks.save([task("a", title="รายงานข้อมูลใหม่"), task("b")])
    row = archive.tasks.get("a")
    assert (row.state, row.version, row.task.title) == (TaskState.DONE, 1, "รายงานข้อมูลใหม่")
    assert [(comment.actor, comment.text) for comment in archive.tasks.comments("a")] == [
        ("เจ้าหน้าที่", "ส่งแล้ว"), ("ผู้ตรวจ", "รับทราบ")]
    assert _ids(archive, state=TaskState.DONE) == "a"
    assert _ids(archive, state=TaskState.NEW) == "b"


def test_a_task_no_longer_asked_for_is_withdrawn_and_may_come_back(archive: Archive) -> None:
    archive.tasks.save([task("a"), task("b")])
    archive.tasks.set_state("a", TaskState.IN_PROGRESS, "เจ้าหน้าที่")
    archive.tasks.save([task("b")])
    assert (_ids(archive), _ids(archive, withdrawn=True)) == ("b", "a")
    assert archive.tasks.get("a").withdrawn
    archive.tasks.save([task("a"), task("b")])
    row = archive.tasks.get("a")
    assert (_ids(archive), row.withdrawn, row.state) == ("ab", False, TaskState.IN_PROGRESS)


def test_the_trail_tells_of_changed_and_withdrawn_tasks_and_of_nothing_else(archive: Archive) -> None:
    archive.tasks.save([task("a", due=LATE), task("b")])
    archive.tasks.save([task("a", due=LATE), task("b")])
    archive.tasks.save([task("a", due=EARLY)])
    archive.tasks.set_state("a", TaskState.DONE, "เจ้าหน้าที่")
    events = [(event.action, event.subject, event.field, event.before, event.after) for event in archive.audit.list()]
    assert events == [
        ("task-changed", "task:a", "due", "2024-06-30", "2024-01-31"),
        ("task-withdrawn", "task:b", "", None, None),
        ("task-state", "task:a", "state", "new", "done"),
    ]


@pytest.mark.parametrize(("expected", "refused"), [(None, False), (1, False), (0, True), (2, True)])
def test_a_change_on_top_of_an_old_view_is_refused(archive: Archive, expected: int | None, refused: bool) -> None:
    archive.tasks.save([task("a")])
    archive.tasks.set_state("a", TaskState.ACKNOWLEDGED, "คนแรก", expected_version=0)
    if refused:
        with pytest.raises(Conflict):
            archive.tasks.set_state("a", TaskState.DONE, "คนที่สอง", expected_version=expected)
    else:
        archive.tasks.set_state("a", TaskState.DONE, "คนที่สอง", expected_version=expected)
    assert archive.tasks.get("a").version == (1 if refused else 2)


def test_of_two_who_change_at_once_one_is_told(archive: Archive) -> None:
    archive.tasks.save([task("a")])
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def change() -> None:
        start.wait()
        try:
            archive.tasks.set_state("a", TaskState.DONE, "ใคร", expected_version=0)
            outcomes.append("done")
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 3 + ["done"]


def test_more_tasks_than_one_statement_takes(archive: Archive) -> None:
    many = [replace(task(f"{place:05}"), office=str(place % 7)) for place in range(1200)]
    archive.tasks.save(iter(many))
    archive.tasks.save(iter(many[:5]))
    assert archive.tasks.count() == 5
    assert archive.tasks.count(withdrawn=True) == 1195
    assert archive.tasks.count(office="3") == 1


def test_unknown_tasks(archive: Archive) -> None:
    for act in (lambda: archive.tasks.get("x"), lambda: archive.tasks.comment("x", "ใคร", "อะไร"),
                lambda: archive.tasks.set_state("x", TaskState.DONE, "ใคร")):
        with pytest.raises(NotFound):
            act()


def test_a_whole_task_comes_back(archive: Archive) -> None:
    whole: Task = replace(task("a", due=LATE), urls=("https://example.go.th",), phones=("0 2000 0000",))
    archive.tasks.save([whole])
    assert archive.tasks.get("a").task == whole

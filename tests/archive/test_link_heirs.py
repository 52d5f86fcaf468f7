"""Two letters turn out to be one: what people did with the tasks of the one stands with the tasks of the other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from archive import Archive
from chain import Graph
from tasks import Task, TaskState
from tests.archive.made import node, task

DUE = dt.date(2024, 1, 31)


def _of(letter: str, key: str, due: dt.date | None = DUE, office: str = "6360401") -> Task:
    return replace(task(key, office, due), letter=letter)


@pytest.fixture
def merged(archive: Archive) -> Archive:
    """Two letters with a task each, of which one was done; then they are one."""
    archive.graph.save(Graph((node("older"), node("younger")), ()))
    archive.tasks.save([_of("younger", "b"), _of("elsewhere", "c")])
    archive.tasks.set_state("b", TaskState.DONE, "เจ้าหน้าที่", reason="ส่งแล้ว")
    archive.tasks.assign("b", "สมชาย", "หัวหน้า")
    archive.graph.save(Graph((node("older"),), (), (("younger", "older"),)))
    return archive


def test_state_hands_and_remarks_follow(merged: Archive) -> None:
    merged.tasks.save([_of("older", "a"), _of("elsewhere", "c")])
    row = merged.tasks.get("a")
    assert (row.state, row.changed_by, row.assignee) == (TaskState.DONE, "เจ้าหน้าที่", "สมชาย")
    assert [one.text for one in merged.tasks.comments("a")] == ["ส่งแล้ว"]
    assert merged.tasks.get("b").withdrawn and merged.tasks.get("b").state is TaskState.NEW
    assert merged.tasks.get("c").state is TaskState.NEW


@pytest.mark.parametrize("new", [
    [_of("older", "a", office="5360402")],                              # another office's
    [_of("elsewhere", "a")],                                            # another letter's
    [_of("older", "a"), _of("older", "d")],                             # two that could take over
    []])
def test_nothing_is_guessed(merged: Archive, new: list[Task]) -> None:
    merged.tasks.save(new)
    assert all(merged.tasks.get(one.id).state is TaskState.NEW for one in new)
    assert merged.tasks.get("b").state is TaskState.DONE


def test_who_acted_on_the_heir_is_not_overruled(merged: Archive) -> None:
    merged.tasks.save([_of("older", "a"), _of("younger", "b")])
    merged.tasks.set_state("a", TaskState.NOT_APPLICABLE, "เจ้าหน้าที่", reason="ไม่เกี่ยวข้อง")
    merged.tasks.save([_of("older", "a")])
    assert merged.tasks.get("a").state is TaskState.NOT_APPLICABLE
    assert merged.tasks.get("b").state is TaskState.DONE


def test_with_several_the_one_of_the_same_day_takes_over(merged: Archive) -> None:
    merged.tasks.save([_of("older", "a"), _of("older", "d", dt.date(2024, 2, 29))])
    assert merged.tasks.get("a").state is TaskState.DONE

"""Tasks: the list, one task, moving it on."""

from __future__ import annotations

import pytest

from archive import Role
from tasks import TaskState
from tests.webui.conftest import LAO_OFFICE, Visitor, World
from webui import create_app

OFFICE_NAME = "ห้วยไร่"


def task_of(world: World, office: str) -> str:
    return world.archive.tasks.list(office=office)[0].task.id


@pytest.mark.parametrize(("query", "found"), [
    ({}, True),
    ({"office": LAO_OFFICE}, True),
    ({"office": "ตลุกดู่ที่ไม่มีจริง"}, False),
    ({"due": "week"}, True),       # due on the 23rd, today is the 20th
    ({"due": "overdue"}, False),
    ({"state": "new"}, True),
    ({"state": "certified"}, False),
    ({"state": "no such state"}, True),
])
def test_the_list_is_narrowed(world: World, signed_in, query: dict[str, str], found: bool) -> None:
    text = signed_in("officer").get("/tasks", query_string=query).text
    assert (task_of(world, LAO_OFFICE) in text) is found


def test_a_name_that_several_offices_share_asks_which(world: World, signed_in) -> None:
    text = signed_in("officer").get("/tasks", query_string={"office": "บ้าน"}).text
    assert "มีหลายหน่วยงานที่ตรงกัน" in text and "office=66703" in text


def test_overdue_follows_from_the_day(fresh, world: World) -> None:
    house = fresh()
    rows = world.archive.tasks.list(office=LAO_OFFICE)
    house.archive.tasks.save(row.task for row in rows)
    visitor = Visitor(create_app(house.archive, house.settings).test_client())  # the real clock: years later
    visitor.sign_in("officer1")
    assert "เลยกำหนด</span>" in visitor.get("/tasks?due=overdue").text
    house.archive.tasks.set_state(rows[0].task.id, TaskState.DONE, "officer1")
    assert rows[0].task.id not in visitor.get("/tasks?due=overdue").text


def test_a_task_shows_deadlines_of_each_level_and_the_sentence(world: World, signed_in) -> None:
    text = signed_in("officer").get(f"/tasks/{task_of(world, LAO_OFFICE)}").text
    assert "23 มิ.ย. 2566" in text and "28 มิ.ย. 2566" in text and "ใช้กำหนดนี้" in text
    assert "ภายในวันที่ 23 มิถุนายน 2566" in text and OFFICE_NAME in text
    assert f"/letters/{world.node('พช 0118/ว 417')}" in text


def test_a_change_is_kept_with_its_reason_and_never_overwrites_another(world: World, signed_in) -> None:
    task = task_of(world, "6670304")
    officer, clerk = signed_in("officer"), signed_in("clerk")
    answer = officer.post(f"/tasks/{task}", {"state": "in-progress", "version": "0", "reason": "เริ่มแล้ว <b>"})
    assert answer.status_code == 302
    text = officer.get(f"/tasks/{task}").text
    assert "กำลังดำเนินการ" in text and "เริ่มแล้ว &lt;b&gt;" in text
    late = clerk.post(f"/tasks/{task}", {"state": "done", "version": "0"})
    assert late.status_code == 409 and "มีผู้เปลี่ยนข้อมูลนี้ไปก่อน" in late.text
    assert world.archive.tasks.get(task).state is TaskState.IN_PROGRESS
    assert clerk.post(f"/tasks/{task}", {"state": "done", "version": "1"}).status_code == 302


@pytest.mark.parametrize("form", [
    {"state": "flying", "version": "0"}, {"state": "done"}, {"state": "done", "version": "x"}, {},
])
def test_a_form_that_makes_no_sense_changes_nothing(world: World, signed_in, form: dict[str, str]) -> None:
    task = task_of(world, "6670309")
    assert signed_in("officer").post(f"/tasks/{task}", form).status_code == 400
    assert world.archive.tasks.get(task).version == 0


@pytest.mark.parametrize(("role", "status"), [(Role.OFFICER, 403), (Role.LAO, 403), (Role.PROVINCE, 302)])
def test_only_the_province_certifies(world: World, fresh, role: Role, status: int) -> None:
    house, task = fresh(), task_of(world, LAO_OFFICE)
    house.archive.tasks.save(row.task for row in world.archive.tasks.list())
    house.archive.tasks.set_state(task, TaskState.DONE, "lao1")
    form = {"state": "certified", "version": "1"}
    assert house.visitor(role).post(f"/tasks/{task}", form).status_code == status


def test_the_dashboard_tells_what_is_due_once_for_all_offices(signed_in) -> None:
    text = signed_in("officer").get("/").text
    assert text.count("23 มิ.ย. 2566") == 1 and "แห่ง" in text
    assert "20 มิถุนายน 2566" in text

"""Tasks: the list, one task, moving it on."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest

from archive import Role
from chain import Level
from letters import Box, DeadlineKind, LetterDate, Line, Page, Source
from tasks import LevelDeadline, TaskRole, TaskState
from tests.archive.made import task as made
from tests.webui.conftest import LAO_OFFICE, NOW, PASSWORD, Visitor, World
from webui import create_app
from webui.quoted import found_on

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
    text = signed_in("officer").get("/tasks", query_string={"office": "บ้านไร่"}).text
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


@pytest.mark.parametrize(("days", "order"), [
    ((-400, 3, -5, 10), (3, 10, -5)), ((-400, -90), (-90, -400)), ((61, 59), (59,)), ((), ())])
def test_the_dashboard_begins_with_what_comes_next(fresh, days: tuple[int, ...], order: tuple[int, ...]) -> None:
    house = fresh()
    house.archive.tasks.save(made(f"t{day}", LAO_OFFICE, _in(day)) for day in days)
    text = house.visitor("officer").get("/").text
    shown = re.findall(r'class="due[^>]*>([^<]+?)\s*<', text)
    assert shown == [LetterDate.of(_in(day)).thai(short=True) for day in order]


def _in(days: int) -> dt.date:
    return NOW.date() + dt.timedelta(days=days)


OTHER = "6670304"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def own(fresh, world: World) -> World:
    """An archive of one's own with the tasks of the shared one."""
    house = fresh()
    house.archive.tasks.save(row.task for row in world.archive.tasks.list(limit=None))
    return house


@pytest.mark.parametrize(("query", "found"), [
    ({"due": "near"}, True), ({"due": "none"}, False), ({"form": "INFO09"}, True), ({"form": "D1"}, False),
    ({"who": "me"}, False), ({"who": "nobody"}, True), ({"who": "lao1"}, False), ({"state": "all"}, True),
])
def test_the_list_is_narrowed_by_form_and_person_too(own: World, query: dict[str, str], found: bool) -> None:
    row = own.archive.tasks.list(LAO_OFFICE)[0]
    own.archive.tasks.save([replace(row.task, form="INFO09")])
    assert (row.task.id in own.visitor("province").get("/tasks", query_string=query).text) is found


def test_the_board_shows_each_state_and_moves_by_buttons(own: World) -> None:
    task = task_of(own, LAO_OFFICE)
    lao = own.visitor("lao")
    page = lao.get("/tasks/board").text
    assert f'id="t-{task}"' in page and 'data-move="acknowledged"' in page
    assert 'data-move="not-applicable"' not in page, "a move that needs a reason is made on the task's page"
    answer = lao.post(f"/tasks/{task}", {"state": "acknowledged", "version": "0", "next": f"/tasks/board#t-{task}"})
    assert answer.location == f"/tasks/board#t-{task}"
    lane = lao.get("/tasks/board").text.partition('id="lane-acknowledged"')[2].partition("</section>")[0]
    assert task in lane
    assert "data-move" not in own.visitor("department").get("/tasks/board").text


def test_the_calendar_shows_days_of_the_buddhist_era(world: World, signed_in) -> None:
    text = signed_in("province").get("/tasks/calendar?month=2023-06").text
    assert "มิถุนายน 2566" in text and "month=2023-05" in text and "month=2023-07" in text
    assert "แห่ง" in text.partition("23 มิ.ย. 2566")[2].partition("</td>")[0]
    assert "วันวิสาขบูชา" in text
    assert "มิถุนายน 2566" in signed_in("province").get("/tasks/calendar?month=never").text, "today's month"
    alone = signed_in("lao").get("/tasks/calendar?month=2023-06").text
    assert f"/tasks/{task_of(world, LAO_OFFICE)}" in alone


@pytest.mark.parametrize(("kind", "begins"), [
    ("csv", b"\xef\xbb\xbfdue,"), ("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR")])
def test_what_is_listed_can_be_taken_away(world: World, signed_in, kind: str, begins: bytes) -> None:
    answer = signed_in("lao").get(f"/tasks/export.{kind}?state=all")
    assert answer.data.startswith(begins) and "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        codes = {row["office"] for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}
        assert codes == {LAO_OFFICE}


def test_a_task_is_given_to_somebody_of_its_office(own: World) -> None:
    task, lao = task_of(own, LAO_OFFICE), own.visitor("lao")
    assert "recorder1" in lao.get(f"/tasks/{task}").text and "officer1" not in lao.get(f"/tasks/{task}").text
    assert lao.post(f"/tasks/{task}/assignee", {"assignee": "recorder1"}).status_code == 302
    assert own.archive.tasks.get(task).assignee == "recorder1"
    assert task in own.visitor("recorder").get("/tasks?who=me").text
    for name in ("officer1", "nobody at all"):
        assert lao.post(f"/tasks/{task}/assignee", {"assignee": name}).status_code == 400
    assert lao.post(f"/tasks/{task}/assignee", {"assignee": ""}).status_code == 302
    assert own.archive.tasks.get(task).assignee is None
    assert "มอบหมาย</b> recorder1 → –" in lao.get(f"/tasks/{task}").text


def test_comments_are_shown_as_text(own: World) -> None:
    task, province = task_of(own, LAO_OFFICE), own.visitor("province")
    assert province.post(f"/tasks/{task}/comments", {"text": "ขอให้เร่ง <b>"}).status_code == 302
    assert "ขอให้เร่ง &lt;b&gt;" in own.visitor("lao").get(f"/tasks/{task}").text
    assert province.post(f"/tasks/{task}/comments", {"text": " "}).status_code == 400


@pytest.mark.parametrize(("data", "name", "status"), [
    (PNG, "..\\../ภาพ.html", 302), (b"%PDF-1.4 x", "a.pdf", 302), (b"<html><script>", "a.png", 422),
    (b"", "a.png", 422), (b"MZ\x90\x00", "a.pdf", 422),
], ids=["picture", "pdf", "page", "empty", "program"])
def test_proof_is_told_by_its_content(own: World, data: bytes, name: str, status: int) -> None:
    task, lao = task_of(own, LAO_OFFICE), own.visitor("lao")
    answer = lao.post(f"/tasks/{task}/proofs", {"file": (io.BytesIO(data), name)})
    assert answer.status_code == status
    proofs = own.archive.tasks.proofs(task)
    assert len(proofs) == (status == 302) and own.archive.check() == []
    if not proofs:
        return
    got = lao.get(f"/tasks/{task}/proofs/{proofs[0].id}")
    assert got.data == data and got.mimetype == ("image/png" if data is PNG else "application/pdf")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert not proofs[0].name.endswith(".html") and "/" not in proofs[0].name
    own.archive.users.add("far", PASSWORD, Role.LAO, OTHER)
    far = own.visitor()
    far.sign_in("far")
    assert far.get(f"/tasks/{task}/proofs/{proofs[0].id}").status_code == 404
    assert lao.get(f"/tasks/{task}/proofs/{proofs[0].id + 1}").status_code == 404


def test_a_day_after_receipt_waits_for_the_day_a_person_gives(own: World) -> None:
    row = own.archive.tasks.list(LAO_OFFICE)[0]
    asked = LevelDeadline(row.task.letter, Level.DISTRICT, DeadlineKind.RELATIVE, "ภายใน ๗ วัน นับแต่วันที่ได้รับ",
                          days=7, starts="receipt")
    own.archive.tasks.save([replace(row.task, due=None, level_deadlines=(asked,), asked=dt.date(2023, 6, 14))])
    lao, where = own.visitor("lao"), f"/tasks/{row.task.id}"
    page = lao.get(where).text
    assert "ยังไม่ทราบวันที่หน่วยงานรับหนังสือ" in page and "ภายใน ๗ วัน" in page
    assert row.task.id in lao.get("/tasks?due=none").text
    answers = [lao.post(f"{where}/received", {"day": day}) for day in ("1 ม.ค. 2566", "วันไหน", "16/6/2566")]
    assert [answer.status_code for answer in answers] == [400, 400, 302]
    assert own.archive.tasks.registered().told == {(row.task.letter, LAO_OFFICE): dt.date(2023, 6, 16)}
    assert [job.kind for job in own.archive.jobs.list()] == ["link"]
    assert own.visitor("province").post(f"{where}/received", {"day": "16/6/2566"}).status_code == 403


@pytest.mark.parametrize(("role", "works", "certifies"), [
    (Role.CLERK, True, False), (Role.OFFICER, True, False), (Role.ADMIN, True, True), (Role.LAO, True, False),
    (Role.RECORDER, True, False), (Role.CHECKER, True, False), (Role.CERTIFIER, True, False),
    (Role.PROVINCE, False, True), (Role.DEPARTMENT, False, False),
])
def test_what_each_role_may_do_with_a_task(own: World, role: Role, works: bool, certifies: bool) -> None:
    task, visitor = task_of(own, LAO_OFFICE), own.visitor(role)
    expected = 302 if works else 403
    assert visitor.get(f"/tasks/{task}").status_code == 200
    assert visitor.post(f"/tasks/{task}/comments", {"text": "ความเห็น"}).status_code == 302
    assert visitor.post(f"/tasks/{task}/assignee", {"assignee": ""}).status_code == expected
    assert visitor.post(f"/tasks/{task}/proofs", {"file": (io.BytesIO(PNG), "a.png")}).status_code == expected
    assert visitor.post(f"/tasks/{task}", {"state": "in-progress", "version": "0"}).status_code == expected
    version = own.archive.tasks.set_state(task, TaskState.DONE, "lao1").version
    answer = visitor.post(f"/tasks/{task}", {"state": "certified", "version": str(version)})
    assert answer.status_code == (302 if certifies else 403)


def test_a_calendar_address_is_made_shown_once_and_taken_back(own: World) -> None:
    lao = own.visitor("lao")
    made = lao.post("/feeds", {}).text
    secret = re.search(r"/feeds/([\w-]+)\.ics", made)[1]
    assert own.archive.feeds.office_of(secret) == LAO_OFFICE and secret not in lao.get("/feeds").text
    renewed = re.search(r"/feeds/([\w-]+)\.ics", lao.post("/feeds", {"renew": "1"}).text)[1]
    assert own.archive.feeds.office_of(secret) is None and own.archive.feeds.office_of(renewed) == LAO_OFFICE
    assert lao.post("/feeds", {"office": OTHER}).status_code == 200 and own.archive.feeds.count(OTHER) == 0
    assert lao.post("/feeds/revoke").status_code == 302 and own.archive.feeds.count(LAO_OFFICE) == 0
    own.visitor("admin").post("/feeds", {"office": OTHER})
    assert own.archive.feeds.count(OTHER) == 1
    assert own.visitor("officer").post("/feeds", {}).status_code == 400


def test_the_page_of_a_relay_names_those_who_wait(fresh) -> None:
    house = fresh()
    relay = replace(made("r", "D6703"), role=TaskRole.RELAY)
    house.archive.tasks.save([relay, made("t", LAO_OFFICE)])
    text = house.visitor("officer").get("/tasks/r").text
    assert "ยังไม่ได้รับหนังสือ" in text and "ช้างตะลูด" in text
    assert "ห้วยไร่" not in text.partition("ยังไม่ได้รับหนังสือ")[2].partition("</details>")[0]


def test_a_sentence_is_found_on_the_page_it_stands_on() -> None:
    def line(text: str, top: float) -> Line:
        return Line(text, (), Box(100, top, 900, top + 30))

    page = Page(1, (line("ด้วยกรมขอแจ้งว่า", 10), line("จึงขอให้บันทึกขอ้มูล ใน", 50), line("ระบบให้ครบถ้วน ภายในวันที่ ๕", 90),
                    line("ขอแสดงความนับถือ", 200)), Source.OCR, 1000, 1400, 120)
    assert found_on(page, "จึงขอให้บันทึกข้อมูลในระบบให้ครบถ้วน") == Box(100, 50, 900, 120)
    assert found_on(page, "ด้วยกรมขอแจ้งว่า") == Box(100, 10, 900, 40)
    assert found_on(page, "ไม่มีประโยคนี้ในหน้านั้นเลย") is None
    assert found_on(replace(page, lines=(Line("จึงขอให้บันทึก"),)), "จึงขอให้บันทึก") is None


def ticked(visitor: Visitor, world: World, *tasks: str, **fields: str) -> str:
    rows = [f"{one}:{world.archive.tasks.get(one).version}" for one in tasks]
    return visitor.post("/tasks/batch", {"row": rows, "next": "/tasks?due=week", **fields}).location


@pytest.fixture
def three(own: World) -> tuple[World, list[str]]:
    """Three tasks of the LAO, of which the last is done."""
    row = own.archive.tasks.list(LAO_OFFICE)[0]
    ids = ["one", "two", "end"]
    own.archive.tasks.save([replace(row.task, id=name, title=name) for name in ids])
    own.archive.tasks.set_state("end", TaskState.DONE, "lao1")
    return own, ids


def test_several_tasks_are_moved_at_once_and_what_cannot_be_is_counted(three: tuple[World, list[str]]) -> None:
    own, ids = three
    lao = own.visitor("lao")
    page = lao.get("/tasks?state=all").text
    assert page.count('name="row" form="batch"') == len(ids) and 'name="state" value="acknowledged"' in page
    assert 'name="state" value="not-applicable"' not in page, "it needs a reason"
    assert ticked(lao, own, *ids, state="acknowledged") == "/tasks?due=week&changed=2&left=1"
    assert [own.archive.tasks.get(one).state.value for one in ids] == ["acknowledged", "acknowledged", "done"]
    assert [event.actor for event in own.archive.audit.list("task:one") if event.action == "task-state"] == ["lao1"]
    told = lao.get("/tasks?changed=2&left=1").text
    assert "ทำแล้ว 2 งาน" in told and "อีก 1 งานไม่เปลี่ยน" in told
    assert ticked(lao, own, state="done") == "/tasks?due=week&changed=none"


def test_what_somebody_changed_first_leads_back_to_the_page_as_it_stands(own: World) -> None:
    task, lao = task_of(own, LAO_OFFICE), own.visitor("lao")
    own.archive.tasks.set_state(task, TaskState.ACKNOWLEDGED, "recorder1")
    answer = lao.post(f"/tasks/{task}", {"state": "done", "version": "0"},
                      headers={"Referer": f"http://localhost/tasks/{task}"})
    assert answer.status_code == 409 and f'href="/tasks/{task}">กลับไปหน้าเดิม' in answer.text


def test_a_batch_overwrites_nobody(three: tuple[World, list[str]]) -> None:
    own, _ids = three
    own.archive.tasks.set_state("one", TaskState.IN_PROGRESS, "recorder1")
    answer = own.visitor("lao").post("/tasks/batch", {"row": ["one:0", "two:0"], "state": "done"})
    assert answer.location == "/tasks?changed=1&left=1"
    assert own.archive.tasks.get("one").state is TaskState.IN_PROGRESS


def test_several_tasks_are_put_into_one_persons_hands(three: tuple[World, list[str]]) -> None:
    own, ids = three
    lao = own.visitor("lao")
    assert ticked(lao, own, *ids[:2], assignee="recorder1").endswith("changed=2")
    assert [own.archive.tasks.get(one).assignee for one in ids] == ["recorder1", "recorder1", None]
    assert ticked(lao, own, "end", assignee="province1").endswith("left=1"), "of another office"
    assert ticked(lao, own, "one", assignee="").endswith("changed=1")
    assert not own.archive.tasks.get("one").assignee


@pytest.mark.parametrize(("role", "state", "told"), [
    ("province", "certified", "changed=1&left=1"), ("province", "acknowledged", "left=2"),
    ("lao", "certified", "left=2"), ("department", "done", "left=2"),
])
def test_a_batch_gives_nobody_more_than_the_page_of_a_task(three: tuple[World, list[str]], role: str, state: str,
                                                           told: str) -> None:
    own, _ids = three
    assert ticked(own.visitor(role), own, "one", "end", state=state).endswith(told)


@pytest.mark.parametrize("fields", [
    {"state": "not-applicable"}, {"state": "nonsense"}, {"state": "done", "row": "one"}])
def test_a_batch_that_makes_no_sense(own: World, fields: dict[str, str]) -> None:
    assert own.visitor("lao").post("/tasks/batch", fields).status_code == 400


def test_a_batch_knows_nothing_of_others_tasks(own: World) -> None:
    others = next(row.task.id for row in own.archive.tasks.list(limit=None) if row.task.office != LAO_OFFICE)
    assert own.visitor("lao").post("/tasks/batch", {"row": [f"{others}:0"], "state": "done"}).status_code == 404

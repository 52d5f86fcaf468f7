"""From chains to duties and tasks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain import Known, Level, build_graph, known_of
from letters import Action, Deadline, DeadlineKind, Evidence, LetterDate, OfficeKind, ReceivedStamp
from letters.codec import dump, load
from tasks import (
    Registry,
    Task,
    TaskRole,
    TaskState,
    assign,
    builtin_offices,
    by_urgency,
    find_duties,
    is_overdue,
)
from tests.chain.builders import DISTRICT, PROVINCE, cite, day, enclose, letter, packet

REGISTRY = Registry(builtin_offices())
TO_DISTRICT = ("นายกเทศมนตรีตำบล", "นายกองค์การบริหารส่วนตำบล ทุกแห่ง")
TO_PROVINCE = ("นายอำเภอ ทุกอำเภอ", "นายกองค์การบริหารส่วนจังหวัดตรัง", "นายกเทศมนตรีนครตรัง", "นายกเทศมนตรีเมืองกันตัง")
TO_ALL = ("ผู้ว่าราชการจังหวัด ทุกจังหวัด",)


def until(iso: str, text: str = "", kind: DeadlineKind = DeadlineKind.DATE) -> Deadline:
    """A deadline on a day, with its sentence."""
    return Deadline(kind, text or f"ภายในวันที่ {iso}", day(iso), sentence=f"ขอให้รายงานภายในวันที่ {iso}",
                    evidence=Evidence(1, 0, 5, "ภายใน"))


def asks(*texts: str) -> tuple[Action, ...]:
    """Numbered actions."""
    return tuple(Action(text, str(number)) for number, text in enumerate(texts, start=1))


def department(*deadlines: Deadline, actions: tuple[Action, ...] = asks("สำรวจสนามกีฬา", "บันทึกผลในระบบ")):
    """A department's letter to all provinces."""
    return letter("มท 0816.3/ว 1203", "2023-05-02", to=TO_ALL, deadlines=deadlines, actions=actions,
                  text="ให้บันทึกผลในระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO)", urls=("https://info.example.go.th",),
                  phones=("0 2000 0000",))


def province(*deadlines: Deadline, actions: tuple[Action, ...] = ()):
    """A province's letter that encloses it."""
    return letter("ตง 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=PROVINCE,
                  to=TO_PROVINCE, deadlines=deadlines, actions=actions, phones=("0 7500 0000",))


def district(*deadlines: Deadline):
    """A district's letter that encloses that."""
    return letter("ตง 0023.14/ว 12", "2023-05-12", enclose("ตง 0023.3/ว 88", "2023-05-09", PROVINCE), issuer=DISTRICT,
                  to=TO_DISTRICT, deadlines=deadlines)


def work(*copies, before=()):
    """Duties and tasks of some packets' copies; ``before``: packets whose letters have their ids already."""
    every = [copy for one in copies for copy in one]
    known = known_of(build_graph([copy for one in before for copy in one]), Known())
    graph = build_graph(every, known=known)
    duties = find_duties(graph, every)
    return duties, assign(duties, graph, every, REGISTRY)


def offices(tasks, role=TaskRole.DO):
    """Kinds of the offices with a task of this role, sorted."""
    return sorted(REGISTRY.get(task.office).kind.value for task in tasks if task.role is role)


def test_one_duty_for_the_whole_chain_with_each_levels_deadline():
    [duty], tasks = work(packet("a", district(until("2023-05-25")), province(until("2023-05-30")),
                                department(until("2023-06-15"))))
    assert [(one.level, one.date) for one in duty.deadlines] == [
        (Level.DEPARTMENT, dt.date(2023, 6, 15)), (Level.PROVINCE, dt.date(2023, 5, 30)),
        (Level.DISTRICT, dt.date(2023, 5, 25))]
    assert duty.actions == ("สำรวจสนามกีฬา", "บันทึกผลในระบบ")
    assert duty.due == dt.date(2023, 5, 25)
    assert offices(tasks) == ["tambon"] * 5 + ["tao"] * 14 and offices(tasks, TaskRole.RELAY) == []
    assert {task.due for task in tasks} == {dt.date(2023, 5, 25)}
    [task, *_] = tasks
    assert task.where == "ระบบข้อมูลกลาง อปท. (INFO)"
    assert (task.urls, task.phones) == (("https://info.example.go.th",), ("0 2000 0000", "0 7500 0000"))
    assert [one.page for one in task.evidence] and "ขอให้รายงานภายในวันที่ 2023-05-25" in [
        one.sentence for one in task.evidence]


def test_a_hundred_copies_give_no_second_duty():
    duties, tasks = work(*(packet(f"p{place}", province(), department(until("2023-06-15"))) for place in range(20)))
    assert len(duties) == 1
    assert offices(tasks) == ["city", "pao", "town"] and offices(tasks, TaskRole.RELAY) == ["district"] * 10


def test_a_department_letter_alone_goes_to_the_provinces():
    _, tasks = work(packet("a", department(until("2023-06-15"))))
    assert offices(tasks, TaskRole.RELAY) == ["province"] * 76 and offices(tasks) == []


def test_the_districts_letter_takes_the_districts_relay_and_leaves_the_others():
    packets = (packet("a", district(until("2023-05-25")), province(), department(until("2023-06-15"))),
               packet("b", province(), department(until("2023-06-15"))),
               packet("c", department(until("2023-06-15"))))
    _, tasks = work(*packets)
    relays = {task.office_name for task in tasks if task.role is TaskRole.RELAY}
    assert "อำเภอห้วยยอด" not in relays and "อำเภอกันตัง" in relays
    assert "จังหวัดตรัง" not in relays and "จังหวัดพัทลุง" in relays
    due = {REGISTRY.get(task.office).kind: task.due for task in tasks if task.role is TaskRole.DO}
    assert due == {OfficeKind.TAMBON: dt.date(2023, 5, 25), OfficeKind.TAO: dt.date(2023, 5, 25),
                   OfficeKind.PAO: dt.date(2023, 6, 15), OfficeKind.CITY: dt.date(2023, 6, 15),
                   OfficeKind.TOWN: dt.date(2023, 6, 15)}


def test_another_districts_earlier_day_does_not_bind():
    other = letter("ตง 0023.10/ว 9", "2023-05-11", enclose("ตง 0023.3/ว 88", "2023-05-09", PROVINCE),
                   issuer="อำเภอกันตัง", to=TO_DISTRICT, deadlines=(until("2023-05-15"),))
    _, tasks = work(packet("a", district(until("2023-05-25")), province(), department(until("2023-06-15"))),
                    packet("b", other, province(), department(until("2023-06-15"))))
    assert {task.due for task in tasks} == {dt.date(2023, 5, 25)}


def test_a_letter_that_asks_nothing_gives_no_duty():
    assert work(packet("a", province(), department(actions=()))) == ((), ())


def test_an_older_letter_added_for_information_gives_no_task():
    old = letter("มท 0816.3/ว 900", "2022-11-20", to=TO_ALL, deadlines=(until("2022-12-31"),), actions=asks("สำรวจ"))
    new = letter("มท 0816.3/ว 1203", "2023-05-02", cite("มท 0816.3/ว 900", "2022-11-20"), to=TO_ALL,
                 deadlines=(until("2023-06-15"),), actions=asks("สำรวจ"))
    [duty], tasks = work(packet("a", new, old))
    assert {task.due for task in tasks} == {dt.date(2023, 6, 15)} and duty.due == dt.date(2023, 6, 15)


def test_a_duty_is_known_from_the_covering_letter_alone():
    alone = packet("a", province(until("2023-05-30"), actions=asks("รายงานผล")))
    [duty], tasks = work(alone)
    assert duty.actions == ("รายงานผล",) and duty.letters[0] == duty.node
    assert offices(tasks) == ["city", "pao", "town"]
    whole = packet("a", province(until("2023-05-30"), actions=asks("รายงานผล")), department())
    again, _ = work(whole, before=[alone])
    assert [one.id for one in again] == [duty.id]


def test_the_note_of_an_lao_on_a_letter_makes_its_own_task():
    memo = letter("ตง 71001/5", "2023-05-15", enclose("ตง 0023.14/ว 12", "2023-05-12", DISTRICT),
                  issuer="องค์การบริหารส่วนตำบลเขากอบ")
    _, tasks = work(packet("a", memo, district(until("2023-05-25")), province(), department()))
    assert [task.office_name for task in tasks] == ["องค์การบริหารส่วนตำบลเขากอบ"]


def test_an_lao_writes_within_its_district():
    asking = letter("ตง 71001/9", "2023-05-15", issuer="องค์การบริหารส่วนตำบลเขากอบ", actions=asks("ส่งผู้แทน"),
                    to=("นายอำเภอห้วยยอด", "นายกเทศมนตรีตำบลลำภูรา"))
    _, tasks = work(packet("a", asking))
    assert sorted(task.office_name for task in tasks) == ["อำเภอห้วยยอด", "เทศบาลตำบลลำภูรา"]


@pytest.mark.parametrize(("deadlines", "due", "text"), [
    ((until("2023-06-15", "ก"), until("2023-06-01", "ข")), "2023-06-01", "ข"),
    ((until("2023-06-01", "ประชุม", DeadlineKind.EVENT), until("2023-06-15", "รายงาน")), "2023-06-15", "รายงาน"),
    ((until("2023-06-01", "ประชุม", DeadlineKind.EVENT),), "2023-06-01", "ประชุม"),
    ((Deadline(DeadlineKind.URGENT, "โดยด่วน"),), None, "โดยด่วน"),
    ((Deadline(DeadlineKind.RECURRING, "ทุกวันที่ 5 ของเดือน", rule="FREQ=MONTHLY;BYMONTHDAY=5"),), None,
     "ทุกวันที่ 5 ของเดือน"),
    ((Deadline(DeadlineKind.RELATIVE, "ภายใน 7 วันนับแต่วันที่ได้รับ", days=7, starts="receipt"),), None,
     "ภายใน 7 วันนับแต่วันที่ได้รับ"),   # each office gets it on its own day
    ((Deadline(DeadlineKind.RELATIVE, "ภายใน 30 วันนับแต่วันที่ในหนังสือ", days=30, starts="letter"),), "2023-06-01",
     "ภายใน 30 วันนับแต่วันที่ในหนังสือ"),
])
def test_the_strictest_deadline(deadlines, due, text):
    asking = letter("มท 0816.3/ว 1203", "2023-05-02", to=TO_ALL, deadlines=deadlines, actions=asks("สำรวจ"),
                    received_stamps=(ReceivedStamp(date=LetterDate(2023, 5, 4)),))
    [duty], _ = work(packet("a", asking))
    assert (duty.due.isoformat() if duty.due else None, duty.deadline_text) == (due, text)


def test_a_stamped_letter_is_named_by_its_number():
    stamped = letter("ตง 0023.3/576", None, issuer=PROVINCE, subject=None, to=TO_PROVINCE, actions=asks("บันทึกข้อมูล"))
    [duty], _ = work(packet("a", stamped))
    assert duty.title == "ดำเนินการตามหนังสือที่ ตง 0023.3/576"


@settings(deadline=None)
@given(st.permutations(range(5)))
def test_any_order_gives_the_same_tasks(order):
    copies = packet("a", district(until("2023-05-25")), province(), department())
    copies += packet("b", province(), department())
    first, second = work(copies), work([copies[place] for place in order])
    assert first == second
    assert load(dump(first[1]), tuple[Task, ...]) == first[1]
    assert len({task.id for task in first[1]}) == len(first[1])
    assert list(first[1]) == sorted(first[1], key=by_urgency)


@pytest.mark.parametrize(("state", "today", "overdue"), [
    (TaskState.NEW, "2023-06-16", True), (TaskState.NEW, "2023-06-15", False),
    (TaskState.IN_PROGRESS, "2023-07-01", True),
    (TaskState.DONE, "2023-07-01", False), (TaskState.CERTIFIED, "2023-07-01", False),
    (TaskState.NOT_APPLICABLE, "2023-07-01", False)])
def test_overdue(state, today, overdue):
    _, tasks = work(packet("a", department(until("2023-06-15"))))
    assert is_overdue(tasks[0], state, dt.date.fromisoformat(today)) is overdue


def test_nothing_without_a_day_is_overdue():
    _, tasks = work(packet("a", department()))
    assert tasks and not any(is_overdue(task, TaskState.NEW, dt.date(2099, 1, 1)) for task in tasks)

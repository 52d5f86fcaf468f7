"""Several things in one letter, letters that move a day, remind, or take back, and what is counted from when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chain import Level, build_graph
from letters import Deadline, DeadlineKind, LetterDate, OfficeKind, ReceivedStamp, Relation
from records import all_forms
from saraban.menus import menus_of
from tasks import Registered, Registry, TaskRole, assign, builtin_offices, find_duties
from tasks.calendar import is_working_day, last_working_day, working_day_note
from tasks.recurring import MOST, occurrences
from tasks.where import meant, system_of
from tests.chain.builders import cite, letter, packet
from tests.tasks.test_tasks import TO_ALL, TO_DISTRICT, asks, department, district, province, until

REGISTRY = Registry(builtin_offices())
MENUS = menus_of(all_forms())
IN_INFO = "ในระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น (INFO)"
ORIGIN = ("มท 0816.3/ว 1203", "2023-05-02")


def work(*packets, menus=MENUS, **more):
    copies = [copy for one in packets for copy in one]
    graph = build_graph(copies)
    duties = find_duties(graph, copies, menus)
    return duties, assign(duties, graph, copies, REGISTRY, **more)


def asking(*texts: str, deadlines=(), text: str = IN_INFO, **more):
    """A department's letter to all provinces that asks for these actions."""
    return letter(*ORIGIN, to=TO_ALL, actions=asks(*texts), deadlines=deadlines, text=text, **more)


def later(number: str, iso: str, subject: str, *deadlines, to=TO_ALL, **more):
    """A department's letter about the first one."""
    return letter(number, iso, cite(*ORIGIN), subject=subject, to=to, deadlines=deadlines, actions=asks("รายงานผล"),
                  **more)


@pytest.mark.parametrize(("asked", "forms"), [
    ("บันทึกชื่อเว็บไซต์หน่วยงาน", ["INFO08"]),
    ("บันทึกชื่อเว็บไซต์ และข้อมูลผู้รับผิดชอบระบบ INFO", ["INFO08", "INFO09"]),
    ("บันทึกข้อมูลให้ครบถ้วนทุกด้าน", [f"D{number}" for number in range(1, 9)]),
    ("บันทึกข้อมูล อปท. ๘ ด้าน", [f"D{number}" for number in range(1, 9)]),
    ("บันทึกด้านที่ ๖ ด้านการจัดการภายในและธรรมาภิบาล หัวข้อ ศูนย์ช่วยเหลือประชาชนขององค์กรปกครองส่วนท้องถิ่น", ["HELP"]),
    ("ปรับปรุงข้อมูลด้านโครงสร้างพื้นฐาน", ["D4"]),
    ("ศูนย์ปฏิบัติการร่วมในการช่วยเหลือประชาชนขององค์กรปกครองส่วนท้องถิ่น (สถานที่กลาง)", ["JOINT"]),
    ("ภารกิจที่ได้รับการถ่ายโอน ระยะที่ ๒", ["MISSION2"]),
    ("บันทึกข้อมูลสถานที่ท่องเที่ยว", ["TOURISM"]),
    ("ปรับปรุงสถานที่ท่องเที่ยวให้สะอาด", []),
    ("เข้าร่วมประชุม", []),
])
def test_which_menus_words_mean(asked, forms):
    assert [menu.form for menu in meant(asked, MENUS)] == forms
    duties, _ = work(packet("a", asking(asked)))
    assert sorted(duty.form for duty in duties if duty.form) == forms
    assert len(duties) == max(1, len(forms))


@pytest.mark.parametrize(("text", "system"), [
    ("ในระบบข้อมูลกลางองค์กรปกครองส่วนท้องถิ่น", True), ("ระบบ (INFO)", True), ("https://info.dla.go.th", True),
    ("ขอเชิญประชุม", False)])
def test_the_system(text, system):
    assert (system_of([text]) is not None) is system


def test_a_menu_named_without_the_system_is_no_place_to_work_in():
    [duty], _ = work(packet("a", asking("ปรับปรุงชื่อเว็บไซต์", text="")))
    assert (duty.form, duty.where) == (None, None)


def test_what_a_letter_tells_of_and_does_not_ask_for_gives_no_duty():
    told = f"ตามที่ได้ให้บันทึกเว็บไซต์ และข้อมูลภารกิจถ่ายโอน {IN_INFO} เสร็จเรียบร้อยแล้ว นั้น"
    [duty], _ = work(packet("a", asking("บันทึกผู้ดูแลระบบ INFO", text=told)))
    assert duty.form == "INFO09"


def test_each_thing_has_its_own_actions_days_and_title():
    one, two = until("2023-06-01", "ภายในวันที่ ๑ มิถุนายน"), until("2023-07-01", "ภายในวันที่ ๑ กรกฎาคม")
    duties, _ = work(packet("a", asking(
        f"บันทึกเว็บไซต์ {one.text}", f"บันทึกภารกิจถ่ายโอน {two.text}", "ติดต่อสอบถามได้", deadlines=(one, two))))
    held = {duty.form: duty for duty in duties}
    assert {form: str(duty.due) for form, duty in held.items()} == {"INFO08": "2023-06-01", "MISSION2": "2023-07-01"}
    assert held["INFO08"].actions == (f"บันทึกเว็บไซต์ {one.text}", "ติดต่อสอบถามได้")
    assert held["INFO08"].title.startswith("บันทึกเว็บไซต์ อปท.: ")
    assert held["INFO08"].evidence[0].sentence == f"บันทึกเว็บไซต์ {one.text}"


def test_actions_with_days_of_their_own_are_things_of_their_own_without_a_menu():
    one, two = until("2023-06-01", "ภายในวันที่ ๑ มิถุนายน"), until("2023-07-01", "ภายในวันที่ ๑ กรกฎาคม")
    texts = (f"ส่งแผน {one.text}", f"รายงานผล {two.text}")
    duties, tasks = work(packet("a", province(), asking(*texts, deadlines=(one, two), text="")))
    assert sorted(str(duty.due) for duty in duties) == ["2023-06-01", "2023-07-01"]
    assert len({task.id for task in tasks}) == len(tasks) == 2 * (3 + 10)
    [same], _ = work(packet("a", asking(*texts, deadlines=(one, replace(two, date=one.date)), text="")))
    assert same.actions == texts


def test_the_provincial_office_does_what_it_enters_itself_passed_on_or_not():
    joint = asking("บันทึกศูนย์ปฏิบัติการร่วมในการช่วยเหลือประชาชน", deadlines=(until("2023-06-15"),))
    [duty], tasks = work(packet("a", district(until("2023-05-25")), province(until("2023-05-30")), joint))
    assert duty.by_province
    assert [(task.office_name, task.role, str(task.due)) for task in tasks] == [
        ("จังหวัดตรัง", TaskRole.DO, "2023-06-15")]
    _, tasks = work(packet("a", joint))
    assert {REGISTRY.get(task.office).kind for task in tasks} == {OfficeKind.PROVINCE} and len(tasks) == 76
    assert {task.role for task in tasks} == {TaskRole.DO}


def test_a_letter_that_moves_the_day_moves_the_duty_for_all_below():
    moved = later("มท 0816.3/ว 1500", "2023-06-01", "ขยายระยะเวลาการสำรวจ", until("2023-07-31"))
    everyone = packet("a", district(until("2023-05-25")), province(until("2023-05-30")),
                      department(until("2023-06-15")))
    [duty], tasks = work(everyone, packet("b", moved))
    assert str(duty.due) == "2023-07-31"
    assert [(one.level, str(one.date), bool(one.moved_by)) for one in duty.deadlines] == [
        (Level.DEPARTMENT, "2023-06-15", True), (Level.PROVINCE, "2023-05-30", True),
        (Level.DEPARTMENT, "2023-07-31", False), (Level.DISTRICT, "2023-05-25", True)]
    laos = [task for task in tasks if REGISTRY.get(task.office).kind.is_lao]
    assert len(laos) == 19 and {str(task.due) for task in laos} == {"2023-07-31"}
    assert all(any(one.moved_by for one in task.level_deadlines) for task in laos)
    before, _ = work(everyone)
    assert [one.id for one in before] == [duty.id]


def test_a_province_moves_its_own_day_and_not_the_departments_nor_another_provinces():
    earlier = letter("ตง 0023.3/ว 99", "2023-05-20", cite("ตง 0023.3/ว 88", "2023-05-09", "จังหวัดตรัง"),
                     issuer="จังหวัดตรัง", subject="เลื่อนกำหนดส่ง", to=("นายอำเภอ ทุกอำเภอ",),
                     deadlines=(until("2023-06-10"),), actions=asks("รายงาน"))
    there = letter("พท 0023.3/ว 7", "2023-05-09", cite(*ORIGIN, relation=Relation.ENCLOSURE), issuer="จังหวัดพัทลุง",
                   to=("นายอำเภอ ทุกอำเภอ", "นายกองค์การบริหารส่วนจังหวัดพัทลุง"), deadlines=(until("2023-05-28"),))
    [duty], tasks = work(packet("a", district(until("2023-05-25")), province(until("2023-05-30")),
                                department(until("2023-06-15"))), packet("b", earlier), packet("c", there))
    due = {task.office_name[-6:]: str(task.due) for task in tasks if REGISTRY.get(task.office).kind.is_lao}
    assert due["พัทลุง"] == "2023-05-28"
    assert set(due.values()) == {"2023-05-28", "2023-06-10"}
    assert {str(one.date) for one in duty.deadlines if one.moved_by} == {"2023-05-30", "2023-05-25"}


def test_a_reminder_adds_to_the_duty_and_makes_no_second_one():
    reminder = later("มท 0816.3/ว 1400", "2023-06-20", "ติดตามการสำรวจ", until("2023-06-30"))
    [duty], tasks = work(packet("a", province(), department(until("2023-06-15"))), packet("b", reminder))
    assert [(str(one.date), one.moved_by) for one in duty.deadlines] == [("2023-06-15", None), ("2023-06-30", None)]
    assert str(duty.due) == "2023-06-15" and len(duty.letters) == 3
    pao = next(task for task in tasks if REGISTRY.get(task.office).kind is OfficeKind.PAO)
    assert [str(one.date) for one in pao.level_deadlines] == ["2023-06-15", "2023-06-30"]


def test_a_letter_taken_back_asks_for_nothing():
    back = later("มท 0816.3/ว 1500", "2023-06-01", "ยกเลิกการสำรวจ")
    asked = packet("a", province(), department(until("2023-06-15")))
    assert work(asked, packet("b", replace(back, actions=()))) == ((), ())


def test_an_older_letter_never_moves_a_younger_ones_day():
    odd = letter("มท 0816.3/ว 900", "2023-01-01", cite(*ORIGIN), subject="ขยายระยะเวลา", to=TO_ALL,
                 deadlines=(until("2023-12-31"),), actions=asks("รายงาน"))
    duties, _ = work(packet("a", department(until("2023-06-15"))), packet("b", odd))
    assert sorted(str(duty.due) for duty in duties) == ["2023-06-15", "2023-12-31"]


WITHIN = Deadline(DeadlineKind.RELATIVE, "ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ", days=7, starts="receipt")


STAMPED = "อบต.เขากอบ"


def within_seven_days(*stamps: tuple[str | None, str], working: bool = False):
    """A district's letter whose days count from the receipt, with stamps of these offices and days."""
    marks = tuple(ReceivedStamp(office, "1", LetterDate.of(dt.date.fromisoformat(day))) for office, day in stamps)
    top = letter("ตง 0023.14/ว 12", "2023-05-12", issuer="อำเภอห้วยยอด", to=TO_DISTRICT, actions=asks("รายงาน"),
                 deadlines=(replace(WITHIN, working=working),), received_stamps=marks)
    return packet("a", top)


def due_by_office(tasks) -> dict[str, tuple[str, str | None]]:
    """Due day and how it was counted, by the name of the office."""
    return {REGISTRY.get(task.office).name: (str(task.due), task.level_deadlines[0].counted) for task in tasks}


@pytest.mark.parametrize(("stamps", "working", "due"), [
    ([(STAMPED, "2023-05-15")], False, "2023-05-22"),
    ([(STAMPED, "2023-05-15")], True, "2023-05-24"),
    ([("องค์การบริหารส่วนตำบลเขากอม", "2023-05-15")], False, "2023-05-22"),    # a reader's slip
    ([("ที่ว่าการอำเภอห้วยยอด", "2023-05-13"), (STAMPED, "2023-05-15")], False, "2023-05-22"),
    ([(STAMPED, "2023-05-18"), (STAMPED, "2023-05-15")], False, "2023-05-22"),
    ([(STAMPED, "2021-05-15")], False, "None"),                                 # before the letter was written
    ([("ที่ว่าการอำเภอห้วยยอด", "2023-05-13")], False, "None"),
    ([(None, "2023-05-15")], False, "None"),
    ([("อบต.", "2023-05-15")], False, "None"),
    ([], False, "None"),
])
def test_days_after_receipt_count_from_the_offices_own_stamp(stamps, working, due):
    found = due_by_office(work(within_seven_days(*stamps, working=working))[1])
    assert len(found) == 16 and found.pop("เขากอบ") == (due, "stamp" if due != "None" else None)
    assert set(found.values()) == {("None", None)}


def test_days_after_receipt_count_from_what_the_offices_register_or_a_person_tells():
    copies = within_seven_days((STAMPED, "2023-05-15"))
    code = {REGISTRY.get(task.office).name: task.office for task in work(copies)[1]}
    packet_id, node = copies[0].ref.packet, work(copies)[1][0].letter
    registered = Registered({(packet_id, code["บางกุ้ง"]): dt.date(2023, 5, 17),
                             (packet_id, code["เขากอบ"]): dt.date(2023, 5, 19)},
                            {(node, code["บางดี"]): dt.date(2023, 5, 16)})
    found = due_by_office(work(copies, registered=registered)[1])
    assert found["บางกุ้ง"] == ("2023-05-24", "registration")
    assert found["เขากอบ"] == ("2023-05-22", "stamp")
    assert found["บางดี"] == ("2023-05-23", "person")
    corrected = Registered(told={(node, code["เขากอบ"]): dt.date(2023, 5, 20)})
    assert due_by_office(work(copies, registered=corrected)[1])["เขากอบ"] == ("2023-05-27", "person")


def test_a_recurring_duty_has_a_task_for_each_of_its_days_and_the_next_in_time():
    monthly = Deadline(DeadlineKind.RECURRING, "ทุกวันที่ ๕ ของเดือน", rule="FREQ=MONTHLY;BYMONTHDAY=5")
    copies = packet("a", asking("รายงานผล", deadlines=(monthly,), text=""))

    def days(today: str) -> set[str]:
        return {str(task.due) for task in work(copies, today=dt.date.fromisoformat(today))[1]}

    assert days("2023-05-03") == {"2023-05-05"}
    assert days("2023-07-05") == {"2023-05-05", "2023-06-05", "2023-07-05"}
    assert len(days("2025-01-01")) == MOST + 1 and "2025-01-05" in days("2025-01-01")
    first, later_ = (work(copies, today=dt.date(2023, month, 6))[1] for month in (5, 6))
    assert {task.id for task in first} < {task.id for task in later_}
    [alone] = {task.due for task in work(copies)[1]}
    assert alone is None


@pytest.mark.parametrize(("rule", "today", "days"), [
    ("FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=-1", "2023-07-01", ["2023-06-30", "2023-11-30"]),
    ("FREQ=MONTHLY;INTERVAL=2", "2023-08-01", ["2023-05-02", "2023-07-02", "2023-09-02"]),
    ("FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=20230701", "2024-01-01", ["2023-05-05", "2023-06-05"]),
    ("ทุกเดือน", "2023-08-01", []),
])
def test_rules(rule, today, days):
    assert [str(day) for day in occurrences(rule, dt.date(2023, 5, 2), dt.date.fromisoformat(today))] == days


@pytest.mark.parametrize(("day", "last", "words"), [
    ("2023-03-24", "2023-03-24", ""),                       # a Friday
    ("2023-03-25", "2023-03-24", "วันเสาร์"),
    ("2023-04-13", "2023-04-12", "สงกรานต์"),
    ("2024-12-31", "2024-12-27", "สิ้นปี"),                # the 30th was a special holiday
    ("2023-08-31", "2023-08-31", ""),
])
def test_working_days(day, last, words):
    due = dt.date.fromisoformat(day)
    assert str(last_working_day(due)) == last and is_working_day(due) is (day == last)
    assert (words in working_day_note(due)) if words else working_day_note(due) == ""


@settings(deadline=None)
@given(st.permutations(range(7)))
def test_any_order_gives_the_same(order):
    moved = later("มท 0816.3/ว 1500", "2023-06-01", "ขยายระยะเวลาการสำรวจ", until("2023-07-31"))
    copies = packet("a", district(until("2023-05-25")), province(), department(until("2023-06-15")))
    copies += packet("b", moved) + packet("c", province(), department()) + packet("d", asking("บันทึกเว็บไซต์"))
    assert len(copies) == 7
    assert work(copies) == work([copies[place] for place in order])

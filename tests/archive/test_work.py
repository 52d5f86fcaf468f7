"""Assignment, proofs, progress, history of offices, calendar addresses and reminders."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest

from archive import Archive, Progress, Reminder, Wanted
from chain import CopyRef, Graph
from letters import Letter, Office, OfficeKind, Reading
from letters.errors import BadRequest, NotFound
from tasks import IllegalMove, TaskEvidence, TaskState, task_id
from tests.archive.made import letter, node, packet, task

TAO = Office("6360401", OfficeKind.TAO, "ตัวอย่าง", "ชัยภูมิ", "หนึ่ง")
OTHER = Office("6360501", OfficeKind.TAO, "อื่น", "ชัยภูมิ", "สอง")
FAR = Office("6920101", OfficeKind.TAO, "ไกล", "ตรัง", "สาม")
TODAY = dt.date(2024, 3, 1)
PAST, AHEAD = dt.date(2024, 2, 1), dt.date(2024, 4, 1)


@pytest.fixture
def here(archive: Archive) -> Archive:
    archive.offices.save([TAO, OTHER, FAR])
    archive.tasks.save([task("a", TAO.code, PAST), task("b", TAO.code, AHEAD), task("c", OTHER.code, PAST),
                        replace(task("d", FAR.code), form="INFO08")])
    return archive


def test_a_task_is_put_into_hands_and_proved(here: Archive) -> None:
    assert here.tasks.get("a").assignee is None
    here.tasks.assign("a", "มาลี", "หัวหน้า")
    here.tasks.assign("a", "สมศรี", "หัวหน้า")
    assert here.tasks.get("a").assignee == "สมศรี"
    digest = here.files.put(b"photo")
    here.tasks.prove("a", "ภาพถ่าย.jpg", "สมศรี", file=digest)
    assert [(proof.name, proof.file, proof.entry) for proof in here.tasks.proofs("a")] == [("ภาพถ่าย.jpg", digest, None)]
    assert here.check() == []
    here.tasks.assign("a", "", "หัวหน้า")
    assert here.tasks.get("a").assignee is None
    assert [(event.action, event.before, event.after) for event in here.audit.list("task:a")] == [
        ("task-assigned", None, "มาลี"), ("task-assigned", "มาลี", "สมศรี"),
        ("task-proof", None, f"ภาพถ่าย.jpg {digest}"), ("task-assigned", "สมศรี", None)]
    for act in (lambda: here.tasks.assign("x", "ใคร", "ใคร"), lambda: here.tasks.prove("x", "ไฟล์", "ใคร", file=digest)):
        with pytest.raises(NotFound):
            act()


def test_tasks_are_narrowed_by_every_part(here: Archive) -> None:
    here.tasks.assign("a", "มาลี", "หัวหน้า")
    here.tasks.set_state("c", TaskState.DONE, "ใคร")
    quoting = replace(task("e", TAO.code, PAST, "ลับ"), evidence=(TaskEvidence("secret", "p", 1, "ประโยค"),))
    here.tasks.save([*(row.task for row in here.tasks.list()), quoting])

    def ids(**parts: object) -> str:
        wanted = Wanted(**parts)  # type: ignore[arg-type]
        found = "".join(row.task.id for row in here.tasks.find(wanted))
        assert here.tasks.how_many(wanted) == len(found)
        return found

    assert ids() == "acebd"
    assert ids(office=TAO.code) == "aeb" and ids(province="ชัยภูมิ") == "aceb" and ids(district="สอง") == "c"
    assert ids(overdue_on=TODAY) == "ae" and ids(open_only=True) == "aebd" and ids(without_day=True) == "d"
    assert ids(due_from=TODAY, due_before=AHEAD) == "" and ids(due_from=TODAY) == "b" and ids(due_before=TODAY) == "ace"
    assert ids(assignee="มาลี") == "a" and ids(assignee="") == "cebd"
    assert ids(letter="secret") == "e" and ids(hidden=frozenset({"secret"})) == "acbd"
    assert ids(form="INFO08") == "d" and ids(duty="duty", state=TaskState.DONE) == "c"
    assert here.tasks.by_state(Wanted(province="ชัยภูมิ")) == {TaskState.NEW: 3, TaskState.DONE: 1}
    assert [(one.day, one.first, one.total, one.open) for one in here.tasks.by_day(Wanted(province="ชัยภูมิ"))] == [
        (PAST, "a", 3, 2), (AHEAD, "b", 1, 1)]
    assert here.tasks.offices_of("duty") == {TAO.code, OTHER.code, FAR.code}
    here.tasks.save([quoting])
    assert ids(withdrawn=True) == "acbd" and ids() == "e"


def test_what_tells_when_a_letter_came(here: Archive) -> None:
    here.users.add("Malee", "a long password", "recorder", TAO.code)
    here.users.add("clerk", "a long password", "clerk")
    row, _ = here.packets.receive("a.txt", b"1", "malee")
    here.packets.receive("b.txt", b"2", "clerk")
    here.tasks.save([replace(task("a", TAO.code), letter="n1", asked=PAST)])
    here.tasks.received("a", TODAY, "มาลี")
    here.tasks.received("a", PAST, "มาลี")
    known = here.tasks.registered()
    assert known.told == {("n1", TAO.code): PAST}
    assert list(known.packets) == [(row.id, TAO.code)]
    for day in (PAST - dt.timedelta(days=1), dt.date(2999, 1, 1)):
        with pytest.raises(BadRequest):
            here.tasks.received("a", day, "มาลี")
    with pytest.raises(NotFound):
        here.tasks.received("x", PAST, "มาลี")
    told = [event for event in here.audit.list("task:a") if event.action == "letter-received"]
    assert [(event.before, event.after) for event in told] == [
        (None, TODAY.isoformat()), (TODAY.isoformat(), PAST.isoformat())]


def test_only_moves_that_make_sense_are_kept(here: Archive) -> None:
    for state, reason, certifies in ((TaskState.CERTIFIED, "", True), (TaskState.NOT_APPLICABLE, "", True)):
        with pytest.raises(IllegalMove):
            here.tasks.set_state("a", state, "ใคร", reason, certifies=certifies)
    here.tasks.set_state("a", TaskState.DONE, "ใคร")
    with pytest.raises(IllegalMove, match="จังหวัด"):
        here.tasks.set_state("a", TaskState.CERTIFIED, "ใคร", certifies=False)
    assert here.tasks.set_state("a", TaskState.CERTIFIED, "สถจ.").version == 2


def test_progress_by_province_district_and_form(here: Archive) -> None:
    here.tasks.set_state("b", TaskState.DONE, "ใคร")
    here.tasks.set_state("c", TaskState.NOT_APPLICABLE, "ใคร", "ไม่มีงานนี้")
    tao, other = Progress(TAO.code, 2, 1, 0, 1, 0), Progress(OTHER.code, 1, 0, 0, 0, 1)
    far = Progress(FAR.code, 1, 0, 0, 0, 0)
    assert here.tasks.progress(TODAY) == (tao, other, far)
    assert here.tasks.progress(TODAY, "ชัยภูมิ") == (tao, other)
    assert here.tasks.progress(TODAY, "ชัยภูมิ", "สอง") == (other,)
    assert here.tasks.progress(TODAY, form="INFO08") == (far,)
    here.tasks.set_state("b", TaskState.CERTIFIED, "สถจ.")
    assert here.tasks.progress(TODAY, duty="duty")[0] == replace(tao, certified=1)
    assert [row.task.id for row in here.tasks.list(province="ชัยภูมิ", open_only=True)] == ["a"]
    assert [row.task.id for row in here.tasks.list(form="INFO08")] == ["d"]


def test_offices_keep_what_they_were(here: Archive) -> None:
    raised = replace(TAO, kind=OfficeKind.TAMBON, name="ตัวอย่างใหม่")
    here.offices.save([raised, FAR], actor="ผู้ดูแล")
    here.offices.save([raised, OTHER, FAR])
    here.offices.save([raised, OTHER, FAR])
    told = [(one.change, one.office.kind, one.office.name, one.actor) for one in here.offices.history(TAO.code)]
    assert told == [("added", OfficeKind.TAO, "ตัวอย่าง", "saraban"),
                    ("changed", OfficeKind.TAMBON, "ตัวอย่างใหม่", "ผู้ดูแล")]
    assert [one.change for one in here.offices.history(OTHER.code)] == ["added", "retired", "restored"]
    assert here.offices.within("ชัยภูมิ") == (raised, OTHER) and here.offices.within("ชัยภูมิ", "สอง") == (OTHER,)
    with pytest.raises(NotFound):
        here.offices.history("x")


def test_an_lao_that_is_raised_takes_its_work_along(here: Archive) -> None:
    raised = Office("5360401", OfficeKind.TAMBON, "ตัวอย่าง", TAO.province, TAO.district)
    old, new = (task_id("duty", office.code, None) for office in (TAO, raised))
    here.tasks.save([task(old, TAO.code, PAST), task("c", OTHER.code, PAST)])
    here.tasks.set_state(old, TaskState.DONE, "มาลี", "ส่งแล้ว")
    here.tasks.assign(old, "มาลี", "หัวหน้า")
    here.tasks.prove(old, "ภาพ.jpg", "มาลี", file=here.files.put(b"1"))
    here.tasks.received(old, PAST, "มาลี")
    here.offices.set_mail(TAO.code, "saraban@lao.example.go.th")
    secret, user = here.feeds.make(TAO.code), here.users.add("malee", "a long password", "recorder", TAO.code)
    here.reminders.claim([Reminder(old, "overdue", PAST, TAO.code)])
    here.offices.save([raised, OTHER, FAR], actor="ผู้ดูแล")
    here.tasks.save([task(new, raised.code, PAST), task("c", OTHER.code, PAST)])
    row = here.tasks.get(new)
    assert (row.state, row.assignee, row.withdrawn, row.task.office) == (TaskState.DONE, "มาลี", False, raised.code)
    assert [one.text for one in here.tasks.comments(new)] == ["ส่งแล้ว"] and len(here.tasks.proofs(new)) == 1
    assert here.tasks.registered().told == {("node", raised.code): PAST}
    assert here.offices.mails() == {raised.code: "saraban@lao.example.go.th"}
    assert here.feeds.office_of(secret) == here.users.get(user.id).office == raised.code
    assert [one.task for one, _ in here.reminders.list(raised.code)] == [new]
    assert [(one.change, one.office.code) for one in here.offices.history(raised.code)] == [
        ("added", TAO.code), ("changed", raised.code)]
    assert TAO not in here.offices.all() and here.offices.get(TAO.code) == TAO
    with pytest.raises(NotFound):
        here.tasks.get(old)


def test_where_reminders_go(here: Archive) -> None:
    here.offices.set_mail(TAO.code, "saraban@lao.example.go.th", actor="ผู้ดูแล")
    assert here.offices.mails() == {TAO.code: "saraban@lao.example.go.th"}
    for address in ("", "saraban", "a@b", "a@b.th, c@d.th", "a b@c.th", "<a@b.th>"):
        with pytest.raises(BadRequest):
            here.offices.set_mail(TAO.code, address)
    with pytest.raises(NotFound):
        here.offices.set_mail("x", "a@b.th")


def test_a_calendar_address_is_secret_and_can_be_taken_back(here: Archive) -> None:
    first, second = here.feeds.make(TAO.code, "มาลี"), here.feeds.make(TAO.code)
    assert first != second and len(first) >= 40
    assert here.feeds.office_of(first) == here.feeds.office_of(second) == TAO.code
    assert here.feeds.office_of("") is here.feeds.office_of(TAO.code) is here.feeds.office_of(first[:-1]) is None
    assert (here.feeds.count(TAO.code), here.feeds.revoke(TAO.code, "มาลี"), here.feeds.revoke(TAO.code)) == (2, 2, 0)
    assert here.feeds.office_of(first) is None and here.feeds.count(TAO.code) == 0
    assert [event.action for event in here.audit.list(f"office:{TAO.code}")] == [
        "feed-made", "feed-made", "feed-revoked"]
    assert not any(first in (event.after or "") for event in here.audit.list())
    with pytest.raises(NotFound):
        here.feeds.make("x")


def test_of_many_runs_at_once_one_claims_a_reminder(here: Archive) -> None:
    every = [Reminder("a", "overdue", PAST, TAO.code), Reminder("b", "7", AHEAD, TAO.code)]
    got: list[list[Reminder]] = []
    start = threading.Barrier(4)

    def claim() -> None:
        start.wait()
        got.append(here.reminders.claim(every))

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.task for some in got for one in some) == ["a", "b"]
    here.reminders.sent(every[:1], "a@b.th")
    here.reminders.give_back(every)
    assert [(one.task, state.value) for one, state in here.reminders.list()] == [("a", "sent")]
    assert here.reminders.claim(every) == every[1:]
    assert here.reminders.claim([replace(every[0], due=AHEAD)]) != []
    assert [event.action for event in here.audit.list(f"office:{TAO.code}")] == ["reminder-sent"]


def test_letters_with_a_class_are_known(here: Archive) -> None:
    row, _ = here.packets.receive("ลับ.txt", b"1", "ใคร")
    closed: Letter = replace(letter(), secrecy=Reading("ลับ", "ลับ", 1.0))
    here.packets.save_parse(row.id, packet(letter("มท 0810.7/ว 1"), closed))
    here.graph.save(Graph((node("n1", copies=(CopyRef(row.id, 0),)), node("n2", copies=(CopyRef(row.id, 1),))), ()))
    assert here.secret_letters() == {"n2"}

"""States, reminders and calendars: what goes out of tasks."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from icalendar import Calendar

from tasks import (
    CLOSED,
    MOVES,
    Dated,
    IllegalMove,
    Stage,
    Task,
    TaskRole,
    TaskState,
    calendar_of,
    check_move,
    digest,
    open_moves,
    stage_of,
)

TODAY = dt.date(2023, 3, 20)
NOON = dt.datetime(2023, 3, 20, 5, 0, tzinfo=dt.UTC)


def task(key: str, due: dt.date | None = dt.date(2023, 3, 24), title: str = "บันทึกข้อมูล, ด่วน; \\ ทดสอบ") -> Task:
    return Task(key, "duty", "6360401", "อบต.ตัวอย่าง", TaskRole.DO, title, ("ทำ",), due, "ภายในวันที่ …", "ระบบ › เมนู",
                ("https://example.go.th",), ("0 2000 0000",), "node", (), ())


@pytest.mark.parametrize(("before", "after", "certifies", "reason"),
                         list(product(TaskState, TaskState, (True, False), ("", "เหตุผล"))))
def test_every_move(before, after, certifies, reason):
    certified = TaskState.CERTIFIED in (before, after)
    needs_reason = MOVES[before].get(after, False)
    allowed = before is after or (after in MOVES[before] and (certifies or not certified)
                                  and (bool(reason) or not needs_reason))
    if allowed:
        check_move("t", before, after, reason, certifies=certifies)
    else:
        with pytest.raises(IllegalMove):
            check_move("t", before, after, reason, certifies=certifies)
    offered = open_moves(before, certifies=certifies)
    assert offered[0] is before and (after in offered) == (
        before is after or (after in MOVES[before] and (certifies or not certified)))


def test_not_applicable_and_going_back_need_a_reason():
    assert {(before.value, after.value) for before, moves in MOVES.items() for after, why in moves.items() if why} == {
        ("new", "not-applicable"), ("acknowledged", "not-applicable"), ("in-progress", "not-applicable"),
        ("done", "in-progress"), ("certified", "in-progress"), ("not-applicable", "new")}


class AnyMoves(RuleBasedStateMachine):
    """People try any state; only the arrows hold, and certified is reached through done alone."""

    def __init__(self) -> None:
        super().__init__()
        self.past = [TaskState.NEW]

    @rule(after=st.sampled_from(TaskState), certifies=st.booleans(), reason=st.sampled_from(["", "เหตุผล"]))
    def attempt(self, after: TaskState, certifies: bool, reason: str) -> None:
        try:
            check_move("t", self.past[-1], after, reason, certifies=certifies)
        except IllegalMove:
            return
        self.past.append(after)

    @invariant()
    def only_arrows(self) -> None:
        for before, after in zip(self.past, self.past[1:], strict=False):
            assert before is after or after in MOVES[before]
            assert after is not TaskState.CERTIFIED or before in (TaskState.DONE, TaskState.CERTIFIED)


TestAnyMoves = AnyMoves.TestCase


@pytest.mark.parametrize(("left", "stage"), [
    (-30, "overdue"), (-1, "overdue"), (0, "1"), (1, "1"), (2, "3"), (3, "3"), (4, "7"), (7, "7"), (8, None),
    (90, None)])
def test_the_stage_of_a_day(left, stage):
    found = stage_of(TODAY + dt.timedelta(days=left), TODAY)
    assert (found.value if found else None) == stage
    assert stage_of(None, TODAY) is None


def test_a_digest_tells_the_overdue_first_and_is_no_flood():
    told = digest("อบต.ตัวอย่าง", [(Stage.WEEK, task("a")), (Stage.OVERDUE, task("b", dt.date(2023, 3, 18), "ส่งรายงาน"))],
                  "https://saraban.example.go.th")
    assert told.subject == "[สารบรรณ] งานใกล้ครบกำหนด 1 เรื่อง เกินกำหนด 1 เรื่อง – อบต.ตัวอย่าง"
    assert told.text.index("เกินกำหนดแล้ว") < told.text.index("ส่งรายงาน") < told.text.index("ครบกำหนดใน 7 วัน")
    assert "18 มีนาคม 2566 (ตรงกับวันเสาร์" in told.text and "https://saraban.example.go.th/tasks/b" in told.text
    many = digest("อบต.ตัวอย่าง", [(Stage.WEEK, task(f"{place}")) for place in range(70)], "")
    assert many.text.count("•") == 50 and "และอีก 20 เรื่อง" in many.text


def test_a_calendar_that_a_reader_understands():
    tasks = [Dated(task("a"), TaskState.NEW, 0), Dated(task("b", dt.date(2023, 3, 25)), TaskState.DONE, 3),
             Dated(task("c", None), TaskState.NEW, 0)]
    written = calendar_of(tasks, "งาน อบต.ตัวอย่าง", NOON, "https://saraban.example.go.th")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    read = Calendar.from_ical(written)
    assert (read["version"], str(read["x-wr-calname"])) == ("2.0", "งาน อบต.ตัวอย่าง")
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert set(events) == {"a@saraban", "b@saraban"}
    first, second = events["a@saraban"], events["b@saraban"]
    assert str(first["summary"]) == "บันทึกข้อมูล, ด่วน; \\ ทดสอบ"
    assert (first["dtstart"].dt, first["dtend"].dt) == (dt.date(2023, 3, 24), dt.date(2023, 3, 25))
    assert first["dtstamp"].dt == NOON and str(first["url"]).endswith("/tasks/a")
    assert "ระบบ › เมนู" in str(first["description"]) and "วันเสาร์" in str(second["description"])
    assert [alarm["trigger"].dt.days for alarm in first.walk("VALARM")] == [-7, -3, -1]
    assert second.walk("VALARM") == [] and second["sequence"] == 3 and str(second["summary"]).startswith("✓")
    assert TaskState.DONE in CLOSED

"""Registers: numbers without gaps, days in order, what becomes of rows, and who sees them."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from archive import Archive
from archive.registers import Entered, Keeping
from archive.sight import Sight
from letters import Office, OfficeKind, Reading
from letters.errors import BadRequest, Conflict, NotFound
from registers import AlreadyThere, BadDay, Book, Columns, Mark, NoReason, NotSo, Opinion, State
from tests.archive.made import letter, packet
from tests.archive.test_crowd import _together

OFFICE, OTHER = "6670318", "6670304"
DESKS, CLERKS, EACH = 4, 5, 3
"""Processes, clerks in each at once, rows that each enters."""
LETTER = Columns("มท 0810.7/ว 908", "2023-02-27", "กรมตัวอย่าง", "นายก อบต.ตัวอย่าง", "การสำรวจข้อมูล")


def at(day: str, hour: int = 3) -> dt.datetime:
    """An instant of a day in Thailand (UTC)."""
    return dt.datetime.fromisoformat(day).replace(hour=hour, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _offices(request: pytest.FixtureRequest) -> None:
    if "archive" not in request.fixturenames:
        return
    archive = request.getfixturevalue("archive")
    archive.offices.save([Office(code, OfficeKind.TAO, f"ตัวอย่าง {code}", "เพชรบูรณ์", "หล่มสัก")
                          for code in (OFFICE, OTHER)])


def enter(archive: Archive, on: str = "2023-03-01", book: Book = Book.RECEIVED, **more: object):
    return archive.registers.enter(OFFICE, book, Entered(LETTER, **more), "clerk", at(on))


def _desk(place: int, barrier: Barrier, home: Path, url: str | None) -> list[int]:
    """The clerks of one process, all at once."""
    with Archive.open(home, url) as archive, ThreadPoolExecutor(CLERKS) as crowd:
        barrier.wait()
        return [number for given in crowd.map(partial(_clerk, archive), [f"{place}-{one}" for one in range(CLERKS)])
                for number in given]


def _clerk(archive: Archive, name: str) -> list[int]:
    """What one clerk gets who enters rows, sets one number aside and cancels one."""
    rows = [archive.registers.enter(OFFICE, Book.RECEIVED, Entered(LETTER), name) for _ in range(EACH)]
    archive.registers.cancel(rows[0].id, "ลงผิด", name)
    return [row.number for row in (*rows, *archive.registers.reserve(OFFICE, Book.RECEIVED, 1, "เวร", name))]


def test_twenty_clerks_get_every_number_once(archive: Archive, home: Path, url: str | None) -> None:
    given = [number for each in _together(_desk, DESKS, home, url) for number in each]
    assert sorted(given) == list(range(1, DESKS * CLERKS * (EACH + 1) + 1))
    rows = archive.registers.list(OFFICE, Book.RECEIVED, dt.datetime.now(dt.UTC).year, limit=None)
    days = [row.day for row in sorted(rows, key=lambda row: row.number)]
    assert len(rows) == len(given) and days == sorted(days)
    assert archive.check() == []


def test_each_book_office_and_year_counts_for_itself(archive: Archive) -> None:
    assert [enter(archive, day).number for day in ("2022-12-30", "2022-12-31", "2023-01-04")] == [1, 2, 1]
    assert enter(archive, "2023-01-05", Book.SENT).number == 1
    assert archive.registers.enter(OTHER, Book.RECEIVED, Entered(LETTER), "clerk", at("2023-01-05")).number == 1
    assert archive.registers.years(OFFICE, Book.RECEIVED) == {2023: 1, 2022: 2}


def test_the_day_is_thailands(archive: Archive) -> None:
    row = archive.registers.enter(OFFICE, Book.RECEIVED, Entered(LETTER), "clerk", at("2022-12-31", 18))
    assert (row.year, row.day, row.number) == (2023, dt.date(2023, 1, 1), 1)


def test_an_earlier_day_needs_a_reason_and_is_marked(archive: Archive) -> None:
    enter(archive, "2023-03-01")
    with pytest.raises(BadDay):
        enter(archive, "2023-03-02", day=dt.date(2023, 2, 27))
    late = enter(archive, "2023-03-02", day=dt.date(2023, 2, 27), reason="ไฟดับ")
    assert (late.number, late.day, late.mark, late.reason) == (2, dt.date(2023, 2, 27), Mark.LATE, "ไฟดับ")
    assert enter(archive, "2023-03-02").day == dt.date(2023, 3, 2)
    with pytest.raises(BadDay):
        enter(archive, "2023-03-02", day=dt.date(2023, 3, 3), reason="พรุ่งนี้")


def test_a_clock_that_falls_behind_never_turns_the_days_round(archive: Archive) -> None:
    enter(archive, "2023-03-02")
    assert enter(archive, "2023-03-01").day == dt.date(2023, 3, 2)
    with pytest.raises(Conflict):
        enter(archive, "2023-01-01")


def test_a_number_set_aside_is_used_with_its_day(archive: Archive) -> None:
    aside = archive.registers.reserve(OFFICE, Book.RECEIVED, 2, "หนังสือด่วนนอกเวลา", "clerk", at("2023-03-01"))
    assert [row.number for row in aside] == [1, 2] and enter(archive, "2023-03-02").number == 3
    used = archive.registers.change(aside[0].id, LETTER, "clerk", time="16:40")
    assert (used.number, used.day, used.state, used.mark) == (1, dt.date(2023, 3, 1), State.ENTERED, Mark.RESERVED)
    assert used.letter == LETTER and used.time == "16:40"
    for count, reason in ((0, "x"), (51, "x"), (1, " ")):
        with pytest.raises((BadRequest, NoReason)):
            archive.registers.reserve(OFFICE, Book.RECEIVED, count, reason, "clerk")


def test_a_cancelled_number_stays_used(archive: Archive) -> None:
    row = enter(archive)
    with pytest.raises(NoReason):
        archive.registers.cancel(row.id, " ", "clerk")
    assert archive.registers.cancel(row.id, "ลงซ้ำ", "clerk", row.version).state is State.CANCELLED
    assert enter(archive).number == 2
    with pytest.raises(NotSo):
        archive.registers.cancel(row.id, "อีกครั้ง", "clerk")
    with pytest.raises(NotSo):
        archive.registers.change(row.id, LETTER, "clerk")


def test_no_statement_changes_or_removes_a_number(archive: Archive) -> None:
    row = enter(archive)
    for statement in ("UPDATE register_rows SET number = 7", "DELETE FROM register_rows",
                      "UPDATE register_rows SET year = 1999"):
        with pytest.raises(DBAPIError), archive.database.writing() as session:
            session.execute(text(statement))
    assert archive.registers.get(row.id) == row


def test_what_somebody_changed_in_between_is_not_overwritten(archive: Archive) -> None:
    row = enter(archive)
    archive.registers.change(row.id, replace(LETTER, action="กองคลัง"), "a", row.version)
    with pytest.raises(Conflict):
        archive.registers.change(row.id, replace(LETTER, action="กองช่าง"), "b", row.version)
    assert archive.registers.get(row.id).letter.action == "กองคลัง"
    told = [(event.actor, event.action, event.field, event.after)
            for event in archive.audit.list(f"register:{row.id}")]
    assert told == [("clerk", "register-entered", "received", "1/2566"),
                    ("a", "register-changed", "action", "กองคลัง")]


def test_letters_that_go_out_are_numbered_by_their_book(archive: Archive) -> None:
    out = replace(LETTER, number="พช 72401")
    rows = [archive.registers.enter(OFFICE, book, Entered(out), "clerk", at("2023-03-01"))
            for book in (Book.SENT, Book.CIRCULAR, Book.SENT)]
    assert [row.letter.number for row in rows] == ["พช 72401/1", "พช 72401/ว 1", "พช 72401/2"]
    assert archive.registers.owner(OFFICE, Book.SENT) == "พช 72401/2"


def test_a_book_kept_on_paper_goes_on_with_its_next_number(archive: Archive) -> None:
    assert [enter(archive, first=1235).number, enter(archive).number] == [1235, 1236]
    with pytest.raises(BadRequest):
        enter(archive, first=2000)
    assert archive.check() == []


def test_a_letter_is_registered_once(archive: Archive) -> None:
    row, _ = archive.packets.receive("a.pdf", b"a", "clerk")
    first = enter(archive, packet=row.id, page=1)
    with pytest.raises(AlreadyThere):
        enter(archive, packet=row.id, page=1)
    assert enter(archive, packet=row.id, page=2).number == 2
    archive.registers.cancel(first.id, "ลงผิดเล่ม", "clerk")
    assert enter(archive, packet=row.id, page=1).number == 3
    with pytest.raises(NotFound):
        enter(archive, packet="f" * 64, page=1)


def test_the_register_tells_the_day_of_receipt(archive: Archive) -> None:
    row, _ = archive.packets.receive("a.pdf", b"a", "clerk")
    entered = enter(archive, "2023-03-05", day=dt.date(2023, 3, 2), reason="วันหยุด", packet=row.id, page=1)
    assert archive.tasks.registered().packets == {(row.id, OFFICE): dt.date(2023, 3, 2)}
    archive.registers.cancel(entered.id, "ผิด", "clerk")
    assert archive.tasks.registered().packets == {}


def test_what_waits_to_be_registered(archive: Archive) -> None:
    ids = []
    for name in ("a.pdf", "b.pdf"):
        row, _ = archive.packets.receive(name, name.encode(), "clerk")
        archive.packets.save_parse(row.id, packet(letter(subject=f"เรื่องของ {name}")))
        ids.append(row.id)
    everything = Sight("clerk", whole=True, keeper=True)
    assert [one.letter.subject for one in archive.registers.waiting(OFFICE, everything, at("2023-01-01"))] == [
        "เรื่องของ b.pdf", "เรื่องของ a.pdf"]
    enter(archive, packet=ids[1], page=1)
    assert [one.packet for one in archive.registers.waiting(OFFICE, everything, at("2023-01-01"))] == [ids[0]]
    assert len(archive.registers.waiting(OTHER, everything, at("2023-01-01"))) == 2
    assert archive.registers.waiting(OTHER, everything, at("2999-01-01")) == ()


def test_secret_letters_are_a_bare_number_to_others(archive: Archive) -> None:
    row, _ = archive.packets.receive("a.pdf", b"a", "clerk")
    secret = replace(letter(), secrecy=Reading("ลับ", "ลับ", 1.0))
    archive.packets.save_parse(row.id, packet(secret))
    entered = enter(archive, packet=row.id, page=1, reason="")
    for name, closed in (("clerk", False), ("other", True)):
        shown, = archive.registers.list(OFFICE, Book.RECEIVED, 2023, Sight(name, office=OFFICE))
        assert (shown.closed, shown.letter == Columns(), shown.number) == (closed, closed, 1)
        assert archive.registers.get(entered.id, Sight(name, office=OFFICE)).closed is closed
    assert archive.registers.list(OFFICE, Book.RECEIVED, 2023, Sight("other", office=OFFICE), words="สำรวจ") == ()


def test_other_offices_see_nothing(archive: Archive) -> None:
    row = enter(archive)
    stranger = Sight("other", office=OTHER)
    assert archive.registers.list(OFFICE, Book.RECEIVED, 2023, stranger) == ()
    assert archive.registers.due(OFFICE, 2023, stranger) == ()
    with pytest.raises(NotFound):
        archive.registers.get(row.id, stranger)
    assert archive.registers.get(row.id, Sight("above", district="6703")) == row


def test_rows_are_found_by_day_and_words(archive: Archive) -> None:
    for day in ("2023-03-01", "2023-03-02", "2023-03-03"):
        enter(archive, day)
    found = archive.registers.list(OFFICE, Book.RECEIVED, 2023, first=dt.date(2023, 3, 2), before=3)
    assert [row.number for row in found] == [2]
    assert len(archive.registers.list(OFFICE, Book.RECEIVED, 2023, words="ว 908")) == 3
    assert archive.registers.list(OFFICE, Book.RECEIVED, 2023, words="100%") == ()


@pytest.mark.parametrize(("retention", "until", "last"), [
    ("ten", None, 2033), ("one", None, 2024), ("forever", None, None), ("law", 2040, 2040)])
def test_letters_are_kept_as_long_as_their_class_says(archive: Archive, retention: str, until: int | None,
                                                      last: int | None) -> None:
    row = enter(archive)
    kept = archive.registers.keep(row.id, Keeping("คลัง 1/66", retention, until), "clerk", at("2023-05-01"))
    assert (kept.number, kept.received, kept.keep_until, kept.letter.subject) == (1, "1/2566", last, LETTER.subject)
    with pytest.raises(AlreadyThere):
        archive.registers.keep(row.id, Keeping("", retention, until), "clerk", at("2023-05-02"))
    with pytest.raises(NotSo):
        archive.registers.cancel(row.id, "เก็บแล้ว", "clerk")


@pytest.mark.parametrize(("retention", "until"), [("twelve", None), ("law", None), ("law", 2022)])
def test_a_class_that_says_nothing_is_refused(archive: Archive, retention: str, until: int | None) -> None:
    row = enter(archive)
    with pytest.raises(BadRequest):
        archive.registers.keep(row.id, Keeping("", retention, until), "clerk", at("2023-05-01"))


def test_what_is_due_is_destroyed_only_as_the_committee_says(archive: Archive) -> None:
    kept = [archive.registers.keep(enter(archive).id, Keeping("ก 1", "one"), "clerk", at("2023-05-01"))
            for _ in range(3)]
    assert archive.registers.due(OFFICE, 2023) == ()
    assert [row.id for row in archive.registers.due(OFFICE, 2024)] == [row.id for row in kept]
    with pytest.raises(NotSo):
        archive.registers.destroyed([kept[0].id], "คำสั่งที่ 1/2568", "clerk")
    archive.registers.judge([kept[0].id, kept[1].id], Opinion.DESTROY, "clerk")
    archive.registers.judge([kept[2].id], Opinion.EXTEND, "clerk", 2030)
    with pytest.raises(BadRequest):
        archive.registers.judge([kept[1].id], Opinion.EXTEND, "clerk", 2024)
    archive.registers.destroyed([kept[0].id], "คำสั่งที่ 1/2568", "clerk")
    assert [row.id for row in archive.registers.due(OFFICE, 2024)] == [kept[1].id]
    assert [row.state for row in archive.registers.list(OFFICE, Book.KEPT, 2023)] == [
        State.ENTERED, State.ENTERED, State.DESTROYED]
    assert archive.registers.get(kept[2].id).keep_until == 2030


def test_an_lao_of_a_new_type_takes_its_registers_along(archive: Archive) -> None:
    row = enter(archive)
    archive.offices.save([Office("5" + OFFICE[1:], OfficeKind.TAMBON, "ตัวอย่าง", "เพชรบูรณ์", "หล่มสัก")])
    assert archive.registers.get(row.id).office == "5" + OFFICE[1:]
    later = archive.registers.enter("5" + OFFICE[1:], Book.RECEIVED, Entered(LETTER), "clerk", at("2023-03-02"))
    assert later.number == 2


def test_a_row_removed_past_the_program_is_told(home: Path, own_url: str | None) -> None:
    trigger = "register_rows_no_delete" if own_url is None else "register_rows_no_renumber ON register_rows"
    with Archive.create(home, own_url) as archive:
        archive.offices.save([Office(OFFICE, OfficeKind.TAO, "ตัวอย่าง", "เพชรบูรณ์", "หล่มสัก")])
        for _ in range(3):
            enter(archive)
        with archive.database.writing() as session:
            session.execute(text(f"DROP TRIGGER {trigger}"))
            session.execute(text("DELETE FROM register_rows WHERE number = 2"))
        assert [(problem.kind.value, problem.subject) for problem in archive.check()] == [
            ("register-gap", f"{OFFICE} received 2023")]

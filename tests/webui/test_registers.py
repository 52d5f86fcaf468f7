"""Registers on screen: registering by a click, late and reserved numbers, roles, print, the stamp, destruction."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pikepdf
import pytest
from openpyxl import load_workbook

from archive import Role
from archive.registers import Entered, Keeping
from letters import Page, Source
from registers import Book, Columns, Mark, State
from saraban.jobs import run_all
from tests.webui.conftest import LAO_OFFICE, NOW, OTHER_OFFICE, PASSWORD, World
from tests.webui.packets import CHAIN, SECRET

OFFICE, YEAR = "D6703", 2023
SUBJECT = "ขอให้ทบทวนรายชื่อผู้ดูแลระบบข้อมูลกลาง (INFO)"
TYPED = {"office": OFFICE, "book": "received", "number": "มท ๐๘๑๐.๗/ว ๙๐๘", "dated": "27 ก.พ. 66",
         "sender": "กรมตัวอย่าง", "recipient": "นายอำเภอ", "subject": "การสำรวจข้อมูล", "time": "9.05"}


@pytest.fixture
def house(fresh: Callable[..., World]) -> World:
    """An archive with a packet that was read, whose clerk is of a district."""
    made = fresh()
    made.take_in("chain.txt", CHAIN)
    assert all(job.state == "done" for job in run_all(made.archive, made.settings))
    made.archive.users.add("amphoe", PASSWORD, Role.CLERK, OFFICE)
    return made


@pytest.fixture
def clerk(house: World):
    """Signed in as the district's clerk."""
    visitor = house.visitor()
    visitor.sign_in("amphoe")
    return visitor


def rows(house: World, book: Book = Book.RECEIVED, office: str = OFFICE):
    """The rows of this year's book, the last one first."""
    return house.archive.registers.list(office, book, YEAR)


def packet(house: World) -> str:
    """The packet's id."""
    return house.archive.packets.list()[0].id


def test_a_letter_that_waits_is_registered_by_one_click(house: World, clerk) -> None:
    house.take_in("more.txt", CHAIN.replace("417", "418"))
    run_all(house.archive, house.settings)
    assert clerk.get("/registers").text.count('name="packet"') == 2
    answer = clerk.post("/registers/new", {"office": OFFICE, "packet": packet(house), "page": "1"})
    assert answer.status_code == 302
    row, = rows(house)
    assert (row.number, row.day, row.time, row.page) == (1, NOW.date(), "10:00", 1)
    assert row.letter == Columns("พช 0118/ว 418", "2023-06-14", "อำเภอหล่มสัก",
                                 "นายกเทศมนตรีตำบล ทุกแห่ง, นายกองค์การบริหารส่วนตำบล ทุกแห่ง", SUBJECT)
    page = clerk.get(answer.location).text
    assert page.count('name="packet"') == 1 and "ลงทะเบียนรับแล้ว" in page
    again = clerk.post("/registers/new", {"office": OFFICE, "packet": packet(house), "page": "1"})
    assert again.status_code == 409 and "1/2566" in again.text and len(rows(house)) == 1


def test_the_letters_page_leads_to_a_form_that_is_filled_in(house: World, clerk) -> None:
    letter = clerk.get(f"/letters/{house.node('พช 0118/ว 417')}").text
    address = f"/registers/new?copy={packet(house)}/1"
    assert address in letter.replace("%2F", "/")
    form = clerk.get(address).text
    assert 'value="พช 0118/ว 417"' in form and 'value="14 มิ.ย. 2566"' in form and SUBJECT in form


def test_a_letter_on_paper_is_typed(house: World, clerk) -> None:
    assert clerk.post("/registers/new", TYPED).status_code == 302
    row, = rows(house)
    assert row.letter == Columns("มท ๐๘๑๐.๗/ว ๙๐๘", "2023-02-27", "กรมตัวอย่าง", "นายอำเภอ", "การสำรวจข้อมูล")
    assert row.time == "09:05"


@pytest.mark.parametrize(("change", "words"), [
    ({"subject": " "}, "เรื่อง"), ({"dated": "วันไหนไม่รู้"}, "วันไหนไม่รู้"), ({"time": "25.00"}, "25.00"),
    ({"day": "14 มิ.ย. 2566"}, "ย้อนหลัง"), ({"day": "1 ก.ค. 2566", "reason": "x"}, "ยังไม่ถึง"),
])
def test_what_is_wrong_is_told_and_uses_no_number(house: World, clerk, change: dict[str, str], words: str) -> None:
    answer = clerk.post("/registers/new", {**TYPED, **change})
    assert answer.status_code == 400 and words in answer.text and "กรมตัวอย่าง" in answer.text
    assert rows(house) == ()


def test_a_late_letter_keeps_its_true_day(house: World, clerk) -> None:
    clerk.post("/registers/new", TYPED)
    clerk.post("/registers/new", {**TYPED, "day": "14 มิ.ย. 2566", "reason": "ไฟดับ", "time": ""})
    late = rows(house)[0]
    assert (late.number, late.day, late.mark, late.time) == (2, dt.date(2023, 6, 14), Mark.LATE, "")
    assert "ลงย้อนหลัง" in clerk.get("/registers").text


def test_numbers_are_set_aside_used_and_cancelled(house: World, clerk) -> None:
    clerk.post("/registers/reserve", {"office": OFFICE, "book": "received", "count": "2", "reason": "นอกเวลา"})
    second, first = rows(house)
    typed = {**TYPED, "version": "1"}
    assert clerk.post(f"/registers/rows/{first.id}", typed).status_code == 302
    assert clerk.post(f"/registers/rows/{first.id}", typed).status_code == 409  # as somebody else changed it since
    assert clerk.post(f"/registers/rows/{second.id}/cancel", {"reason": " ", "version": "1"}).status_code == 400
    assert clerk.post(f"/registers/rows/{second.id}/cancel", {"reason": "ไม่ใช้", "version": "1"}).status_code == 302
    assert [row.state for row in rows(house)] == [State.CANCELLED, State.ENTERED]
    assert "ไม่ใช้" in clerk.get("/registers").text


def test_letters_that_go_out_get_their_number(house: World, clerk) -> None:
    for book in ("sent", "circular"):
        clerk.post("/registers/new", {**TYPED, "book": book, "number": "พช 0118"})
    assert [rows(house, book)[0].letter.number for book in (Book.SENT, Book.CIRCULAR)] == ["พช 0118/1", "พช 0118/ว 1"]
    assert 'value="พช 0118"' in clerk.get("/registers/new?book=sent").text


def test_registering_tells_from_when_days_are_counted(fresh: Callable[..., World]) -> None:
    house = fresh()
    asked = CHAIN.replace("ภายในวันที่ 23 มิถุนายน 2566", "ภายใน ๑๕ วัน นับแต่วันที่ได้รับหนังสือ")
    other = house.take_in("days.txt", asked)
    run_all(house.archive, house.settings)
    house.archive.users.add("tambon", PASSWORD, Role.CLERK, LAO_OFFICE)
    visitor = house.visitor()
    visitor.sign_in("tambon")

    def due() -> set[dt.date | None]:
        rows = house.archive.tasks.list(LAO_OFFICE, limit=None)
        return {one.date for row in rows for one in row.task.level_deadlines if one.starts == "receipt"}

    assert due() == {None}
    assert visitor.post("/registers/new", {"office": LAO_OFFICE, "packet": other, "page": "1"}).status_code == 302
    run_all(house.archive, house.settings)
    assert due() == {NOW.date() + dt.timedelta(days=15)}


def test_other_offices_and_roles(house: World, clerk) -> None:
    clerk.post("/registers/new", TYPED)
    row, = rows(house)
    assert clerk.get(f"/registers?office={LAO_OFFICE}").status_code == 200  # of its district
    assert clerk.get("/registers?office=D6704").status_code == 404
    lao = house.visitor(Role.LAO)
    assert lao.get("/registers").status_code == 200
    assert lao.get(f"/registers?office={OFFICE}").status_code == 404
    assert lao.get(f"/registers/rows/{row.id}").status_code == 404
    assert lao.get(f"/registers/{OFFICE}/export.csv").status_code == 404
    assert lao.post("/registers/new", {**TYPED, "office": OTHER_OFFICE}).status_code == 404
    province = house.visitor(Role.PROVINCE)
    assert province.get(f"/registers/rows/{row.id}").status_code == 200
    assert province.post("/registers/new", TYPED).status_code == 403
    assert province.post(f"/registers/rows/{row.id}/cancel", {"reason": "x"}).status_code == 403
    assert len(rows(house)) == 1


def test_a_secret_letter_is_a_number_to_those_not_named(house: World, clerk) -> None:
    secret = house.take_in("secret.txt", SECRET)  # taken in by clerk1
    run_all(house.archive, house.settings)
    house.archive.registers.enter(OFFICE, Book.RECEIVED, Entered(
        Columns(subject="การสอบข้อเท็จจริง"), packet=secret, page=1), "clerk1", NOW)
    row, = rows(house)
    for path in ("/registers", f"/registers/rows/{row.id}", f"/registers/print?office={OFFICE}",
                 f"/registers/{OFFICE}/export.csv"):
        shown = clerk.get(path).text
        assert "สอบข้อเท็จจริง" not in shown and "ชั้นความลับ" in shown
    assert clerk.post(f"/registers/rows/{row.id}", TYPED).status_code == 403
    assert clerk.get(f"/registers/rows/{row.id}/stamped.pdf").status_code == 404
    named = house.visitor(Role.CLERK)
    assert "สอบข้อเท็จจริง" in named.get(f"/registers?office={OFFICE}").text
    assert [event.actor for event in house.archive.audit.list(f"packet:{secret}") if event.action == "secret-read"
            and event.field == "register"] == ["clerk1"]


def test_the_sheet_has_the_regulations_columns(house: World, clerk) -> None:
    clerk.post("/registers/new", {**TYPED, "subject": "=1+1"})
    data = clerk.get(f"/registers/{OFFICE}/export.xlsx?year=2566").data
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "ทะเบียนหนังสือรับ (แบบที่ 13)" and "2566" in lines[1][0]
    assert lines[2] == ["เลขทะเบียนรับ", "วันที่รับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ"]
    assert lines[3][:4] == [1, "20 มิ.ย. 2566 09.05 น.", "มท ๐๘๑๐.๗/ว ๙๐๘", "27 ก.พ. 2566"]
    assert sheet.cell(4, 7).data_type == "s" and sheet.page_setup.orientation == "landscape"
    printed = clerk.get("/registers/print").text
    assert "แบบที่ 13" in printed and "=1+1" in printed


def test_the_stamp_stands_on_a_copy(house: World, clerk) -> None:
    source, blank = house.archive.packets.parse(packet(house)), io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(blank)
    kept = house.archive.packets.receive("scan.pdf", blank.getvalue(), "amphoe")[0].id
    assert source is not None
    house.archive.packets.save_parse(kept, source)
    house.archive.packets.save_page(kept, Page(1, (), Source.OCR, 1240, 1754, 150))
    clerk.post("/registers/new", {"office": OFFICE, "packet": kept, "page": "1"})
    row, = rows(house)
    answer = clerk.get(f"/registers/rows/{row.id}/stamped.pdf")
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.data)) as made:
        assert [bool(one.ImageMask) for one in made.pages[0].Resources.XObject.values()] == [True]
    assert house.archive.files.read(kept) == blank.getvalue()
    house.archive.registers.cancel(row.id, "ผิด", "amphoe")
    assert clerk.get(f"/registers/rows/{row.id}/stamped.pdf").status_code == 409


def test_letters_are_filed_and_come_to_the_destruction_list(house: World, clerk) -> None:
    clerk.post("/registers/new", TYPED)
    row, = rows(house)
    answer = clerk.post(f"/registers/rows/{row.id}/keep", {"folder": "ก 1", "retention": "one"})
    assert answer.status_code == 302
    kept, = rows(house, Book.KEPT)
    assert (kept.received, kept.folder, kept.keep_until) == ("1/2566", "ก 1", 2024)
    assert "เก็บถึง พ.ศ. 2567" in clerk.get("/registers?book=kept").text
    assert clerk.post(f"/registers/rows/{row.id}/keep", {"retention": "law"}).status_code in (400, 409)
    due = {"office": OFFICE, "year": "2567", "row": str(kept.id)}
    assert "การสำรวจข้อมูล" in clerk.get("/registers/due?year=2567").text
    assert "การสำรวจข้อมูล" not in clerk.get("/registers/due?year=2566").text
    assert clerk.post("/registers/due", {**due, "step": "destroyed", "approval": "ที่ 1/2568"}).status_code == 409
    assert clerk.post("/registers/due", {**due, "row": "999", "step": "destroy"}).status_code == 400
    assert clerk.post("/registers/due", {**due, "step": "destroy"}).status_code == 302
    data = clerk.get(f"/registers/{OFFICE}/export.xlsx?book=due&year=2567").data
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:2] == [1, "ก 1"] and sheet.cell(4, 7).value == "ทำลาย"
    assert clerk.post("/registers/due", {**due, "step": "destroyed", "approval": "ที่ 1/2568"}).status_code == 302
    assert rows(house, Book.KEPT)[0].state is State.DESTROYED


def test_a_house_clerk_chooses_an_office_once(house: World) -> None:
    visitor = house.visitor(Role.CLERK)
    assert "ทะเบียนของหน่วยงานใด" in visitor.get("/registers").text
    assert f"office={OFFICE}" in visitor.get("/registers?find=หล่มสัก").text
    visitor.post("/registers/new", TYPED)
    assert "ทะเบียนหนังสือรับ" in visitor.get("/registers").text


def test_long_books_come_in_pages(house: World, clerk) -> None:
    for _ in range(52):
        house.archive.registers.enter(OFFICE, Book.RECEIVED, Entered(Columns(subject="เรื่อง")), "x", NOW)
    first = clerk.get("/registers").text
    assert first.count("<tr id=") == 50 and "before=3" in first
    assert clerk.get("/registers?before=3").text.count("<tr id=") == 2
    assert clerk.get("/registers?first=1 ม.ค. 2567").text.count("<tr id=") == 0
    assert clerk.get("/registers?first=เมื่อไร").status_code == 400
    kept = house.archive.registers.keep(rows(house)[0].id, Keeping("", "forever"), "x", NOW)
    assert kept.keep_until is None and "ห้ามทำลาย" in clerk.get("/registers?book=kept").text

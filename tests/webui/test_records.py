"""Records on screen: a form drawn from its data, the steps, progress, and the calendar's secret address."""

from __future__ import annotations

import base64
import csv
import io
import re

import pytest
from icalendar import Calendar

from archive import Role
from records import State
from tests.webui.conftest import LAO_OFFICE, OTHER_OFFICE, PASSWORD, World
from webui.paging import paging

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
WEB = f"/records/{LAO_OFFICE}/INFO08"


def test_the_forms_by_domain_and_what_the_indicator_lacks(signed_in) -> None:
    text = signed_in(Role.LAO).get("/records").text
    assert "ด้านที่ 8 เศรษฐกิจและท่องเที่ยว" in text and "<b>0</b><small>/5" in text and WEB in text
    assert "1 ถึง 10 จาก" in signed_in(Role.OFFICER).get("/records").text


def test_an_entry_goes_its_way_through_three_hands(fresh) -> None:
    house = fresh()
    recorder, checker, certifier, province = (
        house.visitor(role) for role in (Role.RECORDER, Role.CHECKER, Role.CERTIFIER, Role.PROVINCE))
    wrong = recorder.post(WEB, {"website": "เว็บไซต์"})
    assert wrong.status_code == 422 and "เช่น www.dla.go.th" in wrong.text
    kept = recorder.post(WEB, {"website": "www.example.go.th"})
    assert kept.status_code == 302
    [entry] = house.archive.records.list(LAO_OFFICE)
    assert "ส่งตรวจ" in recorder.get(kept.location).text and "ส่งตรวจ</button>" not in checker.get(kept.location).text

    def step(visitor, name: str, reason: str = "") -> int:
        form = {"step": name, "year": str(entry.fiscal_year), "reason": reason,
                "version": str(house.archive.records.get(entry.id).version)}
        return visitor.post(f"{WEB}/step", form).status_code

    assert [step(checker, "check"), step(recorder, "submit"), step(recorder, "check")] == [403, 302, 403]
    assert [step(checker, "return"), step(checker, "return", "ผิด"), step(recorder, "submit")] == [403, 302, 302]
    assert [step(checker, "check"), step(certifier, "certify"), step(province, "accept")] == [302] * 3
    assert house.archive.records.get(entry.id).state is State.ACCEPTED
    text = recorder.get(kept.location).text
    assert "สถจ. รับรองแล้ว" in text and "บันทึกร่าง</button>" not in text and "ส่งคืน: ผิด" in text
    assert step(recorder, "fly") == 400


def test_a_list_is_drawn_and_read_back(fresh) -> None:
    house = fresh()
    recorder, where = house.visitor(Role.RECORDER), f"/records/{LAO_OFFICE}/INFO09"
    page = recorder.get(where).text
    assert 'name="administrators.0.name"' in page and 'name="administrators.2.name"' not in page
    person = {"name": "มาลี ตัวอย่าง", "position": "นิติกร", "phone": "0 2000 0000"}
    recorder.post(where, {f"administrators.1.{key}": value for key, value in person.items()})
    [entry] = house.archive.records.list(LAO_OFFICE)
    assert entry.data == {"administrators": [person]}
    assert 'value="มาลี ตัวอย่าง"' in recorder.get(where).text


def test_a_photo_is_kept_under_its_digest(fresh) -> None:
    house = fresh()
    recorder, where = house.visitor(Role.RECORDER), f"/records/{LAO_OFFICE}/HELP"
    page = recorder.post(where, {"place": "ที่ทำการ", "photo": (io.BytesIO(b"<script>alert(1)</script>"), "sign.jpg")})
    assert page.status_code == 422 and "ไม่ใช่ PDF, JPEG หรือ PNG" in page.text
    assert house.archive.records.list(LAO_OFFICE) == ()
    recorder.post(where, {"place": "ที่ทำการ", "photo": (io.BytesIO(PNG), "sign.jpg")})
    [entry] = house.archive.records.list(LAO_OFFICE)
    digest = entry.data["photo"]
    assert house.archive.files.read(digest) == PNG and house.archive.check() == []
    found = re.search(rf'href="([^"]*/files/{digest}[^"]*)"', recorder.get(where).text)
    assert found
    address = found[1].replace("&amp;", "&")
    answer = recorder.get(address)
    assert answer.data == PNG and answer.mimetype == "image/png"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert recorder.get(address.replace(digest, "0" * 64)).status_code == 404
    house.archive.users.add("far", PASSWORD, Role.RECORDER, OTHER_OFFICE)
    far = house.visitor()
    far.sign_in("far")
    assert far.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.LAO, Role.RECORDER, Role.CHECKER, Role.CERTIFIER])
def test_an_lao_sees_its_own_records_only(signed_in, role: Role) -> None:
    visitor = signed_in(role)
    assert visitor.get(f"/records/{OTHER_OFFICE}/INFO08").status_code == 404
    assert visitor.post(f"/records/{OTHER_OFFICE}/INFO08", {"website": "a.go.th"}).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.ADMIN, Role.DEPARTMENT, Role.CHECKER])
def test_who_does_not_record_may_not_save(signed_in, role: Role) -> None:
    assert signed_in(role).post(WEB, {"website": "www.example.go.th"}).status_code == 403


def test_progress_as_a_table_and_as_a_file(signed_in) -> None:
    visitor = signed_in(Role.PROVINCE)
    assert "รวม" in visitor.get("/progress").text and "ห้วยไร่" in visitor.get("/progress").text
    assert visitor.get("/progress?format=xlsx").data.startswith(b"PK")
    assert "office,office_name" in visitor.get("/progress?format=csv").text
    assert "เพชรบูรณ์" in visitor.get("/progress?province=กระบี่").text, "the own province, whatever is asked for"
    nobody = signed_in(Role.OFFICER)
    assert "รวม" not in nobody.get("/progress").text
    assert "รวม" in nobody.get("/progress?province=เพชรบูรณ์").text


def test_the_overview_of_one_duty_shows_who_was_not_reached(world: World, signed_in) -> None:
    task, province = world.archive.tasks.list(LAO_OFFICE)[0].task, signed_in(Role.PROVINCE)
    text = province.get(f"/progress?duty={task.duty}").text
    assert "เฉพาะเรื่อง" in text and 'class="none"' in text.partition("เมืองเพชรบูรณ์")[2]
    assert f"duty={task.duty}" in province.get(f"/tasks/{task.id}").text


def test_a_calendar_behind_its_secret_address(world: World) -> None:
    secret = world.archive.feeds.make(LAO_OFFICE)
    answer = world.visitor().get(f"/feeds/{secret}.ics")
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert len(events) == world.archive.tasks.count(LAO_OFFICE) > 0
    assert world.visitor().get(f"/feeds/{secret[:-1]}.ics").status_code == 404
    world.archive.feeds.revoke(LAO_OFFICE)
    assert world.visitor().get(f"/feeds/{secret}.ics").status_code == 404


def test_the_pages_of_a_list_are_told_as_in_info(signed_in) -> None:
    province = signed_in(Role.PROVINCE)
    first = province.get("/records").text
    assert "1 ถึง 10 จาก 54" in first and "หน้า 1 จาก 6" in first and "page=2" in first
    last = province.get("/records/offices?size=25&page=3").text
    assert "51 ถึง 54 จาก 54" in last and 'rel="prev"' in last and 'rel="next"' not in last
    assert "51 ถึง 54 จาก 54" in province.get("/records/offices?page=99").text
    assert "1 ถึง 10 จาก 54" in province.get("/records/offices?page=x&size=7").text
    narrowed = province.get("/records/offices?district=หล่มสัก&q=ห้วยไร่").text
    assert "1 ถึง 1 จาก 1" in narrowed and f"office={LAO_OFFICE}" in narrowed


@pytest.mark.parametrize(("total", "values", "told"), [
    (57, {}, (1, 10, 6)), (57, {"page": "6"}, (51, 57, 6)), (57, {"size": "25", "page": "3"}, (51, 57, 3)),
    (57, {"size": "50", "page": "-1"}, (1, 50, 2)), (0, {}, (0, 0, 1)), (10, {"page": "2"}, (1, 10, 1)),
])
def test_pages(total: int, values: dict[str, str], told: tuple[int, int, int]) -> None:
    page = paging(values, total)
    assert (page.first, page.last, page.pages) == told


def test_points_of_the_area_as_a_file(signed_in) -> None:
    answer = signed_in(Role.PROVINCE).get("/records/offices?format=csv&year=2566")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 54 and {row["points"] for row in rows} == {"0"}


def test_what_is_typed_is_checked_before_it_is_saved(fresh) -> None:
    house = fresh()
    recorder = house.visitor(Role.RECORDER)
    answer = recorder.post(f"/records/{LAO_OFFICE}/INFO09/check", {"administrators.0.phone": "12"})
    assert list(answer.json["faults"]) == ["administrators[1].phone"] and "9–10 หลัก" in str(answer.json["faults"])
    assert any("ชื่อผู้บันทึก" in words for words in answer.json["lacking"])
    assert house.archive.records.list(LAO_OFFICE) == ()
    assert recorder.post(f"/records/{OTHER_OFFICE}/INFO09/check", {}).status_code == 404


def test_days_are_typed_in_the_buddhist_era(fresh) -> None:
    house = fresh()
    recorder, where = house.visitor(Role.RECORDER), f"/records/{LAO_OFFICE}/HELP"
    assert recorder.post(where, {"sign_date": "24/3/2566"}).status_code == 302
    [entry] = house.archive.records.list(LAO_OFFICE)
    assert entry.data == {"sign_date": "2023-03-24"}
    assert 'value="24/3/2566"' in recorder.get(where).text
    wrong = recorder.post(where, {"sign_date": "30/2/2566", "version": "1"})
    assert wrong.status_code == 422 and 'value="30/2/2566"' in wrong.text


def test_the_history_tells_what_each_step_changed(fresh) -> None:
    house = fresh()
    recorder = house.visitor(Role.RECORDER)
    recorder.post(WEB, {"website": "www.old.go.th"})
    recorder.post(WEB, {"website": "www.new.go.th", "version": "1"})
    text = recorder.get(WEB).text
    assert "<del>www.old.go.th</del> → <ins>www.new.go.th</ins>" in text
    assert recorder.post(WEB, {"website": "www.late.go.th", "version": "1"}).status_code == 409


def test_the_year_rule_is_explained(fresh) -> None:
    house = fresh()
    recorder = house.visitor(Role.RECORDER)
    assert "ยังไม่เคยรับรองข้อมูลปีใด" in recorder.get(WEB).text
    other = recorder.get(f"{WEB}?year=2560").text
    assert "ปีที่ควรบันทึกคือ 2566" in other and 'value="2560" selected' in other


def test_entries_are_listed_narrowed_and_taken_away(fresh) -> None:
    house = fresh()
    house.visitor(Role.RECORDER).post(WEB, {"website": "www.example.go.th"})
    province = house.visitor(Role.PROVINCE)
    assert "1 ถึง 1 จาก 1" in province.get("/records/entries?form=INFO08&state=draft").text
    assert "ไม่มีรายการตามที่กรอง" in province.get("/records/entries?form=INFO08&state=accepted").text
    assert province.get("/records/entries?form=INFO08&format=json").json["entries"][0]["office"] == LAO_OFFICE
    assert "www.example.go.th" in province.get("/records/entries?form=INFO08&format=csv").text
    assert province.get("/records/entries?form=INFO08&format=xlsx").data.startswith(b"PK")
    house.archive.users.add("far", PASSWORD, Role.PROVINCE, "P92")
    far = house.visitor()
    far.sign_in("far")
    assert "1 จาก 1" not in far.get("/records/entries").text
    assert far.get("/records/entries?form=INFO08&format=json").json["entries"] == []
    assert far.get(f"/records/entries?office={LAO_OFFICE}").status_code == 404
    assert far.get(WEB).status_code == 404


def test_a_table_is_tried_then_kept(fresh) -> None:
    house = fresh()
    recorder = house.visitor(Role.RECORDER)
    empty = recorder.get("/records/forms/INFO08.csv").data
    assert empty.decode("utf-8-sig").startswith("office,fiscal_year,website")
    row = f"{LAO_OFFICE},2566,www.example.go.th\r\n".encode()

    def send(data: bytes, **more: str):
        return recorder.post("/records/import", {"form": "INFO08", "file": (io.BytesIO(data), "websites.csv"), **more})

    assert "ยังไม่ได้บันทึก" in send(empty + row).text and house.archive.records.list() == ()
    wrong = send(empty + row + f"{OTHER_OFFICE},2566,no\r\n".encode(), keep="1")
    assert wrong.status_code == 422 and "ไม่รู้จักรหัสหน่วยงาน" in wrong.text and house.archive.records.list() == ()
    assert send(empty + row, keep="1").status_code == 200
    assert [entry.data for entry in house.archive.records.list()] == [{"website": "www.example.go.th"}]
    assert send(b"\xff\xfe", keep="1").status_code == 422


def test_two_who_save_first_do_not_overwrite_one_another(fresh) -> None:
    recorder = fresh().visitor(Role.RECORDER)
    assert 'name="version" value="0"' in recorder.get(WEB).text
    assert recorder.post(WEB, {"website": "www.first.go.th", "version": "0"}).status_code == 302
    assert recorder.post(WEB, {"website": "www.second.go.th", "version": "0"}).status_code == 409
    assert "www.first.go.th" in recorder.get(WEB).text


def test_what_is_mended_after_a_fault_is_still_of_the_version_that_was_seen(fresh) -> None:
    recorder = fresh().visitor(Role.RECORDER)
    recorder.post(WEB, {"website": "www.first.go.th", "version": "0"})
    shown = recorder.post(WEB, {"website": "wrong", "version": "0"})
    assert shown.status_code == 422 and 'name="version" value="0"' in shown.text

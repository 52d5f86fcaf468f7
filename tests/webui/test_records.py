"""Records on screen: a form drawn from its data, the steps, progress, and the calendar's secret address."""

from __future__ import annotations

import base64
import io
import re

import pytest
from icalendar import Calendar

from archive import Role
from records import State
from tests.webui.conftest import LAO_OFFICE, OTHER_OFFICE, PASSWORD, World

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


def test_a_calendar_behind_its_secret_address(world: World) -> None:
    secret = world.archive.feeds.make(LAO_OFFICE)
    answer = world.visitor().get(f"/feeds/{secret}.ics")
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert len(events) == world.archive.tasks.count(LAO_OFFICE) > 0
    assert world.visitor().get(f"/feeds/{secret[:-1]}.ics").status_code == 404
    world.archive.feeds.revoke(LAO_OFFICE)
    assert world.visitor().get(f"/feeds/{secret}.ics").status_code == 404

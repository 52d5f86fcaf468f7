"""Accounts, the registry taken in after a look, health, settings, forms, and the search of the audit trail."""

from __future__ import annotations

import io
import re

import pytest

from archive import Role
from saraban.settings import told
from tests.webui.conftest import LAO_OFFICE, PASSWORD, World
from webui import words

LIST = "dla_code\ttype\tname_th\tprovince_th\n6679901\tTAO\tนาทดลอง\tเพชรบูรณ์\n"


@pytest.fixture
def house(fresh) -> World:
    return fresh()


def secret(text: str) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', text)
    assert found
    return found[1]


def test_an_account_is_made_with_a_password_shown_once(house: World) -> None:
    admin = house.visitor("admin")
    answer = admin.post("/admin/users", {"name": "Malee", "role": "recorder", "office": LAO_OFFICE})
    password = secret(answer.text)
    made = house.archive.users.check("malee", password)
    assert made and (made.role, made.office) == (Role.RECORDER, LAO_OFFICE)
    assert password not in admin.get(f"/admin/users/{made.id}").text
    found = admin.get("/admin/users?words=mal").text
    assert "malee" in found and "clerk1" not in found


@pytest.mark.parametrize(("given", "told"), [
    ({"name": "malee", "role": "recorder"}, "ต้องระบุ อปท."), ({"name": "clerk1", "role": "clerk"}, "มีผู้ใช้แล้ว"),
    ({"name": "malee", "role": "province", "office": "P99x"}, "ไม่พบหน่วยงานนี้"),
    ({"name": "malee", "role": "officer", "office": "นา"}, "เลือกหนึ่งแห่ง"),
])
def test_what_does_not_go_together_is_said(house: World, given, told: str) -> None:
    answer = house.visitor("admin").post("/admin/users", given)
    assert answer.status_code == 422 and told in answer.text
    assert house.archive.users.named("malee") is None


def test_role_office_and_access_are_changed(house: World) -> None:
    admin, officer = house.visitor("admin"), house.archive.users.named("officer1")
    visitor = house.visitor("officer")
    assert admin.post(f"/admin/users/{officer.id}", {"role": "province", "office": "เพชรบูรณ์"}).status_code == 422
    assert admin.post(f"/admin/users/{officer.id}", {"role": "province", "office": "P67"}).status_code == 302
    changed = house.archive.users.get(officer.id)
    assert (changed.role, changed.office, changed.active) == (Role.PROVINCE, "P67", False)
    assert visitor.get("/letters").status_code == 302, "put out: the session is over"


def test_administrators_cannot_put_themselves_out(house: World) -> None:
    me = house.archive.users.named("admin1")
    answer = house.visitor("admin").post(f"/admin/users/{me.id}", {"role": "clerk", "office": "", "active": "1"})
    assert answer.status_code == 422 and house.archive.users.get(me.id).role is Role.ADMIN


@pytest.mark.parametrize("what", ["password", "sessions"])
def test_sessions_end_and_ones_own_goes_on(house: World, what: str) -> None:
    admin, clerk = house.visitor("admin"), house.visitor("clerk")
    for name in ("clerk1", "admin1"):
        answer = admin.post(f"/admin/users/{house.archive.users.named(name).id}/{what}", follow_redirects=True)
        assert answer.status_code == 200
    assert clerk.get("/letters").status_code == 302
    assert admin.get("/letters").status_code == 200
    if what == "password":
        assert house.archive.users.check("admin1", secret(answer.text))
        assert not house.archive.users.check("clerk1", PASSWORD)


def test_a_second_factor_is_switched_off(house: World) -> None:
    clerk = house.archive.users.named("clerk1")
    assert house.visitor("admin").post(f"/admin/users/{clerk.id}/factor").status_code == 302
    assert house.archive.users.get(clerk.id).second_factor is False


def sent(text: str) -> dict[str, object]:
    return {"file": (io.BytesIO(text.encode()), "list.tsv")}


def test_a_list_is_looked_at_and_then_taken(house: World) -> None:
    admin, before = house.visitor("admin"), house.archive.offices.count()
    seen = admin.post("/admin/offices", sent(LIST), content_type="multipart/form-data").text
    assert "นาทดลอง" in seen and house.archive.offices.count() == before
    hidden = dict(re.findall(r'name="(digest|mark|name)" value="([^"]*)"', seen))
    answer = admin.post("/admin/offices/take", hidden)
    assert answer.status_code == 302 and house.archive.offices.get("6679901").name == "นาทดลอง"
    assert "นำเข้าแล้ว" in admin.get(answer.location).text
    assert admin.post("/admin/offices/take", hidden).status_code == 409
    again = admin.post("/admin/offices", sent(LIST), content_type="multipart/form-data").text
    assert "ไม่มีอะไรต้องเปลี่ยน" in again and 'name="mark"' not in again


def test_a_file_that_is_no_list_is_refused_in_words(house: World) -> None:
    answer = house.visitor("admin").post("/admin/offices", sent("a,b\n"), content_type="multipart/form-data")
    assert answer.status_code == 422 and "list.tsv" in answer.text and "dla_code" in answer.text


def test_health_settings_and_forms_are_told(world: World, signed_in) -> None:
    admin = signed_in("admin")
    health = admin.get("/admin/health").text
    assert "tesseract" in health and health.count('class="tag') >= 6
    settings = admin.get("/admin/settings").text
    assert str(world.settings.home) in settings and "SARABAN_SMTP_PASSWORD" in settings
    assert "INFO08" in admin.get("/admin/forms").text
    for role in (Role.CLERK, Role.LAO):
        assert signed_in(role).get("/admin/health").status_code == 403


def test_every_setting_and_event_has_its_word(world: World) -> None:
    assert {one.name for one in told(world.settings)} == set(words.setting)
    assert {event.action for event in world.archive.audit.list(limit=10_000)} <= set(words.audit_action)


@pytest.mark.parametrize(("asked", "there", "gone"), [
    ({"actor": "Clerk1", "action": "packet-received"}, "chain.txt", "officer1"),
    ({"subject": "user"}, "officer1", "chain.txt"),
    ({"until": "1/1/2560"}, "ไม่มีประวัติที่ตรง", "chain.txt"),
    ({"since": "1/1/2560", "action": "user-added"}, "officer1", "chain.txt"),
    ({"since": "ไม่ใช่วัน"}, "อ่านวันนี้ไม่ออก", "ไม่มีประวัติที่ตรง"),
])
def test_the_trail_is_searched(signed_in, asked, there: str, gone: str) -> None:
    text = signed_in("admin").get("/audit", query_string=asked).text
    assert there in text and gone not in text

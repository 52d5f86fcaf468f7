"""What programs do through the API, as people do it on screens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from archive import Role
from parsing.corrections import written
from saraban.jobs import run_all
from tests.webui.api.conftest import Program, program
from tests.webui.conftest import LAO_OFFICE, PASSWORD, World, furnish
from tests.webui.packets import CHAIN, SECRET

NUMBER = "พช 0118/ว 417"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[World]:
    """A house whose tests change each another thing of it."""
    made = furnish(tmp_path_factory.mktemp("api"), blank)
    made.take_in("chain.txt", CHAIN)
    made.take_in("secret.txt", SECRET)
    run_all(made.archive, made.settings)
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def clerk(house: World) -> Program:
    return program(house, "clerk1")


@pytest.fixture(scope="module")
def admin(house: World) -> Program:
    return program(house, "admin1")


@pytest.fixture(scope="module")
def lao(house: World) -> Program:
    return program(house, "lao1")


def told(answer: Any, status: int, code: str) -> None:
    """It was refused as RFC 9457 asks for, in both languages."""
    body = answer.json
    assert answer.status_code == status == body["status"] and body["code"] == code, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == f"urn:saraban:problem:{code}"
    assert all(body[key] for key in ("title", "detail", "title_en", "detail_en"))
    assert any("\u0e00" <= sign <= "\u0e7f" for sign in body["title"])


def test_a_file_is_taken_in_once(clerk: Program) -> None:
    def send() -> Any:
        return clerk("POST", "/packets", data={"file": (io.BytesIO(b"\xef\xbb\xbfx\nnew"), "../ใหม่.txt")})

    first, again = send(), send()
    assert (first.status_code, again.status_code) == (201, 200) and first.json["id"] == again.json["id"]
    assert first.headers["Location"].endswith(first.json["id"]) and first.json["name"] == "ใหม่.txt"
    assert clerk.get(f"/packets/{first.json['id']}")["standing"] == "waiting"


def test_pictures_become_one_packet(clerk: Program) -> None:
    def photo(shade: int) -> tuple[io.BytesIO, str]:
        made = io.BytesIO()
        Image.new("L", (60, 85), shade).save(made, "JPEG")
        return io.BytesIO(made.getvalue()), f"{shade}.jpg"

    sent = clerk("POST", "/packets", data={"file": [photo(40), photo(200)]})
    assert sent.status_code == 201 and sent.json["name"].endswith(".pdf")
    told(clerk("POST", "/packets", data={"file": [photo(40), (io.BytesIO(b"words"), "x.txt")]}), 422, "not-a-picture")


@pytest.mark.parametrize(("data", "status", "code"), [
    ({}, 400, "bad-request"), ({"other": (io.BytesIO(b"x"), "x")}, 400, "bad-request"),
    ({"file": (io.BytesIO(b""), "x.pdf")}, 422, "empty"),
    ({"file": (io.BytesIO(b"MZ\x00\x01"), "x.pdf")}, 422, "wrong-type"),
])
def test_files_that_are_not_taken(clerk: Program, data: dict[str, Any], status: int, code: str) -> None:
    told(clerk("POST", "/packets", data=data), status, code)


def test_pages_of_a_list_hang_together(clerk: Program) -> None:
    whole = [one["id"] for one in clerk.get("/letters")["items"]]
    found, cursor = [], ""
    while cursor is not None:
        page = clerk.get(f"/letters?limit=1&cursor={cursor}")
        assert len(page["items"]) == 1
        found.append(page["items"][0]["id"])
        cursor = page["next"]
    assert found == whole and len(found) == 4


@pytest.mark.parametrize(("path", "status", "code"), [
    ("/letters?limit=0", 422, "invalid"), ("/letters?limit=many", 422, "invalid"),
    ("/letters?cursor=%C3%A9", 400, "bad-request"), ("/letters?cursor=eHh4", 404, "not-found"),
    ("/letters?first=yesterday", 422, "invalid"), ("/letters/nothing", 404, "not-found"),
    ("/jobs?cursor=eHh4", 400, "bad-request"), ("/search?q=", 400, "bad-request"), ("/nothing", 404, "http"),
    ("/users/99999999999999999999", 404, "http"),
])
def test_questions_that_are_refused(admin: Program, path: str, status: int, code: str) -> None:
    told(admin("GET", path), status, code)


@pytest.mark.parametrize(("body", "status"), [
    ({"json": {"state": "done", "colour": "red"}}, 422), ({"json": {"state": "finished"}}, 422), ({"json": []}, 422),
    ({"data": "{", "content_type": "application/json"}, 400), ({"data": "state=done"}, 415),
])
def test_bodies_that_are_refused(house: World, clerk: Program, body: dict[str, Any], status: int) -> None:
    task = house.archive.tasks.list()[0].task.id
    answer = clerk("PATCH", f"/tasks/{task}", match="0", **body)
    assert answer.status_code == status and answer.headers["Content-Type"] == "application/problem+json"


def test_a_task_is_changed_by_who_saw_it_last(house: World, clerk: Program, lao: Program) -> None:
    task = house.archive.tasks.list(office=LAO_OFFICE)[0].task.id
    first = lao("GET", f"/tasks/{task}")
    tag = first.headers["ETag"]
    assert lao("GET", f"/tasks/{task}", ).json["moves"][0] == "new"
    told(lao("PATCH", f"/tasks/{task}", {"state": "acknowledged"}), 428, "match-needed")
    done = lao("PATCH", f"/tasks/{task}", {"state": "acknowledged"}, match=tag)
    assert done.status_code == 200 and done.json["task"]["state"] == "acknowledged" and done.headers["ETag"] != tag
    told(clerk("PATCH", f"/tasks/{task}", {"state": "done"}, match=tag), 412, "overtaken")
    told(lao("PATCH", f"/tasks/{task}", {"state": "certified"}, match=done.headers["ETag"]), 422, "illegal-move")
    lao.headers["If-None-Match"] = done.headers["ETag"]
    assert lao("GET", f"/tasks/{task}").status_code == 304
    lao.headers.clear()


def test_a_task_gets_remarks_hands_and_proof(house: World, lao: Program) -> None:
    task = house.archive.tasks.list(office=LAO_OFFICE)[-1].task.id
    assert lao("POST", f"/tasks/{task}/comments", {"text": "รับแล้ว"}).json["items"][-1]["text"] == "รับแล้ว"
    tag = lao("GET", f"/tasks/{task}").headers["ETag"]
    told(lao("PUT", f"/tasks/{task}/assignee", {"assignee": "a stranger"}, match=tag), 400, "bad-request")
    given = lao("PUT", f"/tasks/{task}/assignee", {"assignee": "lao1"}, match=tag)
    assert given.json["task"]["assignee"] == "lao1"
    assert [one["id"] for one in lao.get("/tasks?assignee=lao1")["items"]] == [task]
    made = lao("POST", f"/tasks/{task}/proofs", data={"file": (io.BytesIO(b"%PDF-1.4 proof"), "proof.pdf")})
    assert made.status_code == 201
    (proof,) = made.json["proofs"]
    kept = lao("GET", f"/tasks/{task}/proofs/{proof['id']}")
    assert kept.data == b"%PDF-1.4 proof" and kept.headers["Content-Disposition"].startswith("attachment")
    told(lao("POST", f"/tasks/{task}/proofs", data={"file": (io.BytesIO(b"<html>"), "proof.pdf")}), 422,
         "wrong-attachment")


def test_the_province_only_certifies(house: World) -> None:
    task = house.archive.tasks.list(office=LAO_OFFICE)[0].task.id
    province = program(house, "province1")
    tag = province("GET", f"/tasks/{task}").headers["ETag"]
    told(province("PATCH", f"/tasks/{task}", {"state": "done"}, match=tag), 403, "not-yours")
    assert province("GET", f"/tasks/{task}").headers["ETag"] == tag, "nothing was changed"


def test_a_correction_is_kept_and_the_letter_follows(house: World, clerk: Program) -> None:
    packet = next(row.id for row in house.archive.packets.list() if row.name == "chain.txt")
    path, letter = f"/packets/{packet}/corrections", house.archive.letters.of_packet(packet)[0].letter
    seen = clerk("GET", path)
    one = {"page": letter.pages[0], "field": "subject", "verdict": "set", "before": letter.subject.value,
           "value": "เรื่องที่แก้แล้ว"}
    told(clerk("POST", path, {"decisions": [one]}), 428, "match-needed")
    kept = clerk("POST", path, {"decisions": [one]}, match=seen.headers["ETag"])
    assert kept.status_code == 200 and kept.json["items"][-1]["actor"] == "clerk1"
    assert house.archive.letters.of_packet(packet)[0].letter.subject.value == "เรื่องที่แก้แล้ว"
    told(clerk("POST", path, {"decisions": [one]}, match=seen.headers["ETag"]), 412, "overtaken")
    told(clerk("POST", path, {"decisions": [one]}, match=kept.headers["ETag"]), 409, "conflict")
    day = letter.date.value.iso if letter.date.value else None
    wrong = one | {"field": "date", "before": day, "value": "31/2/2566"}
    told(clerk("POST", path, {"decisions": [wrong]}, match=kept.headers["ETag"]), 400, "bad-request")


def test_stamps_signer_and_enclosures_are_corrected(house: World, clerk: Program) -> None:
    packet = next(row.id for row in house.archive.packets.list() if row.name == "chain.txt")
    path, letter = f"/packets/{packet}/corrections", house.archive.letters.of_packet(packet)[1].letter
    here = {"page": letter.pages[0]}
    kept = clerk("POST", path, {"decisions": [
        here | {"field": "received_stamps", "verdict": "add", "value": "อำเภอหล่มสัก", "number": "๑๒/๖๖",
                "date": "12/6/2566", "time": "9.05"},
        here | {"field": "enclosures", "verdict": "add", "value": "แบบสำรวจ", "count": "1 ชุด"},
        here | {"field": "signatory", "verdict": "set", "before": written(letter.signatory),
                "value": "นายธำรง เกตุประดิษฐ์", "post": "ปลัดจังหวัด"},
    ]}, match=clerk("GET", path).headers["ETag"])
    assert [one["after"] for one in kept.json["items"][-3:]] == [
        "2023-06-12|12/66|09:05|อำเภอหล่มสัก", "1 ชุด|แบบสำรวจ", "นายธำรง เกตุประดิษฐ์|ปลัดจังหวัด"]
    found = clerk.get(f"/packets/{packet}/packet.json")["letters"][1]
    assert found["received_stamps"] == [
        {"office": "อำเภอหล่มสัก", "number": "12/66", "date": "2023-06-12", "time": "09:05"}]
    assert (found["signatory"]["position"], found["enclosures"][-1]) == ("ปลัดจังหวัด", "แบบสำรวจ จำนวน 1 ชุด")
    gone = here | {"field": "received_stamps", "verdict": "remove", "before": "2023-06-12|12/66|09:05|อำเภอหล่มสัก"}
    assert clerk("POST", path, {"decisions": [gone]}, match=kept.headers["ETag"]).status_code == 200
    assert clerk.get(f"/packets/{packet}/packet.json")["letters"][1]["received_stamps"] == []


def test_a_link_is_judged(house: World, clerk: Program) -> None:
    node = house.archive.graph.node(house.node(NUMBER))
    out = clerk.get(f"/letters/{node.id}/links")["out"][0]
    other = out["other"]
    assert other and other["number"] == "พช 0023.3/ว 2871"
    target = house.archive.graph.node(other["id"]).copies[0]
    made = clerk("POST", "/judgements", {
        "kind": "reject", "copy": out["mention"], "reference": out["reference"], "reason": "คนละเรื่อง",
        "other": {"packet": target.packet, "index": target.index}})
    assert made.status_code == 201
    run_all(house.archive, house.settings)
    assert clerk.get(f"/letters/{node.id}/links")["out"][0]["state"] == "rejected"
    assert clerk.get("/judgements")["items"][0]["judgement"]["reason"] == "คนละเรื่อง"


def test_readers_of_a_secret_packet_are_named(house: World, clerk: Program, admin: Program) -> None:
    (row,) = admin.get("/secret-packets")["items"]
    path = f"/packets/{row['id']}"
    told(admin("GET", path), 404, "not-found")
    assert "กระทิง" not in admin("GET", "/letters").text
    seen = admin("GET", f"{path}/readers")
    told(admin("PUT", f"{path}/readers", {"names": ["nobody"]}, match=seen.headers["ETag"]), 400, "bad-request")
    named = admin("PUT", f"{path}/readers", {"names": ["admin1"]}, match=seen.headers["ETag"])
    assert [one["name"] for one in named.json["items"]] == ["admin1"]
    assert admin("GET", path).status_code == 200 and "กระทิง" in admin("GET", "/letters").text
    told(clerk("PUT", f"{path}/readers", {"names": []}, match=seen.headers["ETag"]), 412, "overtaken")
    before = len(house.archive.audit.list(f"packet:{row['id']}", limit=1000))
    admin("GET", f"{path}/text.txt")
    event = house.archive.audit.list(f"packet:{row['id']}", limit=1000)[before]
    assert (event.actor, event.action, event.field) == ("admin1", "secret-read", "text")
    admin("PUT", f"{path}/readers", {"names": []}, match=named.headers["ETag"])
    told(admin("GET", path), 404, "not-found")


def test_a_record_goes_its_way(house: World) -> None:
    users = {name: program(house, f"{name}1") for name in ("recorder", "checker", "certifier", "province")}
    path = f"/entries/{LAO_OFFICE}/INFO08/2566"
    data = {"data": {"website": "www.example.go.th"}}
    told(users["recorder"]("PUT", path, data), 428, "match-needed")
    made = users["recorder"]("PUT", path, data, match='"none"')
    assert made.status_code == 200 and made.json["state"] == "draft", made.text
    tag = made.headers["ETag"]
    told(users["checker"]("PUT", path, data, match=tag), 403, "not-allowed")
    for name, step, state in (("recorder", "submit", "submitted"), ("checker", "check", "checked"),
                              ("certifier", "certify", "certified"), ("province", "accept", "accepted")):
        taken = users[name]("POST", f"{path}/steps", {"step": step}, match=tag)
        assert taken.status_code == 200 and taken.json["state"] == state, taken.text
        tag = taken.headers["ETag"]
    events = users["recorder"].get(f"{path}/events")["items"]
    assert [one["step"] for one in events] == ["save", "submit", "check", "certify", "accept"]
    told(users["recorder"]("PUT", path, {"data": {"website": 7}}, match=tag), 422, "invalid")


def test_rows_are_entered_changed_and_cancelled(house: World, clerk: Program, lao: Program) -> None:
    path = f"/registers/{LAO_OFFICE}/received"
    packet = next(row.id for row in house.archive.packets.list() if row.name == "chain.txt")
    made = clerk("POST", path, {"letter": {"subject": "ตามหนังสือ", "sender": "อำเภอหล่มสัก"}, "packet": packet, "page": 1})
    assert made.status_code == 201 and made.json["number"] == 1, made.text
    told(clerk("POST", path, {"letter": {"subject": "ซ้ำ"}, "packet": packet, "page": 1}), 409, "register-twice")
    row = f"/register-rows/{made.json['id']}"
    changed = lao("PUT", f"{row}/letter", {"subject": "ใหม่"}, match=made.headers["ETag"])
    assert changed.json["letter"]["subject"] == "ใหม่" and changed.json["letter"]["sender"] == ""
    told(clerk("POST", f"{row}/cancel", {"reason": "ซ้ำ"}, match=made.headers["ETag"]), 412, "overtaken")
    assert clerk("POST", f"{row}/cancel", {"reason": "ซ้ำ"}, match=changed.headers["ETag"]).json["state"] == "cancelled"
    second = lao("POST", path, {"letter": {"subject": "ถัดไป"}})
    assert second.json["number"] == 2
    kept = lao("POST", f"/register-rows/{second.json['id']}/keep", {"folder": "มท 1", "retention": "ten"})
    assert kept.json["book"] == "kept", kept.text
    listed = lao.get(f"{path}/{made.json['year']}?limit=1")
    assert listed["items"][0]["number"] == 2 and listed["next"]
    told(program(house, "province1")("POST", path, {"letter": {}}), 403, "forbidden")
    told(lao("GET", "/registers/6670304/received/2023"), 404, "not-found")


def test_numbers_are_set_aside_and_kept_letters_judged(house: World, clerk: Program, lao: Program) -> None:
    path = f"/registers/{LAO_OFFICE}"
    aside = lao("POST", f"{path}/received/reserved", {"count": 2, "reason": "นอกเวลา"})
    assert aside.status_code == 201 and [row["state"] for row in aside.json["items"]] == ["reserved"] * 2, aside.text
    first = aside.json["items"][0]["id"]
    tag = lao("GET", f"/register-rows/{first}").headers["ETag"]
    used = lao("PUT", f"/register-rows/{first}/letter", {"subject": "ใช้เลขจอง"}, match=tag)
    assert (used.json["state"], used.json["mark"]) == ("entered", "reserved")
    kept = lao("POST", f"/register-rows/{first}/keep", {"folder": "", "retention": "one"}).json
    year = kept["keep_until"]
    assert lao.get(f"{path}/due/{year - 1}")["items"] == []
    assert [row["id"] for row in clerk.get(f"{path}/due/{year}")["items"]] == [kept["id"]]
    judged = {"rows": [kept["id"]], "step": "destroyed", "approval": "คำสั่งที่ 1"}
    told(lao("POST", f"{path}/due/{year}", judged), 409, "register-state")
    assert lao("POST", f"{path}/due/{year}", {**judged, "step": "destroy"}).json["items"][0]["opinion"] == "destroy"
    assert lao("POST", f"{path}/due/{year}", judged).json["items"][0]["state"] == "destroyed"
    told(lao("POST", f"{path}/due/{year}", judged), 404, "not-found")
    told(lao("GET", f"/register-rows/{first}/stamped.pdf"), 404, "not-found")


def test_users_are_added_changed_and_put_out(house: World, admin: Program) -> None:
    made = admin("POST", "/users", {"name": "New One", "password": PASSWORD, "role": "officer"})
    assert made.status_code == 201 and made.json["name"] == "new one" and "password" not in made.text
    path = f"/users/{made.json['id']}"
    theirs = program(house, "new one")
    tag = admin("GET", path).headers["ETag"]
    changed = admin("PATCH", path, {"role": "province", "office": "P67"}, match=tag)
    assert (changed.json["role"], changed.json["office"]) == ("province", "P67")
    told(admin("PATCH", path, {"active": False}, match=tag), 412, "overtaken")
    told(admin("PATCH", path, {"office": "nowhere"}, match=changed.headers["ETag"]), 400, "bad-request")
    assert theirs.get("/me")["user"]["role"] == "province"
    out = admin("PATCH", path, {"active": False}, match=changed.headers["ETag"])
    assert out.status_code == 200 and theirs("GET", "/me").status_code == 401
    told(admin("POST", "/users", {"name": "new one", "password": PASSWORD, "role": "officer"}), 400, "bad-request")


def test_keys_are_made_for_others_and_told_once(admin: Program, clerk: Program, house: World) -> None:
    person = house.archive.users.named("officer1")
    assert person is not None
    made = admin("POST", "/tokens", {"user": person.id, "name": "ทดสอบ", "scopes": ["read"], "days": 1})
    ask = Program(house.app.test_client(), made.json["secret"])
    assert ask.get("/me")["user"]["name"] == "officer1" and ask.get("/me")["scopes"] == ["read"]
    assert made.json["secret"] not in admin("GET", "/all-tokens").text
    told(clerk("DELETE", f"/tokens/{made.json['token']['id']}"), 404, "not-found")
    assert admin("DELETE", f"/tokens/{made.json['token']['id']}").status_code == 204
    assert ask("GET", "/me").status_code == 401


def test_webhooks_are_kept_out_of_the_house(admin: Program) -> None:
    told(admin("POST", "/webhooks", {"url": "https://127.0.0.1/", "events": ["ping"]}), 400, "bad-request")
    made = admin("POST", "/webhooks", {"url": "https://8.8.8.8/hook", "events": ["letter.registered"]})
    assert made.status_code == 201 and len(made.json["secret"]) > 40
    path = f"/webhooks/{made.json['webhook']['id']}"
    shown = admin("GET", path)
    assert made.json["secret"] not in shown.text
    told(admin("PATCH", path, {"url": "https://10.0.0.1/"}, match=shown.headers["ETag"]), 400, "bad-request")
    off = admin("PATCH", path, {"active": False}, match=shown.headers["ETag"])
    assert off.json["active"] is False and admin.get(f"{path}/deliveries")["items"] == []
    assert admin("DELETE", path).status_code == 204


def test_the_audit_trail_is_read_backwards(admin: Program) -> None:
    first = admin.get("/audit?limit=3")
    second = admin.get(f"/audit?limit=3&cursor={first['next']}")
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True) and len(set(ids)) == 6


def test_nothing_of_the_inside_shows(fresh: Any) -> None:
    house = fresh()
    ask = program(house, "admin1")
    assert ask("GET", "/letters").status_code == 200
    house.archive.close()
    for path in house.settings.home.glob("saraban.db*"):
        path.write_bytes(b"not a database at all " * 500)
    answer = ask("GET", "/letters")
    assert answer.status_code == 503 and answer.json["incident"]
    assert str(house.settings.home) not in answer.text and "sqlite" not in answer.text


def test_every_role_may_ask_who_it_is(house: World) -> None:
    for role in Role:
        assert program(house, f"{role}1").get("/me")["user"]["role"] == role


@pytest.mark.parametrize("path", ["/letters?sendr=x", "/tasks?ofice=1", "/jobs?other=1"])
def test_a_misspelt_filter_is_refused(admin: Program, path: str) -> None:
    told(admin("GET", path), 422, "invalid")


def test_packets_are_narrowed_by_what_waits_and_by_name(house: World, clerk: Program) -> None:
    rows = {row.name: row for row in house.archive.packets.list()}
    assert {one["name"]: one["doubts"] for one in clerk.get("/packets")["items"]} == {
        name: row.waiting for name, row in rows.items()}
    doubtful = {one["name"] for one in clerk.get("/packets?doubtful=true")["items"]}
    assert doubtful == {name for name, row in rows.items() if row.waiting}
    assert [one["name"] for one in clerk.get("/packets?name=CHAIN&failed=false")["items"]] == ["chain.txt"]
    assert clerk.get("/packets?name=chain&failed=true")["items"] == []

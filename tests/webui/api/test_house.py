"""What programs do for the house: jobs, rebuilds, backups, health, settings, the trail; the registry, calendars,
tables and files, saved searches."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Role
from archive.backup import make
from saraban.backups import extras
from saraban.jobs import run_all
from tests.webui.api.conftest import Program, program
from tests.webui.api.test_operations import NUMBER, told
from tests.webui.conftest import LAO_OFFICE, OTHER_OFFICE, World, furnish
from tests.webui.packets import CHAIN

LIST = "dla_code\ttype\tname_th\tprovince_th\n6679901\tTAO\tนาทดลอง\tเพชรบูรณ์\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[World]:
    """A house whose tests change each another thing of it."""
    made = furnish(tmp_path_factory.mktemp("house"), blank, smtp_password="hush-hush")
    made.take_in("chain.txt", CHAIN)
    run_all(made.archive, made.settings)
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def admin(house: World) -> Program:
    return program(house, "admin1")


@pytest.fixture(scope="module")
def lao(house: World) -> Program:
    return program(house, "lao1")


@pytest.mark.parametrize("what", ["reindex", "relink"])
def test_a_rebuild_is_started_once_and_followed(house: World, admin: Program, what: str) -> None:
    made = admin("POST", "/rebuilds", {"what": what})
    assert made.status_code == 202 and (made.json["kind"], made.json["state"]) == (what, "waiting")
    assert admin("POST", "/rebuilds", {"what": what}).json["id"] == made.json["id"]
    run_all(house.archive, house.settings)
    assert admin.get(f"/jobs/{made.json['id']}")["state"] == "done"
    told(program(house, "clerk1")("POST", "/rebuilds", {"what": what}), 403, "forbidden")
    assert admin("POST", "/rebuilds", {"what": "everything"}).status_code == 422


def test_backups_and_health_are_told(house: World, admin: Program, tmp_path: Path) -> None:
    def backup() -> dict[str, object]:
        return next(one for one in admin.get("/health")["items"] if one["name"] == "backup")

    assert admin.get("/backups") == {"items": [], "next": None} and backup()["finding"] == "none"
    for name in ("a.tar", "b.tar"):
        make(house.archive, tmp_path / name, extras(house.settings, secrets=False), "root")
    first = admin.get("/backups?limit=1")
    rest = admin.get(f"/backups?limit=1&cursor={first['next']}")
    assert [one["name"] for one in first["items"] + rest["items"]] == ["b.tar", "a.tar"] and rest["next"] is None
    assert first["items"][0]["size"] == (tmp_path / "b.tar").stat().st_size
    assert backup()["values"]["name"] == "b.tar"


def test_settings_are_told_without_secrets(admin: Program) -> None:
    answer = admin("GET", "/settings")
    found = {one["variable"]: one for one in answer.json["items"]}
    assert found["SARABAN_SMTP_PASSWORD"]["value"] == "set" and "hush" not in answer.text


@pytest.mark.parametrize(("asked", "actions"), [
    ("action=user-added&actor=saraban", {"user-added"}), ("subject=packet", {"packet-received"}),
    ("until=2001-01-01T00:00:00Z", set()), ("since=2001-01-01T00:00:00Z&actor=Clerk1&action=packet-received",
                                            {"packet-received"}),
])
def test_the_trail_is_searched(admin: Program, asked: str, actions: set[str]) -> None:
    assert {one["action"] for one in admin.get(f"/audit?{asked}")["items"]} == actions


def test_the_registry_is_looked_at_and_taken_once(house: World, admin: Program) -> None:
    before = house.archive.offices.count()
    seen = admin("POST", "/offices-import", data={"file": (io.BytesIO(LIST.encode()), "../list.tsv")})
    assert seen.status_code == 200 and [one["code"] for one in seen.json["new"]] == ["6679901", "D6799"], seen.text
    assert seen.json["name"] == "list.tsv" and house.archive.offices.count() == before
    path, body = f"/offices-import/{seen.json['digest']}", {key: seen.json[key] for key in ("name", "mark")}
    assert len(admin("POST", path, body).json["new"]) == 2
    assert house.archive.offices.get("6679901").name == "นาทดลอง"
    told(admin("POST", path, body), 409, "registry-changed")
    told(admin("POST", f"/offices-import/{'0' * 64}", body), 404, "not-found")
    told(admin("POST", "/offices-import", data={"file": (io.BytesIO(b"a,b\n"), "x.csv")}), 422, "bad-table")


def test_an_offices_calendar_is_opened_and_closed(house: World, lao: Program) -> None:
    made = lao("POST", "/task-feeds", {})
    assert made.status_code == 201 and (made.json["office"], made.json["count"]) == (LAO_OFFICE, 1)
    path = made.json["address"].removeprefix(house.settings.address)
    assert house.app.test_client().get(path).mimetype == "text/calendar"
    assert lao("POST", "/task-feeds", {"renew": True}).json["count"] == 1
    assert house.app.test_client().get(path).status_code == 404
    assert lao("DELETE", "/task-feeds").status_code == 204
    assert lao.get("/task-feeds") == {"office": LAO_OFFICE, "count": 0, "address": None}
    assert lao.get(f"/task-feeds?office={OTHER_OFFICE}")["office"] == LAO_OFFICE, "others' offices are not theirs"
    told(program(house, "officer1")("GET", "/task-feeds"), 400, "bad-request")
    told(program(house, "officer1")("GET", "/task-feeds?office=1"), 404, "not-found")


def test_entries_are_tried_and_taken_in_from_a_table(house: World) -> None:
    recorder = program(house, "recorder1")
    empty = recorder("GET", "/forms/INFO08/template.csv")
    assert empty.mimetype == "text/csv" and "website" in empty.text
    header = empty.data.decode("utf-8-sig").splitlines()[0]
    values = {"office": LAO_OFFICE, "fiscal_year": "2566", "website": "https://example.go.th"}
    row = ",".join(values.get(name, "") for name in header.split(","))

    def send(text: str, keep: str = "") -> dict[str, object]:
        answer = recorder("POST", f"/entries-import?form=INFO08{keep}",
                          data={"file": (io.BytesIO(text.encode()), "e.csv")})
        assert answer.status_code == 200, answer.text
        return answer.json

    tried = send(f"{header}\n{row}\n")
    assert (tried["kept"], tried["faults"], tried["items"][0]["office"]) == (False, [], LAO_OFFICE), tried
    assert recorder.get("/entries")["items"] == []
    assert send(f"{header}\n{row}\n", "&keep=true")["kept"] is True
    assert [one["data"] for one in recorder.get("/entries")["items"]] == [{"website": "https://example.go.th"}]
    wrong = send(f"{header}\n{row.replace(LAO_OFFICE, OTHER_OFFICE)}\n", "&keep=true")
    assert wrong["kept"] is False and wrong["faults"][0]["row"] == 2


def test_entries_of_an_area_come_page_by_page(house: World) -> None:
    for office, name in ((LAO_OFFICE, "a"), (OTHER_OFFICE, "b")):
        person = house.archive.users.named("recorder1")
        assert person is not None
        house.archive.users.set_place(person.id, Role.RECORDER, office)
        recorder = program(house, "recorder1")
        tag = recorder("GET", f"/entries/{office}/INFO08/2570").headers.get("ETag", '"none"')
        kept = recorder("PUT", f"/entries/{office}/INFO08/2570", {"data": {"website": f"https://{name}.go.th"}}, tag)
        assert kept.status_code == 200, kept.text
    house.archive.users.set_place(person.id, Role.RECORDER, LAO_OFFICE)
    province = program(house, "province1")
    first = province.get("/entries?year=2570&limit=1")
    rest = province.get(f"/entries?year=2570&limit=1&cursor={first['next']}")
    assert {one["office"] for one in first["items"] + rest["items"]} == {LAO_OFFICE, OTHER_OFFICE}
    assert rest["next"] is None
    assert [one["office"] for one in program(house, "lao1").get("/entries?year=2570")["items"]] == [LAO_OFFICE]


def test_data_is_tried_and_files_are_attached(house: World, lao: Program) -> None:
    tried = lao("POST", f"/entries/{LAO_OFFICE}/INFO08/check", {"data": {"website": "no address"}}).json
    assert list(tried["faults"]) == ["website"]
    assert list(lao("POST", f"/entries/{LAO_OFFICE}/INFO08/check", {"data": {}}).json["lacking"]) == ["website"]
    made = lao("POST", "/attachments", data={"file": (io.BytesIO(b"%PDF-1.4 x"), "a.exe")})
    assert made.status_code == 201 and made.json["name"] == "a.pdf"
    told(lao("POST", "/attachments", data={"file": (io.BytesIO(b"<html>"), "a.pdf")}), 422, "wrong-attachment")
    told(lao("GET", f"/entries/{LAO_OFFICE}/INFO08/2566/files/{made.json['file']}"), 404, "not-found")


@pytest.mark.parametrize(("path", "kind"), [
    ("/tasks-export.csv", "text/csv"), ("/tasks-export.ics?office=ทดลอง", "text/calendar"),
    ("/tasks-progress-export?format=csv&province=เพชรบูรณ์", "text/csv"),
    ("/entries-export?form=INFO08&format=json", "application/json"), ("/lpa-export?format=csv", "text/csv"),
    (f"/registers/{LAO_OFFICE}/export.csv?book=received&year=2023", "text/csv"),
    (f"/registers/{LAO_OFFICE}/export.csv?book=due", "text/csv"), ("/search-export.csv?q=INFO", "text/csv"),
])
def test_files_to_take_away(admin: Program, path: str, kind: str) -> None:
    answer = admin("GET", path)
    assert (answer.status_code, answer.mimetype) == (200, kind), answer.text
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", [
    "/tasks-progress-export", "/tasks-progress-export?format=pdf", "/entries-export?format=csv",
    "/entries-export?format=csv&form=%20", f"/registers/{LAO_OFFICE}/export.csv", "/lpa-export?format=csv&year=2700",
])
def test_files_asked_for_wrongly(admin: Program, path: str) -> None:
    told(admin("GET", path), 422, "invalid")


def test_a_chain_is_drawn(house: World, admin: Program) -> None:
    drawn = admin("GET", f"/letters/{house.node(NUMBER)}/chain.svg")
    assert drawn.mimetype == "image/svg+xml" and drawn.text.count("<svg") == 1


def test_search_is_narrowed_and_kept(admin: Program, lao: Program) -> None:
    found = admin.get("/search?q=INFO")
    assert found["total"] == len(found["hits"]) > 1 and sum(found["counts"]["year"].values()) >= found["total"]
    only = admin.get("/search?q=INFO&first=2023-06-10&last=2023-06-30")
    assert 0 < only["total"] < found["total"]
    kind = next(iter(found["counts"]["kind"]))
    assert admin.get(f"/search?kind={kind}")["total"] == admin.get("/search?q=&kind=" + kind)["total"] > 0
    made = admin("POST", "/searches", {"title": " ของฉัน ", "query": "q=INFO&kind=external&other=1"})
    assert made.status_code == 201
    (kept,) = made.json["items"]
    assert (kept["title"], kept["query"]) == ("ของฉัน", "q=INFO&kind=external")
    assert lao.get("/searches")["items"] == []
    assert "ของฉัน" in {one["label"] for one in admin.get("/search/suggestions?q=ของ")["items"]}
    told(lao("DELETE", f"/searches/{kept['id']}"), 404, "not-found")
    assert admin("DELETE", f"/searches/{kept['id']}").status_code == 204
    assert admin.get("/searches")["items"] == []


def test_sessions_and_second_factors_end(house: World, admin: Program) -> None:
    visitor, officer = house.visitor("officer"), house.archive.users.named("officer1")
    assert officer is not None
    assert admin("DELETE", f"/users/{officer.id}/second-factor").status_code == 204
    visitor.sign_in("officer1")
    assert visitor.get("/letters").status_code == 200
    assert admin("POST", f"/users/{officer.id}/end-sessions").status_code == 204
    assert visitor.get("/letters").status_code == 302
    told(admin("POST", "/users/999999/end-sessions"), 404, "not-found")

"""The list of LAOs before it is taken, rules of accounts, the health of the house, and where settings come from."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive import Archive, Role
from archive.backup import make
from index import open_engine
from letters import Office, OfficeKind
from letters.errors import NotFound
from saraban import officelist
from saraban.backups import extras
from saraban.health import State, parts
from saraban.people import Unfit, change, check_place
from saraban.settings import Settings, told
from tasks import builtin_offices
from tasks.lao_table import BadTable

PASSWORD = "correct horse battery"
LIST = "dla_code\ttype\tname_th\tprovince_th\n"


def lao(code: str, name: str, kind: OfficeKind = OfficeKind.TAO) -> Office:
    return Office(code, kind, name, "เพชรบูรณ์", "หล่มสัก")


@pytest.fixture
def house(tmp_path: Path):
    with Archive.create(tmp_path / "home") as archive:
        archive.offices.save(builtin_offices())
        yield archive


def test_a_list_is_compared_office_by_office() -> None:
    before = {one.code: one for one in (lao("6670301", "ก"), lao("6670302", "ข"), lao("6670303", "ค"))}
    named = {one.code: one for one in (
        lao("6670301", "กา"), lao("5670302", "ข", OfficeKind.TAMBON), lao("6670309", "ง"))}
    found = officelist.compare(before, named, before)
    assert [one.code for one in found.new] == ["6670309"]
    assert [(old.name, new.name) for old, new in found.renamed] == [("ก", "กา")]
    assert [(old.code, new.code) for old, new in found.retyped] == [("6670302", "5670302")]
    assert [one.code for one in found.gone] == ["6670303"]
    assert (found.changes, found.total) == (4, 3)
    assert officelist.compare(before, before, before).changes == 0


def test_what_was_looked_at_is_taken_once(house: Archive) -> None:
    data = (LIST + "6679901\tTAO\tนาทดลอง\tเพชรบูรณ์\n").encode()
    digest = officelist.put_aside(house.home, data, "list.tsv")
    seen = officelist.preview(house, digest, "list.tsv")
    assert [one.name for one in seen.new if one.kind.is_lao] == ["นาทดลอง"] and house.offices.count() != seen.total
    officelist.take(house, digest, "list.tsv", seen.mark, "root")
    assert house.offices.get("6679901").name == "นาทดลอง" and house.offices.count() == seen.total
    assert house.audit.latest("offices")[0].actor == "root"
    with pytest.raises(officelist.Changed):
        officelist.take(house, digest, "list.tsv", seen.mark, "root")


@pytest.mark.parametrize(("data", "reason"), [
    (b"\x89PNG\r\n", "UTF-8"), (b"a,b\n1,2\n", "dla_code"), ((LIST + "66\tTAO\tx\ty\n").encode(), "7"),
    ((LIST + "6670301\n").encode(), "บรรทัด 2"), (b"x" * (officelist.LARGEST + 1), "MB"),
])
def test_what_is_no_list_is_refused_by_its_own_name(house: Archive, data: bytes, reason: str) -> None:
    with pytest.raises(BadTable) as raised:
        officelist.preview(house, officelist.put_aside(house.home, data, "my.csv"), "my.csv")
    assert raised.value.subject == "my.csv" and reason in raised.value.detail


@pytest.mark.parametrize("digest", ["0" * 64, "../saraban.db", ""])
def test_only_lists_put_aside_are_read(house: Archive, digest: str) -> None:
    with pytest.raises(NotFound):
        officelist.offices_of(house.home, digest, "list.tsv")


PROVINCE = Office("P67", OfficeKind.PROVINCE, "เพชรบูรณ์", "เพชรบูรณ์")


@pytest.mark.parametrize(("role", "office", "fault"), [
    (Role.CLERK, None, None), (Role.LAO, lao("6670301", "ก"), None), (Role.PROVINCE, PROVINCE, None),
    (Role.RECORDER, None, "needs-lao"), (Role.CERTIFIER, PROVINCE, "needs-lao"),
    (Role.PROVINCE, None, "needs-province"), (Role.PROVINCE, lao("6670301", "ก"), "needs-province"),
])
def test_role_and_office_go_together(role: Role, office: Office | None, fault: str | None) -> None:
    if fault is None:
        check_place("malee", role, office)
        return
    with pytest.raises(Unfit) as raised:
        check_place("malee", role, office)
    assert raised.value.detail == fault


@pytest.mark.parametrize(("role", "active"), [(Role.CLERK, True), (Role.ADMIN, False)])
def test_administrators_do_not_lock_themselves_out(house: Archive, role: Role, active: bool) -> None:
    root = house.users.add("root", PASSWORD, "admin")
    with pytest.raises(Unfit):
        change(house, root, role, None, active, root)
    assert house.users.get(root.id) == root


def test_health_tells_of_each_part(house: Archive) -> None:
    settings = Settings(home=house.home)
    now = dt.datetime.now(dt.UTC)
    found = {part.name: part for part in parts(house, settings, lambda: open_engine("tantivy", house.home / "i"), now)}
    assert list(found) == ["database", "queue", "index", "disk", "reader", "offices", "backup"]
    assert found["database"].finding == "sqlite" and found["queue"].state is State.GOOD
    assert "tesseract" in str(found["reader"].values["version"]) and found["offices"].values["count"]
    house.jobs.enqueue("link")
    late = parts(house, settings, lambda: open_engine("tantivy", house.home / "i"), now + dt.timedelta(hours=2))
    assert [(part.state, part.finding) for part in late if part.name == "queue"] == [(State.BAD, "stuck")]


@pytest.mark.parametrize(("days", "finding"), [(None, "none"), (0, "fine"), (6, "fine"), (7, "old")])
def test_health_tells_of_the_last_backup(house: Archive, days: int | None, finding: str, tmp_path: Path) -> None:
    settings, now = Settings(home=house.home), dt.datetime.now(dt.UTC)
    house.packets.receive("a.pdf", b"a", "clerk")
    if days is not None:
        make(house, tmp_path / "b.tar", extras(settings, secrets=False), "root")
    engine = open_engine("tantivy", house.home / "i")
    (part,) = [one for one in parts(house, settings, lambda: engine, now + dt.timedelta(days=days or 0, hours=1))
               if one.name == "backup"]
    assert (part.finding, part.state) == (finding, State.GOOD if finding == "fine" else State.DOUBTFUL)
    assert part.values.get("name") == (None if days is None else "b.tar")


def test_secrets_go_into_a_backup_only_if_asked_for(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, smtp_password="hush", database="postgresql+psycopg://me:hush@db/saraban")
    without, whole = extras(settings, secrets=False), extras(settings, secrets=True)
    assert "hush" not in str(without) and without.secret is None
    assert whole.settings["SARABAN_SMTP_PASSWORD"] == "hush" and "me:hush" in whole.settings["SARABAN_DATABASE"]
    assert "SARABAN_PORT" not in whole.settings, "defaults are not kept"


def test_settings_tell_where_they_come_from_and_no_secret() -> None:
    env = {"SARABAN_PORT": "9000", "SARABAN_SMTP_PASSWORD": "hush-hush", "SARABAN_INDEX": "tantivy",
           "SARABAN_DATABASE": "postgresql+psycopg://me:hush-hush@db:5432/saraban?password=hush-hush"}
    found = {one.name: one for one in told(Settings.from_env(env, host="0.0.0.0"), env)}
    assert (found["port"].value, found["port"].source) == ("9000", "environment")
    assert (found["index"].source, found["host"].source, found["workers"].source) == ("environment", "given", "default")
    assert found["smtp_password"].value == "set" and found["smtp_password"].secret
    assert found["database"].value == "postgresql+psycopg://db:5432/saraban"
    assert "hush" not in str(found)

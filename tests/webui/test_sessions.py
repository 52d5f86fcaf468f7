"""Signing in and out."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import Archive
from archive.schema import FailureRecord
from tests.webui.conftest import NOW, PASSWORD, World
from webui import create_app
from webui.safety import signing_key, way_back
from webui.throttle import BY_ADDRESS, BY_NAME, BY_NAME_AND_ADDRESS, WINDOW, Throttle


def test_right_password_leads_in_and_sign_out_leads_out(world: World) -> None:
    visitor = world.visitor()
    answer = visitor.sign_in("Clerk1", next="/letters")
    assert (answer.status_code, answer.location) == (302, "/letters")
    assert "เจ้าหน้าที่สารบรรณ" in visitor.get("/").text
    assert visitor.get("/sign-in").location == "/"
    assert visitor.post("/sign-out").location == "/sign-in"
    assert visitor.get("/letters").location == "/sign-in?next=/letters"


def test_a_stranger_comes_back_to_the_page_asked_for(world: World) -> None:
    answer = world.visitor().get("/letters?sender=กระบี่")
    assert "next=/letters?sender" in answer.location.replace("%3F", "?").replace("%2F", "/").replace("%3D", "=")


@pytest.mark.parametrize("name", ["clerk1", "nobody", ""])
def test_failure_never_tells_what_was_wrong(fresh, name: str) -> None:
    answer = fresh().visitor().sign_in(name, "wrong password")
    assert answer.status_code == 401
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in answer.text


def test_guessing_is_stopped_also_for_the_right_password(fresh) -> None:
    house = fresh()
    visitor = house.visitor()
    for _ in range(BY_NAME_AND_ADDRESS):
        assert visitor.sign_in("clerk1", "wrong password").status_code == 401
    answer = visitor.sign_in("CLERK1 ")
    assert answer.status_code == 429 and "รอ 15 นาที" in answer.text
    assert visitor.sign_in("admin1").status_code == 302


def test_the_trail_tells_of_sign_ins_but_keeps_no_typed_name(fresh) -> None:
    house = fresh()
    visitor = house.visitor()
    visitor.sign_in("my password typed here", "x")
    visitor.sign_in("clerk1")
    events = house.archive.audit.list()
    assert [event.action for event in events][-2:] == ["sign-in-failed", "sign-in"]
    assert not any("my password" in str(event) for event in events)


def test_a_user_put_out_is_out_at_once(fresh) -> None:
    house = fresh()
    visitor = house.visitor("officer")
    person = next(user for user in house.archive.users.list() if user.name == "officer1")
    house.archive.users.set_active(person.id, False)
    assert visitor.get("/letters").status_code == 302


@pytest.mark.parametrize("secure", [True, False])
def test_cookie_flags(fresh, secure: bool) -> None:
    house = fresh(secure_cookies=secure)
    answer = house.visitor().get("/sign-in")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("saraban="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is secure


def test_a_forged_session_is_a_stranger(world: World) -> None:
    visitor = world.visitor()
    visitor.client.set_cookie("saraban", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.forged")
    assert visitor.get("/letters").status_code == 302


def test_the_key_is_made_once_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    key = signing_key(path)
    assert len(key) >= 64 and signing_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_cut_short_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="holds no key"):
        signing_key(tmp_path / "secret.key")


def test_sessions_outlive_a_restart(fresh) -> None:
    house = fresh()
    visitor = house.visitor("clerk")
    again = create_app(house.archive, house.settings).test_client()
    again.set_cookie("saraban", visitor.client.get_cookie("saraban").value)
    assert again.get("/letters").status_code == 200


@pytest.mark.parametrize(("target", "goes"), [
    ("/letters?after=1", "/letters?after=1"),
    ("/", "/"),
    ("https://evil.example/", "/home"),
    ("//evil.example/", "/home"),
    ("/\\evil.example", "/home"),
    ("/\t/evil.example", "/home"),
    ("javascript:alert(1)", "/home"),
    ("letters", "/home"),
    ("", "/home"),
    (None, "/home"),
])
def test_no_way_back_leads_elsewhere(target: str | None, goes: str) -> None:
    assert way_back(target, "/home") == goes


def test_sign_in_does_not_redirect_elsewhere(world: World) -> None:
    assert world.visitor().sign_in("clerk1", PASSWORD, next="//evil.example/").location == "/"


def test_text_size_is_kept_and_checked(world: World, signed_in) -> None:
    visitor = world.visitor()
    assert visitor.post("/text-size", {"size": "l", "next": "/sign-in"}).location == "/sign-in"
    assert 'data-size="l"' in visitor.get("/sign-in").text
    visitor.client.set_cookie("text_size", '"><script>')
    assert 'data-size="m"' in visitor.get("/sign-in").text


@pytest.fixture
def throttle(fresh) -> Throttle:
    """A counter in an archive of its own."""
    return Throttle(fresh().archive.failures, b"key")


NOON = dt.datetime(2023, 6, 20, tzinfo=dt.UTC)


def test_failures_are_forgotten_after_a_while_and_after_success(throttle: Throttle) -> None:
    for _ in range(BY_NAME_AND_ADDRESS):
        assert not throttle.blocked("malee", "10.0.0.1", NOON)
        throttle.failed("malee", "10.0.0.1", NOON)
    assert throttle.blocked(" Malee", "10.0.0.1", NOON)
    assert not throttle.blocked("malee", "10.0.0.2", NOON)
    assert not throttle.blocked("malee", "10.0.0.1", NOON + WINDOW + dt.timedelta(seconds=1))
    throttle.succeeded("malee", "10.0.0.1")
    assert not throttle.blocked("malee", "10.0.0.1", NOON)


def test_one_address_trying_many_names_is_stopped(throttle: Throttle) -> None:
    for number in range(BY_ADDRESS):
        throttle.failed(f"name{number}", "10.0.0.1", NOON)
    assert throttle.blocked("malee", "10.0.0.1", NOON)
    assert not throttle.blocked("malee", "10.0.0.2", NOON)


def test_one_name_tried_from_many_addresses_is_stopped(throttle: Throttle) -> None:
    for number in range(BY_NAME):
        throttle.failed("malee", f"10.0.0.{number}", NOON)
    assert throttle.blocked("malee", "10.9.9.9", NOON)
    assert not throttle.blocked("somsri", "10.9.9.9", NOON)


def test_another_process_knows_of_failures(fresh) -> None:
    house = fresh()
    visitor = house.visitor()
    for _ in range(BY_NAME_AND_ADDRESS):
        visitor.sign_in("clerk1", "wrong password")
    with Archive.open(house.settings.home) as archive:
        other = World(archive, house.settings, create_app(archive, house.settings, clock=lambda: NOW))
        assert other.visitor().sign_in("clerk1").status_code == 429


def test_what_was_typed_as_a_name_is_not_kept(fresh) -> None:
    house = fresh()
    house.visitor().sign_in("my secret in the wrong box", "x")
    with house.archive.database.reading() as session:
        (row,) = session.scalars(select(FailureRecord)).all()
        assert "secret" not in str(vars(row))

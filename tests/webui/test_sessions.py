"""Signing in and out."""

from __future__ import annotations

import datetime as dt
import re
import stat
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from archive import Archive
from archive.schema import FailureRecord
from tests.webui.conftest import NOW, PASSWORD, Visitor, World
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
    assert ("Strict-Transport-Security" in answer.headers) is secure


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
    again = create_app(house.archive, house.settings, clock=lambda: NOW).test_client()
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


@dataclass
class Clock:
    """A clock that a test turns on."""

    now: dt.datetime = NOW

    def __call__(self) -> dt.datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clocked(fresh) -> tuple[World, Clock]:
    """A house whose clock the test turns on."""
    house, clock = fresh(idle_minutes=120, session_hours=12), Clock()
    house.app = create_app(house.archive, house.settings, clock)
    return house, clock


def test_a_session_ends_when_idle(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    visitor = house.visitor("clerk")
    for _ in range(3):
        clock.turn(minutes=119)
        assert visitor.get("/letters").status_code == 200
    clock.turn(minutes=121)
    assert visitor.get("/letters").location == "/sign-in?next=/letters"


def test_a_session_ends_after_hours_however_busy(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    visitor = house.visitor("clerk")
    for _ in range(12):
        clock.turn(hours=1)
        assert visitor.get("/letters").status_code == 200
    clock.turn(seconds=1)
    assert visitor.get("/letters").status_code == 302


def test_a_new_password_ends_all_other_sessions(fresh) -> None:
    house = fresh()
    here, there = house.visitor("clerk"), house.visitor("clerk")
    new = "another good one"
    answer = here.post("/account/password", {"password": PASSWORD, "new": new, "again": new})
    assert answer.location == "/account?done=password"
    assert here.get("/letters").status_code == 200 and there.get("/letters").status_code == 302
    assert house.visitor().sign_in("clerk1").status_code == 401
    assert house.visitor().sign_in("clerk1", "another good one").status_code == 302


@pytest.mark.parametrize(("fields", "status"), [
    ({"password": "wrong", "new": "another good one", "again": "another good one"}, 401),
    ({"password": PASSWORD, "new": "another good one", "again": "another bad one"}, 422),
    ({"password": PASSWORD, "new": "short", "again": "short"}, 422),
])
def test_what_is_no_change_of_password(fresh, fields: dict[str, str], status: int) -> None:
    visitor = fresh().visitor("clerk")
    answer = visitor.post("/account/password", fields)
    assert answer.status_code == status and 'role="alert"' in answer.text
    assert visitor.get("/letters").status_code == 200


def test_the_old_password_cannot_be_guessed_on_the_account_page(fresh) -> None:
    visitor = fresh().visitor("clerk")
    fields = {"new": "another good one", "again": "another good one"}
    for number in range(BY_NAME_AND_ADDRESS):
        assert visitor.post("/account/password", {"password": f"guess {number}", **fields}).status_code == 401
    assert visitor.post("/account/password", {"password": PASSWORD, **fields}).status_code == 401


def switch_on(visitor: Visitor, clock: Clock) -> tuple[str, list[str]]:
    """Switches the second factor on; gives its secret and the recovery codes."""
    found = re.search(r'<code class="secret">([A-Z2-7]+)</code>', visitor.get("/account/second-factor").text)
    assert found
    answer = visitor.post("/account/second-factor", {"code": pyotp.TOTP(found[1]).at(clock())})
    codes = re.findall(r"<code>(\d{5}-\d{5})</code>", answer.text)
    assert len(codes) == 10
    return found[1], codes


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    first = house.visitor("clerk")
    secret, _ = switch_on(first, clock)
    assert first.get("/letters").status_code == 200
    clock.turn(seconds=60)
    other = house.visitor()
    assert other.sign_in("clerk1", next="/letters").location == "/sign-in/code?next=/letters"
    assert other.get("/letters").status_code == 302, "the password alone opens nothing"
    code = pyotp.TOTP(secret).at(clock())
    assert other.post("/sign-in/code", {"code": "000000" if code != "000000" else "1"}).status_code == 401
    assert other.post("/sign-in/code", {"code": code, "next": "/letters"}).location == "/letters"
    assert other.get("/letters").status_code == 200
    third = house.visitor()
    third.sign_in("clerk1")
    assert third.post("/sign-in/code", {"code": code}).status_code == 401, "seen over the shoulder, and used already"


def test_a_recovery_code_stands_in_once(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    _, codes = switch_on(house.visitor("clerk"), clock)
    for status in (302, 401):
        visitor = house.visitor()
        visitor.sign_in("clerk1")
        assert visitor.post("/sign-in/code", {"code": f" {codes[3]} "}).status_code == status
    assert not any(codes[3] in str(event) for event in house.archive.audit.list(limit=1000))


def test_codes_cannot_be_guessed(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    secret, _ = switch_on(house.visitor("clerk"), clock)
    clock.turn(seconds=60)
    visitor = house.visitor()
    visitor.sign_in("clerk1")
    for _ in range(BY_NAME_AND_ADDRESS):
        assert visitor.post("/sign-in/code", {"code": "nonsense"}).status_code == 401
    assert visitor.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(clock())}).status_code == 429


def test_a_right_password_waits_five_minutes_for_its_code(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    secret, _ = switch_on(house.visitor("clerk"), clock)
    visitor = house.visitor()
    visitor.sign_in("clerk1")
    clock.turn(minutes=6)
    assert visitor.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(clock())}).location == "/sign-in?next=/"


def test_switching_it_off_takes_the_password(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    visitor = house.visitor("clerk")
    switch_on(visitor, clock)
    assert visitor.post("/account/second-factor/off", {"password": "wrong"}).status_code == 401
    assert visitor.post("/account/second-factor/off", {"password": PASSWORD}).status_code == 302
    assert house.visitor().sign_in("clerk1").location == "/"


def test_keys_are_made_shown_once_and_taken_back(fresh) -> None:
    house = fresh()
    visitor = house.visitor("clerk")
    made = visitor.post("/account/tokens", {"name": "สแกนเนอร์", "scopes": ["read", "intake"], "days": "30"})
    found = re.search(r"srb_[\w-]{43}", made.text)
    assert found and house.archive.tokens.check(found[0]) is not None
    page = visitor.get("/account").text
    assert found[0] not in page and "สแกนเนอร์" in page
    (token,) = house.archive.tokens.list()
    assert house.visitor("admin").post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert visitor.post(f"/account/tokens/{token.id}/revoke").status_code == 302
    assert house.archive.tokens.check(found[0]) is None
    assert visitor.post("/account/tokens", {"name": "x", "days": "30"}).status_code == 422


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


def test_what_was_sent_after_the_end_of_a_session_is_said_to_be_lost(clocked: tuple[World, Clock]) -> None:
    house, clock = clocked
    visitor = house.visitor("clerk")
    clock.turn(minutes=121)
    answer = visitor.client.post("/searches", headers={"Referer": "http://localhost/letters?sender=x"})
    assert answer.status_code == 404, "there is no such address"
    answer = visitor.client.post("/search/saved", headers={"Referer": "http://localhost/letters?sender=x"})
    assert answer.location == "/sign-in?next=/letters?sender%3Dx&lost=1"
    assert "ยังไม่ได้บันทึก" in visitor.get(answer.location).text
    answer = visitor.client.post("/search/saved", headers={"Referer": "https://evil.example/x"})
    assert answer.location == "/sign-in?lost=1"

"""Keys for programs."""

from __future__ import annotations

import datetime as dt

import pytest

from archive import Archive, Scope, User
from archive.schema import TokenRecord
from archive.tokens import MARK
from letters.errors import BadRequest, NotFound


@pytest.fixture
def malee(archive: Archive) -> User:
    return archive.users.add("malee", "correct horse battery", "clerk")


def row(archive: Archive, token_id: int) -> TokenRecord:
    with archive.database.reading() as session:
        found = session.get(TokenRecord, token_id)
        assert found is not None
        return found


def change(archive: Archive, token_id: int, **values: object) -> None:
    with archive.database.writing() as session:
        found = session.get(TokenRecord, token_id)
        for name, value in values.items():
            setattr(found, name, value)


def test_a_key_acts_for_its_user(archive: Archive, malee: User) -> None:
    secret, made = archive.tokens.make(malee.id, "สแกนเนอร์", ["read", "intake"], 30, "admin")
    found = archive.tokens.check(secret)
    assert found is not None
    user, token = found
    assert user == malee and token.scopes == {Scope.READ, Scope.INTAKE} and token.id == made.id
    assert token.expires_at - token.made_at == dt.timedelta(days=30)


def test_only_a_digest_is_kept(archive: Archive, malee: User) -> None:
    secret, made = archive.tokens.make(malee.id, "scanner", ["read"], 30)
    assert secret.startswith(MARK) and len(secret) > 40
    assert secret not in str(vars(row(archive, made.id))) and secret[4:] not in str(archive.audit.list())


def test_last_use_is_kept_to_the_minute(archive: Archive, malee: User) -> None:
    secret, made = archive.tokens.make(malee.id, "scanner", ["read"], 30)
    assert made.last_used_at is None
    archive.tokens.check(secret)
    first = row(archive, made.id).last_used_at
    archive.tokens.check(secret)
    assert first is not None and row(archive, made.id).last_used_at == first
    change(archive, made.id, last_used_at=first - dt.timedelta(minutes=2))
    archive.tokens.check(secret)
    assert row(archive, made.id).last_used_at >= first


def test_keys_end(archive: Archive, malee: User) -> None:
    kept = {name: archive.tokens.make(malee.id, name, ["read"], 30) for name in ("over", "back", "out")}
    change(archive, kept["over"][1].id, expires_at=dt.datetime.now(dt.UTC))
    archive.tokens.revoke(kept["back"][1].id, "malee")
    assert archive.tokens.check(kept["over"][0]) is None and archive.tokens.check(kept["back"][0]) is None
    assert archive.tokens.check(kept["out"][0]) is not None
    archive.users.set_active(malee.id, False)
    assert archive.tokens.check(kept["out"][0]) is None


@pytest.mark.parametrize("wrong", ["", "srb_", "srb_" + "A" * 43, "\ud800", "ก" * 100_000])
def test_a_wrong_key_opens_nothing(archive: Archive, malee: User, wrong: str) -> None:
    assert archive.tokens.check(wrong) is None


@pytest.mark.parametrize(("name", "scopes", "days"), [
    ("", ["read"], 30), (" ", ["read"], 30), ("x" * 101, ["read"], 30), ("x", [], 30), ("x", ["read", "all"], 30),
    ("x", ["read"], 0), ("x", ["read"], 367),
])
def test_what_is_no_key(archive: Archive, malee: User, name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(BadRequest):
        archive.tokens.make(malee.id, name, scopes, days)


def test_nobody_takes_back_another_ones_key(archive: Archive, malee: User) -> None:
    other = archive.users.add("somsri", "correct horse battery", "clerk")
    secret, made = archive.tokens.make(malee.id, "scanner", ["read"], 30)
    with pytest.raises(NotFound):
        archive.tokens.revoke(made.id, "somsri", user_id=other.id)
    assert archive.tokens.check(secret) is not None
    assert [token.id for token in archive.tokens.list(malee.id)] == [made.id] and archive.tokens.list(other.id) == ()


def test_the_trail_tells_of_keys(archive: Archive, malee: User) -> None:
    _, made = archive.tokens.make(malee.id, "scanner", ["read"], 30, "admin")
    archive.tokens.revoke(made.id, "malee")
    archive.tokens.revoke(made.id, "malee")
    events = archive.audit.list(f"token:{made.id}")
    assert [(event.actor, event.action) for event in events] == [("admin", "token-made"), ("malee", "token-revoked")]

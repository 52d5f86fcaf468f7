"""Users, offices, entries, judgements, small facts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from archive import Archive, Role
from archive.schema import UserRecord
from chain import CopyRef, Judgement, JudgementKind, MentionRef
from letters import Office, OfficeKind
from letters.errors import BadRequest, NotFound

PASSWORD = "คำที่จำได้ง่าย"


def test_a_user_signs_in_with_name_and_password(archive: Archive) -> None:
    user = archive.users.add("Somsri", PASSWORD, "clerk", "6360401", actor="admin")
    assert (user.name, user.role, user.office) == ("somsri", Role.CLERK, "6360401")
    assert archive.users.check(" SOMSRI ", PASSWORD) == user == archive.users.get(user.id)
    assert archive.users.list() == (user,)
    [event] = archive.audit.list(f"user:{user.id}")
    assert (event.actor, event.after) == ("admin", "somsri: clerk")


def test_others_do_not(archive: Archive) -> None:
    archive.users.add("somsri", PASSWORD, "clerk")
    for name, password in [
        ("somsri", "wrong password"), ("somsri", ""), ("somsri", PASSWORD + " "), ("nobody", PASSWORD), ("", PASSWORD),
        ("nobody", "\0 nobody"), ("so%", PASSWORD), ("somsri", "x" * 5000),
    ]:
        assert archive.users.check(name, password) is None, name


def test_passwords_are_kept_as_argon2id_only(archive: Archive) -> None:
    user = archive.users.add("somsri", PASSWORD, "clerk")
    archive.users.set_password(user.id, PASSWORD + "ใหม่", actor="somsri")
    with archive.database.reading() as session:
        row = session.get(UserRecord, user.id)
        assert row is not None
        assert row.password.startswith("$argon2id$")
    assert not any(PASSWORD in f"{event.before}{event.after}" for event in archive.audit.list())
    assert archive.users.check("somsri", PASSWORD) is None
    now = archive.users.check("somsri", PASSWORD + "ใหม่")
    assert now == archive.users.get(user.id)
    assert now.stamp != user.stamp, "sessions begun with the old password are over"


def test_a_hash_of_weaker_settings_is_renewed_at_the_next_sign_in(archive: Archive) -> None:
    user = archive.users.add("somsri", PASSWORD, "clerk")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with archive.database.writing() as session:
        row = session.get(UserRecord, user.id)
        assert row is not None
        row.password = weak
    assert archive.users.check("somsri", PASSWORD) == user
    with archive.database.reading() as session:
        row = session.get(UserRecord, user.id)
        assert row is not None
        assert not PasswordHasher().check_needs_rehash(row.password)


def test_an_unknown_name_takes_as_long_as_a_wrong_password(home: Path) -> None:
    with Archive.create(home) as archive:
        archive.users.add("somsri", PASSWORD, "clerk")
        archive.users.check("nobody", "warm up")

        def seconds(name: str) -> float:
            begin = time.process_time()
            archive.users.check(name, "wrong password")
            return time.process_time() - begin

        assert min(seconds("nobody") for _ in range(2)) > min(seconds("somsri") for _ in range(2)) / 2


def test_users_that_cannot_be_added(archive: Archive) -> None:
    archive.users.add("somsri", PASSWORD, "clerk")
    for name, password, role in [
        ("", PASSWORD, "clerk"), ("  ", PASSWORD, "clerk"), ("SOMSRI", PASSWORD, "clerk"), ("new", "short", "clerk"),
        ("new", "x" * 1025, "clerk"), ("new", PASSWORD, "king"),
    ]:
        with pytest.raises(BadRequest):
            archive.users.add(name, password, role)
    assert len(archive.users.list()) == 1


def test_a_user_can_be_shut_out_and_let_in_again(archive: Archive) -> None:
    user = archive.users.add("somsri", PASSWORD, "clerk")
    archive.users.set_active(user.id, False, actor="admin")
    assert archive.users.check("somsri", PASSWORD) is None
    archive.users.set_active(user.id, True, actor="admin")
    assert archive.users.check("somsri", PASSWORD) == user
    with pytest.raises(NotFound):
        archive.users.set_password(99, PASSWORD)


DISTRICT = Office("D3604", OfficeKind.DISTRICT, "ตัวอย่าง", "ชัยภูมิ")
TAO = Office("6360401", OfficeKind.TAO, "ตัวอย่าง", "ชัยภูมิ", "ตัวอย่าง")


def test_the_registry_is_replaced_and_old_offices_stay_known(archive: Archive) -> None:
    archive.offices.save([TAO, DISTRICT])
    archive.offices.save([TAO, DISTRICT])
    assert archive.offices.all() == (TAO, DISTRICT)
    raised = Office(TAO.code, OfficeKind.TAMBON, "ตัวอย่าง", "ชัยภูมิ", "ตัวอย่าง")
    archive.offices.save([raised], actor="admin")
    assert (archive.offices.all(), archive.offices.count()) == ((raised,), 1)
    assert archive.offices.get("D3604") == DISTRICT
    assert [event.after for event in archive.audit.list("offices")] == [
        "2 offices: 2 changed, 0 retired", "1 offices: 1 changed, 1 retired"]
    archive.offices.save([TAO, DISTRICT])
    assert archive.offices.all() == (TAO, DISTRICT)
    with pytest.raises(NotFound):
        archive.offices.get("x")


def test_judgements_come_back_in_order(archive: Archive) -> None:
    copy = CopyRef("a" * 64, 0)
    decisions = (Judgement(JudgementKind.REJECT, MentionRef(copy, 2), other=CopyRef("b" * 64, 1), by="ผู้ตรวจ",
                           reason="คนละเรื่อง"),
                 Judgement(JudgementKind.MERGE, copy=copy, other=CopyRef("b" * 64, 1)))
    for decision in decisions:
        archive.judgements.add_linking(decision, "ผู้ตรวจ")
    archive.judgements.add("field", {"field": "date", "value": "2023-02-27"}, "ผู้ตรวจ")
    assert archive.judgements.linking() == decisions
    assert [row.kind for row in archive.judgements.list()] == ["linking", "linking", "field"]
    assert archive.judgements.list("field")[0].payload == {"field": "date", "value": "2023-02-27"}
    assert [event.action for event in archive.audit.list()] == ["judgement"] * 3


def test_small_facts(archive: Archive) -> None:
    assert archive.meta.get("index") is None
    assert archive.meta.get("index", "0") == "0"
    archive.meta.set("index", "1")
    archive.meta.set("index", "2")
    assert archive.meta.get("index") == "2"

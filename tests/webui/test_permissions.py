"""The table of who may use what, and the command that prints it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import Archive, Role
from saraban.cli import saraban
from tests.webui.conftest import World
from webui.access import RULES, may
from webui.permissions import markdown, table


def test_it_has_every_route_once_and_says_what_is_checked(world: World) -> None:
    rows = table()
    assert [row.endpoint for row in rows] == sorted(RULES)
    for row in rows:
        assert all((row.open or role in row.roles) is may(role, row.endpoint) for role in Role)
        assert row.roles or row.open, f"{row.endpoint} is closed to all"


def test_markdown_has_a_line_for_each() -> None:
    lines = markdown().splitlines()
    assert len(lines) == len(RULES) + 2 and {line.count("|") for line in lines} == {len(Role) + 3}


def run(*words: str, home: Path | None = None) -> str:
    answer = CliRunner().invoke(saraban, [*words, *(["--home", str(home)] if home else [])], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_the_command_prints_all_three_forms() -> None:
    rows = json.loads(run("permissions", "--json"))
    upload = next(row for row in rows if row["endpoint"] == "api.upload_packet")
    assert upload == {"endpoint": "api.upload_packet", "scope": "intake", "open": False, "roles": ["admin", "clerk"]}
    assert run("permissions", "--md") == markdown()
    assert "api.upload_packet" in run("permissions")


def test_people_keys_and_readers_by_command(fresh) -> None:
    house = fresh()
    home = house.settings.home
    secret = run("token", "add", "clerk1", "scanner", "--scope", "intake", home=home).rpartition(": ")[2].strip()
    with Archive.open(home) as archive:
        assert archive.tokens.check(secret) is not None
    (listed,) = json.loads(run("token", "list", "--json", home=home))
    assert listed["scopes"] == ["intake"] and listed["user"] == "clerk1" and secret not in json.dumps(listed)
    run("token", "revoke", str(listed["id"]), home=home)
    run("user", "change", "officer1", "--role", "province", "--office", "P67", "--out", home=home)
    with Archive.open(home) as archive:
        assert archive.tokens.check(secret) is None
        person = archive.users.named("officer1")
        assert person is not None and (person.role, person.office, person.active) == (Role.PROVINCE, "P67", False)


def test_readers_by_command(fresh) -> None:
    house = fresh()
    packet = house.take_in("chain.txt", "ลับ\n\nที่ พช 0118/55\n\nเรื่อง ทดลอง")
    home = house.settings.home
    run("secret", "name", packet[:12], "officer1", "clerk1", home=home)
    assert [reader.name for reader in house.archive.readers.of(packet)] == ["clerk1", "officer1"]
    run("secret", "name", packet[:12], home=home)
    assert house.archive.readers.of(packet) == ()


@pytest.mark.parametrize("words", [("token", "add", "nobody", "x"), ("user", "change", "nobody"),
                                   ("user", "factor-off", "nobody"), ("secret", "name", "0" * 12, "clerk1")])
def test_what_is_not_there(fresh, words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(saraban, [*words, "--home", str(fresh().settings.home)])
    assert answer.exit_code != 0

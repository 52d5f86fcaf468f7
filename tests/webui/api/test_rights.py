"""Every operation as every role, with every scope, and as a stranger."""

from __future__ import annotations

from typing import Any

import pytest

from archive import Role, Scope
from tests.webui.api.conftest import Program, program
from tests.webui.conftest import World
from webui.access import API, OPENAPI, RULES


def operations(world: World) -> list[tuple[str, str, str]]:
    """Every operation as name, method and an address."""
    packet = next(row.id for row in world.archive.packets.list() if row.name == "chain.txt")
    task = world.archive.tasks.list(office="6670318")[0].task.id
    given = {"packet_id": packet, "node_id": world.node("พช 0118/ว 417"), "number": 1, "size": "small", "task_id": task,
             "job_id": 1, "office": "6670318", "code": "6670318", "form_code": "INFO08", "year": 2566, "user_id": 1,
             "token_id": 999_999, "book": "received", "row_id": 1,
             "ce_year": 2023, "proof_id": 1, "webhook_id": 999_999,
             "search_id": 999_999, "digest": "0" * 64, "kind": "csv"}
    adapter = world.app.url_map.bind("localhost")
    found = []
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.endpoint != OPENAPI:
            name = rule.endpoint.removeprefix("api.")
            values = {key: given[key] for key in rule.arguments} | ({"code": "INFO08"} if name == "form" else {})
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            found.append((name, method, adapter.build(rule.endpoint, values).removeprefix("/api/v1")))
    return found


def test_every_operation_stands_in_the_table_and_no_other(world: World) -> None:
    assert {name for name, _, _ in operations(world)} == set(API)


def refused(answer: Any) -> bool:
    return answer.status_code == 403 and answer.json["code"] == "forbidden"


@pytest.mark.parametrize("role", list(Role))
def test_the_table_is_kept(world: World, programs, role: Role) -> None:
    ask = programs(role)
    for name, method, address in operations(world):
        answer = ask(method, address)  # without a body, so that nothing is changed
        assert refused(answer) is (role not in API[name].roles), f"{role} {method} {address}: {answer.status_code}"
        assert answer.status_code < 500


def test_strangers_get_nothing(world: World, programs) -> None:
    for _, method, address in operations(world):
        answer = programs(None)(method, address)
        assert answer.status_code == 401 and answer.json["code"] == "no-key", address
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_opens_only_what_it_is_for(world: World, scope: Scope) -> None:
    ask = program(world, "admin1", (scope,))
    for name, method, address in operations(world):
        assert refused(ask(method, address)) is (API[name].scope is not scope), f"{scope} {name}"


def test_a_cookie_opens_no_operation(world: World, signed_in) -> None:
    client = signed_in(Role.ADMIN).client
    assert client.get("/api/v1/letters").status_code == 401
    assert client.post("/api/v1/users", json={}).status_code == 401


def test_a_key_opens_no_screen(world: World) -> None:
    ask = program(world, "admin1")
    headers = {"Authorization": f"Bearer {ask.key}"}
    assert world.app.test_client().get("/letters", headers=headers).status_code == 302


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic YTpi", "bearer srb_", "Bearer \xe0\xb8\x81"])
def test_what_is_no_key_is_told_so(world: World, header: str) -> None:
    answer = world.app.test_client().get("/api/v1/letters", headers={"Authorization": header})
    assert answer.status_code == 401 and answer.headers["Content-Type"] == "application/problem+json"


def test_a_key_taken_back_ends_at_once(world: World) -> None:
    ask = program(world, "clerk1")
    assert ask("GET", "/me").status_code == 200
    mine = max(ask.get("/tokens")["items"], key=lambda one: one["id"])
    assert ask("DELETE", f"/tokens/{mine['id']}").status_code == 204
    assert ask("GET", "/me").status_code == 401


def test_the_document_is_open_and_tells_scopes(world: World, programs) -> None:
    document = programs(None).get("/openapi.json")
    assert document["openapi"] == "3.1.0"
    assert "Scope: intake" in document["paths"]["/api/v1/packets"]["post"]["description"]


def test_screens_and_operations_share_one_table() -> None:
    assert all(RULES[f"api.{name}"] == right.roles for name, right in API.items())


def test_too_many_requests_are_slowed_down(fresh) -> None:
    house = fresh(requests_per_minute=3)
    ask = program(house, "clerk1")
    assert [ask("GET", "/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = ask("GET", "/me")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60 and answer.json["code"] == "too-many"
    assert program(house, "admin1")("GET", "/me").status_code == 200
    assert [Program(house.app.test_client(), "srb_x")("GET", "/me").status_code for _ in range(4)][-1] == 429


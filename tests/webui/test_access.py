"""Every route as every role and as a stranger."""

from __future__ import annotations

import pytest

from archive import Role
from archive.registers import Entered
from registers import Book, Columns
from tests.webui.conftest import NOW, OTHER_OFFICE, World
from webui.access import ALL, RULES, STRANGERS, may


def routes(world: World) -> list[tuple[str, str, str]]:
    """Every route as endpoint, method and an address that exists."""
    packet = next(row.id for row in world.archive.packets.list() if row.name == "chain.txt")
    given = {"packet_id": packet, "node_id": world.node("พช 0118/ว 417"), "number": 1, "size": "small",
             "task_id": world.archive.tasks.list(office="6670318")[0].task.id, "job_id": 1, "filename": "style.css",
             "office": "6670318", "form": "INFO08", "secret": world.archive.feeds.make("6670318"),
             "kind": "csv", "digest": "0" * 64, "proof_id": proof_of(world),
             "user_id": 1, "name": "tasks", "row_id": row_of(world), "search_id": 1, "token_id": 1,
             "other_id": world.node("พช 0023.3/ว 2871"),
             "upper": world.node("พช 0118/ว 417"), "lower": world.node("พช 0023.3/ว 2871")}
    adapter = world.app.url_map.bind("localhost")
    found = []
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint.startswith("api."):
            continue  # opened by keys, not by signing in: see tests/webui/api
        address = adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})
        found += [(rule.endpoint, method, address) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


def proof_of(world: World) -> int:
    """The number of a proof of the task."""
    here, task = world.archive, world.archive.tasks.list(office="6670318")[0].task.id
    if not here.tasks.proofs(task):
        here.tasks.prove(task, "proof.png", "lao1", file=here.files.put(b"proof"))
    return here.tasks.proofs(task)[0].id


def row_of(world: World) -> int:
    """The id of a row of the office's received register."""
    rows = world.archive.registers.list("6670318", Book.RECEIVED, NOW.year)
    return rows[0].id if rows else world.archive.registers.enter(
        "6670318", Book.RECEIVED, Entered(Columns(subject="เรื่อง")), "lao1", NOW).id


def test_every_route_stands_in_the_table_and_no_other(world: World) -> None:
    assert {rule.endpoint for rule in world.app.url_map.iter_rules()} == set(RULES)


@pytest.mark.parametrize("role", [None, *Role])
def test_the_table_is_kept(world: World, signed_in, role: Role | None) -> None:
    visitor = signed_in(role) if role else world.visitor()
    for endpoint, method, address in routes(world):
        if endpoint in ("packets.picture", "downloads.searchable", "records.file",
                        "register_rows.stamp"):  # none here; see their own tests
            continue
        answer = visitor.client.open(address, method=method, buffered=True)
        where = f"{method} {address} as {role}"
        if method == "POST" and (RULES[endpoint] is STRANGERS or (role and role in RULES[endpoint])):
            assert answer.status_code == 400, f"{where}: no token, so refused"
        elif RULES[endpoint] is STRANGERS:
            assert answer.status_code in (200, 302), where
        elif role is None:
            assert answer.status_code == 302 and answer.location.startswith("/sign-in"), where
        else:
            assert answer.status_code == (200 if role in RULES[endpoint] else 403), where


def test_a_route_that_is_not_in_the_table_is_closed() -> None:
    assert not may(Role.ADMIN, "nobody.thought_of_it")
    assert may(Role.LAO, "letters.letter") and not may(Role.LAO, "packets.index")


@pytest.mark.parametrize(("role", "sees", "not_"), [
    (Role.CLERK, ["/intake", "/packets", "/jobs"], ["/audit"]),
    (Role.OFFICER, ["/packets", "/letters"], ["/intake", "/jobs", "/audit"]),
    (Role.LAO, ["/letters", "/tasks"], ["/intake", "/packets", "/jobs", "/audit"]),
    (Role.ADMIN, ["/audit", "/jobs", "/intake"], []),
])
def test_the_menu_shows_only_what_may_be_used(signed_in, role: Role, sees: list[str], not_: list[str]) -> None:
    menu = signed_in(role).get("/letters").text
    assert all(f'href="{path}"' in menu for path in sees)
    assert not any(f'href="{path}"' in menu for path in not_)


def test_an_lao_sees_the_tasks_of_its_office_only(world: World, signed_in) -> None:
    own, other = (world.archive.tasks.list(office=office)[0].task for office in ("6670318", OTHER_OFFICE))
    listed = signed_in(Role.LAO).get(f"/tasks?office={OTHER_OFFICE}").text
    assert own.id in listed and other.id not in listed
    assert signed_in(Role.LAO).get(f"/tasks/{own.id}").status_code == 200
    assert signed_in(Role.LAO).get(f"/tasks/{other.id}").status_code == 404
    assert signed_in(Role.LAO).post(f"/tasks/{other.id}", {"state": "done", "version": "0"}).status_code == 404


def test_an_lao_without_an_office_sees_no_task(fresh, world: World) -> None:
    house = fresh()
    house.archive.users.add("lost", "correct horse battery", Role.LAO)
    visitor = house.visitor()
    visitor.sign_in("lost")
    house.archive.tasks.save(row.task for row in world.archive.tasks.list(limit=5))
    assert "<tbody>" not in visitor.get("/tasks").text


def test_scripts_of_strangers_get_json(world: World) -> None:
    answer = world.visitor().get("/intake/status", headers={"Accept": "application/json"})
    assert answer.status_code == 401 and answer.json == {"error": "signed-out"}


@pytest.mark.parametrize(("endpoint", "roles"), [
    ("admin.audit", "admin"),
    ("admin.cancel", "admin clerk"),
    ("intake.receive", "admin clerk"),
    ("packets.rerun", "admin clerk"),
    ("packets.original", "admin clerk department officer province"),
    ("tasks.change", "admin certifier checker clerk department lao officer province recorder"),
])
def test_the_table_says_what_was_meant(endpoint: str, roles: str) -> None:
    assert sorted(RULES[endpoint]) == roles.split()


def test_strangers_may_sign_in_and_little_else() -> None:
    assert {endpoint for endpoint, roles in RULES.items() if roles is STRANGERS} == {
        "static", "home.health", "sessions.sign_in", "sessions.text_size", "sessions.language", "sessions.code",
        "feeds.calendar",
        "api.openapi"}


def test_all_names_every_role() -> None:
    assert frozenset(Role) == ALL

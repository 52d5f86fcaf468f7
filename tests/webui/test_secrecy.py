"""Letters with a secrecy class are known to those who may read them only, and every reading leaves a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Role
from saraban.jobs import run_all
from tests.webui.conftest import World
from tests.webui.packets import SECRET

NUMBER, WORD = "พช 0118/55", "กระทิง"
READERS = [Role.CLERK, Role.ADMIN]
OTHERS = [role for role in Role if role not in READERS]


def secret_packet(world: World) -> str:
    return next(row.id for row in world.archive.packets.list() if row.name == "secret.txt")


@pytest.mark.parametrize("role", OTHERS)
def test_others_find_no_trace_of_it(world: World, signed_in, role: Role) -> None:
    visitor, node, packet = signed_in(role), world.node(NUMBER), secret_packet(world)
    searches = [f"/search?q={asked}" for asked in (WORD, NUMBER, "20 มิ.ย. 2566")]
    for path in ("/", "/letters", "/packets", "/tasks", *searches):
        text = visitor.get(path).text.split("</header>", 1)[1]
        assert "สอบข้อเท็จจริง" not in text and node not in text and "secret.txt" not in text, path
    assert visitor.get(f"/letters/{node}").status_code == 404
    assert visitor.get(f"/letters/{node}.json").status_code == 404
    assert visitor.get(f"/letters/{node}/chain").status_code == 404
    assert visitor.get(f"/packets/{packet}").status_code == 403
    for what in ("original", "searchable.pdf", "text.txt", "packet.json"):
        assert visitor.get(f"/packets/{packet}/{what}").status_code == 403, what
    assert visitor.get(f"/packets/{packet}/pages/1/page.jpg").status_code == 403


@pytest.mark.parametrize("role", READERS)
def test_readers_see_it_and_every_reading_is_kept(world: World, signed_in, role: Role) -> None:
    visitor, node, packet = signed_in(role), world.node(NUMBER), secret_packet(world)
    assert WORD in visitor.get("/letters").text
    ways = [(f"/letters/{node}", f"letter:{node}", "letter"), (f"/letters/{node}.json", f"letter:{node}", "json"),
            (f"/letters/{node}/chain", f"letter:{node}", "chain"), (f"/packets/{packet}", f"packet:{packet}", "packet"),
            *((f"/packets/{packet}/{file}", f"packet:{packet}", what)
              for file, what in (("original", "original"), ("text.txt", "text"), ("packet.json", "json")))]
    for path, subject, field in ways:
        before = len(world.archive.audit.list(subject))
        assert visitor.get(path).status_code == 200, path
        (event,) = world.archive.audit.list(subject)[before:]
        assert (event.actor, event.action, event.field) == (f"{role}1", "secret-read", field)


def test_reading_an_open_letter_leaves_no_trace(world: World, signed_in) -> None:
    last = world.archive.audit.list(limit=10_000)[-1].id
    signed_in("clerk").get(f"/letters/{world.node('พช 0118/ว 417')}")
    assert [event for event in world.archive.audit.list(after=last) if event.action == "secret-read"] == []


def test_a_packet_not_read_yet_is_closed_to_others(fresh) -> None:
    house = fresh()
    packet = house.take_in("new.txt", "ที่ พช 0118/1\n\nเรื่อง ทดลอง")
    assert house.visitor("officer").get(f"/packets/{packet}").status_code == 403
    assert house.visitor("clerk").get(f"/packets/{packet}").status_code == 200


def test_tasks_out_of_a_secret_letter_are_hidden_with_it(world: World, fresh) -> None:
    house = fresh()
    house.take_in("secret.txt", SECRET)
    run_all(house.archive, house.settings)
    node = house.node(NUMBER)
    task = replace(world.archive.tasks.list()[0].task, letter=node, title="ตามหากระทิง")
    house.archive.tasks.save([task])
    officer, clerk = house.visitor("officer"), house.visitor("clerk")
    for path in ("/", "/tasks"):
        assert "ตามหากระทิง" not in officer.get(path).text and "ตามหากระทิง" in clerk.get(path).text
    assert officer.get(f"/tasks/{task.id}").status_code == 404
    assert clerk.get(f"/tasks/{task.id}").status_code == 200

"""Letters with a secrecy class are known to those who may read them only, and every reading leaves a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from archive import Role
from archive.schema import PacketRecord
from saraban.jobs import run_all
from tests.webui.conftest import PASSWORD, Visitor, World
from tests.webui.packets import CHAIN, SECRET

NUMBER, WORD = "พช 0118/55", "กระทิง"
TAKER = "clerk1"
"""Who took the packet in; the other clerk, the administrator and all others are not named for it."""

OTHERS = [role for role in Role if role is not Role.CLERK]


@pytest.fixture
def house(fresh) -> World:
    """A house with a packet that holds a secret letter."""
    made = fresh()
    made.take_in("chain.txt", CHAIN)
    made.take_in("secret.txt", SECRET)
    made.archive.users.add("clerk2", PASSWORD, Role.CLERK)
    run_all(made.archive, made.settings)
    return made


def secret_packet(world: World) -> str:
    return next(row.id for row in world.archive.packets.list() if row.name == "secret.txt")


def no_trace(house: World, visitor: Visitor) -> None:
    """Neither in lists and searches, nor by address."""
    node, packet = house.node(NUMBER), secret_packet(house)
    searches = [f"/search?q={asked}" for asked in (WORD, NUMBER, "20 มิ.ย. 2566")]
    for path in ("/", "/letters", "/packets", "/tasks", *searches):
        text = visitor.get(path).text.split("</header>", 1)[1]
        assert "สอบข้อเท็จจริง" not in text and node not in text and "secret.txt" not in text, path
    for path in (f"/letters/{node}", f"/letters/{node}.json", f"/letters/{node}/chain",
                 f"/packets/{packet}/pages/1/page.jpg"):
        assert visitor.get(path).status_code == 404, path
    for what in ("", "/original", "/searchable.pdf", "/text.txt", "/packet.json", "/review"):
        assert visitor.get(f"/packets/{packet}{what}").status_code in (403, 404), what


@pytest.mark.parametrize("role", OTHERS)
def test_others_find_no_trace_of_it(world: World, signed_in, role: Role) -> None:
    no_trace(world, signed_in(role))


def test_another_clerk_finds_no_trace_of_it(house: World) -> None:
    visitor = house.visitor()
    visitor.sign_in("clerk2")
    no_trace(house, visitor)


@pytest.mark.parametrize("name", ["clerk2", "admin1", "officer1", "province1"])
def test_the_named_see_it_until_the_name_is_taken_back(house: World, name: str) -> None:
    packet, visitor = secret_packet(house), house.visitor()
    visitor.sign_in(name)
    house.archive.readers.name(packet, [name.upper()], "clerk1")
    assert WORD in visitor.get("/letters").text and WORD in visitor.get(f"/letters/{house.node(NUMBER)}").text
    assert visitor.get(f"/packets/{packet}/original").status_code == 200
    house.archive.readers.name(packet, [], "clerk1")
    no_trace(house, visitor)
    actions = [(event.action, event.actor) for event in house.archive.audit.list(f"packet:{packet}")]
    assert ("reader-named", "clerk1") in actions and ("reader-removed", "clerk1") in actions


def test_a_name_opens_no_area(house: World) -> None:
    """An LAO's user who is named for a report to the province still sees only what concerns the LAO."""
    house.archive.readers.name(secret_packet(house), ["lao1"], "clerk1")
    assert house.visitor("lao").get(f"/letters/{house.node(NUMBER)}").status_code == 404


def test_an_open_copy_of_a_secret_letter_is_closed_too(house: World) -> None:
    """One copy's class was not read: the packet it came in is closed all the same."""
    house.archive.users.add("clerk3", PASSWORD, Role.CLERK)
    other = house.take_in("again.txt", SECRET.removeprefix("ลับ").lstrip() + "\n")
    with house.archive.database.writing() as session:
        session.execute(update(PacketRecord).where(PacketRecord.id == other).values(received_by="clerk3"))
    run_all(house.archive, house.settings)
    assert len(house.archive.graph.node(house.node(NUMBER)).copies) == 2
    visitor = house.visitor("officer")
    assert visitor.get(f"/packets/{other}").status_code == 404 and WORD not in visitor.get("/letters").text


def test_every_reading_by_the_named_is_kept(world: World, signed_in) -> None:
    visitor, node, packet = signed_in(Role.CLERK), world.node(NUMBER), secret_packet(world)
    ways = [(f"/letters/{node}", f"letter:{node}", "letter"), (f"/letters/{node}.json", f"letter:{node}", "json"),
            (f"/letters/{node}/chain", f"letter:{node}", "chain"), (f"/packets/{packet}", f"packet:{packet}", "packet"),
            *((f"/packets/{packet}/{file}", f"packet:{packet}", what)
              for file, what in (("original", "original"), ("text.txt", "text"), ("packet.json", "json")))]
    for path, subject, field in ways:
        before = len(world.archive.audit.list(subject))
        assert visitor.get(path).status_code == 200, path
        (event,) = world.archive.audit.list(subject)[before:]
        assert (event.actor, event.action, event.field) == (TAKER, "secret-read", field)


def test_reading_an_open_letter_leaves_no_trace(world: World, signed_in) -> None:
    last = world.archive.audit.list(limit=10_000)[-1].id
    signed_in("clerk").get(f"/letters/{world.node('พช 0118/ว 417')}")
    assert [event for event in world.archive.audit.list(after=last) if event.action == "secret-read"] == []


def test_a_packet_not_read_yet_is_closed_to_others(fresh) -> None:
    house = fresh()
    packet = house.take_in("new.txt", "ที่ พช 0118/1\n\nเรื่อง ทดลอง")
    assert house.visitor("officer").get(f"/packets/{packet}").status_code == 404
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

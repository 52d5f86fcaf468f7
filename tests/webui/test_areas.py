"""What every role sees of letters, packets and tasks, by its office: on screens, in files and through the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive import Scope
from letters import Office, OfficeKind
from saraban.jobs import run_all
from tasks import builtin_offices
from tests.webui.api.conftest import Program
from tests.webui.conftest import PASSWORD, Visitor, World, furnish
from tests.webui.packets import CHAIN

ELSEWHERE = CHAIN.replace("พช 0118/ว 417", "พช 0119/ว 88").replace("หล่มสัก", "หล่มเก่า").replace(
    "14 มิถุนายน 2566", "15 มิถุนายน 2566")
"""The same province letter, passed on by another district (6704), in another packet."""

FAR = """ที่ นม 0023.3/ว 9

ศาลากลางจังหวัดนครราชสีมา

5 มิถุนายน 2566

เรื่อง การแข่งขันฟักทอง

เรียน นายอำเภอ ทุกอำเภอ

ด้วยจังหวัดจะจัดการแข่งขัน จึงขอให้อำเภอประชาสัมพันธ์

จึงเรียนมาเพื่อทราบ

ขอแสดงความนับถือ

(นางสาวพิมล ศรีสว่าง)
ผู้ว่าราชการจังหวัดนครราชสีมา
"""

HERE, THERE, PROVINCE, PUMPKIN = "พช 0118/ว 417", "พช 0119/ว 88", "พช 0023.3/ว 2871", "นม 0023.3/ว 9"
DEPARTMENT = "มท 0806.2/ว 1874"
"""Cited by both packets; itself in none."""

ALL = {HERE, THERE, PROVINCE, PUMPKIN, DEPARTMENT}
SEEN = {
    "house": ALL, "dla": ALL, "boss": ALL,
    "lao here": {HERE, PROVINCE, DEPARTMENT},
    "lao there": {THERE, PROVINCE, DEPARTMENT},
    "lao far": set[str](),
    "lost lao": set[str](),
    "district": {HERE, PROVINCE, DEPARTMENT},
    "other district": {THERE, PROVINCE, DEPARTMENT},
    "province": {HERE, THERE, PROVINCE, DEPARTMENT},
    "other province": {PUMPKIN},
    "lost province": set[str](),
}
"""Numbers that each user sees."""

USERS = {
    "house": ("officer", None), "boss": ("admin", None), "dla": ("department", None),
    "lao here": ("lao", "6670318"), "lao there": ("recorder", "6670402"), "lao far": ("lao", "6360104"),
    "lost lao": ("certifier", None), "district": ("officer", "D6703"), "other district": ("clerk", "D6704"),
    "province": ("province", "P67"), "other province": ("province", "P30"), "lost province": ("province", None),
}


@dataclass
class Land:
    """A house with letters of two districts and two provinces."""

    world: World
    packets: dict[str, str]

    def visitor(self, name: str) -> Visitor:
        visitor = self.world.visitor()
        assert visitor.sign_in(name).status_code == 302
        return visitor

    def program(self, name: str) -> Program:
        person = self.world.archive.users.named(name)
        assert person is not None
        return Program(self.world.app.test_client(),
                       self.world.archive.tokens.make(person.id, "test", list(Scope), 1)[0])


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[Land]:
    world = furnish(tmp_path_factory.mktemp("land"), blank)
    lao = Office("6670402", OfficeKind.TAO, "ฟักทอง", "เพชรบูรณ์", "หล่มเก่า")
    world.archive.offices.save([*builtin_offices(), lao])
    packets = {name: world.take_in(f"{name}.txt", text)
               for name, text in (("here", CHAIN), ("there", ELSEWHERE), ("far", FAR))}
    for name, (role, office) in USERS.items():
        world.archive.users.add(name, PASSWORD, role, office)
    run_all(world.archive, world.settings)
    yield Land(world, packets)
    world.archive.close()


def test_the_letters_are_as_meant(land: Land) -> None:
    assert {str(node.number) for node in land.world.archive.graph.nodes(limit=100)} == ALL
    assert len(land.world.archive.graph.node(land.world.node(PROVINCE)).copies) == 2


@pytest.mark.parametrize("name", list(USERS))
def test_lists_searches_and_addresses(land: Land, name: str) -> None:
    ask, visitor, seen = land.program(name), land.visitor(name), SEEN[name]
    assert {one["number"] for one in ask.get("/letters?limit=100")["items"]} == seen
    for absent in ("true", "false"):
        listed = {one["number"] for one in ask.get(f"/letters?absent={absent}")["items"]}
        assert listed == {number for number in seen if (number == DEPARTMENT) is (absent == "true")}
    page = visitor.get("/letters").text
    assert all((number in page) is (number in seen) for number in ALL - {DEPARTMENT})
    for number in ALL:
        node, status = land.world.node(number), 200 if number in seen else 404
        for path in (f"/letters/{node}", f"/letters/{node}/links", f"/letters/{node}/chain"):
            assert ask("GET", path).status_code == status, (number, path)
        assert visitor.get(f"/letters/{node}").status_code == status
        found = ask.get("/search", query_string={"q": number})
        assert {one["letter"]["number"] for one in found["matches"]} <= seen
    hits = {one["letter"]["number"] for one in ask.get("/search?q=อำเภอ")["hits"]}
    assert hits == {number for number in (HERE, THERE, PROVINCE, PUMPKIN) if number in seen}


@pytest.mark.parametrize("name", list(USERS))
def test_chains_and_links_end_where_sight_ends(land: Land, name: str) -> None:
    ask, seen = land.program(name), SEEN[name]
    for number in seen:
        node = land.world.node(number)
        told = {one["number"] for one in ask.get(f"/letters/{node}/chain")["letters"]}
        links = ask.get(f"/letters/{node}/links")
        others = {row["other"]["number"] for side in ("out", "into") for row in links[side] if row["other"]}
        assert told <= seen and others <= seen and number in told
        packets = {one["copy"]["packet"] for one in ask.get(f"/letters/{node}")["read"]}
        if name == "lao here":
            assert packets <= {land.packets["here"]}, "the copy in the other district's packet is not theirs"


FILES = ("", "/original", "/text.txt", "/packet.json", "/searchable.pdf")


@pytest.mark.parametrize(("name", "packets"), [
    ("house", {"here", "there", "far"}), ("dla", {"here", "there", "far"}), ("boss", {"here", "there", "far"}),
    ("district", {"here"}), ("other district", {"there"}), ("province", {"here", "there"}),
    ("other province", {"far"}), ("lost province", set()),
])
def test_packets_and_their_files(land: Land, name: str, packets: set[str]) -> None:
    ask, visitor = land.program(name), land.visitor(name)
    assert {one["id"] for one in ask.get("/packets")["items"]} == {land.packets[one] for one in packets}
    for packet, packet_id in land.packets.items():
        for file in FILES:
            status = visitor.get(f"/packets/{packet_id}{file}").status_code
            assert status == ask("GET", f"/packets/{packet_id}{file}").status_code or file == ""
            assert (status == 404) is (packet not in packets), (packet, file, status)
        assert (ask("GET", f"/packets/{packet_id}/pages/1").status_code == 200) is (packet in packets)


@pytest.mark.parametrize("name", ["lao here", "lao there", "lao far", "lost lao"])
def test_an_lao_gets_the_pages_of_its_letters_only(land: Land, name: str) -> None:
    ask = land.program(name)
    for packet, packet_id in land.packets.items():
        mine = {"lao here": "here", "lao there": "there"}.get(name) == packet
        assert ask("GET", f"/packets/{packet_id}").status_code == 403
        for path in ("/pages", "/pages/1", "/letters"):
            assert ask("GET", f"/packets/{packet_id}{path}").status_code == (200 if mine else 404), (packet, path)


def offices_of(land: Land, name: str) -> set[str]:
    items, cursor = set(), ""
    ask = land.program(name)
    while cursor is not None:
        page = ask.get(f"/tasks?limit=100&cursor={cursor}")
        items |= {one["office"] for one in page["items"]}
        cursor = page["next"]
    return items


@pytest.mark.parametrize("name", list(USERS))
def test_tasks_are_those_of_the_area(land: Land, name: str) -> None:
    everywhere, mine = offices_of(land, "house"), offices_of(land, name)
    assert {code[1:5] for code in everywhere if not code.startswith("P")} >= {"6703", "6704"}
    own = {"lao here": "6670318", "lao there": "6670402"}
    digits = {"district": "6703", "other district": "6704", "province": "67", "other province": "30"}
    if name in own:
        assert mine == {own[name]}
    elif name in digits:
        assert mine == {code for code in everywhere if code[1:].startswith(digits[name])}
    else:
        assert mine == (everywhere if name in ("house", "dla", "boss") else set())
    other = next(row.task for row in land.world.archive.tasks.list(limit=None) if row.task.office not in mine
                 ) if mine != everywhere else None
    if other:
        assert land.program(name)("GET", f"/tasks/{other.id}").status_code == 404
        assert land.visitor(name).get(f"/tasks/{other.id}").status_code == 404


@pytest.mark.parametrize(("name", "office", "status"), [
    ("lao here", "6670318", 200), ("lao here", "6670402", 404), ("province", "6670318", 200),
    ("other province", "6670318", 404), ("district", "6670318", 200), ("district", "6670402", 404),
    ("dla", "6670318", 200), ("lost lao", "6670318", 404),
])
def test_records_are_those_of_the_area(land: Land, name: str, office: str, status: int) -> None:
    ask, visitor = land.program(name), land.visitor(name)
    assert ask("GET", f"/entries?office={office}").status_code == status
    assert ask("GET", f"/offices/{office}/lpa").status_code == status
    assert visitor.get(f"/records/{office}/INFO08").status_code == status


def test_who_takes_a_packet_in_sees_it_whomever_it_concerns(land: Land) -> None:
    """A clerk of a district office scans a letter that was addressed elsewhere."""
    world = land.world
    path = world.settings.home / "file"
    path.write_text(FAR.replace("ว 9", "ว 10").replace("ฟักทอง", "ฟักเขียว"))
    ask = land.program("other district")
    with path.open("rb") as file:
        made = ask("POST", "/packets", data={"file": (file, "scan.txt")})
    assert made.status_code == 201
    run_all(world.archive, world.settings)
    packet = made.json["id"]
    assert ask("GET", f"/packets/{packet}/original").status_code == 200
    assert land.program("district")("GET", f"/packets/{packet}").status_code == 404
    world.archive.users.add("desk mate", PASSWORD, "officer", "D6704")
    assert land.program("desk mate")("GET", f"/packets/{packet}").status_code == 200

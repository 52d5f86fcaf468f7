"""Who sees which packets and letters, by area and by name, on both databases."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from archive import Archive, Role, User
from archive.sight import Sight, sight_of
from chain import CopyRef, Graph, LinkState
from letters import Reading
from letters.errors import BadRequest, NotFound
from tests.archive.made import letter, link, node, packet

OPEN, SECRET = letter("มท 0810.7/ว 1"), replace(letter("มท 0810.7/ว 2"), secrecy=Reading("ลับ", "ลับ", 0.9))
HOUSE = Sight("officer", whole=True)
KEEPER = Sight("clerk", whole=True, keeper=True)


@dataclass
class Shelf:
    """An archive with packets: ``one`` of an open and a secret letter, ``two`` of an open one, ``new`` not read."""

    archive: Archive
    one: str
    two: str
    new: str

    def seen(self, sight: Sight) -> set[str]:
        names = {self.one: "one", self.two: "two", self.new: "new"}
        return {names[row.id] for row in self.archive.packets.list(sight=sight)}

    def nodes(self, sight: Sight) -> set[str]:
        return {found.id for found in self.archive.graph.nodes(sight=sight)}


@pytest.fixture
def shelf(archive: Archive) -> Shelf:
    one, two, new = (archive.packets.receive(f"{name}.pdf", name.encode(), "taker")[0].id
                     for name in ("one", "two", "new"))
    archive.packets.save_parse(one, packet(OPEN, SECRET))
    archive.packets.save_parse(two, packet(letter("มท 0810.7/ว 3"), letter("มท 0810.7/ว 4")))
    archive.graph.save(Graph(
        (node("open", copies=(CopyRef(one, 0),)), node("secret", copies=(CopyRef(one, 1),)),
         node("three", copies=(CopyRef(two, 0),)), node("four", copies=(CopyRef(two, 1),)),
         node("cited by open"), node("cited by secret"), node("not cited"), node("no more cited")),
        (link("open", "cited by open", (one, 0, 0)), link("secret", "cited by secret", (one, 1, 0)),
         link("three", "no more cited", (two, 0, 0), LinkState.REJECTED))))
    return Shelf(archive, one, two, new)


def test_the_house_sees_what_is_open(shelf: Shelf) -> None:
    assert shelf.seen(HOUSE) == {"two"} and shelf.seen(KEEPER) == {"two", "new"}
    assert shelf.nodes(HOUSE) == {"open", "three", "four", "cited by open"} == shelf.nodes(KEEPER)
    assert shelf.archive.graph.count(sight=HOUSE) == 4 and shelf.archive.graph.count(absent=True, sight=HOUSE) == 1
    assert shelf.archive.sights.closed(HOUSE) == {"secret"}


def test_who_took_it_in_and_the_named_see_the_secret(shelf: Shelf) -> None:
    shelf.archive.users.add("officer", "correct horse battery", Role.OFFICER)
    taker = Sight("taker", whole=True)
    assert shelf.seen(taker) == {"one", "two", "new"}
    assert shelf.nodes(taker) == shelf.nodes(HOUSE) | {"secret", "cited by secret"}
    shelf.archive.readers.name(shelf.one, ["Officer"], "clerk")
    assert shelf.seen(HOUSE) == {"one", "two"} and shelf.archive.sights.closed(HOUSE) == frozenset()
    assert shelf.nodes(HOUSE) == shelf.nodes(taker)
    (row,) = shelf.archive.readers.secret(KEEPER)
    assert (row.id, row.received_by, row.readers) == (shelf.one, "taker", ("officer",))
    shelf.archive.readers.name(shelf.one, [], "clerk")
    assert shelf.seen(HOUSE) == {"two"} and shelf.archive.readers.of(shelf.one) == ()


def test_names_that_are_no_users(shelf: Shelf) -> None:
    with pytest.raises(BadRequest):
        shelf.archive.readers.name(shelf.one, ["nobody"], "clerk")
    with pytest.raises(NotFound):
        shelf.archive.readers.name("f" * 64, [], "clerk")
    with pytest.raises(NotFound):
        shelf.archive.readers.of("f" * 64)


def test_one_secret_copy_closes_all(shelf: Shelf) -> None:
    shelf.archive.graph.save(Graph((
        node("open", copies=(CopyRef(shelf.one, 0),)), node("four", copies=(CopyRef(shelf.two, 1),)),
        node("secret", copies=(CopyRef(shelf.one, 1), CopyRef(shelf.two, 0)))), ()))
    assert shelf.seen(HOUSE) == set() and shelf.nodes(HOUSE) == {"open", "four"}
    sights = shelf.archive.sights
    assert sights.any_secret([CopyRef(shelf.two, 0)]) and not sights.any_secret([CopyRef(shelf.two, 1)])
    assert sights.copies(HOUSE, [CopyRef(shelf.two, 0), CopyRef(shelf.two, 1), CopyRef(shelf.one, 0)]) == ()


def areas(shelf: Shelf, *offices: set[str]) -> None:
    shelf.archive.sights.set_areas(shelf.two, offices)


@pytest.mark.parametrize(("sight", "nodes", "packets"), [
    (Sight("x", office="6670318"), {"three"}, set()),
    (Sight("x", office="6670304"), set(), set()),
    (Sight("x", district="6703"), {"three"}, set()),
    (Sight("x", district="6704"), {"four"}, set()),
    (Sight("x", province="67"), {"three", "four"}, {"two"}),
    (Sight("x", province="30"), set(), set()),
    (Sight("x"), set(), set()),
])
def test_areas(shelf: Shelf, sight: Sight, nodes: set[str], packets: set[str]) -> None:
    areas(shelf, {"6670318", "D6703"}, {"D6704", "P67"})
    assert shelf.nodes(sight) == nodes and shelf.seen(sight) == packets
    assert shelf.archive.sights.nodes(sight, ["three", "four", "open", "gone"]) == nodes
    mine = {"three": 0, "four": 1}
    assert shelf.archive.sights.copies(sight, [CopyRef(shelf.two, 1), CopyRef(shelf.two, 0)]) == tuple(
        CopyRef(shelf.two, mine[name]) for name in ("four", "three") if name in nodes)
    assert shelf.archive.sights.in_area(sight, shelf.two) is ("two" in packets)


def test_areas_are_replaced_and_go_with_their_letter(shelf: Shelf) -> None:
    areas(shelf, {"6670318"}, {"P67"}, {"for a letter that is not there"})
    assert shelf.archive.sights.areas(shelf.two) == {0: {"6670318"}, 1: {"P67"}}
    areas(shelf, {"6670304"})
    assert shelf.archive.sights.areas(shelf.two) == {0: {"6670304"}}
    shelf.archive.packets.save_parse(shelf.two, packet())
    assert shelf.archive.sights.areas(shelf.two) == {}


def test_an_office_sees_what_its_people_took_in(shelf: Shelf) -> None:
    shelf.archive.users.add("taker", "correct horse battery", Role.CLERK, "D6704")
    mate = Sight("mate", district="6704", home="D6704")
    assert shelf.seen(mate) == {"two"}, "the secret one only who took it in, the unread one only keepers"
    assert shelf.nodes(mate) == {"open", "three", "four", "cited by open"}


@pytest.mark.parametrize(("role", "office", "wanted"), [
    (Role.CLERK, None, Sight("x", whole=True, keeper=True)),
    (Role.OFFICER, None, Sight("x", whole=True)),
    (Role.DEPARTMENT, None, Sight("x", whole=True)),
    (Role.DEPARTMENT, "P67", Sight("x", whole=True, home="P67")),
    (Role.OFFICER, "DLA", Sight("x", whole=True, home="DLA")),
    (Role.PROVINCE, "P67", Sight("x", province="67", home="P67")),
    (Role.PROVINCE, None, Sight("x")),
    (Role.OFFICER, "D6703", Sight("x", district="6703", home="D6703")),
    (Role.CLERK, "6670318", Sight("x", office="6670318", home="6670318", keeper=True)),
    (Role.LAO, "6670318", Sight("x", office="6670318", home="6670318")),
    (Role.LAO, "P67", Sight("x", office="P67", home="P67")),
    (Role.LAO, "DLA", Sight("x", office="DLA", home="DLA")),
    (Role.RECORDER, None, Sight("x")),
])
def test_sight_follows_from_role_and_office(role: Role, office: str | None, wanted: Sight) -> None:
    assert sight_of(User(1, "x", role, office)) == wanted


@pytest.mark.parametrize(("sight", "office", "covered"), [
    (Sight("x", whole=True), "6670318", True), (Sight("x"), "6670318", False), (Sight("x"), "", False),
    (Sight("x", office="6670318"), "6670318", True), (Sight("x", office="6670318"), "6670304", False),
    (Sight("x", district="6703"), "D6703", True), (Sight("x", district="6703"), "6670318", True),
    (Sight("x", district="6703"), "6670402", False), (Sight("x", district="6703"), "P67", False),
    (Sight("x", province="67"), "P67", True), (Sight("x", province="67"), "D6703", True),
    (Sight("x", province="67"), "6300101", False), (Sight("x", province="67"), "", False),
])
def test_what_an_area_covers(sight: Sight, office: str, covered: bool) -> None:
    assert sight.covers(office) is covered

"""The chain's other views, and people's judgements about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from chain import CopyRef, Graph, JudgementKind, Link, LinkRelation, LinkState, MentionRef, Node
from saraban.jobs import run_all
from tests.webui.conftest import Visitor, World
from tests.webui.packets import CHAIN
from webui.chaintold import depths, events

DISTRICT, PROVINCE, DEPARTMENT = "พช 0118/ว 417", "พช 0023.3/ว 2871", "มท 0806.2/ว 1874"
SignedIn = Callable[[str], Visitor]


def test_the_graph_has_the_origin_on_top_and_the_deadline_where_it_was_set(world: World, signed_in: SignedIn) -> None:
    drawn = json.loads(signed_in("officer").get(f"/letters/{world.node(DISTRICT)}/chain/graph").text)
    nodes = {node["number"]: node for node in drawn["nodes"]}
    assert [nodes[one]["depth"] for one in (DEPARTMENT, PROVINCE, DISTRICT)] == [0, 1, 2]
    assert nodes[DEPARTMENT]["absent"] and not nodes[PROVINCE]["absent"] and nodes[DISTRICT]["asked"]
    assert [nodes[one]["level"] for one in (DEPARTMENT, PROVINCE, DISTRICT)] == ["department", "province", "district"]
    assert nodes[DISTRICT]["due"] == "23 มิ.ย. 2566" and nodes[PROVINCE]["due"] == "28 มิ.ย. 2566"
    assert {(edge["source"], edge["target"], edge["days"]) for edge in drawn["edges"]} == {
        (nodes[DEPARTMENT]["id"], nodes[PROVINCE]["id"], "8 วัน"),
        (nodes[PROVINCE]["id"], nodes[DISTRICT]["id"], "5 วัน")}


def test_the_time_line_tells_letters_and_deadlines_in_order() -> None:
    def letter(name: str, date: str | None, **more: Any) -> dict[str, Any]:
        return {"id": name, "date": date, "due": None, "received": [], **more}

    stamp = {"office": "อำเภอ", "number": "12", "date": "2023-06-03", "time": None}
    found = events({"letters": [
        letter("b", "2023-06-02", due="2023-06-10", received=[stamp, {**stamp, "date": None}]),
        letter("a", "2023-06-01", due="2023-06-10"), letter("month", "2023-05"), letter("none", None)]})
    assert [(event.kind, event.letter["id"], event.days) for event in found] == [
        ("letter", "a", 0), ("letter", "b", 1), ("received", "b", 1), ("due", "a", 7)]


def test_a_chain_of_five_hundred_is_told_whole_in_a_few_questions(fresh: Callable[..., World]) -> None:
    house, copies = fresh(), 500
    names = [f"{place:016x}" for place in range(copies + 1)]
    house.archive.graph.save(Graph(
        tuple(Node(name, None, None, None, None, False, ()) for name in names),
        tuple(Link(one, names[0], LinkRelation.REFERS, LinkState.LINKED, 1.0, (), MentionRef(CopyRef(one, 0), 0), "",
                   None) for one in names[1:])))
    officer, asked = house.visitor("officer"), []
    event.listen(Engine, "before_cursor_execute", told_of := lambda *given: asked.append(given[2]))
    drawn = json.loads(officer.get(f"/letters/{names[0]}/chain/graph").text)
    assert len(asked) < 40, "not one for each letter"
    asked.clear()
    assert officer.get(f"/letters/{names[0]}").text.count("state-linked") >= copies
    event.remove(Engine, "before_cursor_execute", told_of)
    assert len(drawn["nodes"]) == copies + 1 and len(drawn["edges"]) == copies
    assert len(asked) < 40, "not one for each letter"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=25))
def test_every_letter_has_a_depth_and_stands_below_what_it_cites(pairs: list[tuple[int, int]]) -> None:
    steps = [{"upper": str(one), "lower": str(other)} for one, other in pairs if one > other]
    chain = {"letters": [{"id": str(name)} for name in range(9)], "steps": steps}
    found = depths(chain)
    assert set(found) == {str(name) for name in range(9)}
    assert all(found[step["upper"]] > found[step["lower"]] for step in steps)
    circle = {**chain, "steps": [{"upper": str(one), "lower": str(other)} for one, other in pairs]}
    assert set(depths(circle)) == set(found)


@pytest.fixture
def own(fresh: Callable[..., World]) -> World:
    made = fresh()
    made.take_in("chain.txt", CHAIN)
    assert all(job.state == "done" for job in run_all(made.archive, made.settings))
    return made


def test_a_rejected_citation_leaves_the_chain_and_stays_rejected(own: World) -> None:
    clerk, district, province = own.visitor("clerk"), own.node(DISTRICT), own.node(PROVINCE)
    assert "ยืนยันว่าใช่ฉบับนี้" in clerk.get(f"/letters/{district}/chain/step/{district}/{province}").text
    answer = clerk.post(f"/letters/{district}/chain/judge",
                        {"kind": "reject", "upper": district, "lower": province, "reason": "คนละเรื่อง"})
    assert answer.status_code == 302
    (judgement,) = {(one.kind, one.by, one.reason) for one in own.archive.judgements.linking()}
    assert judgement == (JudgementKind.REJECT, "clerk1", "คนละเรื่อง")
    run_all(own.archive, own.settings)
    links = {link.target: link.state for link in own.archive.graph.links_from(own.node(DISTRICT))}
    assert links.pop(province) is LinkState.REJECTED
    assert set(links.values()) == {LinkState.ABSENT}, "what it cites is another letter, which is not here"
    assert DISTRICT not in clerk.get(f"/letters/{province}/chain").text


def test_merge_and_split_are_kept(own: World) -> None:
    clerk, district, province = own.visitor("clerk"), own.node(DISTRICT), own.node(PROVINCE)
    judge = f"/letters/{district}/chain/judge"
    assert clerk.post(judge, {"kind": "merge", "letter": district, "other": province}).status_code == 302
    run_all(own.archive, own.settings)
    (node,) = own.archive.graph.nodes(absent=False)
    assert len(node.copies) == 2
    page = clerk.get(f"/letters/{node.id}/chain/letter/{node.id}").text
    assert page.count("แยกออก") == 2
    ref = node.copies[1]
    split = {"kind": "split", "letter": node.id, "copy": f"{ref.packet}/{ref.index}"}
    assert clerk.post(f"/letters/{node.id}/chain/judge", split).status_code == 302
    run_all(own.archive, own.settings)
    assert len(own.archive.graph.nodes(absent=False)) == 2


@pytest.mark.parametrize("form", [
    {}, {"kind": "marry"}, {"kind": "confirm"}, {"kind": "confirm", "upper": "x", "lower": "y"},
    {"kind": "merge", "letter": "x"}, {"kind": "split", "letter": "ID", "copy": "x/0"},
    {"kind": "merge", "letter": "ID"}])
def test_what_is_no_decision_changes_nothing(world: World, signed_in: SignedIn, form: dict[str, str]) -> None:
    district = world.node(DISTRICT)
    given_ = {key: district if value == "ID" else value for key, value in form.items()}
    assert signed_in("clerk").post(f"/letters/{district}/chain/judge", given_).status_code in (400, 404)
    assert world.archive.judgements.linking() == ()


def test_only_the_registry_judges(world: World, signed_in: SignedIn) -> None:
    district, province = world.node(DISTRICT), world.node(PROVINCE)
    for role in ("officer", "recorder", "province"):
        page = signed_in(role).get(f"/letters/{district}/chain/step/{district}/{province}")
        assert "ยืนยันว่าใช่ฉบับนี้" not in page.text
        assert signed_in(role).post(f"/letters/{district}/chain/judge", {"kind": "confirm"}).status_code == 403


def test_the_drawing_is_a_file(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("officer").get(f"/letters/{world.node(DISTRICT)}/chain/drawing.svg")
    assert answer.mimetype == "image/svg+xml" and DEPARTMENT in answer.text
    assert "attachment" in answer.headers["Content-Disposition"]

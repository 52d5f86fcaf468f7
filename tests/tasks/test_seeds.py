"""Four real packets to their duties and tasks; only where they lie beside the project."""

from __future__ import annotations

from collections import Counter

import pytest

from chain import Level, build_graph
from records import all_forms
from saraban.menus import menus_of
from tasks import Registry, TaskRole, assign, builtin_offices, find_duties
from tests.chain.test_seeds import SEEDS, seed_copies

pytestmark = pytest.mark.skipif(not SEEDS, reason="the seeds are not beside the project")

DO, RELAY = TaskRole.DO, TaskRole.RELAY
REGISTRY = Registry(builtin_offices())


@pytest.fixture(scope="module")
def found():
    """Duties by the number of their packet, and all tasks."""
    copies = seed_copies()
    graph = build_graph(copies)
    duties = find_duties(graph, copies, menus_of(all_forms()))
    names = {copy.ref.packet: copy.packet_name[:3] for copy in copies}
    by_packet = {seed: [duty for duty in duties if names[duty.evidence[0].packet] == seed] for seed in names.values()}
    return by_packet, assign(duties, graph, copies, REGISTRY)


def counted(found, seed: str) -> dict[tuple[str | None, str, TaskRole], int]:
    """How many tasks there are of a packet's duties, by form, day and role."""
    ids = {duty.id for duty in found[0][seed]}
    return dict(Counter((task.form, str(task.due), task.role) for task in found[1] if task.duty in ids))


def test_000_asks_for_the_website_and_for_the_administrators(found):
    assert sorted(duty.form for duty in found[0]["000"]) == ["INFO08", "INFO09"]
    assert counted(found, "000") == {(form, "2014-07-31", role): number for form in ("INFO08", "INFO09")
                                     for role, number in ((DO, 2), (RELAY, 16))}
    own = {task.office_name for task in found[1] if task.form == "INFO08" and task.role is DO}
    assert own == {"องค์การบริหารส่วนจังหวัดชัยภูมิ", "เทศบาลเมืองชัยภูมิ"}


def test_002_asks_for_all_eight_domains_of_eighteen_laos(found):
    domains = [f"D{number}" for number in range(1, 9)]
    assert sorted(duty.form for duty in found[0]["002"]) == domains
    assert counted(found, "002") == {(form, "2021-06-15", DO): 18 for form in domains}
    kinds = Counter(REGISTRY.get(task.office).kind.value for task in found[1] if task.form == "D1")
    assert kinds == {"tambon": 3, "tao": 15}
    assert {duty.fiscal_year for duty in found[0]["002"]} == {2564}
    assert not any("2563" in (task.due or task.asked).isoformat() for task in found[1] if task.form == "D1")


def test_003_asks_for_three_numbered_actions_on_transferred_missions(found):
    [duty] = found[0]["003"]
    assert (duty.form, len(duty.actions), str(duty.due)) == ("MISSION2", 3, "2024-12-30")
    assert counted(found, "003") == {("MISSION2", "2024-12-30", DO): 2, ("MISSION2", "2024-12-30", RELAY): 8}


def test_004_asks_laos_for_the_help_centre_and_the_provincial_office_for_the_joint_one(found):
    assert counted(found, "004") == {("HELP", "2023-03-24", DO): 6, ("JOINT", "2023-03-24", DO): 1}
    assert [task.office for task in found[1] if task.form == "JOINT"] == ["P36"]
    [help_centre] = [duty for duty in found[0]["004"] if duty.form == "HELP"]
    assert len(help_centre.actions) == 1 and "ศูนย์ช่วยเหลือประชาชน" in help_centre.actions[0]
    assert [one.level for one in help_centre.deadlines] == [Level.DEPARTMENT, Level.PROVINCE, Level.DISTRICT]


def test_every_task_says_where_and_quotes_the_sentence_that_asks(found):
    assert all("(INFO) › " in task.where and task.evidence and task.level_deadlines for task in found[1])
    quoted = [item.sentence for task in found[1] for item in task.evidence]
    assert all("ให้" in sentence or "บันทึก" in sentence or "ตรวจสอบ" in sentence for sentence in quoted)
    assert not any("เสร็จเรียบร้อยแล้ว" in sentence or "๓๑ พฤษภาคม ๒๕๖๓" in sentence for sentence in quoted)


def test_no_other_duty_comes_of_them(found):
    assert sum(len(duties) for duties in found[0].values()) == 2 + 8 + 1 + 2

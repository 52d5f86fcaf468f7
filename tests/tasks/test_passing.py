"""Who waits for a letter that a province or district has still to pass on."""

from __future__ import annotations

from collections import Counter

import pytest

from letters import OfficeKind
from tasks import Registry, TaskRole, builtin_offices
from tasks.passing import waiting, written_to
from tests.chain.builders import packet
from tests.tasks.test_tasks import department, district, province, until, work

OFFICES = builtin_offices()
REGISTRY = Registry(OFFICES)
TRANG, HUAI_YOT = (REGISTRY.get(code) for code in ("P92", "D9206"))


@pytest.mark.parametrize(("office", "kinds"), [
    (TRANG, {"district": 10, "pao": 1, "city": 1, "town": 1}),
    (HUAI_YOT, {"tambon": 5, "tao": 14}),
    (REGISTRY.get("6920607"), {}),
])
def test_who_writes_to_whom(office, kinds):
    assert Counter(one.kind.value for one in written_to(office, OFFICES)) == kinds


def test_laos_of_a_district_without_a_letter_wait_and_have_no_task():
    top = department(until("2023-06-15"))
    provinces = packet("b", province(), top)
    _, before = work(provinces)
    reached = {task.office for task in before}
    late = waiting(HUAI_YOT, OFFICES, reached)
    assert late == written_to(HUAI_YOT, OFFICES) and len(late) == 19
    assert [task.role for task in before if task.office == HUAI_YOT.code] == [TaskRole.RELAY]
    assert set(late) <= set(waiting(TRANG, OFFICES, reached))
    assert {one.kind for one in waiting(TRANG, OFFICES, reached)} <= {OfficeKind.TAMBON, OfficeKind.TAO}
    _, after = work(packet("a", district(until("2023-05-25")), province(), top), provinces)
    reached = {task.office for task in after}
    assert waiting(HUAI_YOT, OFFICES, reached) == [] and HUAI_YOT.code not in reached

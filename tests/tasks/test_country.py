"""One department letter passed on by every province and every district of the country."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from chain import build_graph
from letters import OfficeKind as K
from tasks import Registry, TaskRole, assign, find_duties, province_letters, read_lao_table
from tests.chain.builders import enclose, letter, packet
from tests.tasks.test_registry import LIST, TO_PROVINCE_WIDE
from tests.tasks.test_tasks import TO_DISTRICT, department, until

pytestmark = pytest.mark.skipif(not LIST.exists(), reason="the official list is not beside the project")


def _packets(registry):
    codes = {name: code for code, name in province_letters().items()}
    top = department(until("2023-06-15"))
    for province in registry.within([K.PROVINCE]):
        if province.name == "กรุงเทพมหานคร":
            continue
        code, name = codes[province.name], f"จังหวัด{province.name}"
        middle = letter(f"{code} 0023.3/ว 88", "2023-05-09", enclose("มท 0816.3/ว 1203", "2023-05-02"), issuer=name,
                        to=TO_PROVINCE_WIDE, deadlines=(until("2023-05-30"),))
        yield packet(province.code, middle, top)
        districts = (one for one in registry.within([K.DISTRICT]) if one.province == province.name)
        for place, district in enumerate(districts, start=10):
            # Running numbers of their own: two districts of like names with one number on one day may be one misread.
            low = letter(f"{code} 0023.{place}/ว {district.code[1:]}", "2023-05-12",
                         enclose(f"{code} 0023.3/ว 88", "2023-05-09", name), issuer=f"อำเภอ{district.name}",
                         to=TO_DISTRICT, deadlines=(until("2023-05-25"),))
            yield packet(district.code, low, middle, top)


def test_every_lao_has_one_task():
    registry = Registry(read_lao_table(LIST))
    copies = [copy for one in _packets(registry) for copy in one]
    graph = build_graph(copies)
    [duty] = find_duties(graph, copies)
    tasks = assign([duty], graph, copies, registry)
    assert Counter(registry.get(task.office).kind for task in tasks) == {
        K.PAO: 76, K.CITY: 30, K.TOWN: 178, K.TAMBON: 2233, K.TAO: 5334}
    assert {task.role for task in tasks} == {TaskRole.DO}
    assert {task.due for task in tasks} == {dt.date(2023, 5, 25), dt.date(2023, 5, 30)}
    assert len({task.office for task in tasks}) == len(tasks)
    assert len(graph.nodes) == 1 + 76 + len(registry.within([K.DISTRICT]))

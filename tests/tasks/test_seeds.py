"""Four real packets to their tasks; only where they lie beside the project."""

from __future__ import annotations

from collections import Counter

import pytest

from chain import build_graph
from tasks import Registry, TaskRole, assign, builtin_offices, find_duties
from tests.chain.test_seeds import SEEDS, seed_copies

pytestmark = pytest.mark.skipif(not SEEDS, reason="the seeds are not beside the project")


def test_who_has_to_do_what_by_when():
    copies = seed_copies()
    graph = build_graph(copies)
    duties = find_duties(graph, copies)
    tasks = assign(duties, graph, copies, Registry(builtin_offices()))
    packet = {ref: copy.packet_name[:3] for copy in copies for ref in [copy.ref.packet]}
    counted = Counter((packet[task.evidence[0].packet], str(task.due), task.role) for task in tasks)
    assert counted == {
        ("000", "2014-07-31", TaskRole.DO): 2, ("000", "2014-07-31", TaskRole.RELAY): 16,
        ("002", "2021-06-15", TaskRole.DO): 18,
        ("003", "2024-12-30", TaskRole.DO): 2, ("003", "2024-12-30", TaskRole.RELAY): 8,
        ("004", "2023-03-24", TaskRole.DO): 6,
    }
    assert len(duties) == 4
    assert all("(INFO)" in (duty.where or "") for duty in duties)

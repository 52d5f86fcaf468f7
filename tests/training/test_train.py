"""Every stage of the training has lines of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.train import PLAN, Stage, shared_out


def test_shares_are_whole() -> None:
    assert sum(stage.share for stage in PLAN) == pytest.approx(1)
    assert [stage.rate for stage in PLAN] == sorted((stage.rate for stage in PLAN), reverse=True)


@pytest.mark.parametrize("count", [4, 10, 120])
def test_stages_share_no_line_and_leave_none(count: int) -> None:
    shards = [Path(f"{number}.lstmf") for number in range(count)]
    assert [shard for _, share in shared_out(shards, PLAN) for shard in share] == shards


def test_one_file_serves_every_stage() -> None:
    plan = (Stage("a", 0.5, 0.1), Stage("b", 0.5, 0.01))
    assert [list(share) for _, share in shared_out([Path("x")], plan)] == [[Path("x")], [Path("x")]]

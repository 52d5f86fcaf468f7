"""Work shared between processes: everything once, in order, whatever befalls a share."""

from __future__ import annotations

import os
import signal

import pytest

from chain.shares import shared


@pytest.mark.parametrize("shares", [1, 2, 3])
def test_shares_are_told_in_order(shares):
    assert list(shared(lambda share: [(share, place) for place in range(3)], shares)) == [
        (share, place) for share in range(shares) for place in range(3)]


def test_other_shares_are_other_processes():
    assert len(set(shared(lambda share: [os.getpid()], 3))) == 3


def test_a_killed_share_is_done_again():
    parent = os.getpid()

    def work(share):
        yield share, "begun"
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        yield share, "done"

    assert list(shared(work, 2)) == [(0, "begun"), (0, "done"), (1, "begun"), (1, "done")]


def test_an_error_in_a_share_is_told():
    def work(share):
        if share == 0:
            raise ValueError("no such day")
        yield share

    with pytest.raises(ValueError, match="no such day"):
        list(shared(work, 2))

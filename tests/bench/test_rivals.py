"""What a share of the engine's choices comes to in the end: a rising line through what was right of what was said."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.rivals import risen


def test_a_share_said_too_high_comes_down() -> None:
    dice = np.random.default_rng(5)
    pairs = [(float(said), bool(dice.random() < said**2)) for said in dice.random(20_000)]
    said, right = np.array(risen(pairs)).T
    for share in (0.3, 0.5, 0.7, 0.9):
        assert np.interp(share, said, right) == pytest.approx(share**2, abs=0.05)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=400))
def test_it_rises_from_nothing_to_one(pairs: list[tuple[float, bool]]) -> None:
    points = risen(pairs)
    assert (points[0], points[-1]) == ((0.0, 0.0), (1.0, 1.0))
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(points))

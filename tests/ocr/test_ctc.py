"""Likelihoods and readings of made columns."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.ctc import beam, likelihoods, log_softmax, plainly


def columns(*classes: int, of: int = 3, sure: float = 0.9) -> np.ndarray:
    rest = (1 - sure) / (of - 1)
    return np.log([[sure if place == one else rest for place in range(of)] for one in classes])


def test_a_likelihood_sums_over_alignments() -> None:
    half = np.log(np.array([[0.5, 0.5, 0.0]] * 2) + 1e-300)  # nothing or a, twice
    assert np.exp(likelihoods(half, ["a", "", "aa"], "ab")) == pytest.approx([0.75, 0.25, 0.0])
    assert beam(half, "ab", "ab")[0] == "a"


def test_twice_the_same_needs_a_blank_between() -> None:
    assert plainly(columns(1, 1, 0, 1, 2, 2), "ab") == "aab"
    assert plainly(columns(0, 0), "ab") == ""
    twice = columns(1, 0, 1)
    assert np.argmax(likelihoods(twice, ["a", "aa", "ab"], "ab")) == 1


def test_only_allowed_signs_are_read() -> None:
    assert beam(columns(1, 0, 2), "b", "ab")[0] == "b"


def test_shares_add_up() -> None:
    assert np.exp(log_softmax(np.array([[3.0, -2.0, 900.0], [0.0, 0.0, 0.0]]))).sum(axis=1) == pytest.approx([1, 1])

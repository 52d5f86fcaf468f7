"""The benchmark of links is itself measured: a planted false link and a planted miss must show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.link_noise import world
from bench.link_score import b_cubed, calibration_error, grade, outcomes
from chain import LinkState, build_graph


@pytest.fixture(scope="module")
def clean():
    made = world(60, 0.0, seed=5)
    return outcomes(build_graph(made.copies), made.letter, made.meant, made.chains)


def test_an_archive_without_noise_is_linked_whole(clean):
    found = grade(clean)
    assert (found.precision, found.recall, found.placeholders, found.chains) == (1.0, 1.0, 1.0, 1.0)


def test_a_planted_false_link_lowers_precision(clean):
    place = next(place for place, one in enumerate(clean) if one.state is LinkState.LINKED)
    wrong = [*clean]
    wrong[place] = replace(wrong[place], chose="another letter")
    assert grade(wrong).precision < 1.0


def test_a_link_to_a_letter_that_is_not_here_is_false(clean):
    place = next(place for place, one in enumerate(clean) if not one.here)
    wrong = [*clean]
    wrong[place] = replace(wrong[place], state=LinkState.LINKED, chose="another letter")
    assert grade(wrong).precision < 1.0


def test_a_planted_miss_lowers_recall_and_breaks_its_chain(clean):
    place = next(place for place, one in enumerate(clean) if one.state is LinkState.LINKED and one.chain)
    wrong = [*clean]
    wrong[place] = replace(wrong[place], state=LinkState.ABSENT, chose=None)
    found = grade(wrong)
    assert found.precision == 1.0 and found.recall < 1.0 and found.chains < 1.0


def test_a_citation_nobody_read_lowers_recall(clean):
    assert grade(clean, missed=3).recall < 1.0


def test_what_a_person_is_asked_counts_as_review_and_not_as_link(clean):
    place = next(place for place, one in enumerate(clean) if one.state is LinkState.LINKED)
    asked = [*clean]
    asked[place] = replace(asked[place], state=LinkState.LIKELY)
    assert grade(asked).recall < 1.0 and grade(asked).review == 1.0


def test_a_clerks_slip_is_for_a_person_and_counts_apart(clean):
    place = next(place for place, one in enumerate(clean) if one.state is LinkState.LINKED and one.chain)
    slipped = [*clean]
    slipped[place] = replace(slipped[place], state=LinkState.LIKELY, slip=True)
    found = grade(slipped)
    assert (found.recall, found.chains, found.slips) == (1.0, 1.0, 1.0)
    slipped[place] = replace(slipped[place], state=LinkState.ABSENT, chose=None)
    lost = grade(slipped)
    assert lost.slips == 0.0 and lost.recall == 1.0 and lost.chains < 1.0


@pytest.mark.parametrize(("pairs", "expected"), [
    ([("a", "1"), ("a", "1"), ("b", "2")], 1.0),
    ([("a", "1"), ("a", "2")], 2 / 3),
    ([("a", "1"), ("b", "1")], 2 / 3),
    ([], None),
])
def test_b_cubed(pairs, expected):
    assert b_cubed(pairs) == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("told", "error"), [
    ([(1.0, True), (0.0, False)], 0.0),
    ([(0.9, False)] * 10, 0.9),
    ([(0.75, True)] * 3 + [(0.75, False)], 0.0),
    ([], None),
])
def test_calibration_error(told, error):
    assert calibration_error(told) == (error if error is None else pytest.approx(error))


def test_the_same_seed_makes_the_same_world_and_noise_changes_what_is_read():
    one, same, noisy = world(20, 0.0), world(20, 0.0), world(20, 0.1)
    assert one == same
    assert [copy.letter for copy in one.copies] != [copy.letter for copy in noisy.copies]
    assert list(one.meant.values()) == list(same.meant.values())

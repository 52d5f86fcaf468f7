"""What is sorted out in sweeps is not worth weighing, whatever numbers and days are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chain.facts import Facts
from chain.linking import in_full, worthwhile
from chain.sieve import Parts, sift
from letters import LetterDate, LetterNumber, Precision

serials = st.one_of(st.integers(1, 40).map(str),
                    st.sampled_from(["1203", "1230", "123", "01203", "ป 12", "12.3", "1283"]))
numbers = st.builds(LetterNumber, st.sampled_from(["มท", "ตง", None]), st.sampled_from(["0816.3", "0813.6", None]),
                    st.booleans(), serials)
days = st.one_of(st.none(), st.just(LetterDate(2023, 5, None, Precision.UNKNOWN_DAY)),
                 st.builds(LetterDate, st.sampled_from([2022, 2023]), st.sampled_from([5, 6]), st.integers(1, 28)))
facts = st.builds(Facts, st.lists(numbers, max_size=2).map(tuple), days, noise=st.integers(0, 5))


def rows(some):
    parts = Parts()
    for one in some:
        parts.add(*(one if isinstance(one, tuple) else (one,)))
    return parts.every()


@settings(max_examples=300, deadline=None)
@given(facts, st.lists(facts, min_size=1, max_size=8))
def test_nothing_worth_weighing_is_sorted_out(cited, known):
    exact = any(in_full(cited, one) for one in known)
    whom = np.arange(len(known))
    kept = sift(rows([cited]), np.array([-1]), rows(known), whom, np.zeros(len(known), np.int64), whom)
    wanted = [worthwhile(cited, one, exact) for one in known]
    assert not any(want and not keep for want, keep in zip(wanted, kept.tolist(), strict=True))


@settings(max_examples=300, deadline=None)
@given(facts, st.lists(st.tuples(facts, facts), min_size=1, max_size=8))
def test_nor_where_letters_are_read_in_two_ways(cited, known):
    exact = any(in_full(cited, one) for one, _ in known)
    whom = np.arange(len(known))
    kept = sift(rows([cited]), np.array([-1]), rows(known), whom, np.zeros(len(known), np.int64), whom)
    wanted = [any(worthwhile(cited, one, exact) for one in some) for some in known]
    assert not any(want and not keep for want, keep in zip(wanted, kept.tolist(), strict=True))


def test_another_letter_of_the_day_is_sorted_out_beside_the_very_one():
    day = LetterDate(2023, 5, 2)
    cited, other, far = (Facts((LetterNumber("มท", "0816.3", True, serial),), day, noise=0)
                         for serial in ("1203", "1204", "977"))
    none, all_three = np.zeros(3, np.int64), np.arange(3)
    kept = sift(rows([cited]), np.array([-1]), rows([cited, other, far]), all_three, none, all_three)
    assert kept.tolist() == [True, False, False]

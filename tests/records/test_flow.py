"""The way of an entry: every role and step, and any order of steps."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from records import (
    WAYS,
    NotAllowed,
    Part,
    Person,
    RecordedBy,
    State,
    Step,
    Taken,
    is_locked,
    next_state,
    steps_open,
)

WHO = {(RecordedBy.LAO, State.DRAFT): {"recorder": "save submit"},
       (RecordedBy.LAO, State.SUBMITTED): {"checker": "check return"},
       (RecordedBy.LAO, State.CHECKED): {"certifier": "certify return"},
       (RecordedBy.LAO, State.CERTIFIED): {"province": "accept return", "certifier": "unlock"},
       (RecordedBy.LAO, State.ACCEPTED): {"province": "unlock", "department": "unlock"},
       (RecordedBy.PROVINCE, State.DRAFT): {"province": "save submit"},
       (RecordedBy.PROVINCE, State.SUBMITTED): {"province": "accept return"},
       (RecordedBy.PROVINCE, State.ACCEPTED): {"province": "unlock", "department": "unlock"}}


def person(*parts: Part, name: str = "ใคร") -> Person:
    return Person(name, frozenset(parts))


@pytest.mark.parametrize(("way", "state", "part", "step"), list(product(RecordedBy, State, Part, Step)))
def test_who_may_take_which_step(way, state, part, step):
    allowed = step in WHO.get((way, state), {}).get(part.value, "").split()
    assert (step in steps_open(way, state, person(part))) is allowed
    if allowed:
        assert isinstance(next_state(way, state, step, person(part), reason="ผิด"), State)
    else:
        with pytest.raises(NotAllowed):
            next_state(way, state, step, person(part), reason="ผิด")


def test_somebody_without_a_part_may_do_nothing():
    assert all(steps_open(way, state, person()) == () for way in RecordedBy for state in State)


@pytest.mark.parametrize("reason", ["", "  "])
def test_going_back_needs_a_reason(reason):
    for state, step, part in ((State.SUBMITTED, Step.RETURN, Part.CHECKER),
                              (State.ACCEPTED, Step.UNLOCK, Part.PROVINCE)):
        with pytest.raises(NotAllowed, match="เหตุผล"):
            next_state(RecordedBy.LAO, state, step, person(part), reason=reason)


def test_four_eyes_within_a_round_where_the_setting_asks_for_them():
    one, other = person(*Part, name="หนึ่ง"), person(*Part, name="สอง")
    submitted = [Taken(Step.SAVE, "สอง"), Taken(Step.SUBMIT, "หนึ่ง")]
    with pytest.raises(NotAllowed, match="คนละคน"):
        next_state(RecordedBy.LAO, State.SUBMITTED, Step.CHECK, one, submitted)
    assert next_state(RecordedBy.LAO, State.SUBMITTED, Step.CHECK, one, submitted, separate=False) is State.CHECKED
    assert next_state(RecordedBy.LAO, State.SUBMITTED, Step.CHECK, other, submitted) is State.CHECKED
    returned = [*submitted, Taken(Step.RETURN, "สอง"), Taken(Step.SUBMIT, "สอง")]
    assert next_state(RecordedBy.LAO, State.SUBMITTED, Step.CHECK, one, returned) is State.CHECKED


class AnyOrder(RuleBasedStateMachine):
    """People of any part try any step; the way holds and no event is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.DRAFT
        self.history: list[tuple[State, Taken, State]] = []

    @rule(part=st.sampled_from(Part), step=st.sampled_from(Step), name=st.sampled_from("กขคง"))
    def attempt(self, part: Part, step: Step, name: str) -> None:
        before = self.state
        try:
            self.state = next_state(RecordedBy.LAO, before, step, person(part, name=name),
                                    [taken for _, taken, _ in self.history], "เหตุผล")
        except NotAllowed:
            return
        self.history.append((before, Taken(step, name), self.state))

    @invariant()
    def every_step_is_an_arrow_and_follows_the_one_before(self) -> None:
        arrows = {(move.before, move.step, move.after) for move in WAYS[RecordedBy.LAO]}
        place = State.DRAFT
        for before, taken, after in self.history:
            assert (before, taken.step, after) in arrows and before is place
            place = after
        assert place is self.state

    @invariant()
    def nobody_took_two_forward_steps_of_this_round(self) -> None:
        people: list[str] = []
        for _, taken, after in self.history:
            people = [] if taken.step in (Step.RETURN, Step.UNLOCK) else people
            if after is not State.DRAFT:
                people.append(taken.actor)
        assert len(people) == len(set(people))

    @invariant()
    def what_is_locked_came_the_whole_way(self) -> None:
        if is_locked(self.state):
            since = [taken.step for _, taken, _ in self.history]
            assert since[::-1].index(Step.CERTIFY) < since[::-1].index(Step.CHECK) < since[::-1].index(Step.SUBMIT)


TestAnyOrder = AnyOrder.TestCase

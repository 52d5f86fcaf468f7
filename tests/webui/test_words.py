"""Every state, kind and role has a word on the screens."""

from __future__ import annotations

from enum import StrEnum

import pytest

from archive import JobState, Role, Stage, StageState
from chain import JudgementKind, Level, LinkRelation, LinkState
from letters import AttachmentKind, DeadlineKind, Kind
from parsing.boundaries import Start
from parsing.corrections import LISTS, PARTS, STARTS
from records import RecordedBy, State, Step
from tasks import TaskRole, TaskState
from webui import words
from webui.app import TEXT_SIZES
from webui.fields import READINGS
from webui.views.tasks import DUE

TABLES: list[tuple[str, type[StrEnum]]] = [
    ("entry_state", State), ("entry_step", Step), ("recorded_by", RecordedBy),
    ("role", Role), ("kind", Kind), ("level", Level), ("relation", LinkRelation), ("link_state", LinkState),
    ("task_state", TaskState), ("task_role", TaskRole), ("deadline", DeadlineKind), ("attachment", AttachmentKind),
    ("stage", Stage), ("stage_state", StageState), ("job_state", JobState),
    ("start", Start),
]


@pytest.mark.parametrize(("table", "kind"), TABLES)
def test_every_value_has_a_word(table: str, kind: type[StrEnum]) -> None:
    assert set(getattr(words, table)) == {value.value for value in kind}


@pytest.mark.parametrize(("table", "keys"), [
    ("field", READINGS), ("due", DUE), ("text_size", TEXT_SIZES),
    ("item", ["kind", "pages", "received_stamps", "signatory", STARTS, *LISTS])])
def test_every_field_and_choice_has_a_word(table: str, keys: list[str]) -> None:
    assert set(getattr(words, table)) == set(keys)


def test_every_part_of_a_field_has_a_word() -> None:
    assert {field: set(named) for field, named in words.part.items()} == {
        field: set(names) for field, names in PARTS.items()}


def test_everything_that_can_have_happened_to_a_letter_has_a_word() -> None:
    assert set(words.past) == {"received", "accepted", "corrected", *JudgementKind}

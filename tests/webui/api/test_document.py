"""The API asked for whatever its OpenAPI document allows and forbids; it must answer as the document says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.strategies import booleans
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive import Role, Scope
from saraban.jobs import run_all
from tests.webui.conftest import World, furnish
from tests.webui.packets import CHAIN
from webui.access import API
from webui.api.core import Closed, Open

EXAMPLES = 6
"""Requests an operation gets of each kind; all together stay below a minute."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[World]:
    """A house of its own, since what is asked of it changes it."""
    made = furnish(tmp_path_factory.mktemp("asked"), blank, requests_per_minute=1_000_000)
    made.take_in("chain.txt", CHAIN)
    run_all(made.archive, made.settings)
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def given(house: World) -> dict[str, Any]:
    """Things that are there, by the name that paths give them."""
    packet = house.archive.packets.list()[0].id
    other = house.archive.users.add("somebody", "correct horse battery", Role.CLERK)
    spare = house.archive.tokens.make(other.id, "spare", [Scope.READ], 30)[1]
    hook = house.archive.webhooks.add(other.id, "https://192.0.2.1/", ["ping"])
    return {"packet_id": packet, "node_id": house.node("พช 0118/ว 417"), "user_id": other.id, "token_id": spare.id,
            "task_id": house.archive.tasks.list()[0].task.id, "webhook_id": hook.id, "job_id": 1, "number": 1,
            "office": "6670318", "code": "6670318", "form_code": "INFO08", "year": 2566, "ce_year": 2023,
            "book": "received", "digest": "0" * 64, "kind": "csv"}


@pytest.fixture(scope="module")
def key(house: World) -> str:
    admin = house.archive.users.named("admin1")
    assert admin is not None
    return house.archive.tokens.make(admin.id, "asker", list(Scope), 30)[0]


@pytest.fixture(scope="module")
def document(house: World) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", house.app, config=SchemathesisConfig())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the asker leaves files open
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("name", sorted(API))
def test_answers_are_as_the_document_says(document: Any, given: dict[str, Any], key: str, name: str,
                                          mode: GenerationMode) -> None:
    """Half of the requests ask for things that are there. That what fits its types may be refused all the same (an
    office that is not there, a state that cannot follow, a version that was overtaken) is no fault."""

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
              phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
    @hypothesis.given(document.find_operation_by_id(name).as_strategy(generation_mode=mode), booleans())
    def ask(case: Case, real: bool) -> None:
        for part in case.path_parameters or {}:
            if real and part in given and mode is GenerationMode.POSITIVE:
                case.path_parameters[part] = given[part]
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=[positive_data_acceptance])

    ask()


def test_no_two_types_share_a_name_in_the_document() -> None:
    def below(kind: type) -> Iterator[type]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    names = [one.__name__ for base in (Open, Closed) for one in below(base)]
    assert sorted(set(names)) == sorted(names)

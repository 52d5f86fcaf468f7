"""Programs with keys of every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import Role, Scope
from tests.webui.conftest import World

EVERY = tuple(Scope)


@dataclass
class Program:
    """A client that sends its key, and JSON."""

    client: FlaskClient
    key: str | None
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(self, method: str, path: str, json: Any = None, match: str | None = None,
                 **given: Any) -> TestResponse:
        headers = dict(self.headers)
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        if match is not None:
            headers["If-Match"] = match
        body = {} if json is None else {"json": json}
        return self.client.open(f"/api/v1{path}", method=method, headers=headers, buffered=True, **body, **given)

    def get(self, path: str, **given: Any) -> Any:
        """The JSON of what must be there."""
        answer = self("GET", path, **given)
        assert answer.status_code == 200, answer.text
        return answer.json


def program(world: World, name: str | None, scopes: tuple[Scope, ...] = EVERY) -> Program:
    """A program with a new key of a user; without a name, a stranger."""
    if name is None:
        return Program(world.app.test_client(), None)
    person = world.archive.users.named(name)
    assert person is not None
    secret, _ = world.archive.tokens.make(person.id, "test", scopes, 30)
    return Program(world.app.test_client(), secret)


@pytest.fixture(scope="session")
def programs(world: World) -> Callable[[Role | None], Program]:
    """A program of each role, the same for all tests."""
    kept: dict[Role | None, Program] = {}

    def give(role: Role | None) -> Program:
        if role not in kept:
            kept[role] = program(world, f"{role}1" if role else None)
        return kept[role]

    return give

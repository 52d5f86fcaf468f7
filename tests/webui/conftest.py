"""A small archive read by the real pipeline, and browsers without a screen that sign in to it."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from archive import LAO_ROLES, Archive, Role
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings
from tasks import builtin_offices
from tests.webui.packets import CHAIN, NASTY_NAME, SCRIPT, SECRET
from webui import create_app

PASSWORD = "correct horse battery"
NOW = dt.datetime(2023, 6, 20, 3, 0, tzinfo=dt.UTC)
"""Between the letters' dates and the first deadline."""

LAO_OFFICE = "6670318"
OTHER_OFFICE = "6670304"
PROVINCE_OFFICE = "P67"


class Visitor:
    """A test client that fills in forms as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **given: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **given)

    def token(self) -> str:
        page = self.client.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **given: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **given)

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> TestResponse:
        return self.post("/sign-in", {"name": name, "password": password, **more})


@dataclass
class World:
    """An archive, its application, and ids to look at."""

    archive: Archive
    settings: Settings
    app: Flask

    def visitor(self, role: Role | str | None = None) -> Visitor:
        visitor = Visitor(self.app.test_client())
        if role is not None:
            assert visitor.sign_in(f"{role}1").status_code == 302
        return visitor

    def take_in(self, name: str, data: str | bytes) -> str:
        path = self.settings.home / "file"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return take_in(self.archive, self.settings, path, name, "clerk1")[0].id

    def node(self, number: str) -> str:
        return next(node.id for node in self.archive.graph.nodes(limit=100) if str(node.number) == number)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an archive with its offices and a user of each role, to be copied: hashing passwords takes time."""
    home = tmp_path_factory.mktemp("blank")
    with Archive.create(home) as archive:
        archive.offices.save(builtin_offices())
        for role in Role:
            archive.users.add(f"{role}1", PASSWORD, role,
                              LAO_OFFICE if role in LAO_ROLES else PROVINCE_OFFICE if role is Role.PROVINCE else None)
    return home


def furnish(home: Path, blank: Path, **settings: Any) -> World:
    """A fresh archive like the blank one."""
    shutil.copytree(blank, home, dirs_exist_ok=True)
    chosen, archive = Settings(home=home, **settings), Archive.open(home)
    return World(archive, chosen, create_app(archive, chosen, clock=lambda: NOW))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[World]:
    """Three packets, read. Tests look at it; what they change, no other test looks at."""
    made = furnish(tmp_path_factory.mktemp("world"), blank)
    made.take_in("chain.txt", CHAIN)
    made.take_in("secret.txt", SECRET)
    made.take_in(NASTY_NAME, SCRIPT)
    assert all(job.state == "done" for job in run_all(made.archive, made.settings))
    yield made
    made.archive.close()


@pytest.fixture
def fresh(tmp_path: Path, blank: Path) -> Iterator[Callable[..., World]]:
    """Makes empty archives for tests that break or fill them."""
    made: list[World] = []

    def make(**settings: Any) -> World:
        made.append(furnish(tmp_path / str(len(made)), blank, **settings))
        return made[-1]

    yield make
    for one in made:
        one.archive.close()


@pytest.fixture(scope="session")
def signed_in(world: World) -> Callable[[str], Visitor]:
    """A signed-in visitor of a role, the same for all tests: hashing passwords takes time."""
    kept: dict[str, Visitor] = {}

    def give(role: str) -> Visitor:
        if role not in kept:
            kept[role] = world.visitor(role)
        return kept[role]

    return give

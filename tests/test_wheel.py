"""What is installed holds all that the program reads: templates, scripts, fonts, words, models, tables, migrations."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = [name.rstrip("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]
SOURCES = {".po"}
"""Endings of files that others are made from, and that nothing reads when the program runs."""


def files_of(room: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in (ROOT / room).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.suffix not in SOURCES}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that is built of a copy, so that nothing is left beside the sources."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", build, out], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as built:
        return set(built.namelist())


@pytest.mark.parametrize("room", ROOMS)
def test_a_wheel_holds_every_file_of_a_room(wheel: set[str], room: str) -> None:
    assert files_of(room) - wheel == set()


def test_a_wheel_holds_no_other_rooms(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == set(ROOMS)


@pytest.mark.parametrize("name", [
    "webui/templates/base.html", "webui/static/style.css", "webui/static/vendor/icons.svg",
    "webui/translations/frame/en/LC_MESSAGES/messages.mo", "parsing/data/calibration.json",
    "ocr/models/choices.json", "archive/migrations/versions/0001_first_tables.py", "letters/py.typed",
])
def test_a_wheel_holds(wheel: set[str], name: str) -> None:
    assert name in wheel

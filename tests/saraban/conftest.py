"""An archive of its own for each test, and packets as text so that no OCR is needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saraban.cli import saraban
from tests.parsing.texts import DEPARTMENT, PROVINCE

FORWARDED = f"{PROVINCE}\n\f{DEPARTMENT}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    path = tmp_path / "packet.txt"
    path.write_text(FORWARDED, encoding="utf-8")
    return path


@pytest.fixture
def run(home: Path) -> Callable[..., Result]:
    """Runs a verb on the test's archive as the command line would, errors included."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(saraban, [str(word) for word in words], env={"SARABAN_HOME": str(home)})

    return call

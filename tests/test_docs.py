"""What the documents promise is there: commands, settings, dependencies, links."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from saraban.cli import saraban
from saraban.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
DOCUMENTS = sorted(
    path for place in (".", "docs", "docs/decisions", "samples", "training") for path in (ROOT / place).glob("*.md")
)


def test_the_readme_opens_with_the_two_commands() -> None:
    assert README.index("make demo") < README.index("make test") < README.index("## ")
    assert README.index("![") < README.index("make demo")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE))))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"bin/saraban ([a-z]+)", README))))
def test_every_verb_of_the_readme_exists(verb: str) -> None:
    assert saraban.get_command(click.Context(saraban), verb) is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for name in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert re.split(r"[><=\[]", name)[0] in said, name


def test_pins_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert all("==" in line for line in text.splitlines() if line and not line.lstrip().startswith("#"))


def test_every_setting_has_a_variable_and_words() -> None:
    for setting in fields(Settings):
        assert setting.metadata["variable"].startswith("SARABAN_")
        assert setting.metadata["help"]

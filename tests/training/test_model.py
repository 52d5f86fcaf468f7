"""The shipped model knows every character a letter needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.charset import (
    ARABIC_DIGITS,
    CHARACTERS,
    CONSONANTS,
    LATIN,
    OTHER_MARKS,
    THAI_DIGITS,
    TONE_MARKS,
    VOWELS,
    unicharset,
)
from training.starter import unpack
from training.train import MODEL


@pytest.fixture(scope="module")
def model_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The common path of the shipped model's components."""
    return unpack(MODEL, tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def known(model_parts: Path) -> set[str]:
    """The entries of the shipped model's character set."""
    rows = Path(f"{model_parts}.lstm-unicharset").read_text("utf-8").splitlines()[1:]
    return {row.split(" ")[0] for row in rows}


@pytest.mark.tesseract
@pytest.mark.parametrize(("name", "characters"), [
    ("Thai digits", THAI_DIGITS), ("Arabic digits", ARABIC_DIGITS), ("consonants", CONSONANTS), ("vowels", VOWELS),
    ("tone marks", TONE_MARKS), ("other marks", OTHER_MARKS), ("Latin letters", LATIN), ("signs", "ฯๆ/().,:;-–“”‘’%&@"),
])
def test_model_knows(known: set[str], name: str, characters: str) -> None:
    assert set(characters) - known == set(), f"{name} missing from the model"


@pytest.mark.tesseract
def test_model_keeps_spaces_as_printed(model_parts: Path) -> None:
    assert "preserve_interword_spaces 1" in Path(f"{model_parts}.config").read_text("utf-8")


@pytest.mark.tesseract
def test_model_is_int8_and_small(model_parts: Path) -> None:
    assert Path(f"{model_parts}.lstm").stat().st_size < 1_100_000


def test_the_lists_are_whole() -> None:
    assert (len(CONSONANTS), len(THAI_DIGITS), len(TONE_MARKS)) == (44, 10, 4)
    assert len(set(CHARACTERS)) == len(CHARACTERS)


def test_unicharset_counts_its_entries() -> None:
    rows = unicharset().splitlines()
    assert int(rows[0]) == len(rows) - 1 == len(CHARACTERS) + 3
    assert "๔ 8 0,255,0,255,0,0,0,0,0,0 Thai 81 0 81 ๔" in rows

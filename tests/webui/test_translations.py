"""Every Thai text of the screens has its English, and the compiled words are those of the files that people edit.

``make words`` (``python -m tests.webui.test_translations``) compiles them and lists what is missing, by file.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from webui.language import subjects

WEBUI = Path("webui")
FOLDER = "en/LC_MESSAGES"
MADE = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
"""Stands in every compiled file: the present would make each one different."""
METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None}


def texts() -> Iterator[tuple[str, str]]:
    """The texts that are to be translated, with the file of each."""
    for file, _line, text, _comments, _context in extract_from_dir(WEBUI, METHODS, keywords=KEYWORDS):
        yield str(text), file


def english() -> dict[str, str]:
    """English by Thai."""
    found = {}
    for subject in subjects():
        with (subject / FOLDER / "messages.po").open("rb") as file:
            found |= {str(message.id): str(message.string) for message in read_po(file, locale="en") if message.id}
    return found


def missing() -> set[tuple[str, str]]:
    """Texts without English."""
    known = english()
    return {(file, text) for text, file in texts() if not known.get(text)}


def compiled(subject: Path) -> bytes:
    """What ``messages.mo`` must hold."""
    with (subject / FOLDER / "messages.po").open("rb") as file, BytesIO() as made:
        catalog = read_po(file, locale="en")
        catalog.creation_date = catalog.revision_date = MADE
        write_mo(made, catalog)
        return made.getvalue()


def test_every_text_has_its_english() -> None:
    assert missing() == set()


@pytest.mark.parametrize("subject", subjects(), ids=lambda path: path.name)
def test_compiled_words_are_fresh(subject: Path) -> None:
    assert (subject / FOLDER / "messages.mo").read_bytes() == compiled(subject), "make words compiles them"


if __name__ == "__main__":
    for folder in subjects():
        (folder / FOLDER / "messages.mo").write_bytes(compiled(folder))
    lacking = sorted(missing())
    for file, text in lacking:
        print(f"{file}: {text}")
    sys.exit(1 if lacking else 0)

"""The user guide: a short page for each subject, in Thai and English, as Markdown beside this file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).parent

PAGES = ("start", "intake", "packets", "review", "letters", "search", "chains", "registers", "tasks", "records",
         "progress", "secrets", "admin", "account")
"""The pages in the order of a letter's way."""

_OF_SCREENS = {
    "home": "start", "downloads": "packets", "register_rows": "registers", "register_lists": "registers",
    "feeds": "tasks", "task_batch": "tasks", "entries": "records", "admin_users": "admin", "admin_house": "admin",
}


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page: its heading and its text as HTML, of our own words only."""

    name: str
    title: str
    html: str


def page_of(blueprint: str | None) -> str:
    """The page that explains the screens of a blueprint; the first one where none does."""
    name = _OF_SCREENS.get(blueprint or "", blueprint or "")
    return name if name in PAGES else PAGES[0]


@cache
def title_of(name: str, language: str) -> str:
    """The heading of a page."""
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def read(name: str, language: str, link: Callable[[str], str], picture: Callable[[str], str]) -> GuidePage:
    """A page in a language (``th`` or ``en``). ``link`` gives the address of a page by name, ``picture`` that of a
    picture. Raises ``KeyError`` for a name that is no page."""
    if name not in PAGES:
        raise KeyError(name)
    text = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8").partition("\n")[2]
    reader = MarkdownIt("commonmark", {"html": False})
    tokens = reader.parse(text)
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrSet("href", link(str(token.attrGet("href"))))
        elif token.type == "image":
            token.attrSet("src", picture(str(token.attrGet("src"))))
            token.attrSet("loading", "lazy")
    return GuidePage(name, title_of(name, language), reader.renderer.render(tokens, reader.options, {}))


def _all(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *(token.children or ()))]

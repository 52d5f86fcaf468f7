"""Text that somebody already has: UTF-8, a form feed between pages."""

from __future__ import annotations

from pathlib import Path

from letters.errors import EmptyFile, LimitExceeded, WrongType
from letters.page import Line, Page, Source
from letters.text import mend
from ocr.kinds import decode
from ocr.limits import Limits


class TextFile:
    """The pages of a text file. Raises ``WrongType``, ``EmptyFile`` or ``LimitExceeded``."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        text = decode(path.read_bytes())
        if text is None:
            raise WrongType(name)
        if not any(sign.isalnum() for sign in text):
            raise EmptyFile(name)
        pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
        if not pages[-1].strip():
            pages.pop()  # a form feed may also end the last page
        if len(pages) > limits.pages:
            raise LimitExceeded(name, f"{len(pages)} pages > pages {limits.pages}")
        self.pages = tuple(pages)
        self.page_count = len(pages)

    def close(self) -> None:
        """Nothing is held open."""


def text_page(number: int, text: str) -> Page:
    """A page of bare text: its lines as they stand, blank ones too."""
    lines = tuple(Line(mend(row.rstrip())) for row in text.strip("\n").split("\n"))
    return Page(number, lines, Source.TEXT, reader="text")

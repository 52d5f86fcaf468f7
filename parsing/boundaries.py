"""Where a person says that letters start; it goes before whatever a page looks like."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Start(StrEnum):
    """What a page is: the first of a letter, one more page of the letter before it, or no letter's page."""

    LETTER = "letter"
    SAME = "same"
    ATTACHMENT = "attachment"


Starts = Mapping[int, Start]
"""Page number → what a person said of it."""

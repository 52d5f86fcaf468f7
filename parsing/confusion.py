"""Rival readings weighed by what the reader takes for what (``ocr.confusions``), in this room's terms."""

from __future__ import annotations

from collections.abc import Iterable

from letters.text import THAI_DIGITS, thai
from ocr.confusions import ConfusionTable, load

LONGEST = 24  # characters of a text worth weighing; longer ones are compared in their beginning


def measured(reader: str = "") -> ConfusionTable | None:
    """The table, if it was measured on the model that read the page (``letters.Page.reader``); ``None`` for text that
    somebody else read, of which nothing is known."""
    table = load()
    return table if table.speaks_for(reader) else None


def as_printed(value: str, printed: str) -> str:
    """A value in the digits of the print beside it: ``456`` as ``๔๕๖`` where the print has Thai digits."""
    return thai(value) if any(digit in THAI_DIGITS for digit in printed) else value


def weigh(read: str, candidates: Iterable[str], table: ConfusionTable | None) -> dict[str, float]:
    """P(candidate was printed | read) over the candidates, summing to 1; all alike where no table speaks."""
    choices = list(dict.fromkeys(candidates))
    if not choices:
        return {}
    chances = {one: table.text_likelihood(read[:LONGEST], one[:LONGEST]) if table else 1.0 for one in choices}
    total = sum(chances.values())
    return {one: chance / total for one, chance in chances.items()}


def misread(read: str, printed: str, table: ConfusionTable | None) -> float:
    """How much of what goes wrong with ``printed`` comes out as ``read``, 0–1; 1 where no table speaks (nothing is
    known for or against)."""
    if table is None or read == printed:
        return 1.0
    right = table.text_likelihood(printed[:LONGEST], printed[:LONGEST])
    return min(1.0, table.text_likelihood(read[:LONGEST], printed[:LONGEST]) / max(1e-9, 1.0 - right))

"""Word tables of the room: tab-separated files in ``parsing/data`` with a heading line and a source column."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``parsing/data/<name>.tsv`` by heading; lines that begin with # are remarks."""
    text = (resources.files("parsing") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t"))


def column(name: str, field: str, **where: str) -> tuple[str, ...]:
    """One column of a table, in file order, from the rows that have the given values."""
    return tuple(row[field] for row in table(name) if all(row[key] == value for key, value in where.items()))

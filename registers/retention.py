"""How long letters are kept (the Regulation, clause 57, with the amendment of B.E. 2548)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

FOREVER = "forever"


@dataclass(frozen=True, slots=True)
class Retention:
    """A class of keeping. ``years``: at least so many; ``None`` for ever, or as another law says."""

    key: str
    years: int | None
    thai: str
    english: str
    clause: str


def _read() -> dict[str, Retention]:
    text = (files("registers") / "data" / "retention.tsv").read_text("utf-8")
    return {row["key"]: Retention(row["key"], int(row["years"]) if row["years"] else None, row["thai"], row["english"],
                                  row["clause"])
            for row in csv.DictReader(text.splitlines(), delimiter="\t")}


RETENTION: Mapping[str, Retention] = _read()
"""The classes by key, the longest first."""

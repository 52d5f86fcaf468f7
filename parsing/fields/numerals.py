"""Numbers that periods are counted with, in digits or in words."""

from __future__ import annotations

import re

from parsing.loose import loose
from parsing.tables import table


def counted(printed: str) -> int:
    """A count as an integer: ``๗`` as ``7`` (Arabic digits only), ``เจ็ด``. Raises ``ValueError`` for anything else."""
    if printed.isdigit():
        return int(printed)
    found = (int(row["value"]) for row in table("numerals") if re.fullmatch(loose(row["form"], spaced=True), printed))
    number = next(found, None)
    if number is None:
        raise ValueError(f"no count: {printed!r}")
    return number

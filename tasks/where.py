"""Where a duty is done: the system and menu that a letter names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from letters.text import arabic, mend, squeeze
from tasks.registry import rows


def where_of(texts: Iterable[str]) -> str | None:
    """The systems and menus named in any of the texts, joined by `` › ``; ``None`` where none is named."""
    squeezed = [squeeze(arabic(mend(text))).replace("ขององค์กรปกครองส่วนท้องถิ่น", "") for text in texts]
    found = [place for pattern, place in _places() if any(pattern.search(text) for text in squeezed)]
    return " › ".join(found) or None


@cache
def _places() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["where"]) for row in rows("systems.tsv"))

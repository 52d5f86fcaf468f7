"""Where a duty is done: the system and menu that a letter names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from letters.text import arabic, mend, squeeze
from tasks.registry import rows


def where_of(texts: Iterable[str]) -> str | None:
    """The system, and the menus of it, that the texts name, joined by `` › ``; ``None`` where no system is named.

    The words of a menu alone (สถานที่ท่องเที่ยว) are everyday words and name no place to work in.
    """
    squeezed = [squeeze(arabic(mend(text))).replace("ขององค์กรปกครองส่วนท้องถิ่น", "") for text in texts]
    (system, name), *menus = _places()
    named = [text for text in squeezed if system.search(text)]
    found = [menu for pattern, menu in menus if any(pattern.search(text) for text in named)]
    return " › ".join([name, *found]) if named else None


@cache
def _places() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns and names of the data file: the system first, then its menus."""
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["where"]) for row in rows("systems.tsv"))

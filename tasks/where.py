"""Where a duty is done: the system that a letter names, and the menus (forms) of it that its request means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from letters.text import arabic, mend, squeeze
from tasks.model import Menu
from tasks.registry import rows

_OF_LAOS = re.compile(r"ของ(?:องค์กรปกครองส่วนท้องถิ่น|องค์การปกครองส่วนท้องถิ่น)")


def plain(text: str) -> str:
    """Text as names are compared: no blanks, Arabic digits, lower case, without ขององค์กรปกครองส่วนท้องถิ่น."""
    return _OF_LAOS.sub("", squeeze(arabic(mend(text)))).lower()


def system_of(texts: Iterable[str]) -> str | None:
    """The system that the texts name; ``None`` where they name none."""
    squeezed = [plain(text) for text in texts]
    return next((name for pattern, name in _systems() if any(pattern.search(text) for text in squeezed)), None)


def meant(text: str, menus: Iterable[Menu]) -> tuple[Menu, ...]:
    """The menus that words mean, by the forms' own aliases. A domain named only as the place of a topic (ด้านที่ 6 …
    หัวข้อ …) is not meant itself; the words for all of them (8 ด้าน) mean each."""
    words, every = plain(text), tuple(menus)
    called = [menu for menu in every if _any(menu.words, words)]
    topics = {menu.domain for menu in called if not menu.own}
    together = [menu for menu in every if _any(menu.groups, words)]
    return tuple(menu for menu in every
                 if menu in together or (menu in called and not (menu.own and menu.domain in topics)))


def where(system: str | None, menus: Iterable[Menu]) -> str | None:
    """System and menus as one line, joined by `` › ``; ``None`` without a system."""
    return " › ".join([system, *(menu.where for menu in menus)]) if system else None


def _any(phrases: Iterable[str], text: str) -> bool:
    return any(plain(phrase) in text for phrase in phrases)


@cache
def _systems() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["where"]) for row in rows("systems.tsv"))

"""Reasons of doubts, repairs and rivals in English: by a table, so that every finder writes its reason once, in Thai.

Reasons are stored with the letters in Thai, the language of those who check them; English is for the reader who has
switched the screens.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from letters.date import BE_OFFSET
from parsing.tables import table

_MONTHS = dict(
    zip(
        ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        strict=True,
    )
)
_DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(map(re.escape, _MONTHS))}) (25\d\d)")
_SLOT = re.compile(r"\{(reason|signs|)\}")


@lru_cache(maxsize=2048)
def in_english(reason: str) -> str:
    """The reason in English, what it quotes as it stands; days of the Buddhist era that are not quoted become CE.
    A reason that the table does not know comes back as it is."""
    for pattern, english in _patterns():
        if found := pattern.fullmatch(reason):
            told = [_told(name, value) for name, value in found.groupdict().items()]
            return _SLOT.sub("{}", english).format(*told)
    return reason


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(row["thai"]), row["english"]) for row in table("reasons"))


def _pattern(thai: str) -> re.Pattern[str]:
    """``{}`` stands for any words, ``{reason}`` for another reason, ``{signs}`` for signs of the table of signs;
    all keep their order in English."""
    slots = _SLOT.findall(thai)
    parts = [re.escape(part) for part in _SLOT.split(thai)[::2]]
    names = [f"(?P<{slot or 'words'}{place}>.+?)" for place, slot in enumerate(slots)]
    return re.compile("".join(part + name for part, name in zip(parts, [*names, ""], strict=True)), re.DOTALL)


def _told(name: str, value: str) -> str:
    if name.startswith("reason"):
        return in_english(value)
    if name.startswith("signs"):
        known = {row["thai"]: row["english"] for row in table("sign_names")}
        places = sorted((value.find(thai), english) for thai, english in known.items() if thai in value)
        return ", ".join(english for _, english in places)
    return _DAY.sub(_ce, value).replace(" หรือ ", " or ")


def _ce(found: re.Match[str]) -> str:
    day = f"{found[1]} " if found[1] else ""
    return f"{day}{_MONTHS[found[2]]} {int(found[3]) - BE_OFFSET}"

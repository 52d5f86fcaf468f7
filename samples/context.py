"""Where and when a packet plays: places, shifted years, digit style. The same letter data gives many packets."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from letters.date import MONTHS, SHORT_MONTHS
from letters.text import thai

HERE = Path(__file__).parent
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
_DATE = re.compile(r"<(?P<form>[a-z]*)\s*(?P<iso>\d{4}(?:-\d\d){0,2})>")
_PLACE = re.compile(r"\{(\w+)\}")
_LATIN = re.compile(r"[A-Za-z]")


def load_places() -> dict[str, dict[str, str]]:
    """Province name → words of that place (``pc`` letters, ``dist`` district, streets, post codes, one LAO)."""
    return tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Context:
    """Fills placeholders. ``years`` shifts every date; ``digits`` is ``thai`` or ``arabic``; ``all_digits`` is set for
    a face that draws every digit as a Thai one; ``writer`` is whose hand fills in numbers
    (:func:`samples.hand.digits`). Without a shift, the packet is the one written in its file. Running numbers are never
    shifted: letters and their citations also print them in words of their own."""

    place: dict[str, str]
    digits: str = "thai"
    years: int = 0
    all_digits: bool = False
    writer: str = "round"

    def shift(self, iso: str) -> str:
        """A CE date, month or year of the packet's file, moved to the packet's own year (29 to 28 February)."""
        year, *rest = iso.split("-")
        moved = "-".join([str(int(year) + self.years), *rest])
        return moved if len(rest) < 2 or valid_day(moved) else f"{moved[:-2]}28"

    def fill(self, text: str) -> str:
        """Placeholders ``{prov}`` and dates ``<w 2023-03-24>`` put in; digits still Arabic."""
        text = _PLACE.sub(lambda found: self.place[found[1]], text)
        return _DATE.sub(lambda found: date_words(self.shift(found["iso"]), found["form"]), text)

    def print(self, text: str) -> str:
        """As printed: digits in the packet's style, except in words with Latin letters (addresses of web pages)."""
        if self.all_digits:
            return thai(text)
        if self.digits != "thai":
            return text
        return re.sub(r"\S+", lambda word: word[0] if _LATIN.search(word[0]) else thai(word[0]), text)

    def number(self, canonical: str) -> dict[str, object]:
        """``มท 0810.7/ว 908`` in its parts; leading zeros and letters of the running number are kept."""
        owner, _, running = self.fill(canonical).rpartition("/")
        code, _, agency = owner.rpartition(" ")
        circular = running.startswith("ว")
        return {"code": code or None, "agency": agency or None, "circular": circular,
                "serial": running.removeprefix("ว").strip()}


def date_words(iso: str, form: str = "") -> str:
    """A CE date in Thai words, BE, Arabic digits. Forms: none ``24 มีนาคม 2566``; ``w`` with weekday; ``s`` short
    with two-digit year; ``n`` numeric; ``m`` month and year; ``d`` day and month; ``y`` year; ``p`` with พ.ศ."""
    parts = [int(part) for part in iso.split("-")]
    be = parts[0] + 543
    if form == "y":
        return str(be)
    month = MONTHS[parts[1] - 1]
    if form == "m":
        return f"{month} {be}"
    day = parts[2]
    words = {
        "d": f"{day} {month}",
        "s": f"{day} {SHORT_MONTHS[parts[1] - 1]} {be % 100:02d}",
        "n": f"{day}/{parts[1]}/{be % 100:02d}",
        "p": f"{day} {month} พ.ศ. {be}",
        "w": f"วัน{WEEKDAYS[calendar.weekday(parts[0], parts[1], day)]}ที่ {day} {month} {be}",
    }
    return words.get(form, f"{day} {month} {be}")


def valid_day(iso: str) -> bool:
    """Whether it is a calendar day in ISO form."""
    try:
        dt.date.fromisoformat(iso)
    except ValueError:
        return False
    return True

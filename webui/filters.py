"""How values are shown: dates of the Buddhist era, instants in Thai time, sizes, shares."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from flask import Flask

from letters import LetterDate
from letters.date import BE_OFFSET, SHORT_MONTHS
from webui.current import THAILAND
from webui.typed import prefilled

_KILO = 1024


def thai_date(value: LetterDate | dt.date | None, *, short: bool = True) -> str:
    """A date as a Thai reader expects it: ``24 มี.ค. 2566``, or with the whole month's name; empty for none."""
    if value is None:
        return ""
    return (value if isinstance(value, LetterDate) else LetterDate.of(value)).thai(short=short)


def thai_time(value: dt.datetime | None) -> str:
    """An instant (UTC) as day and minute in Thailand: ``20 พ.ย. 2569 18:05``."""
    if value is None:
        return ""
    here = value.astimezone(THAILAND) if value.tzinfo else value.replace(tzinfo=dt.UTC).astimezone(THAILAND)
    return f"{here.day} {SHORT_MONTHS[here.month - 1]} {here.year + BE_OFFSET} {here:%H:%M}"


def written_words(text: str, field: str) -> str:
    """A value as corrections keep it, in a reader's words: dates of the Buddhist era."""
    return " ".join(part for part in prefilled(field, text).values() if part)


def percent(value: float) -> str:
    """A share of 1 in percent: ``97%``. Only what is certain is 100."""
    return "100%" if value >= 1 else f"{min(99, round(value * 100))}%"


def size(value: int) -> str:
    """Bytes for people: ``840 KB``."""
    if value < _KILO * _KILO:
        return f"{max(1, round(value / _KILO)):,} KB"
    return f"{value / _KILO / _KILO:,.1f} MB"


def query(values: dict[str, object], **change: object) -> str:
    """A query string of these values, some of them changed; empty ones are left out."""
    pairs = {key: value for key, value in {**values, **change}.items() if value not in (None, "", False)}
    return "?" + urlencode(pairs) if pairs else "?"


def add_filters(app: Flask) -> None:
    """Makes them known to the templates."""
    app.add_template_filter(written_words, "written")
    for filter_ in (thai_date, thai_time, percent, size, query):
        app.add_template_filter(filter_)

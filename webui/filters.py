"""How values are shown: dates of the Buddhist era, instants in Thai time, sizes, shares."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from flask import Flask, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from letters import LetterDate
from letters.date import BE_OFFSET, Precision
from parsing.reasons import in_english
from webui import words
from webui.current import THAILAND
from webui.language import language
from webui.typed import prefilled

_KILO = 1024
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")


def thai_date(value: LetterDate | dt.date | None, *, short: bool = True) -> str:
    """A date as a Thai reader expects it: ``24 มี.ค. 2566``, or with the whole month's name; empty for none.

    Readers of English get the common era with the Buddhist year beside it: ``24 Mar 2023 (2566)``.
    """
    if value is None:
        return ""
    date = value if isinstance(value, LetterDate) else LetterDate.of(value)
    return _english(date, short) if language() == "en" else date.thai(short=short)


def _english(date: LetterDate, short: bool) -> str:
    year, month = date.year, date.month
    name = _MONTHS[month - 1][:3 if short else None] if month else ""
    return " ".join(filter(None, (str(date.day or ""), name, f"{year} ({year + BE_OFFSET})")))


def thai_iso(value: str | None) -> str:
    """A date of a report (ISO, CE; a day, a month or a year) as a reader expects it; empty for none."""
    if not value:
        return ""
    year, month, day = [*map(int, value.split("-")), None, None][:3]
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return thai_date(LetterDate(year or 0, month, day, precision))


def thai_time(value: dt.datetime | None) -> str:
    """An instant (UTC) as day and minute in Thailand: ``20 พ.ย. 2569 18:05``."""
    if value is None:
        return ""
    here = value.astimezone(THAILAND) if value.tzinfo else value.replace(tzinfo=dt.UTC).astimezone(THAILAND)
    return f"{thai_date(here.date())} {here:%H:%M}"


def written_words(text: str, field: str) -> str:
    """A value as corrections keep it, in a reader's words: dates of the Buddhist era."""
    parts = prefilled(field, text)
    if field not in words.part:
        return " ".join(filter(None, parts.values()))
    said = _stamp_words(parts) if field == "received_stamps" else parts
    return " ".join(filter(None, (said[name] for name in words.part[field])))


def _stamp_words(parts: dict[str, str]) -> dict[str, str]:
    """The parts of a received stamp, each with what it is: numbers stand side by side."""
    said = {"number": _("เลขรับ %(number)s", number=parts["number"]), "date": _("วันที่ %(day)s", day=parts["date"]),
            "time": _("เวลา %(time)s น.", time=parts["time"].replace(":", "."))}
    return {name: str(said.get(name, text)) if text else "" for name, text in parts.items()}


def percent(value: float) -> str:
    """A share of 1 in percent: ``97%``. Only what is certain is 100."""
    return "100%" if value >= 1 else f"{min(99, round(value * 100))}%"


def size(value: int) -> str:
    """Bytes for people: ``840 KB``, ``2.5 MB``, ``200 MB``, ``33 GB``."""
    if value < _KILO**2:
        return f"{max(1, round(value / _KILO)):,} KB"
    unit, whole = ("MB", _KILO**2) if value < _KILO**3 else ("GB", _KILO**3)
    return f"{value / whole:,.1f} {unit}".replace(".0 ", " ")


def query(values: dict[str, object], **change: object) -> str:
    """A query string of these values, some of them changed; empty ones are left out."""
    pairs = {key: value for key, value in {**values, **change}.items() if value not in (None, "", False)}
    return "?" + urlencode(pairs) if pairs else "?"


def icon(name: str) -> Markup:
    """A symbol of ``static/vendor/icons.svg``. It is decoration: what it stands beside must say the same in words."""
    sheet = url_for("static", filename="vendor/icons.svg")
    drawn = Markup('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>')
    return drawn.format(sheet, name)


def reason(value: str) -> str:
    """Why something is in doubt, in the reader's language."""
    return in_english(value) if language() == "en" else value


def add_filters(app: Flask) -> None:
    """Makes them known to the templates."""
    app.jinja_env.globals["icon"] = icon
    app.add_template_filter(written_words, "written")
    for filter_ in (thai_date, thai_iso, thai_time, percent, size, query, reason):
        app.add_template_filter(filter_)

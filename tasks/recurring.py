"""Recurring deadlines: the days a rule (RFC 5545) falls on."""

from __future__ import annotations

import datetime as dt

from dateutil.rrule import rrulestr

MOST = 12
"""Past occurrences that are kept as tasks; a monthly duty's last year."""


def occurrences(rule: str, since: dt.date, today: dt.date) -> tuple[dt.date, ...]:
    """The days a duty of a letter of day ``since`` falls due: the last :data:`MOST` up to today, and the next one.

    A rule that cannot be read, or has ended, gives what there is of it.
    """
    try:
        days = (moment.date() for moment in rrulestr(rule, dtstart=dt.datetime.combine(since, dt.time())))
        past: list[dt.date] = []
        following: dt.date | None = None
        for day in days:
            if day >= today:
                following = day
                break
            past.append(day)
    except ValueError:
        return ()
    return (*past[-MOST:], *([following] if following else []))

"""Calendars that are carried out of the house, by file or by secret address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from archive import Archive, TaskRow
from saraban.reminders import is_secret
from tasks import Dated, calendar_of, full_name


def calendar_file(archive: Archive, rows: Iterable[TaskRow], office: str | None, address: str,
                  stamp: dt.datetime) -> bytes:
    """The calendar of some tasks, of one office if given; those out of secret letters are left out. ``address``: the
    screens'; ``stamp``: now (UTC)."""
    secret = archive.secret_letters()
    dated = [Dated(row.task, row.state, row.version) for row in rows if not is_secret(row, secret)]
    name = f"งาน {full_name(archive.offices.get(office))}" if office else "งาน"
    return calendar_of(dated, name, stamp, address)

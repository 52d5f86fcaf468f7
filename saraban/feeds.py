"""Calendars that are carried out of the house, by file or by secret address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from archive import Archive, TaskRow
from letters.errors import BadRequest
from saraban.reminders import is_secret
from saraban.settings import Settings
from tasks import Dated, calendar_of, full_name


def calendar_file(archive: Archive, rows: Iterable[TaskRow], office: str | None, address: str,
                  stamp: dt.datetime) -> bytes:
    """The calendar of some tasks, of one office if given; those out of secret letters are left out. ``address``: the
    screens'; ``stamp``: now (UTC)."""
    secret = archive.secret_letters()
    dated = [Dated(row.task, row.state, row.version) for row in rows if not is_secret(row, secret)]
    name = f"งาน {full_name(archive.offices.get(office))}" if office else "งาน"
    return calendar_of(dated, name, stamp, address)


def feed_address(settings: Settings, secret: str) -> str:
    """The address to give to a calendar program. Raises ``BadRequest`` if the screens' address is not set well."""
    if not settings.address.startswith(("http://", "https://")):
        raise BadRequest(settings.address, "SARABAN_ADDRESS")
    return f"{settings.address}/feeds/{secret}.ics"

"""When a letter reached an office: the day a person gave, the office's own receiving stamp, or its register.

Another office's stamp says nothing: a letter passes the province and the district before it reaches an LAO, each with a
stamp and a day of its own (DOMAIN section 2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from letters import Office, ReceivedStamp, Recipient
from tasks.addressees import expand
from tasks.flow import Flow
from tasks.registry import Area, Registry

RECEIPT = "receipt"
"""What a deadline starts from (``letters.Deadline.starts``) that counts from the day the letter came."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """When a letter reached an office: the day (CE) and how it is known (``person``, ``stamp``, ``registration``)."""

    day: dt.date
    known: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What registers and persons tell of receipts, days of the CE in Thai time. ``packets``: on which day an office
    registered a packet, by packet (SHA-256) and office code; ``told``: by letter (node id) and office code."""

    packets: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)
    told: Mapping[tuple[str, str], dt.date] = field(default_factory=dict)


class Receipts:
    """Answers for each letter and office; stamps are resolved once for an area."""

    def __init__(self, flow: Flow, registry: Registry, registered: Registered) -> None:
        self._flow, self._registry, self._registered = flow, registry, registered
        self._offices: dict[tuple[str, Area], str | None] = {}

    def of(self, letter: str, office: Office) -> Receipt | None:
        """The receipt of a letter (node id) by an office; ``None`` where nothing of the office's own tells."""
        if told := self._registered.told.get((letter, office.code)):
            return Receipt(told, "person")
        copies = self._flow.copies_of(letter)
        stamps = [day for _, copy in copies for one in copy.received_stamps
                  if (day := self._stamped(one, letter, office))]
        if stamps:
            return Receipt(min(stamps), "stamp")
        days = [day for ref, _ in copies if (day := self._registered.packets.get((ref.packet, office.code)))]
        return Receipt(min(days), "registration") if days else None

    def _stamped(self, stamp: ReceivedStamp, letter: str, office: Office) -> dt.date | None:
        """The stamp's day if it is this office's. A day before the letter's own is misread: a letter is written before
        it is received."""
        day, written = (stamp.date.date if stamp.date else None), self._flow.nodes[letter].date
        if day is None or not stamp.office or (written and day < written.earliest):
            return None
        return day if self._office_of(stamp.office, Area(office.province, office.district)) == office.code else None

    def _office_of(self, words: str, area: Area) -> str | None:
        """The code of the one office of an area whose name a stamp bears."""
        if (words, area) not in self._offices:
            found, _ = expand([Recipient(words)], area, self._registry)
            self._offices[words, area] = found[0].office.code if len(found) == 1 else None
        return self._offices[words, area]

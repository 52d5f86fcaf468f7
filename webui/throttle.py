"""Slows down guessing of passwords: failures are counted by name and address, in memory."""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque

WINDOW = dt.timedelta(minutes=15)
BY_NAME_AND_ADDRESS = 5
BY_ADDRESS = 30
BY_NAME = 20
_MOST_KEYS = 10_000


class Throttle:
    """Counts failed sign-ins of the last quarter of an hour. A restart forgets them; each process counts its own."""

    def __init__(self) -> None:
        self._failures: dict[tuple[str, str], deque[dt.datetime]] = {}
        self._lock = threading.Lock()

    def blocked(self, name: str, address: str, now: dt.datetime) -> bool:
        """Whether no password may be tried now, right or wrong."""
        with self._lock:
            return any(self._count(key, now) >= most for key, most in _keys(name, address))

    def failed(self, name: str, address: str, now: dt.datetime) -> None:
        """Notes a failure."""
        with self._lock:
            for key, _ in _keys(name, address):
                if key not in self._failures and len(self._failures) >= _MOST_KEYS:
                    self._failures.pop(next(iter(self._failures)))
                self._failures.setdefault(key, deque(maxlen=BY_ADDRESS)).append(now)

    def succeeded(self, name: str, address: str) -> None:
        """Forgets the failures of this name at this address."""
        with self._lock:
            self._failures.pop(_keys(name, address)[0][0], None)

    def _count(self, key: tuple[str, str], now: dt.datetime) -> int:
        times = self._failures.get(key, deque())
        while times and now - times[0] > WINDOW:
            times.popleft()
        return len(times)


def _keys(name: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    name = name.strip().casefold()[:100]
    return (((name, address), BY_NAME_AND_ADDRESS), (("", address), BY_ADDRESS), ((name, ""), BY_NAME))

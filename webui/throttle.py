"""Slows down guessing of passwords, and askers that ask too often.

Failed sign-ins are counted by name and address in the database, so that all processes and restarts know of them.
Requests to the API are counted by key in memory: there the point is to keep one process answering.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from archive.failures import Failures

WINDOW = dt.timedelta(minutes=15)
BY_NAME_AND_ADDRESS = 5
BY_ADDRESS = 30
BY_NAME = 20
_LONGEST_NAME = 100


class Throttle:
    """Counts failed sign-ins of the last quarter of an hour. Of the name typed only a keyed digest is kept: it may be a
    password in the wrong box."""

    def __init__(self, failures: Failures, key: bytes) -> None:
        self._failures, self._key = failures, key

    def blocked(self, name: str, address: str, now: dt.datetime) -> bool:
        """Whether no password may be tried now, right or wrong."""
        both, by_address, by_name = self._failures.count(self._who(name), address, now - WINDOW)
        return both >= BY_NAME_AND_ADDRESS or by_address >= BY_ADDRESS or by_name >= BY_NAME

    def failed(self, name: str, address: str, now: dt.datetime) -> None:
        """Notes a failure."""
        self._failures.add(self._who(name), address, now, forget=now - WINDOW)

    def succeeded(self, name: str, address: str) -> None:
        """Forgets the failures of this name at this address."""
        self._failures.forget(self._who(name), address)

    def _who(self, name: str) -> str:
        tidy = name.strip().casefold()[:_LONGEST_NAME]
        return hmac.new(self._key, tidy.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class Limits:
    """So many requests a minute for each who asks."""

    def __init__(self, per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, who: str) -> int:
        """Seconds until the next request may come; 0 for one that may, which then counts."""
        if self._limiter.hit(self._item, who):
            return 0
        return max(1, round(self._limiter.get_window_stats(self._item, who).reset_time - time.time()))

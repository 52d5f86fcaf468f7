"""Work on what lies in memory, shared between processes: each does its share and tells what it found.

A share is forked: it sees all that its parent has, without a copy. It must only reckon; it writes to no file and asks
no connection of its parent, and ends without tidying them up.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 4  # processes; each needs memory of its own


def processors() -> int:
    """How many processes may work at a time."""
    return min(_MOST, len(os.sched_getaffinity(0)))


def shared(work: Callable[[int], Iterable[T]], shares: int) -> Iterator[T]:
    """What ``work`` gives for each share, from 0 on, in order; the last one is done by this process. A share whose
    process comes to grief (killed for want of memory) is done again by this one."""
    with tempfile.TemporaryDirectory() as folder:
        begun = [_begin(work, share, Path(folder, str(share))) for share in range(shares - 1)]
        last = list(work(shares - 1)) if begun else work(shares - 1)
        for share, (process, path) in enumerate(begun):
            _, status = os.waitpid(process, 0)
            yield from _told(path) if status == 0 else work(share)
        yield from last


def _begin(work: Callable[[int], Iterable[Any]], share: int, path: Path) -> tuple[int, Path]:
    with warnings.catch_warnings():
        # Other threads may run (a heartbeat); the fork neither waits for what they hold nor goes on with their work.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        return process, path
    status = 1
    try:
        with path.open("wb") as file:
            for found in work(share):
                pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)


def _told(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)  # noqa: S301 - written by the share itself

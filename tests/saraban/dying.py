"""Takes a file in and is killed by SIGKILL at a given step: ``python -m tests.saraban.dying HOME FILE STEP``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from archive import Archive
from archive.graph import Graphs
from archive.jobs import Jobs
from archive.packets import Packets
from archive.tasks import Tasks
from index.engine import SearchEngine
from saraban.jobs import run_all
from saraban.pipeline import take_in
from saraban.settings import Settings

STEPS = {
    "received": (Packets, "receive", 1),
    "claimed": (Jobs, "claim", 1),
    "first page": (Packets, "save_page", 1),
    "second page": (Packets, "save_page", 2),
    "stored": (Packets, "save_parse", 1),
    "queued": (Jobs, "enqueue", 1),
    "finished": (Jobs, "finish", 1),
    "linked": (Graphs, "save_linked", 1),
    "assigned": (Tasks, "save", 1),
    "indexed": (SearchEngine, "rebuild", 1),
    "stage noted": (Packets, "set_stage", 9),
    "all done": (Jobs, "finish", 2),
}


def die_after(kind: type, method: str, count: int) -> None:
    """Kills this process when the method has returned for the ``count``-th time."""
    plain, calls = getattr(kind, method), []

    def deadly(*args: Any, **words: Any) -> Any:
        result = plain(*args, **words)
        calls.append(1)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(kind, method, deadly)


def main(home: str, file: str, step: str) -> None:
    """Never returns, if the step is reached."""
    settings = Settings(home=Path(home), lease_seconds=0.4)
    with Archive.open(settings.home) as archive:
        die_after(*STEPS[step])
        take_in(archive, settings, Path(file), Path(file).name, "test")
        run_all(archive, settings)


if __name__ == "__main__":
    main(*sys.argv[1:])

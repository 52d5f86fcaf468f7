"""What the verbs share: options, opening the archive, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from letters import LetterDate

F = TypeVar("F", bound=Callable[..., Any])

STAGES = {
    "load": "เปิดไฟล์",
    "read": "อ่านหน้า",
    "parse": "แยกหนังสือ",
    "store": "จัดเก็บ",
    "link": "โยงหนังสือ",
    "tasks": "แจกงาน",
    "index": "ทำดัชนี",
}


def home_option(command: F) -> F:
    """``--home DIR``: the archive's folder."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of the archive (SARABAN_HOME, default ./var).",
    )(command)


def json_option(command: F) -> F:
    """``--json``: data for programs instead of text for people."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(data: object) -> None:
    """Data as JSON, Thai as Thai."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def day(date: LetterDate | None) -> str:
    """A date as a clerk reads it, or a dash."""
    return date.thai(short=True) if date else "–"


class Steps:
    """Progress of several files: a bar each on a terminal, a line per finished stage otherwise. Written to stderr."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars: Progress | None = None
        self._tasks: dict[object, Any] = {}
        self._said: set[tuple[object, str]] = set()

    def __enter__(self) -> Steps:
        if self._console.is_terminal:
            self._bars = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
            )
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, key: object, name: str, stage: str, done: int, total: int) -> None:
        """Tells that ``done`` of ``total`` are done in a stage of the thing ``key``, called ``name``."""
        label = f"{name}  {STAGES.get(stage, stage)}"
        if self._bars:
            if key not in self._tasks:
                self._tasks[key] = self._bars.add_task(label, total=total or None)
            self._bars.update(self._tasks[key], description=label, completed=done, total=total or None)
        elif done == total and (key, stage) not in self._said:
            self._said.add((key, stage))
            print(f"{label} {done}/{total}", file=sys.stderr, flush=True)

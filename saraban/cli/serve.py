"""Verbs that stay: ``serve`` (screens and a worker), ``worker`` (a worker alone), ``watch`` (a folder)."""

from __future__ import annotations

import logging
import signal
import threading
import time
from pathlib import Path
from types import FrameType

import click

from saraban.cli.common import home_option
from saraban.cli.opening import opened
from saraban.jobs import Worker, run_all
from saraban.watch import Event, Outcome, Watch

_LOOK_SECONDS = 2.0
_TOLD = {Outcome.NEW: "รับแล้ว", Outcome.KNOWN: "มีอยู่แล้วในคลัง", Outcome.FAILED: "รับไม่ได้ ย้ายไปที่ failed",
         Outcome.KEPT: "ยังรับไม่ได้ จะลองใหม่"}


@click.command()
@home_option
@click.option("--port", type=int, help="Port (SARABAN_PORT, default 8000).")
def serve(home: Path | None, port: int | None) -> None:
    """Serve the screens, with a worker that reads what is uploaded.

    \b
    Example: saraban serve --port 8000
    """
    import waitress  # noqa: PLC0415 - the other verbs start faster without the web stack

    from webui import create_app  # noqa: PLC0415

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait a moment is no news
    with opened(home) as (archive, settings):
        address, number = settings.host, port or settings.port
        worker = Worker(archive, settings)
        worker.start()
        click.echo(f"เปิดหน้าจอที่ http://{address}:{number} (กด Ctrl+C เพื่อหยุด)")
        try:
            waitress.serve(
                create_app(archive, settings),
                host=address,
                port=number,
                threads=8,
                ident=None,
                max_request_body_size=settings.max_bytes + 1024 * 1024,
            )
        finally:
            worker.stop()


@click.command()
@home_option
def worker(home: Path | None) -> None:
    """Run jobs as they come, without screens, until stopped.

    \b
    Example: saraban worker
    """
    stopped = _stopped()
    with opened(home) as (archive, settings):
        hand = Worker(archive, settings)
        hand.start()
        stopped.wait()
        hand.stop()


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@home_option
@click.option("--settle", type=click.FloatRange(0.1, 3600), default=3.0, show_default=True,
              help="Seconds for which a file must not have changed before it is taken.")
@click.option("--actor", default="watched folder", help="Who takes the files in, for the audit trail.")
@click.option("--worker/--no-worker", "reads", default=True, help="Read here what came in, or leave it to serve.")
@click.option("--once", is_flag=True, help="Take what lies there now, then end.")
def watch(folder: Path, home: Path | None, settle: float, actor: str, reads: bool, once: bool) -> None:
    """Take in what a scanner or a person puts into a folder, until stopped.

    Files taken go to done/ in that folder, files that cannot be read to failed/ with the reason beside them. Files that
    still grow, hidden files and links are left alone.

    \b
    Example: saraban watch /srv/scanner
    """
    stopped = _stopped()
    with opened(home) as (archive, settings):
        eye, hand = Watch(archive, settings, folder, actor, settle), Worker(archive, settings)
        if once:
            eye.patience = 0
            _look_once(eye, stopped)
            if reads:
                run_all(archive, settings)
            return
        click.echo(f"เฝ้าดูโฟลเดอร์ {folder} (กด Ctrl+C เพื่อหยุด)")
        if reads:
            hand.start()
        while not stopped.is_set():
            _tell(eye)
            stopped.wait(min(_LOOK_SECONDS, settle))
        if reads:
            hand.stop()


def _look_once(eye: Watch, stopped: threading.Event) -> None:
    """Two looks, far enough apart to see what still grows."""
    _tell(eye)
    stopped.wait(eye.settle)
    if not stopped.is_set():
        _tell(eye)


def _tell(eye: Watch) -> None:
    """One line for each file, at once."""
    for event in eye.look(time.monotonic()):
        click.echo(_line(event), err=event.error is not None)


def _line(event: Event) -> str:
    reason = f" – {event.error.message('th')}" if event.error else ""
    return f"{event.name}: {_TOLD[event.outcome]}{reason}"


def _stopped() -> threading.Event:
    """An event that SIGTERM and Ctrl+C set."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped


COMMANDS = (serve, worker, watch)

"""Verbs that stay: ``serve`` (screens and a worker), ``worker`` (a worker alone)."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from types import FrameType

import click

from saraban.cli.common import home_option, opened
from saraban.jobs import Worker


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
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with opened(home) as (archive, settings):
        hand = Worker(archive, settings)
        hand.start()
        stopped.wait()
        hand.stop()


COMMANDS = (serve, worker)

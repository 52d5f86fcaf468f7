"""Verbs that need no archive: ``parse``."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from letters import Letter, Packet
from letters.errors import BadFile, BadRequest
from ocr import Reader, open_document, read_pages
from parsing import packet_json, parse_packet
from saraban.cli.common import Steps, day
from saraban.settings import Settings


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for <stem>.json.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Keep what was read here, by content.")
def parse(files: tuple[Path, ...], out: Path, cache: Path | None) -> None:
    """Read packets and write one <stem>.json each, without an archive.

    A file that cannot be read is named with what to do about it; the others go on, and the exit code tells.

    \b
    Example: saraban parse letter.pdf scan.jpg --out read/
    """
    settings = Settings.from_env()
    out.mkdir(parents=True, exist_ok=True)
    failed: list[BadFile] = []
    with Steps() as steps:
        for path in files:
            try:
                packet, seconds = _parse_file(path, settings, cache, steps)
            except BadFile as error:
                failed.append(error)
                click.echo(f"{error.message('th')}\n{error.message('en')}", err=True)
                continue
            _write(out / f"{path.stem}.json", packet, seconds)
            click.echo(summary(packet, seconds))
    if failed:
        raise click.exceptions.Exit(failed[0].exit_code)


def _parse_file(path: Path, settings: Settings, cache: Path | None, steps: Steps) -> tuple[Packet, float]:
    started = time.monotonic()
    reader = Reader(languages=settings.languages, seconds=settings.page_seconds, cache=cache)
    with open_document(path, settings.limits) as document:
        pages = []
        for page in read_pages(document, range(1, document.page_count + 1), reader, settings.workers):
            pages.append(page)
            steps(path, path.name, "read", len(pages), document.page_count)
    return parse_packet(path.stem, pages), time.monotonic() - started


def _write(path: Path, packet: Packet, seconds: float) -> None:
    try:
        path.write_text(
            json.dumps(packet_json(packet, seconds=round(seconds, 3)), ensure_ascii=False, indent=1), encoding="utf-8"
        )
    except OSError as error:
        raise BadRequest(str(path), str(error)) from error


def summary(packet: Packet, seconds: float | None = None) -> str:
    """A packet in a few lines: each letter's pages, number, date, subject and deadlines."""
    head = f"{packet.name}: {len(packet.pages)} หน้า {len(packet.letters)} ฉบับ" + (
        f" ({seconds:.1f} วินาที)" if seconds else ""
    )
    return "\n".join([head, *(_letter_line(letter) for letter in packet.letters)])


def _letter_line(letter: Letter) -> str:
    pages = f"{letter.pages[0]}–{letter.pages[-1]}" if len(letter.pages) > 1 else str(letter.pages[0])
    due = ", ".join(day(item.date) if item.date else item.text for item in letter.deadlines) or "–"
    doubt = f"  ⚠ ตรวจ {len(letter.review)} จุด" if letter.review else ""
    return (
        f"  หน้า {pages:5} {letter.number.value or 'ไม่พบเลขที่'!s:22} {day(letter.date.value):14} "
        f"{letter.subject.value or '(ไม่มีชื่อเรื่อง)'}\n        กำหนด: {due}{doubt}"
    )


COMMANDS = (parse,)

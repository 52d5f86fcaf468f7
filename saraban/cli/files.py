"""Verbs that need no archive: ``parse``, ``explain``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from letters import Letter, Packet
from letters.errors import BadFile, BadRequest
from parsing import packet_json
from saraban.cli.common import Steps, day
from saraban.cli.explained import explained
from saraban.cli.packets import packets_of
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
        for outcome in packets_of(files, settings, cache, steps):
            if isinstance(outcome.packet, BadFile):
                failed.append(outcome.packet)
                click.echo(f"{outcome.packet.message('th')}\n{outcome.packet.message('en')}", err=True)
            else:
                read = packet_json(outcome.packet, seconds=round(outcome.seconds, 3))
                _write(out / f"{outcome.path.stem}.json", json.dumps(read, ensure_ascii=False, indent=1))
                click.echo(summary(outcome.packet, outcome.seconds))
    if failed:
        raise click.exceptions.Exit(failed[0].exit_code)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Keep what was read here, by content.")
@click.option("--marked", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the text with each field's words marked, as a page for a browser.")
def explain(file: Path, cache: Path | None, marked: Path | None) -> None:
    """Show for each field of each letter its line on the page, the rule, how sure it is, its repairs and rivals.

    \b
    Example: saraban explain scan.pdf --marked scan.html
    """
    with Steps() as steps:
        (outcome,) = packets_of([file], Settings.from_env(), cache, steps)
    packet = outcome.packet
    if isinstance(packet, BadFile):
        raise packet
    for letter in packet.letters:
        click.echo(f"หน้า {', '.join(map(str, letter.pages))}  {letter.number.value or 'ไม่พบเลขที่'}")
        for line in explained(letter, packet.pages):
            click.echo(f"  {line}")
    if marked:
        from parsing.pipeline import marked_page  # noqa: PLC0415  # loading spaCy takes longer than reading a page

        _write(marked, marked_page(packet.pages))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
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


COMMANDS = (parse, explain)

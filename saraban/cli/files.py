"""Verbs that need no archive: ``parse``, ``explain``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from letters import Evidence, Letter, Packet, Reading
from letters.errors import BadFile, BadRequest
from parsing import packet_json
from saraban.cli.common import Steps, day
from saraban.cli.packets import packets_of
from saraban.settings import Settings

READINGS = (
    ("เลขที่", "number"),
    ("วันที่", "date"),
    ("จาก", "issuer"),
    ("ที่อยู่", "address"),
    ("เรื่อง", "subject"),
    ("ชั้นความเร็ว", "urgency"),
    ("ชั้นความลับ", "secrecy"),
    ("เจ้าของเรื่อง", "office"),
    ("สำเนา", "copy_mark"),
)
PARTS = (("เหตุ", "cause"), ("ความประสงค์", "wish"), ("สรุป", "end"))
CONTACTS = {"phone": "โทรศัพท์", "fax": "โทรสาร", "email": "อีเมล", "url": "เว็บไซต์"}


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
                _write(out / f"{outcome.path.stem}.json", outcome.packet, outcome.seconds)
                click.echo(summary(outcome.packet, outcome.seconds))
    if failed:
        raise click.exceptions.Exit(failed[0].exit_code)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), help="Keep what was read here, by content.")
def explain(file: Path, cache: Path | None) -> None:
    """Show for each field of each letter the words on the page it came from, its repairs, and what else it may be.

    \b
    Example: saraban explain scan.pdf
    """
    with Steps() as steps:
        (outcome,) = packets_of([file], Settings.from_env(), cache, steps)
    packet = outcome.packet
    if isinstance(packet, BadFile):
        raise packet
    for letter in packet.letters:
        click.echo(f"หน้า {', '.join(map(str, letter.pages))}  {letter.number.value or 'ไม่พบเลขที่'}")
        for line in _explained(letter):
            click.echo(f"  {line}")


def _explained(letter: Letter) -> Iterator[str]:
    """One line for each value with its evidence, then its repairs and rivals, then what a person should check."""
    for label, reading in READINGS:
        found: Reading[Any] = getattr(letter, reading)
        if found.value is None:
            continue
        yield f"{label}: {found.value}  ({found.confidence:.0%})  {_place(found.evidence[:1])}"
        for repair in found.repairs:
            change = f"“{repair.before}” → “{repair.after}”"
            yield f"    แก้ {change} [{repair.rule}] {repair.reason} ({repair.confidence:.0%})"
        for rival in found.rivals:
            yield f"    หรือ {rival.value} ({rival.confidence:.0%}) {rival.reason}"
    for recipient in letter.recipients:
        yield f"ถึง: {recipient.name}  {_place((recipient.evidence,))}"
    for reference in letter.references:
        number = reference.number.value or reference.title or "–"
        yield f"อ้าง ({reference.relation}): {number}  {day(reference.date.value)}  {_place((reference.evidence,))}"
    for deadline in letter.deadlines:
        yield f"กำหนด ({deadline.kind}): {day(deadline.date) if deadline.date else '–'}  {_place((deadline.evidence,))}"
    for fact in letter.dated_facts:
        yield f"ไม่ใช่กำหนด ({fact.role}): {day(fact.date)}  {_place((fact.evidence,))}"
    yield from _body(letter)
    yield from _foot(letter)
    for doubt in letter.review:
        yield f"⚠ {doubt.field}: {doubt.reason}"


def _body(letter: Letter) -> Iterator[str]:
    """What the body's parts are, and what is asked for: verb, object and the words."""
    for label, part in PARTS:
        passage = getattr(letter.body, part)
        if passage:
            yield f"{label}: {_place((passage.evidence,))}"
    for action in letter.actions:
        parts = " | ".join(part for part in (action.verb, action.object) if part)
        yield f"ให้ทำ: {parts or action.text}  {_place((action.evidence,))}"
    for item in letter.enclosures:
        yield f"แนบ: {item.text} {item.count or ''}  {_place((item.evidence,))}"


def _foot(letter: Letter) -> Iterator[str]:
    """Who signed, whom to ask, what the receiving offices stamped, and which other copy the packet holds."""
    signed = letter.signatory
    if signed:
        posts = " ".join(part for part in (signed.position, signed.acting_kind, signed.acting_for) if part)
        yield f"ลงชื่อ: {signed.name} {posts}  {_place((signed.evidence,))}"
    for contact in letter.contacts:
        yield f"{CONTACTS[contact.kind]}: {contact.value}  {_place((contact.evidence,))}"
    for person in letter.coordinators:
        told = " ".join(part for part in (person.name, person.position, *person.phones) if part)
        yield f"ผู้ประสานงาน: {told}  {_place((person.evidence,))}"
    for stamp in letter.received_stamps:
        when = f"{day(stamp.date)} {stamp.time or ''}" if stamp.date else ""
        yield f"รับ: {stamp.office or '–'} {stamp.number or '–'} {when}  {_place((stamp.evidence,))}"
    if letter.copy_of is not None:
        yield f"เป็นสำเนาของหนังสือฉบับที่ {letter.copy_of + 1} ในแฟ้ม"


def _place(evidence: Sequence[Evidence | None]) -> str:
    """Page and exact words of the first piece of evidence."""
    first = next((piece for piece in evidence if piece), None)
    return f"← หน้า {first.page}: “{' '.join(first.text.split())}”" if first else ""


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


COMMANDS = (parse, explain)

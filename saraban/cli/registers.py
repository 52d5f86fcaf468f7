"""Verbs on registers: ``register show``, ``enter``, ``reserve``, ``cancel``, ``keep``, ``due``, ``stamp``."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive import Archive
from archive.registers import Entered, Keeping
from letters.date import BE_OFFSET
from letters.errors import BadRequest, NotFound
from records.sheet import write_csv
from registers import DESTRUCTION, FORMS, RETENTION, Book, Columns, Form, Row, clock_time, list_year, workbook
from registers.stamp import stamp_of
from registers.stamped import stamped
from saraban import registering
from saraban.cli.common import home_option, json_option, print_json
from saraban.cli.opening import opened
from saraban.menus import thai_today
from tasks import full_name
from webui.searchable import searchable_file

DAY = click.DateTime(formats=["%Y-%m-%d"])
_OFFICE = click.option("--office", required=True, help="Code of the office.")
_BOOK = click.option("--book", type=click.Choice([book.value for book in Book]), default="received", show_default=True)
_YEAR = click.option("--year", type=click.IntRange(2500, 2700), help="Calendar year (BE); this year, if not given.")
_FORMAT = click.option("--format", "kind", type=click.Choice(["table", "json", "csv", "xlsx"]), default="table",
                       show_default=True)
_OUT = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (csv, xlsx).")
_ACTOR = click.option("--by", "actor", default="saraban", show_default=True, help="Who does it, for the trail.")


@click.group()
def register() -> None:
    """The registers of an office: received, sent, kept; numbers without gaps.

    \b
    Example: saraban register show --office D6703 --book received --year 2566
    """


@register.command()
@_OFFICE
@_BOOK
@_YEAR
@_FORMAT
@_OUT
@home_option
def show(office: str, book: str, year: int | None, kind: str, out: Path | None, home: Path | None) -> None:
    """Show a book in the order of its numbers, or write it in the Regulation's columns.

    \b
    Example: saraban register show --office D6703 --format xlsx --out received.xlsx
    """
    with opened(home) as (archive, _):
        ce = year - BE_OFFSET if year else thai_today().year
        rows = archive.registers.list(office, Book(book), ce, limit=None)[::-1]
        _give(archive, office, FORMS[Book(book)], rows, f"ปี พ.ศ. {ce + BE_OFFSET}", kind, out)


@register.command()
@_OFFICE
@_YEAR
@_FORMAT
@_OUT
@home_option
def due(office: str, year: int | None, kind: str, out: Path | None, home: Path | None) -> None:
    """Show the destruction list: kept letters whose time has run out by the end of a year (the last one).

    \b
    Example: saraban register due --office D6703 --year 2568
    """
    with opened(home) as (archive, _):
        ce = year - BE_OFFSET if year else list_year(thai_today())
        _give(archive, office, DESTRUCTION, archive.registers.due(office, ce), f"ประจำปี {ce + BE_OFFSET}", kind, out)


@register.command()
@_OFFICE
@_BOOK
@click.option("--packet", help="Id, name or stem of a packet whose first letter is registered.")
@click.option("--page", type=click.IntRange(1), help="A page of another letter of the packet.")
@click.option("--number", default="", help="The letter's number; owner letters and code of one that goes out.")
@click.option("--dated", type=DAY, help="The letter's date (CE, YYYY-MM-DD).")
@click.option("--from", "sender", default="", help="Who sends.")
@click.option("--to", "recipient", default="", help="To whom.")
@click.option("--subject", default="")
@click.option("--time", default="", help="Time of receipt, HH:MM.")
@click.option("--day", type=DAY, help="The true day (CE) of a letter that is entered late; with --reason.")
@click.option("--reason", default="", help="Why it is entered late.")
@click.option("--first", type=click.IntRange(1), help="The next number of the book on paper, for the year's first row.")
@_ACTOR
@home_option
@json_option
def enter(office: str, book: str, packet: str | None, page: int | None, number: str, dated: dt.datetime | None,
          sender: str, recipient: str, subject: str, time: str, day: dt.datetime | None, reason: str,
          first: int | None, actor: str, home: Path | None, as_json: bool) -> None:
    """Give the next number of a book to a letter: one that was read, or one described here.

    \b
    Example: saraban register enter --office D6703 --packet scan01
             saraban register enter --office D6703 --book sent --number "พช 0118" --subject "แจ้งผล"
    """
    with opened(home) as (archive, _):
        place, packet_id = archive.offices.get(office), _packet(archive, packet) if packet else None
        letter = Columns(number, f"{dated:%Y-%m-%d}" if dated else "", sender, recipient, subject)
        if packet_id is not None:
            page = page or 1
            read = registering.columns_for(archive, packet_id, page, place)
            letter = Columns(**{key: value or getattr(read, key) for key, value in asdict(letter).items()})
        entered = Entered(letter, clock_time(time), day.date() if day else None, reason, packet_id, page, first)
        _tell(registering.enter(archive, office, Book(book), entered, actor), as_json=as_json)


@register.command()
@_OFFICE
@_BOOK
@click.option("--count", type=click.IntRange(1), default=1, show_default=True)
@click.option("--reason", required=True)
@_ACTOR
@home_option
def reserve(office: str, book: str, count: int, reason: str, actor: str, home: Path | None) -> None:
    """Set numbers of today aside.

    \b
    Example: saraban register reserve --office D6703 --count 3 --reason "หนังสือด่วนนอกเวลา"
    """
    with opened(home) as (archive, _):
        for row in archive.registers.reserve(archive.offices.get(office).code, Book(book), count, reason, actor):
            _tell(row)


@register.command()
@click.argument("row", type=int)
@click.option("--reason", required=True)
@_ACTOR
@home_option
def cancel(row: int, reason: str, actor: str, home: Path | None) -> None:
    """Take a number out of use; it stays used. ROW is the row's id (in show --format json).

    \b
    Example: saraban register cancel 12 --reason "ลงซ้ำ"
    """
    with opened(home) as (archive, _):
        _tell(registering.cancel(archive, archive.registers.get(row), reason, actor))


@register.command()
@click.argument("row", type=int)
@click.option("--folder", default="", help="Code of the file.")
@click.option("--retention", type=click.Choice(list(RETENTION)), default="ten", show_default=True)
@click.option("--until", type=click.IntRange(2500, 2700), help="Last year (BE), for the class law.")
@_ACTOR
@home_option
def keep(row: int, folder: str, retention: str, until: int | None, actor: str, home: Path | None) -> None:
    """File a letter: enter it into the book of kept letters.

    \b
    Example: saraban register keep 12 --folder "มท 1/66" --retention one
    """
    with opened(home) as (archive, _):
        keeping = Keeping(folder, retention, until - BE_OFFSET if until else None)
        _tell(archive.registers.keep(row, keeping, actor))


@register.command()
@click.argument("row", type=int)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="PDF to write.")
@home_option
def stamp(row: int, out: Path, home: Path | None) -> None:
    """Write a copy of a received packet with the receiving stamp on it; the original stays as it is.

    \b
    Example: saraban register stamp 12 --out stamped.pdf
    """
    with opened(home) as (archive, settings):
        found = archive.registers.get(row)
        if found.packet is None or found.page is None or found.book is not Book.RECEIVED:
            raise BadRequest(str(row), "ไม่ใช่หนังสือรับที่มีไฟล์")
        packet = archive.packets.get(found.packet)
        name = full_name(archive.offices.get(found.office))
        out.write_bytes(stamped(searchable_file(archive, settings.limits, packet), found.page, stamp_of(found, name),
                                archive.packets.pages(packet.id).get(found.page),
                                registering.stamps_on(archive, packet.id, found.page)))
        click.echo(f"เขียน {out} แล้ว")


def row_json(row: Row) -> dict[str, Any]:
    """A row for programs; the names are stable. Years and days are of the CE."""
    own = {name: value for name, value in asdict(row).items() if name not in ("letter", "closed")}
    letter = {("letter_number" if name == "number" else name): value for name, value in asdict(row.letter).items()}
    return own | letter | {"day": row.day.isoformat(), "made_at": row.made_at.isoformat()}


def _packet(archive: Archive, key: str) -> str:
    found = archive.packets.find(key)
    if not found:
        raise NotFound(key)
    return found[0].id


def _tell(row: Row, *, as_json: bool = False) -> None:
    if as_json:
        print_json(row_json(row))
    else:
        click.echo(f"{FORMS[row.book].title} {row.number}/{row.year + BE_OFFSET} [{row.state.value}] "
                   f"{row.letter.number} {row.letter.subject}".rstrip())


def _give(archive: Archive, office: str, form: Form, rows: tuple[Row, ...], span: str, kind: str,
          out: Path | None) -> None:
    name, counted = full_name(archive.offices.get(office)), form is DESTRUCTION
    if kind == "json":
        print_json([row_json(row) for row in rows])
    elif kind == "table":
        click.echo(f"{form.title} (แบบที่ {form.number})  {name}  {span}")
        for cells in form.table(rows):
            click.echo("  ".join(str(cell) for cell in cells))
    else:
        headers = [column.header for column in form.columns]
        data = workbook(form, rows, name, span, counted=counted) if kind == "xlsx" else write_csv(
            headers, (dict(zip(headers, cells, strict=True)) for cells in form.table(rows)))
        if out is None:
            sys.stdout.buffer.write(data)
        else:
            out.write_bytes(data)
            click.echo(f"เขียน {out} แล้ว")


COMMANDS = (register,)
